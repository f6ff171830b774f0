"""Which counts are published, so that nobody needs them any more. Pure.

Law: what a unit was too small to publish stays, for it is in the next release that is large enough; whatever else was
counted in the same months goes without it. What belongs to no table of today goes with the period.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.statistics.making import owed
from bot.statistics.periods import Length, Period
from bot.statistics.published import Release
from bot.statistics.tables import CROSS, Unit
from storage import Cell

TABLES: Mapping[Unit, frozenset[str]] = {
    Unit.TALK: frozenset({"language", "campaign", "topic"}),
    Unit.CHECK: frozenset({"band", "work", "destination", "sign"}),
    Unit.CASE: frozenset(
        {
            *("handover", "case_topic", "case_destination", "outcome"),
            *("age", "gender", "category", "referral"),
        }
    ),
}
"""The one-way tables of each unit, by which its counts are known; a two-way table is called by its rows first."""
LOST = "lost_counts"
"""{"day": the last day on which counts were deleted that did not open}: what the house remembers of them, since a
release of any month before must say that its numbers may be too low."""


def spent(cells: Iterable[Cell], past: Sequence[Release], length: Length) -> set[Cell]:
    """Of these cells those of which everything was published in these releases."""
    if not past:
        return set()
    last = Period.parse(max(past, key=lambda release: release.first).period, length)
    first: dict[Unit | None, str] = {unit: _month(owed(past, unit) or last.next) for unit in Unit}
    return {cell for cell in cells if cell.period < first.get(_unit(cell.table), _month(last.next))}


def old(past: Iterable[Release], before: date) -> list[Release]:
    """The releases made before that day, without any that is newer than one which was not."""
    young = min((release.first for release in past if release.made >= before), default=date.max)
    return [release for release in past if release.first < young]


def _unit(table: str) -> Unit | None:
    name = table.partition(CROSS)[0]
    return next((unit for unit, names in TABLES.items() if name in names), None)


def _month(period: Period) -> str:
    """Its first month."""
    return period.months[0]
