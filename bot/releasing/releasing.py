"""A release from the counts to the shelf: read in one transaction, made outside, frozen in a second one.

Law: all or nothing, and killed at any moment it is simply done again. What is frozen belongs to what was read: when a
count of the period or a release came in between, nothing is written.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.metadata import version

from bot import filing
from bot.clock import TBILISI
from bot.releasing import fixed, shelf
from bot.releasing.apart import Doing, apart
from bot.releasing.due import over
from bot.releasing.fixed import Fixed
from bot.releasing.job import Job, Made
from bot.releasing.spent import LOST
from bot.statistics.making import About
from bot.statistics.periods import Length, Period
from bot.statistics.published import Release
from bot.statistics.shelved import Shelved
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

    async def release(self, now: datetime, *, early: bool = False) -> Shelved | None:
        """Release the oldest period that is due, `early` already when it is over; None when there is none.

        Raises Exposed and NotMade, storage.Tampered when an earlier release is not as it was, and storage.Busy when
        something changed meanwhile; then nothing is written.
        """
        today = now.astimezone(TBILISI).date()
        async with self.store.transaction() as work:
            seen = await _seen(work, today, early=early)
        if seen is None:
            return None
        made = await self.doing(seen.job(today, self.organisation))
        async with self.store.transaction() as work:
            if await _seen(work, today, early=early) != seen:
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


async def _seen(work: Transaction, today: date, *, early: bool) -> Seen | None:
    period = next(iter(await waiting(work, today)), None)
    if period is None or not (early or period.due <= today):
        return None
    counts = {cell: number for cell, number in (await work.counts()).items() if cell.period <= period.months[-1]}
    past = tuple([one.release for one in await shelf.releases(work)])
    return Seen(period, await fixed.read(work), counts, await _lost(work, counts), past)


async def _lost(work: Transaction, counts: Mapping[Cell, int]) -> bool:
    """Whether some numbers may be too low: counts do not open, or were deleted since the first of these months."""
    if await work.lost_counts():
        return True
    said = [record.body for record in await work.records((Kind.HOUSE,)) if record.key == LOST]
    return bool(said) and json.loads(said[0])["day"] >= min((cell.period for cell in counts), default="")


async def _freeze(work: Transaction, made: Made, now: datetime) -> None:
    name = made.shelved.release.period
    await work.freeze(name, made.content)
    await work.keep([Record(Kind.RELEASE, name, made.shelved.to_json())])
    await filing.audit(work, (f"release.made {name} {made.shelved.sha256[:SHORT]}",), now)
