"""Periods of which nobody knows whether they were released: over before a restore that could not say what was since.

Law: none of them is released by itself. Managers know what was given out: either nothing was, and it is made by hand,
or something was, and the period is left out for ever.
"""

import json
from datetime import date, datetime
from importlib.metadata import version

from bot import filing
from bot.clock import TBILISI
from bot.statistics.periods import Period
from bot.statistics.published import Figure, Mark, Release, Section
from bot.statistics.shelved import Shelved
from bot.statistics.tables import Unit
from storage import Kind, Record, Transaction
from storage.copies.returning import UNSURE


async def noted(work: Transaction, name: str) -> date | None:
    """The day that the house remembers under this name. One statement."""
    found = [record.body for record in await work.records((Kind.HOUSE,)) if record.key == name]
    return date.fromisoformat(json.loads(found[0])["day"]) if found else None


async def doubted(work: Transaction, period: Period) -> date | None:
    """The day of the restore that makes it so; None where there is no doubt."""
    day = await noted(work, UNSURE)
    return day if day is not None and period.last < day else None


async def leave_out(work: Transaction, period: Period, organisation: str, now: datetime) -> None:
    """Take a period for released, with numbers that are not known here. Raises storage.Stale when it is by now."""
    sections = tuple(Section(unit, period.name, Figure(Mark.KEPT)) for unit in Unit)
    today, code = now.astimezone(TBILISI).date(), version("gza")
    release = Release(period.name, period.first, period.last, today, organisation, code, sections, lost=True)
    await work.keep([Record(Kind.RELEASE, period.name, Shelved(release, {}, "").to_json())])
    await filing.audit(work, (f"release.left_out {period.name}",), now)
