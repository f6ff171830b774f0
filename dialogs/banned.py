"""Read the words a language may not use: claims of safety, labels for the reader, officialese.

`locales/<language>/banned.txt` has one word or phrase a line; `*` at its end stands for any ending, `->` is followed by
what to say instead, and lines that begin with `#` are remarks. Whole words are meant, in capitals or not.
"""

import re
from collections.abc import Mapping
from pathlib import Path


def read_banned(locales: Path, language: str) -> dict[str, str]:
    """What is banned, lowered, to what to say instead (perhaps nothing). No file bans nothing."""
    path = locales / language / "banned.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.partition("->") for line in lines if line.strip() and not line.startswith("#"))
    return {word.strip().lower(): instead.strip() for word, _, instead in pairs}


def banned_in(words: str, banned: Mapping[str, str]) -> list[str]:
    """The banned entries that stand in `words`."""
    return [entry for entry in banned if _pattern(entry).search(words.lower())]


def _pattern(entry: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in entry.removesuffix("*").split())
    ending = "" if entry.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){words}{ending}")
