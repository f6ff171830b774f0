"""The one clock, and how far it may be trusted.

Erasing by date is only as right as the clock. Law (design §2.10): when it runs back, or more than six hours ahead of
the dates of what comes in, nothing is erased until it is right again.
"""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

TBILISI = ZoneInfo("Asia/Tbilisi")
"""Hours, holidays and periods are reckoned here."""
MOST_AHEAD = timedelta(hours=6)
MOST_BACK = timedelta(minutes=5)
"""Small steps back are the ordinary work of time servers."""


class Clock(Protocol):
    """Time as the bot sees it; tests bring one that they can move."""

    def now(self) -> datetime:
        """The time of day, with zone."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""

    async def sleep(self, seconds: float) -> None:
        """Let this much time pass."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment in the past."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let this much time pass."""
        await asyncio.sleep(seconds)


def trusted(now: datetime, high_water: datetime | None, newest: datetime | None) -> bool:
    """Whether erasing by date may go on: `high_water` is the latest trusted time, `newest` the newest update's date.

    The date of an update is that of Telegram's servers: a clock behind it runs back too.

    Without an update to compare with, a jump ahead cannot be told from a long silence: not trusted.
    """
    known = [moment for moment in (high_water, newest) if moment is not None]
    runs_back = any(now < moment - MOST_BACK for moment in known)
    return not runs_back and newest is not None and now <= newest + MOST_AHEAD


@dataclass(slots=True)
class Guard:
    """Remembers the latest time that could be trusted, and the newest date Telegram gave."""

    high_water: datetime | None = None
    newest: datetime | None = None

    def see(self, now: datetime, dates: Iterable[datetime]) -> None:
        """Compare the clock with what just came in."""
        self.newest = max([*dates, *([self.newest] if self.newest else [])], default=None)
        if self.trusts(now):
            self.high_water = max(now, self.high_water or now)

    def trusts(self, now: datetime) -> bool:
        """Whether erasing by date may go on."""
        return trusted(now, self.high_water, self.newest)

    def time(self, now: datetime) -> datetime:
        """The time to reckon ages by: the clock's, or while it is not trusted the latest that is known for sure."""
        known = [moment for moment in (self.high_water, self.newest) if moment is not None]
        return now if self.trusts(now) or not known else max(known)
