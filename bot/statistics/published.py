"""A release as it is published: every number of it, and nothing else.

Law: plain frozen values with a stored form. What is not a multiple of five, or stands for fewer than ten, is never in
here, so that whatever is made of a release can give away no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import TypeAdapter

from bot.statistics.tables import Unit

METHOD = "10/5"
"""Fewer than ten are not shown, everything else is rounded to five; totals too."""


class Mark(StrEnum):
    """How a number is shown."""

    NUMBER = "number"
    FEW = "few"
    """Fewer than ten, perhaps none."""
    KEPT = "kept"
    """At least ten, not shown because another number could be worked out from it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number: a multiple of five from ten on, or only a mark."""

    mark: Mark
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A published one-way table, rows in the order they are read.

    `damaged`: its counts are incomplete, no rows. No rows and not damaged: a number could be worked out from any of it.
    """

    name: str
    rows: tuple[tuple[str, Figure], ...]
    several: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A published two-way table: for each row its figures, column by column, and the row's own figure.

    A row whose `figures` are None is shown as its total only: nearly all of it may be one column, or nothing else of it
    can be shown. Values that stand apart are neither rows nor columns, so cells add up to less than their row.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, Figure, tuple[Figure, ...] | None], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """All about one unit. `since` is the name of the first period it covers: earlier ones were too small.

    `total` None: fewer than fifty until now, nothing is published and the next release covers it too.
    """

    unit: Unit
    since: str
    total: Figure | None
    sheets: tuple[Sheet, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One release. `period` names it (`2026-Q3`); `first` and `last` are its days, both in it.

    `code` is the version of the program that made it, `demo` says that everything in it is made up, `lost`: that some
    counts could not be read, so that numbers may be too low.
    """

    period: str
    first: date
    last: date
    made: date
    organisation: str
    code: str
    sections: tuple[Section, ...]
    method: str = METHOD
    demo: bool = False
    lost: bool = False

    def section(self, unit: Unit) -> Section:
        """What is said about a unit."""
        return next(section for section in self.sections if section.unit is unit)

    def to_json(self) -> str:
        """The stored form."""
        return _RELEASE.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> "Release":
        """Read the stored form. Raises ValueError."""
        return _RELEASE.validate_json(text)


_RELEASE = TypeAdapter(Release)

Counts = Mapping[tuple[str, str], int]
"""Exact sums by (table, value): what comes in, and never goes out."""
