"""What tables, rows and numbers of a release are called in one language.

A value that has words of its own for reports (`staff.stats.row.…`) is called by them; else as the desk and the
self-check call it; and one that is no longer in the book goes by its id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.statistics.periods import Length, Period
from bot.statistics.published import Figure, Mark, Release
from bot.statistics.tables import CROSS, Unit
from dialogs.book import Book
from dialogs.speaking import spoken_date, words_of
from dialogs.texts import fill

FEW = "<10"
"""How fewer than ten, perhaps none, is written in every language."""
CROSS_SIGN = "×"
_SAME = {"case_topic": "topic", "case_destination": "destination"}
"""Tables that have their rows from another."""
_KINDS = {"age": "staff.age", "gender": "staff.gender", "destination": "country"}
"""Where the book has labels of a table's values, if not under the table's own name."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the book in one language."""

    book: Book
    language: str

    def say(self, text: str, **values: str) -> str:
        """A text `staff.stats.…` with its values."""
        words = words_of(self.book, f"staff.stats.{text}", self.language)
        return fill(words, values) or words

    def perhaps(self, text: str) -> tuple[str, ...]:
        """The same where there is such a text."""
        return (self.say(text),) if self._has(f"staff.stats.{text}") else ()

    def table(self, name: str) -> str:
        """What a table is called; a two-way one by the two it crosses."""
        return f" {CROSS_SIGN} ".join(self._table(part) for part in name.split(CROSS))

    def value(self, table: str, value: str) -> str:
        """What a row is called."""
        named = next(filter(self._has, self._names(_SAME.get(table, table), value)), None)
        return words_of(self.book, named, self.language) if named else value

    def unit(self, unit: Unit) -> str:
        """What is counted, as a heading."""
        return self.say(f"unit.{unit}")

    def shown(self, figure: Figure) -> str:
        """A number as it is read: grouped as in the language, or the mark that stands for it."""
        match figure:
            case Figure(Mark.NUMBER, int(number)):
                return _grouped(number, self.language)
            case Figure(Mark.FEW):
                return FEW
        return self.say("kept")

    def days(self, first: date, last: date) -> str:
        """From the first day to the last: 1 October – 31 December 2026."""
        begins = spoken_date(first, self.language)
        if first.year == last.year:
            begins = self._without_year(first)
        return f"{begins} – {spoken_date(last, self.language)}"

    def _table(self, name: str) -> str:
        return self.say(f"table.{name}") if self._has(f"staff.stats.table.{name}") else name

    def _names(self, table: str, value: str) -> Iterator[str]:
        yield f"staff.stats.row.{table}.{value}"
        yield f"{_KINDS.get(table, table)}.{value}"
        yield from (f"{script}.{table}.{value}" for script in self.book.scripts if table == "work")

    def _has(self, text: str) -> bool:
        return any(text in texts for texts in self.book.texts.values())

    def _without_year(self, day: date) -> str:
        try:
            return format_date(day, "d MMMM", locale=self.language)
        except (UnknownLocaleError, ValueError):
            return day.isoformat()


@cache
def _grouped(number: int, language: str) -> str:
    try:
        return format_decimal(number, "#,##0", locale=language)
    except (UnknownLocaleError, ValueError):
        return str(number)


def covered(release: Release, since: str) -> date | None:
    """The first day a section covers where that is before the release's own period."""
    starts = (_first_day(since, length) for length in Length)
    first = next(filter(None, starts), release.first)
    return first if first < release.first else None


def _first_day(name: str, length: Length) -> date | None:
    try:
        return Period.parse(name, length).first
    except ValueError:
        return None
