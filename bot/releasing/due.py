"""Which period comes next, and which are over and not released yet. Pure.

Law: periods are released in their order, none is left out and none comes twice. Before the first count there is none; a
later one in which nothing was counted is released too, and says so.
"""

from collections.abc import Collection
from datetime import date

from bot.statistics.periods import Length, Period


def coming(months: Collection[str], released: Collection[Period], today: date, length: Length) -> Period:
    """The period whose release comes next. `months` are those of the counts ("2026-11")."""
    if released:
        return max(released).next
    first = min((date.fromisoformat(f"{month}-01") for month in months), default=today)
    return Period.of(min(first, today), length)


def over(months: Collection[str], released: Collection[Period], today: date, length: Length) -> list[Period]:
    """The periods that are over and not released, the oldest first."""
    first, current = coming(months, released, today, length), Period.of(today, length)
    return [period for period in first.until(current) if period < current]
