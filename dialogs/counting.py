"""What a verdict adds to the statistics: one in each table, and nothing of a person.

Law: a walk is counted once, when its verdict is first shown; going back and answering otherwise counts nothing again.
Children are not counted.
"""

from collections.abc import Iterator
from dataclasses import replace

from dialogs import assess, checking
from dialogs.assess import UNKNOWN, UNSURE
from dialogs.book import Book
from dialogs.effects import Count
from dialogs.model import Band
from dialogs.state import Place, State

BANDS: tuple[Band, ...] = tuple(band for band in assess.BANDS if band != "minor")
"""The bands that are counted."""


def counted(book: Book, state: State, walked: tuple[Place, ...]) -> tuple[State, tuple[Count, ...]]:
    """The conversation after a walk through these places, and what is to be counted of it."""
    script = checking.latest(book, state)
    if script is None or script in state.counted or not _judged(book, state, script, walked):
        return state, ()
    found = checking.verdict(book, state, script)
    if found.band == "minor":
        return state, ()
    cells = (("check", script), ("band", found.band), *(("dimension", name) for name in found.dimensions))
    count = Count((*cells, *_facets(book, state, script)))
    return replace(state, counted=state.counted | {script}), (count,)


def _judged(book: Book, state: State, script: str, walked: tuple[Place, ...]) -> bool:
    """Whether the walk came to the verdict of the script just now."""
    return checking.is_done(book, state, script) and checking.onward(book, state, script) in walked


def _facets(book: Book, state: State, script: str) -> Iterator[tuple[str, str]]:
    """Kind of work and group of destinations, as far as they were asked."""
    answers = checking.given(state, script)
    for table, name in (("work", "work"), ("destination", "country")):
        answer = answers.get(f"{script}.{name}")
        if answer:
            yield table, UNKNOWN if answer in UNSURE else _group(book, answer)


def _group(book: Book, answer: str) -> str:
    """The group a country is counted in; whatever is no country is its own."""
    country = book.atlas.countries.get(answer)
    return (country.group if country else None) or answer


def works(book: Book) -> tuple[str, ...]:
    """Every kind of work that may be counted, in the order it is asked."""
    return tuple(dict.fromkeys(_asked(book, "work")))


def destinations(book: Book) -> tuple[str, ...]:
    """Every group of destinations that may be counted, in the order it is asked."""
    return tuple(dict.fromkeys(_group(book, answer) for answer in _asked(book, "country")))


def _asked(book: Book, name: str) -> Iterator[str]:
    """The answers that may be given to a question, in any script."""
    for script in book.scripts:
        asked = checking.question(book, Place(script, name))
        yield from (answer for answer in (asked.answers if asked else ()) if answer not in UNSURE)
