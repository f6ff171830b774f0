"""A release from the counts to the shelf: read in one transaction, made outside, frozen in a second one.

Law: all or nothing, and killed at any moment it is simply done again. What is frozen belongs to what was read: when a
count of the period or a release came in between, nothing is written. By itself it makes only what is due and in no
doubt; by hand the one that was named, and never another in its place.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.metadata import version

from bot import filing
from bot.clock import TBILISI
from bot.releasing import fixed, shelf
from bot.releasing.apart import Doing, apart
from bot.releasing.doubt import doubted, noted
from bot.releasing.due import over
from bot.releasing.fixed import Fixed
from bot.releasing.job import Job, Made
from bot.releasing.spent import LOST, spent
from bot.statistics.making import About, owed
from bot.statistics.periods import Length, Period
from bot.statistics.published import Release
from bot.statistics.shelved import Shelved
from bot.statistics.tables import Unit
from storage import Busy, Cell, Kind, Record, Store, Transaction

SHORT = 16
"""Digits of the hash that the audit log shows."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What of the house goes into the release of a period."""

    period: Period
    fixed: Fixed
    counts: Mapping[Cell, int] = field(repr=False)
    lost: bool
    past: tuple[Release, ...]

    def job(self, today: date, organisation: str) -> Job:
        """What is to be done."""
        about = About(self.period, today, organisation, version("gza"), self.fixed.demo, self.lost)
        sums: Counter[tuple[str, str, str]] = Counter()
        for cell, number in self.counts.items():
            sums[_period(cell, self.fixed.length).name, cell.table, cell.value] += number
        counts: dict[str, list[tuple[str, str, int]]] = {}
        for (period, table, value), number in sorted(sums.items()):
            counts.setdefault(period, []).append((table, value, number))
        return Job(about, self.fixed.campaigns, {name: tuple(cells) for name, cells in counts.items()}, self.past)


@dataclass(frozen=True, slots=True)
class Releasing:
    """Makes the releases of a house. `organisation` is named in them."""

    store: Store
    organisation: str = ""
    doing: Doing = field(default=apart, repr=False)

    async def release(self, now: datetime, wanted: Period | None = None) -> Shelved | None:
        """Release the oldest period when it is due, or the `wanted` one as soon as it is over.

        None when there is none, or it is not the turn of the wanted one (any more). Raises Exposed and NotMade,
        storage.Tampered when an earlier release is not as it was, and storage.Busy when something changed meanwhile;
        then nothing is written.
        """
        today = now.astimezone(TBILISI).date()
        async with self.store.transaction() as work:
            seen = await _seen(work, today, wanted)
        if seen is None:
            return None
        made = await self.doing(seen.job(today, self.organisation))
        async with self.store.transaction() as work:
            if await _seen(work, today, wanted) != seen:
                raise Busy("Something changed while the release was made: nothing was written, start again.")
            await _freeze(work, made, now)
        return made.shelved


def _period(cell: Cell, length: Length) -> Period:
    """The one that its month lies in."""
    return Period.of(date.fromisoformat(f"{cell.period}-01"), length)


async def waiting(work: Transaction, today: date) -> list[Period]:
    """The periods that are over and not released, the oldest first. Raises storage.Tampered."""
    length, past = (await fixed.read(work)).length, await shelf.releases(work)
    months = {cell.period for cell in await work.counts()}
    return over(months, [Period.parse(one.release.period, length) for one in past], today, length)


async def _seen(work: Transaction, today: date, wanted: Period | None) -> Seen | None:
    period = next(iter(await waiting(work, today)), None)
    if period is None or not await _is_due(work, today, period, wanted):
        return None
    counts = {cell: number for cell, number in (await work.counts()).items() if cell.period <= period.months[-1]}
    past, set_ = [one.release for one in await shelf.releases(work)], await fixed.read(work)
    new = counts.keys() - spent(counts, past, set_.length)
    return Seen(period, set_, counts, await _lost(work, new, _since(period, past, new)), tuple(past))


async def _is_due(work: Transaction, today: date, period: Period, wanted: Period | None) -> bool:
    if wanted is not None:
        return period == wanted
    return period.due <= today and await doubted(work, period) is None


def _since(period: Period, past: Sequence[Release], new: Iterable[Cell]) -> str:
    """The first month of which the release tells: that of the oldest count, or of what a unit is owed."""
    owing = [first.months[0] for unit in Unit if (first := owed(past, unit)) is not None]
    return min(period.months[0], *owing, *{cell.period for cell in new})


async def _lost(work: Transaction, new: Collection[Cell], since: str) -> bool:
    """Whether some of these counts may be too low: they began anew, do not open, or were lost since that month."""
    lost = set(await work.lost_counts())
    if None in lost or lost & set(new):
        return True
    day = await noted(work, LOST)
    return day is not None and day.isoformat() >= since


async def _freeze(work: Transaction, made: Made, now: datetime) -> None:
    name = made.shelved.release.period
    await work.freeze(name, made.content)
    await work.keep([Record(Kind.RELEASE, name, made.shelved.to_json())])
    await filing.audit(work, (f"release.made {name} {made.shelved.sha256[:SHORT]}",), now)
