"""What the process does beside conversations: forget old update numbers, take over a newly published book.

Law: nothing is erased by date while the clock is not trusted; a book that does not load leaves the old one in place.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.conversing import Conversing
from bot.lifeline import Lifeline
from bot.logs import log
from dialogs.finding import BookBroken
from dialogs.loader import load
from storage import Busy, Store

ROUND = 5.0
"""Seconds between two looks at the published book."""
SWEEP = 3600.0
"""Seconds between two sweeps."""
HELD = 600.0
"""Seconds until a sweep that was held is tried again."""
KEEP_UPDATES = timedelta(hours=48)
"""How long an update's number is remembered, to know its twin; Telegram itself keeps updates for 24 hours."""


@dataclass(slots=True)
class Housekeeping:
    """Runs beside intake and courier. `published` is the file that `gza publish` writes last."""

    store: Store
    conversing: Conversing
    clock: Clock
    published: Path
    lifeline: Lifeline
    _seen: tuple[int, int] = (0, 0)
    _next_sweep: float = 0.0

    async def run(self) -> None:
        """Do the rounds for ever; ends by cancellation."""
        self._seen = self._stamp()
        while True:
            await self.take_over_book()
            if self.clock.monotonic() >= self._next_sweep:
                await self.sweep()
            await asyncio.sleep(ROUND)

    async def take_over_book(self) -> None:
        """Load the book anew when it was published since the last look; nobody waits meanwhile."""
        stamp = self._stamp()
        if stamp == self._seen:
            return
        self._seen = stamp
        try:
            book = await asyncio.to_thread(load)
        except BookBroken as error:
            log.error("book.broken", count=len(error.problems))
        else:
            self.conversing.book = book
            self.lifeline.take_over(book)
            log.info("book.taken_over")

    async def sweep(self) -> None:
        """Forget the numbers of updates older than two days, unless the clock is in doubt."""
        now = self.clock.now()
        if not self.conversing.guard.trusts(now):
            if self.conversing.guard.newest is not None:
                log.warning("sweep.held", reason="clock")
                self._next_sweep = self.clock.monotonic() + HELD
            return
        try:
            async with self.store.transaction() as work:
                await work.forget_updates(now - KEEP_UPDATES)
        except Busy:
            return
        self._next_sweep = self.clock.monotonic() + SWEEP

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self.published.stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_size)
