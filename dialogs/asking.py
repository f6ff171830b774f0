"""Read what a person types where the book asks for words: a country, days of a stay, a job ad, a company's name.

Law: what is kept of it is a choice or a list of days, never the words. What cannot be read is said to be so, with an
example; it is never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, assert_never

from dialogs import checking, folding
from dialogs.ads import Ad, looks_like_ad, read_ad
from dialogs.book import Book
from dialogs.checking import Answered
from dialogs.dates import NoDate, read_days
from dialogs.model import AdReading, Choice
from dialogs.register import Lookup, look_up
from dialogs.state import Place, State
from dialogs.stays import Stay

MOST_WORDS = 16
"""A text of more words is a story; looking for a country in it is dear and names the wrong one."""
FEWEST_WORDS = 5
"""Fewer words are an answer, a name or a question, and no job ad."""
ADULT = 18
"""Years."""
MAX_STAYS = 30
"""So many stays are kept, the latest: more would not change a sum over half a year."""


@dataclass(frozen=True, slots=True)
class Noted:
    """The days were read: these are all stays now."""

    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """It could not be read: what to say."""

    unclear: Literal["dates", "backwards", "ad", "company"]


@dataclass(frozen=True, slots=True)
class ReadAd:
    """A job ad was read: what it says by facet, which questions of `script` that answers, and where it is shown."""

    said: Mapping[str, str]
    answers: Mapping[str, str]
    script: str
    shown: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the list of companies has for the name that was typed."""

    found: Lookup


Answer = Choice | Answered | Noted | Unread | ReadAd | LookedUp


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
        case "ad":
            return _ad(book, text)
        case "company":
            return _company(book, text)
        case "age":
            return _age(place, text)
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


def ad_pasted(book: Book, text: str) -> ReadAd | None:
    """The job ad that a text is, wherever it is pasted; None for a story, a question, or anything else."""
    if book.frame.ads is None or book.ads is None or len(folding.words(text)) < FEWEST_WORDS:
        return None
    ad = read_ad(book.ads, book.atlas, text)
    return _taken(book.frame.ads, ad) if looks_like_ad(ad, text) else None


def _ad(book: Book, text: str) -> ReadAd | Unread | None:
    """Where an ad is asked for, whatever says something of a job is one; a few words are no ad."""
    if book.frame.ads is None or book.ads is None or len(folding.words(text)) < FEWEST_WORDS:
        return None
    ad = read_ad(book.ads, book.atlas, text)
    return _taken(book.frame.ads, ad) if ad.said else Unread("ad")


def _taken(reading: AdReading, ad: Ad) -> ReadAd:
    return ReadAd(ad.said, ad.answers, reading.answers, reading.shown)


def _company(book: Book, text: str) -> LookedUp | Unread | None:
    if book.register is None:
        return None
    if len(folding.words(text)) > MOST_WORDS:
        return Unread("company")
    return LookedUp(look_up(book.register, text))


def _age(place: Place, text: str) -> Answered | None:
    """A bare number of years; whoever is under 18 is a child (Convention on the Rights of the Child, article 1)."""
    typed = folding.words(text)
    years = int(typed[0]) if len(typed) == 1 and typed[0].isdecimal() and len(typed[0]) <= len("99") else 0
    return Answered(place, "minor" if years < ADULT else "adult") if years else None


def _country(book: Book, place: Place, text: str) -> Choice | Answered | None:
    if len(folding.words(text)) > MOST_WORDS:
        return None
    node, named = book.node(place), book.atlas.find(text)
    ways: dict[str, Choice | Answered] = {**checking.ways(book, place), **((node.choose or {}) if node else {})}
    return ways.get(book.atlas.choice(named, ways) or "") if named else None


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
