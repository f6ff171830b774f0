"""What the process does beside conversations: what runs by the clock, and taking over a new book or list of companies.

Law: a book that does not load leaves the old one in place. What is erased by date is `bot.keeping.daily`'s.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.conversing import Conversing
from bot.intermediaries import load_register
from bot.keeping.daily import Daily
from bot.lifeline import Lifeline
from bot.logs import log
from bot.releasing.releasing import Releasing
from dialogs import lifetimes
from dialogs.book import Book
from dialogs.finding import BookBroken
from dialogs.loader import load
from storage import Store

ROUND = 5.0
"""Seconds between two looks at the clock and at the files that may be renewed."""


def told(book: Book, reopen: timedelta) -> Book:
    """The book with what the operator has set: how long a case can be taken up again."""
    return replace(book, facts={**book.facts, **lifetimes.facts(reopen)})


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
    """Runs beside intake and courier. `published` is the file that `gza publish` writes last.

    `organisation` stands on releases. A locked house releases nothing: its counts are elsewhere.
    """

    store: Store
    conversing: Conversing
    clock: Clock
    lifeline: Lifeline
    published: Watch
    intermediaries: Watch
    organisation: str = ""
    daily: Daily = field(init=False)

    def __post_init__(self) -> None:
        releasing = None if self.conversing.locked else Releasing(self.store, self.organisation)
        self.daily = Daily(self.store, self.conversing, self.clock, releasing)

    async def run(self) -> None:
        """Do the rounds for ever; ends by cancellation."""
        while True:
            await self.take_over_book()
            await self.take_over_register()
            await self.daily.once()
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
            book = told(book, self.conversing.reopen)
            self._open(replace(book, register=self.conversing.book.register))
            log.info("book.taken_over")

    async def take_over_register(self) -> None:
        """Read the list of intermediary companies anew when it changed: what is said is what lies on the disk."""
        if not self.intermediaries.changed():
            return
        register = await asyncio.to_thread(load_register, self.intermediaries.path)
        self._open(replace(self.conversing.book, register=register))
        log.info("intermediaries.taken_over", count=len(register.entries) if register else 0)

    def _open(self, book: Book) -> None:
        """Speak from this book from the next batch on."""
        self.conversing.book = book
        self.lifeline.take_over(book)
