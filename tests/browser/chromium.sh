#!/bin/sh
# Prints where this machine has a Chromium, for the browser tests.
#   chromium.sh find   only looks
#   chromium.sh        looks, and as root on Debian or Ubuntu installs one where there is none
# One that Playwright downloaded earlier will do; none is downloaded here: a fresh machine gets what its distribution signs.
set -eu

find_chromium() {
    for candidate in \
        "${CHROMIUM:-}" \
        "$(command -v chromium || true)" \
        "$(command -v chromium-browser || true)" \
        "$(command -v google-chrome-stable || true)" \
        "$(command -v google-chrome || true)" \
        "${HOME:-/root}"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

install_chromium() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Installing Chromium for the browser tests (once) ..." >&2
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
}

find_chromium && exit 0
if [ "${1:-}" != find ] && install_chromium && find_chromium; then
    exit 0
fi
echo "The browser tests need Chromium: install it (Debian: apt-get install chromium), or put its path in CHROMIUM." >&2
exit 1
