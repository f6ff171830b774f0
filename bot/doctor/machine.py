"""What the machine does behind our back: memory that lands on a disk, tokens in logs, a disk that is full."""

import re
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.finding import Finding, green, red, warn
from bot.hardening import harden
from bot.settings import Settings

PROC = Path("/proc")
LOW, LAST = 1_000_000_000, 200_000_000
"""Bytes that should be free, and that must be."""
TOKEN = re.compile(rb"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}")
"""What looks like a token of the Bot API, whoever's it is."""
CHUNK = 1024 * 1024
OVERLAP = 128
"""Bytes of a chunk that are looked at again with the next: a token may lie across."""


def look(settings: Settings) -> Iterator[Finding]:
    """Everything about the machine."""
    yield _core_dumps()
    yield _swap()
    yield _token(settings)
    yield from _disks(settings)


def _core_dumps() -> Finding:
    """The bot switches them off for itself: what holds for us here holds for it."""
    if harden():
        return green("core dumps", "The bot switches its core dumps off.")
    limit, pattern = resource.getrlimit(resource.RLIMIT_CORE)[0], _read(PROC / "sys/kernel/core_pattern")
    if limit == 0 and not pattern.startswith("|"):
        return green("core dumps", "Core dumps are switched off.")
    says = "A crash may write the memory of the bot, with keys and words, into a file."
    return warn("core dumps", says, "Set LimitCORE=0 in the unit, and: sysctl kernel.core_pattern=core")


def _swap() -> Finding:
    used = [line.split()[0] for line in _read(PROC / "swaps").splitlines()[1:] if line.split()]
    if any("zram" not in name for name in used):
        advice = "Run: swapoff -a, or set MemorySwapMax=0 in the unit and encrypt the swap."
        return warn("swap", "Memory of the bot can be written to the disk, and stay there.", advice)
    return green("swap", "No memory is swapped to a disk.")


def _token(settings: Settings) -> Finding:
    secret = settings.bot_token.get_secret_value().encode() if settings.bot_token else None
    for path in sorted(settings.data_dir.rglob("*.log")):
        if any((secret and secret in chunk) or TOKEN.search(chunk) for chunk in _chunks(path)):
            advice = f"Delete {path}, then get a new token from @BotFather (/revoke)."
            return red("token in logs", "A log holds a bot's token: whoever reads it is the bot.", advice)
    return green("token in logs", "No log in DATA_DIR holds a token.")


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            rest = b""
            while chunk := file.read(CHUNK):
                yield rest + chunk
                rest = chunk[-OVERLAP:]
    except OSError:
        return


def _disks(settings: Settings) -> Iterator[Finding]:
    for name, directory in (("data", settings.data_dir), ("keyring", settings.keyring_dir)):
        if directory.exists():
            yield _disk(f"disk of {name}", free_at(directory))


def free_at(directory: Path) -> int:
    """Bytes that are free on its disk."""
    return shutil.disk_usage(directory).free


def _disk(name: str, free: int) -> Finding:
    says, advice = f"{free // 1_000_000} MB are free.", "Make room: on a full disk the bot answers nobody but SOS."
    if free < LAST:
        return red(name, says, advice)
    return warn(name, says, advice) if free < LOW else green(name, says)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
