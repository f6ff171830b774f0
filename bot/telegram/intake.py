"""Telegram's updates into the house: ask, commit, and only then confirm.

Law: the offset moves only past what is committed, so a failed commit, a crash or a kill brings the same updates
again, and dedupe makes them harmless. The offset is never stored, and dropped whenever nothing waits, because
`update_id` restarts at random after a quiet week and is no order.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass, field

from bot.arrivals import Arrival, Incoming
from bot.clock import Clock
from bot.conversing import Taken
from bot.forgetting import Promise
from bot.letters import Letter
from bot.lifeline import PATIENCE, Lifeline
from bot.logs import log, place_of
from bot.telegram.failures import Conflict, DeliveryError, Later
from bot.telegram.gateway import Gateway
from bot.telegram.updates import incoming
from storage import Busy

POLL = 50
"""Seconds a poll may wait for updates; Telegram's own cap."""
POLL_IN_TROUBLE = 1
PAUSE = 1.0
"""Seconds between tries while nothing can be committed. Shorter would make Telegram answer one update at a time."""
MOST_PAUSE = 30.0

FAREWELLS = 5
"""How often a goodbye is tried; it lives in memory only."""

Insist = Callable[[Collection[Promise]], Coroutine[None, None, None]]
"""Keeps promises that could not be seen to be kept."""


async def nothing(_: Collection[Promise]) -> None:
    """Nobody insists."""


Commit = Callable[[Sequence[Incoming]], Awaitable[Taken]]


@dataclass(slots=True)
class Intake:
    """The one poller.

    `commit` answers a batch in one transaction and gives back what is said from memory; `wake` tells the courier that
    letters wait; `insist` keeps the promises to forget that could not be seen to be kept yet.
    """

    gateway: Gateway
    commit: Commit
    lifeline: Lifeline
    clock: Clock
    wake: asyncio.Event
    insist: Insist = nothing
    _offset: int | None = None
    _failures: int = 0
    _taking: asyncio.Task[None] | None = None
    _asides: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Poll for ever; ends by cancellation, which never interrupts a commit half-way."""
        while True:
            arrivals = await self._ask()
            if arrivals:
                self._taking = asyncio.create_task(self._take(arrivals))
                await asyncio.shield(self._taking)

    async def _ask(self) -> list[Incoming]:
        """The next updates in order; an empty list when none came or Telegram could not be asked."""
        try:
            raw = await self.gateway.updates(
                self._offset, POLL if self.lifeline.failing_since is None else POLL_IN_TROUBLE
            )
        except DeliveryError as error:
            await self._wait_out(error)
            return []
        self._failures = 0
        self._offset = self._offset if raw else None
        return [arrival for arrival in map(incoming, raw) if arrival is not None]

    async def _wait_out(self, error: DeliveryError) -> None:
        self._failures += 1
        pause = error.after if isinstance(error, Later) else min(PAUSE * 2 ** min(self._failures - 1, 10), MOST_PAUSE)
        level = log.error if isinstance(error, Conflict) else log.warning
        level("poll.failed", error=type(error).__name__, attempts=self._failures, seconds=pause)
        await self.clock.sleep(pause)

    async def _take(self, arrivals: Sequence[Incoming]) -> None:
        begun = self.clock.monotonic()
        await self._help(arrivals)
        try:
            taken = await self._committed(arrivals, begun)
        except Busy as error:
            log.error("commit.failed", error=type(error).__name__, where=place_of(error), count=len(arrivals))
            self.lifeline.failed(begun)
            await self._help(arrivals)
            await self.clock.sleep(PAUSE)
        else:
            self.lifeline.committed()
            self._offset = arrivals[-1].update + 1
            self.wake.set()
            self._aside(*(self._answer_tap(tap, taken.toasts.get(tap)) for tap in _taps(arrivals)))
            self.say(taken.farewells)
            if taken.unsure:
                self._aside(self.insist(taken.unsure))

    async def _committed(self, arrivals: Sequence[Incoming], begun: float) -> Taken:
        """Commit; a commit that hangs counts as failing for those who call for help, and is waited for all the same."""
        commit = asyncio.ensure_future(self.commit(arrivals))
        while not (await asyncio.wait((commit,), timeout=PATIENCE))[0]:
            self.lifeline.failed(begun)
            await self._help(arrivals)
        return commit.result()

    async def _help(self, arrivals: Sequence[Incoming]) -> None:
        """While commits fail nothing is confirmed and Telegram keeps the updates; calls for help are answered."""
        for letter in self.lifeline.due(arrivals, self.clock.monotonic()):
            try:
                await self.gateway.deliver(letter)
            except DeliveryError:
                self.lifeline.unreached(letter.chat)

    async def finish(self, grace: float) -> None:
        """Wait for a commit under way, then up to `grace` seconds for what is said from memory."""
        if self._taking is not None:
            await asyncio.wait((self._taking,), timeout=grace)
        if self._asides:
            await asyncio.wait(self._asides, timeout=grace)

    def say(self, letters: Sequence[Letter]) -> None:
        """Say something from memory: nothing is stored that could say it, and a restart forgets it."""
        self._aside(*map(self._say_goodbye, letters))

    def _aside(self, *words: Coroutine[None, None, None]) -> None:
        """Say something from memory, after the commit, without making anybody wait."""
        for task in map(asyncio.create_task, words):
            self._asides.add(task)
            task.add_done_callback(self._asides.discard)

    async def _say_goodbye(self, letter: Letter) -> None:
        """Tell the forgotten that it is done: nothing about them is stored, so nothing else can say it."""
        for attempt in range(FAREWELLS):
            try:
                await self.gateway.deliver(letter)
            except DeliveryError as error:
                await self.clock.sleep(error.after if isinstance(error, Later) else PAUSE * 2**attempt)
            else:
                return
        log.warning("goodbye.unsaid")

    async def _answer_tap(self, callback: str, words: str | None) -> None:
        """Stop the spinner on a tapped button, perhaps with a note above the chat; no harm if it fails."""
        try:
            await self.gateway.answer(callback, words)
        except DeliveryError as error:
            log.debug("tap.unanswered", error=type(error).__name__)


def _taps(arrivals: Sequence[Incoming]) -> list[str]:
    return [arrival.callback for arrival in arrivals if isinstance(arrival, Arrival) and arrival.callback]
