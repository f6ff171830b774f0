"""Looks again where somebody should have been forgotten and something of them was still found.

Law: it is looked for a minute; then nobody is told that it is done, and the managers are told that it is not. Nothing
about the person is logged.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot import filing
from bot.clock import Clock
from bot.desk.words import say
from bot.forgetting import Promise, kept
from bot.letters import Deed, Letter
from bot.logs import log
from dialogs.book import Book
from storage import Busy, Store

PAUSE = 1.0
"""Seconds between two looks."""
LOOKS = 60
"""So often it is looked until somebody is alarmed."""
ALARM = "staff.not_forgotten"


@dataclass(slots=True)
class Insisting:
    """`speak` says from memory; `book` has the words for staff."""

    store: Store
    clock: Clock
    speak: Callable[[Sequence[Letter]], None]
    book: Callable[[], Book]

    async def insist(self, unsure: Collection[Promise]) -> None:
        """Keep these promises, or alarm somebody."""
        left = list(unsure)
        for _ in range(LOOKS):
            done = await self._kept(left)
            self.speak([letter for promise in done for letter in promise.letters])
            left = [promise for promise in left if promise not in done]
            if not left:
                return
            await self.clock.sleep(PAUSE)
        await self._alarm(len(left))

    async def _kept(self, left: Collection[Promise]) -> list[Promise]:
        try:
            return await kept(self.store, left)
        except Busy as error:
            log.warning("forget.unread", error=type(error).__name__)
            return []

    async def _alarm(self, count: int) -> None:
        log.error("forget.unfinished", count=count)
        try:
            async with self.store.transaction() as work:
                managers = (await filing.read(work)).desk.managers()
        except Busy:
            return  # the store is not to be read at all, which `gza doctor` says
        book = self.book()
        self.speak([Letter(Deed.SEND, one.person, say(book, one.language, ALARM)) for one in managers])
