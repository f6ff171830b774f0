"""List the facts for whoever confirms them: what is hidden and who waits for it, what grows old, what people see.

Plain text in columns, made to be printed or pasted into a letter. It reads the book and changes nothing.
"""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import zip_longest

from dialogs.book import Book
from dialogs.editing.uses import uses
from dialogs.model import Fact

SOON = timedelta(days=30)
"""How long before its date a fact is listed, so that there is time to call."""
_WIDTHS = (20, 24, 12, 28, 32)
_NOTE = _WIDTHS[0] + 2

Row = tuple[str, str, str, str, str]
"""Id, value, standing, source, where it is used."""


def run(book: Book, today: date, write: Callable[[str], None]) -> int:
    """Print the three lists; always 0, because nothing in them is a fault of the book."""
    where = {name: ", ".join(found) or "nothing yet" for name, found in uses(book).items()}
    hidden = [name for name, fact in book.sheet.items() if not fact.confirmed]
    shown = [name for name, fact in book.sheet.items() if fact.confirmed]
    for line in (*_hidden(book, hidden, where), "", *_ageing(book, today, where), "", *_shown(book, shown, where)):
        write(line)
    return 0


def _hidden(book: Book, names: list[str], where: Mapping[str, str]) -> Iterator[str]:
    yield f"HIDDEN UNTIL CONFIRMED: {len(names)}. People see none of these; the texts that name them wait."
    yield from _columns(("fact", "value", "confidence", "source (its date)", "waiting for it")) if names else ()
    for name in names:
        yield from _block(name, book.facts[name], book.facts[name].confidence, where)


def _ageing(book: Book, today: date, where: Mapping[str, str]) -> Iterator[str]:
    until = {name: fact.valid_until for name, fact in book.sheet.items() if fact.valid_until <= today + SOON}
    yield f"TO BE CHECKED AGAIN: {len(until)}. Past their date, or within {SOON.days} days of it; the oldest first."
    yield from _columns(("fact", "value", "valid until", "source (its date)", "used in")) if until else ()
    for name in sorted(until, key=lambda name: until[name]):
        past = " past" if until[name] < today else ""
        yield from _block(name, book.facts[name], f"{until[name]}{past}", where)


def _shown(book: Book, names: list[str], where: Mapping[str, str]) -> Iterator[str]:
    yield f"SHOWN TO PEOPLE: {len(names)}."
    yield from _columns(("fact", "value", "checked on", "source (its date)", "used in")) if names else ()
    for name in names:
        yield from _block(name, book.facts[name], str(book.facts[name].checked_on), where)


def _block(name: str, fact: Fact, standing: str, where: Mapping[str, str]) -> Iterator[str]:
    """A row, and under it what whoever confirms it must know."""
    yield from _columns((name, str(fact.value), standing, f"{fact.source} ({fact.source_date})", where[name]))
    for line in textwrap.wrap(fact.note, sum(_WIDTHS) - _NOTE):
        yield f"{'':{_NOTE}}{line}"


def _columns(row: Row) -> Iterator[str]:
    cells = [textwrap.wrap(cell, width) for cell, width in zip(row, _WIDTHS, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        yield "  ".join(f"{part:{width}}" for part, width in zip(parts, _WIDTHS, strict=True)).rstrip()
