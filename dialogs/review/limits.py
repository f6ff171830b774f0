"""The numbers of plain language and of Telegram, and how signs, words, sentences and lines are counted."""

import re
from dataclasses import dataclass

MAX_TEXT = 4096
"""Telegram: characters of a message after its markup is read."""
MAX_CHOICES = 5
"""Choices per bubble, without the fixed rows (wording.md §3)."""
MAX_SOS_LINES = 4
"""Lines of an SOS bubble, without its source line (wording.md §2.1)."""
TICK = 2
"""Signs the tick takes on a button."""
PREVIEW = 40
"""Signs a phone shows of a message on its locked screen."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one language allows: signs of a bubble, words of a sentence, signs of a label in one and in two columns."""

    bubble: int
    sentence: int
    label: int
    half_label: int


_LIMITS = {
    "ka": Limits(bubble=300, sentence=9, label=24, half_label=11),
    "ru": Limits(bubble=330, sentence=11, label=27, half_label=12),
    "en": Limits(bubble=380, sentence=15, label=30, half_label=14),
}
_STRICTEST = _LIMITS["ka"]
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"[\w{][\w{}'’./@+-]*")
_LIST_LINE = re.compile(r"^[•–-]\s.*$", re.MULTILINE)
# Two signs that take no room of their own: the "show as picture" mark after an emoji, and the joiner inside one.
_WEIGHTLESS = str.maketrans("", "", "\ufe0f\u200d")


def limits_of(language: str) -> Limits:
    """The limits of a language; one we have not measured gets the strictest."""
    return _LIMITS.get(language, _STRICTEST)


def signs(text: str) -> int:
    """Signs a reader sees: no markup, no line breaks."""
    return len(bare(text).replace("\n", "").translate(_WEIGHTLESS))


def bare(text: str) -> str:
    """The words without <b>."""
    return text.replace("<b>", "").replace("</b>", "")


def without_lists(text: str) -> str:
    """The words without the lines of a list: a checklist may be longer than a bubble of prose."""
    return _LIST_LINE.sub("", text)


def sentences(text: str) -> list[str]:
    """Sentences; a line of a list, like any other line, is a sentence of its own."""
    return [part for part in _SENTENCE_END.split(bare(text)) if part.strip()]


def count_words(sentence: str) -> int:
    """Words of a sentence; a placeholder is one word, however long the number behind it."""
    return len(_WORD.findall(sentence))


def count_lines(text: str) -> int:
    """Written lines, without empty ones."""
    return sum(bool(line.strip()) for line in text.splitlines())


def utf16_units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
