"""What time it is for the stand-in, and how to wait for something to happen.

Law: nobody here asks the machine for the time; whoever waits wakes when the clock is moved.
It will not: sleep for a fixed time.
"""

import asyncio
import time
from contextlib import suppress
from typing import Protocol


class Bell:
    """Wakes everyone who waits for it, each time it rings."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait now; who comes later waits for the next ring."""
        for sleeper in self._waiting:
            if not sleeper.done():
                sleeper.set_result(None)

    def enrol(self, sleeper: "asyncio.Future[None]") -> None:
        """Let the next ring wake this one."""
        self._waiting.add(sleeper)
        sleeper.add_done_callback(self._waiting.discard)


class Clock(Protocol):
    """Seconds since 1970, as the stand-in sees them."""

    moved: Bell

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    def advance(self, seconds: float) -> None:
        """Let this much time have passed, and wake who waits."""
        ...

    def real_seconds(self, seconds: float) -> float | None:
        """How long the machine must wait for this much time to pass by itself; None when it never does."""
        ...


class FlowingClock:
    """The machine's time plus what was added: the sandbox, and tests of a whole process."""

    def __init__(self) -> None:
        self.moved = Bell()
        self._ahead = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let this much more time have passed."""
        self._ahead += seconds
        self.moved.ring()

    def real_seconds(self, seconds: float) -> float | None:
        """A second is a second."""
        return seconds


class MovableClock:
    """Stands still until a test moves it."""

    def __init__(self, start: float = 1_800_000_000.0) -> None:
        self.moved = Bell()
        self._now = start

    def now(self) -> float:
        """Seconds since 1970."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let this much time have passed."""
        self._now += seconds
        self.moved.ring()

    def real_seconds(self, seconds: float) -> float | None:
        """No time passes by itself."""
        return 0.0 if seconds <= 0 else None


async def first_ring(bells: tuple[Bell, ...], real_seconds: float | None) -> None:
    """Wait until one of the bells rings, or the machine's seconds are over."""
    sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    for bell in bells:
        bell.enrol(sleeper)
    with suppress(TimeoutError):
        await asyncio.wait_for(sleeper, real_seconds)
