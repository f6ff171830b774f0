"""What the process does beside conversations: forget old update numbers, take over a new book or list of companies.

Law: nothing is erased by date while the clock is not trusted; a book that does not load leaves the old one in place.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.conversing import Conversing
from bot.intermediaries import load_register
from bot.lifeline import Lifeline
from bot.logs import log
from dialogs.book import Book
from dialogs.finding import BookBroken
from dialogs.loader import load
from storage import Busy, Store

ROUND = 5.0
"""Seconds between two looks at the files that may be renewed."""
SWEEP = 3600.0
"""Seconds between two sweeps."""
HELD = 600.0
"""Seconds until a sweep that was held is tried again."""
KEEP_UPDATES = timedelta(hours=48)
"""How long an update's number is remembered, to know its twin; Telegram itself keeps updates for 24 hours."""


@dataclass(slots=True)
class Watch:
    """Tells when a file was written anew, taken away or put back since the last look, the first being now."""

    path: Path
    _seen: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._seen = self._stamp()

    def changed(self) -> bool:
        """Look again."""
        stamp = self._stamp()
        changed, self._seen = stamp != self._seen, stamp
        return changed

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except OSError:
            return (0, 0)  # not there, or not to be seen: whoever reads it says why
        return (found.st_mtime_ns, found.st_size)


@dataclass(slots=True)
class Housekeeping:
    """Runs beside intake and courier. `published` is the file that `gza publish` writes last."""

    store: Store
    conversing: Conversing
    clock: Clock
    lifeline: Lifeline
    published: Watch
    intermediaries: Watch
    _next_sweep: float = 0.0

    async def run(self) -> None:
        """Do the rounds for ever; ends by cancellation."""
        while True:
            await self.take_over_book()
            await self.take_over_register()
            if self.clock.monotonic() >= self._next_sweep:
                await self.sweep()
            await asyncio.sleep(ROUND)

    async def take_over_book(self) -> None:
        """Load the book anew when it was published since the last look; nobody waits meanwhile."""
        if not self.published.changed():
            return
        try:
            book = await asyncio.to_thread(load)
        except BookBroken as error:
            log.error("book.broken", count=len(error.problems))
        else:
            self._open(replace(book, register=self.conversing.book.register))
            log.info("book.taken_over")

    async def take_over_register(self) -> None:
        """Read the list of intermediary companies anew when it changed: what is said is what lies on the disk."""
        if not self.intermediaries.changed():
            return
        register = await asyncio.to_thread(load_register, self.intermediaries.path)
        self._open(replace(self.conversing.book, register=register))
        log.info("intermediaries.taken_over", count=len(register.entries) if register else 0)

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

    def _open(self, book: Book) -> None:
        """Speak from this book from the next batch on."""
        self.conversing.book = book
        self.lifeline.take_over(book)
