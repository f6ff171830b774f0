"""Turn what the engine asks to show into words: Telegram HTML with nothing but bold, and rows of buttons.

Pure but for Babel's tables of month names. It never raises on a book with gaps: a missing text falls back to another
language, and a paragraph whose number is not confirmed is left out, because a wrong number is worse than none.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from dialogs.book import Book
from dialogs.effects import Line, Offer, Show
from dialogs.model import Fact
from dialogs.registered import sayings
from dialogs.speaking import computed, said_in, spoken, spoken_date, words_of
from dialogs.texts import fill, placeholders

CHECKED = "shared.checked"
"""Closing line of a bubble with facts: {source} and {date}, the day the oldest was checked."""
EXPIRED = "shared.expired"
"""The same once a fact is past its date: says so, and offers a consultant."""
HIDDEN = "shared.hidden"
"""Said when not one paragraph can be shown: Telegram refuses an empty text."""
STEP = "shared.step"
"""First line of a question of the self-check: {step} and {steps}."""
SHARED = (CHECKED, EXPIRED, HIDDEN)
SPOKEN = frozenset({"source", "date"})
"""What the closing lines may name beside facts."""
TICKED, UNTICKED = "✓", "☐"
"""Before a line of a checklist; signs, not emoji, that old phones draw too."""
POINT = "•"
"""Before a line of any other list."""
NOTHING: Mapping[str, str] = MappingProxyType({})

_TAP = re.compile(r"([a-z][a-z0-9_]{0,31}):([0-9]{1,19})", re.ASCII)
_BOLD = re.compile(r"</?b>")
_BOLD_ESCAPED = re.compile(r"&lt;(/?b)&gt;")


@dataclass(frozen=True, slots=True)
class Button:
    """What stands on a button, and what Telegram hands back when it is tapped."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message to a person: Telegram HTML and its inline keyboard."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()


def render(book: Book, show: Show, today: date) -> Bubble:
    """The bubble in the person's language, or in all of them before one is chosen."""
    languages = (show.language,) if show.language else book.frame.languages
    blocks = (block for language in languages for block in _blocks(book, show, language, today))
    text = "\n\n".join(blocks) or _hidden(book, languages)
    return Bubble(text, tuple(_rows(book, show, languages)))


def says_something(book: Book, show: Show, today: date) -> bool:
    """Whether anything is left of a bubble: a list may be empty, and what introduces it falls away with it."""
    languages = (show.language,) if show.language else book.frame.languages
    return any(True for language in languages for _ in _blocks(book, show, language, today))


def parse_tap(data: str) -> tuple[str, int] | None:
    """Choice and nonce of callback data, or None for anything this program did not write."""
    found = _TAP.fullmatch(data)
    return (found[1], int(found[2])) if found else None


def tap_data(choice: str, nonce: int) -> str:
    """The callback data of one button; `parse_tap` reads it."""
    return f"{choice}:{nonce}"


def bold_is_balanced(words: str) -> bool:
    """Whether every <b> is closed before the next one opens."""
    tags = _BOLD.findall(words)
    return tags == ["<b>", "</b>"] * (len(tags) // 2)


def paragraph(book: Book, text: str, language: str, values: Mapping[str, str] = NOTHING) -> str | None:
    """One paragraph as Telegram HTML, or None when it names a fact that is not confirmed, or a value there is not.

    `values` are those that are no facts.
    """
    return _filled(book, _markup(words_of(book, text, language)), language, values)


def source_line(book: Book, facts: Iterable[str], language: str, today: date) -> str | None:
    """Where the confirmed ones of `facts` come from and when the oldest was checked; None without any."""
    confirmed = [book.facts[fact] for fact in facts if fact in book.facts and book.facts[fact].confirmed]
    if not confirmed:
        return None
    expired = any(today > fact.valid_until for fact in confirmed)
    values = {
        "source": _escaped(", ".join(_domains(confirmed))),
        "date": spoken_date(min(fact.checked_on for fact in confirmed), language),
    }
    return _filled(book, _markup(words_of(book, EXPIRED if expired else CHECKED, language)), language, values)


def _blocks(book: Book, show: Show, language: str, today: date) -> Iterator[str]:
    values = computed(book, show, language, today)
    if "step" in values:  # under a question; elsewhere a text may name how many there are
        yield paragraph(book, STEP, language, values) or ""
    found = [paragraph(book, text, language, values) for text in show.paragraphs]
    found.append("\n".join(_lines(book, show, language, today)))
    yield from (words for words in found if words)
    line = source_line(book, show.facts, language, today)
    if line and any(found):
        yield line


def _lines(book: Book, show: Show, language: str, today: date) -> Iterator[str]:
    for line in show.lines:
        words = _joined(book, line, language)
        if words:
            yield _boxed(words, line) if line.ticked is not None else f"{POINT} {words}"
    for text, values in sayings(book, show.found, language, today):
        said = paragraph(book, text, language, {name: _escaped(value) for name, value in values.items()})
        yield said or ""


def _joined(book: Book, line: Line, language: str) -> str | None:
    """A line is shown whole or not at all: a fact that is not confirmed hides all of it."""
    parts = [paragraph(book, text, language) for text in (line.text, line.more) if text]
    if not all(parts):
        return None
    words = " ".join(filter(None, parts))
    return words if line.value is None else _valued(words, said_in(book, line, language))


def _valued(words: str, value: str) -> str:
    """What is said of something, where there is more to say than that it was named."""
    return f"{words.rstrip(':')}: {_escaped(value)}" if value else words.rstrip(":")


def _hidden(book: Book, languages: Iterable[str]) -> str:
    return "\n\n".join(_markup(words_of(book, HIDDEN, language)) for language in languages)


def _markup(words: str) -> str:
    # Editors write plain text and <b>; an & or < of theirs must not make Telegram refuse the whole bubble.
    escaped = html.escape(words, quote=False)
    replacement = r"<\1>" if bold_is_balanced(words) else ""
    return _BOLD_ESCAPED.sub(replacement, escaped)


def _filled(book: Book, words: str, language: str, values: Mapping[str, str]) -> str | None:
    facts = {name: book.facts[name] for name in placeholders(words) & book.facts.keys()}
    known = {name: _escaped(spoken(book, fact, language)) for name, fact in facts.items() if fact.confirmed}
    return fill(words, known | dict(values))


def _domains(facts: Iterable[Fact]) -> Iterable[str]:
    """Every source once, however many facts come from it."""
    return dict.fromkeys(domain for fact in facts for domain in fact.source.split(", "))


def _escaped(value: str) -> str:
    return html.escape(value, quote=False)


def _boxed(words: str, line: Line | Offer) -> str:
    return words if line.ticked is None else f"{TICKED if line.ticked else UNTICKED} {words}"


def _rows(book: Book, show: Show, languages: tuple[str, ...]) -> Iterator[tuple[Button, ...]]:
    for row in (*((offer,) for offer in show.offers), *show.always):
        yield tuple(_button(book, offer, languages, show.nonce) for offer in row)


def _button(book: Book, offer: Offer, languages: tuple[str, ...], nonce: int) -> Button:
    return Button(_boxed(_label(book, offer.label, languages), offer), tap_data(offer.choice, nonce))


def _label(book: Book, text: str, languages: tuple[str, ...]) -> str:
    return " · ".join(dict.fromkeys(words_of(book, text, language) for language in languages))
