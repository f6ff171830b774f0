"""Find words as editors list them: whole words, in capitals or not; `*` at the end of a word stands for any ending."""

import re
from functools import cache


def says(words: str, entries: tuple[str, ...]) -> bool:
    """Whether a text has one of the words or phrases."""
    return _pattern(entries).search(words.casefold()) is not None


@cache
def _pattern(entries: tuple[str, ...]) -> re.Pattern[str]:
    phrases = (r"\s+".join(map(_word, entry.casefold().split())) for entry in entries)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


def _word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
