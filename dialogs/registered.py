"""Say what the list of intermediary companies has for a name: which text for each company found, and its values.

Law: the list says what it says on its date and nothing of the company itself; the name a person typed is not said
again.
"""

from collections.abc import Iterator
from datetime import date

from dialogs.book import Book
from dialogs.register import Entry, Lookup, Register, stale, standing
from dialogs.speaking import spoken_date

SAYINGS = {
    "listed": "register.listed",
    "expired": "register.expired",
    "not_yet": "register.not_yet",
    "similar": "register.similar",
    "absent": "register.absent",
    "stale": "register.stale",
}
"""The text for each thing the list can say."""
MOST = 3
"""Certificates of one company that are named, the newest."""
VALUES = frozenset({"company", "certificate", "since", "until", "list_date"})
"""What these texts may name, where the list has it."""

Saying = tuple[str, dict[str, str]]


def sayings(book: Book, found: Lookup | None, language: str, today: date) -> Iterator[Saying]:
    """What is said of a look-up, as text ids and values; nothing without one or without a list."""
    register = book.register
    if found is None or register is None:
        return
    day = {"list_date": spoken_date(register.listed_on, language)}
    for entry in found.found[:MOST]:
        yield SAYINGS[standing(entry, register, today)], day | _values(entry, language)
    if not found.found:
        yield SAYINGS["absent"], day
        yield from ((SAYINGS["similar"], day | _values(entry, language)) for entry in found.similar)
    yield from _old(register, today, day)


def _old(register: Register, today: date, day: dict[str, str]) -> Iterator[Saying]:
    if stale(register, today):
        yield SAYINGS["stale"], day


def _values(entry: Entry, language: str) -> dict[str, str]:
    until = {"until": spoken_date(entry.valid_until, language)} if entry.valid_until else {}
    since = {"since": spoken_date(entry.valid_from, language)}
    return {"company": entry.names[0], "certificate": entry.certificate, **since, **until}
