"""Read the words a language may not use: claims of safety, labels for the reader, officialese.

`locales/<language>/banned.txt` has one word or phrase a line, in the form of `dialogs.wording`; `->` is followed by
what to say instead, and lines that begin with `#` are remarks.
"""

from collections.abc import Mapping
from pathlib import Path

from dialogs.wording import says


def read_banned(locales: Path, language: str) -> dict[str, str]:
    """What is banned, lowered, to what to say instead (perhaps nothing). No file bans nothing."""
    path = locales / language / "banned.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.partition("->") for line in lines if line.strip() and not line.startswith("#"))
    return {word.strip().lower(): instead.strip() for word, _, instead in pairs}


def banned_in(words: str, banned: Mapping[str, str]) -> list[str]:
    """The banned entries that stand in `words`."""
    return [entry for entry in banned if says(words, (entry,))]
