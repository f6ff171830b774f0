"""Telegram's time and the bot's as one, which leaps whenever nobody can do anything before it passes.

    someone acts ─▶ updates, commits, letters ─▶ everybody rests ─▶ leap to the next budget that is free, or sleeper

Law: time is moved only while the bot has taken every update, settled every answer, and nobody woke it; so a wait costs
nothing.
"""

import asyncio
import heapq
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from bot.sandbox.clock import Clock

MOMENT = 0.001
"""Seconds of the machine after which it is looked again whether everybody rests."""
LOOKS = 2
"""So often in a row it must seem so: who was just woken has not acted yet."""

Rests = Callable[[], bool]


class Leaps:
    """A bot's clock (`bot.clock.Clock`) that shows what `telegram` shows; it leaps to sleepers on it.

    With a `step`, leaps are at least so many seconds long: more happens at once then, and some of it late.
    """

    def __init__(self, telegram: Clock, step: float = 0.0) -> None:
        self.telegram = telegram
        self._step = step
        self._numbers = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return datetime.fromtimestamp(self.telegram.now(), UTC)

    def monotonic(self) -> float:
        """The same, in seconds."""
        return self.telegram.now()

    async def sleep(self, seconds: float) -> None:
        """Let this much time pass."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.telegram.now() + seconds, next(self._numbers), woken))
        await woken

    def next_sleeper(self) -> float | None:
        """When somebody wants to be woken."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    def leap(self, to: float) -> None:
        """Move time, if it is not there by itself, and wake whose time it is."""
        self.telegram.advance(max(0.0, self._step, to - self.telegram.now()))
        while (at := self.next_sleeper()) is not None and at <= self.telegram.now():
            heapq.heappop(self._sleepers)[2].set_result(None)


async def leaping(clock: Leaps, at_rest: Rests, next_look: Callable[[], float | None], wake: asyncio.Event) -> None:
    """Move time along for a bot that is woken when its next look is due; ends by cancellation."""
    while True:
        await rest(at_rest)
        look = next_look()
        times = [at for at in (clock.next_sleeper(), look) if at is not None]
        if times:
            clock.leap(min(times))
        if look is not None and look <= clock.monotonic():
            wake.set()


async def rest(so: Rests) -> None:
    """Wait, in the machine's time, until something is so for longer than a moment."""
    looks = 0
    while looks < LOOKS:
        await asyncio.sleep(MOMENT)
        looks = looks + 1 if so() else 0
