"""Periods: whole months, quarters, half-years or years of the calendar in Tbilisi, that never overlap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum


class Length(IntEnum):
    """How many months a period has; fixed when a house is made."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


CLOSING = timedelta(days=14)
"""So long after its last day the release of a period is made: what was begun in it has been closed by then."""
LETTERS = {Length.QUARTER: "Q", Length.HALF: "H"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period of the calendar, by its year and its number in it, from 1."""

    year: int
    number: int
    length: Length = Length.QUARTER

    @classmethod
    def of(cls, day: date, length: Length = Length.QUARTER) -> "Period":
        """The period a day lies in."""
        return cls(day.year, (day.month - 1) // length + 1, length)

    @classmethod
    def parse(cls, name: str, length: Length = Length.QUARTER) -> "Period":
        """The period of this name. Raises ValueError where none of this length is called so."""
        year = int(name[:4]) if name[:4].isdigit() else 0
        found = [cls(year, number, length) for number in range(1, 12 // length + 1)] if year else []
        for period in found:
            if period.name == name:
                return period
        raise ValueError(f"{name} is no period of {length.value} months")

    @property
    def name(self) -> str:
        """`2026-11`, `2026-Q4`, `2026-H2` or `2026`."""
        match self.length:
            case Length.YEAR:
                return f"{self.year}"
            case Length.MONTH:
                return f"{self.year}-{self.number:02d}"
        return f"{self.year}-{LETTERS[self.length]}{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * self.length + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def due(self) -> date:
        """The day its release is made."""
        return self.last + CLOSING

    @property
    def next(self) -> "Period":
        """The one after it."""
        if self.number < 12 // self.length:
            return Period(self.year, self.number + 1, self.length)
        return Period(self.year + 1, 1, self.length)

    @property
    def months(self) -> tuple[str, ...]:
        """The names its counts are kept under: `2026-10`, `2026-11`, `2026-12`."""
        start = self.first.month
        return tuple(f"{self.year}-{month:02d}" for month in range(start, start + self.length))

    def until(self, last: "Period") -> Iterator["Period"]:
        """Itself and all after it up to `last`."""
        period = self
        while period <= last:
            yield period
            period = period.next
