"""Read what a person types where the book asks for words: the name of a country, or days of a stay.

Law: what is kept of it is a choice or a list of days, never the words. What cannot be read is said to be so, with an
example; it is never guessed.
"""

from dataclasses import dataclass
from typing import Literal, assert_never

from dialogs import folding
from dialogs.book import Book
from dialogs.dates import NoDate, read_days
from dialogs.model import Choice
from dialogs.state import Place, State
from dialogs.stays import Stay

MOST_WORDS = 16
"""A text of more words is a story; looking for a country in it is dear and names the wrong one."""
MAX_STAYS = 30
"""So many stays are kept, the latest: more would not change a sum over half a year."""


@dataclass(frozen=True, slots=True)
class Noted:
    """The days were read: these are all stays now."""

    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """The days could not be read: what to say."""

    unclear: Literal["dates", "backwards"]


Answer = Choice | Noted | Unread


def answer(book: Book, state: State, place: Place, text: str) -> Answer | None:
    """What a text means at a place that asks; None where it does not ask, or the text is no answer."""
    node = book.node(place)
    match node.ask if node else None:
        case None:
            return None
        case "country":
            return _country(book, place, text)
        case "stays":
            return _days(book, state, text)
        case other:
            assert_never(other)


def country_named(book: Book, text: str) -> Choice | None:
    """The page of a country of the book that a text names, wherever it is typed."""
    there = book.target(book.frame.countries, book.menu) if book.frame.countries else None
    named = book.atlas.find(text)
    node = book.node(there) if there else None
    if not (there and node and named and named.country):
        return None
    choice = (node.choose or {}).get(book.atlas.choice(named, node.choose or {}) or "")
    target = (choice.goto or choice.call) if choice else None
    return Choice(call=str(book.target(target, there))) if target else None


def _country(book: Book, place: Place, text: str) -> Choice | None:
    if len(folding.words(text)) > MOST_WORDS:
        return None
    node, named = book.node(place), book.atlas.find(text)
    choices = (node.choose or {}) if node else {}
    return choices.get(book.atlas.choice(named, choices) or "") if named else None


def _days(book: Book, state: State, text: str) -> Answer | None:
    if not any(sign.isdecimal() for sign in text):
        return None
    try:
        days = list(read_days(text, book.frame.languages))
    except NoDate:
        return Unread("dates")
    stays = list(state.stays)
    if stays and stays[-1].left is None and len(days) % 2:
        days.insert(0, stays.pop().came)  # still there until now: the first new day is the day of leaving
    pairs = [Stay(came, left) for came, left in zip(days[::2], [*days[1::2], None], strict=False)]
    if any(stay.left and stay.left < stay.came for stay in pairs):
        return Unread("backwards")
    together = sorted({*stays, *pairs}, key=lambda stay: (stay.left is None, stay.came))
    return Noted(tuple(together[-MAX_STAYS:]))
