"""What runs by the clock: the sweep every hour and at every midnight; the turn, the cut log, the anchor; releases.

Law: nothing is erased or turned by date while the clock is not trusted. Days are those of UTC. What fails is tried
again, holds up nothing else, and never ends the bot; that it was not done shows in `gza doctor`.
"""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial

from bot.clock import Clock
from bot.conversing import Conversing
from bot.errors import GzaError
from bot.keeping import upkeep
from bot.keeping.anchoring import Anchoring
from bot.keeping.sweeping import KINDS, swept
from bot.logs import log, place_of
from bot.releasing.releasing import Releasing
from storage import Busy, StorageError, Store
from storage.turning import Turned

SWEEP = 3600.0
"""Seconds between two sweeps."""
AGAIN = 600.0
"""Seconds until something that failed or was held is tried again."""


async def day_begun(store: Store, conversing: Conversing, now: datetime) -> Turned:
    """The new day: a new epoch, a log without the old one, a witness outside; and that it was done.

    Raises storage.StorageError; done again, it goes on from there.
    """
    turned = await store.turn(now.astimezone(UTC).date())
    await Anchoring(store, conversing).anchor(now, first=turned.done)
    async with store.transaction() as work:
        await upkeep.remember(work, upkeep.DAILY, at=now.astimezone(UTC).isoformat(), ok=True)
    return turned


async def sweep_done(store: Store, now: datetime, *, well: bool) -> None:
    """Remember since when nothing that is over is left; one that was not `well` leaves that as it was.

    Raises storage.StorageError.
    """
    at = now.astimezone(UTC).isoformat()
    async with store.transaction() as work:
        last = (await upkeep.recalled(work)).get(upkeep.SWEPT, {})
        await upkeep.remember(work, upkeep.SWEPT, at=at if well else last.get("at", at), ok=well)


@dataclass(slots=True)
class Pace:
    """When something is due: on every new day, and before that `every` so many seconds, if it is said how many."""

    every: float = math.inf
    day: date | None = None
    next: float = 0.0

    def is_due(self, today: date, seconds: float) -> bool:
        """Whether it is."""
        return seconds >= self.next or (self.day is not None and today > self.day)

    def done(self, today: date, seconds: float, *, well: bool) -> None:
        """It was done, or tried."""
        self.day, self.next = today, seconds + (self.every if well else AGAIN)


@dataclass(slots=True)
class Daily:
    """Asked again and again by the housekeeping; does what is due. Without `releasing` nothing is released."""

    store: Store
    conversing: Conversing
    clock: Clock
    releasing: Releasing | None = None
    sweeping: Pace = field(default_factory=lambda: Pace(SWEEP))
    turning: Pace = field(default_factory=Pace)
    cutting: Pace = field(default_factory=lambda: Pace(next=math.inf))
    holding: Pace = field(default_factory=Pace)
    publishing: Pace = field(default_factory=lambda: Pace(SWEEP))
    _looked_back: bool = False
    _released: bool = False

    async def once(self) -> None:
        """Do what is due now."""
        now, guard = self.clock.now(), self.conversing.guard
        if not self._looked_back:
            self._looked_back = await self._try("older", self._look_back)
        if not guard.trusts(now):
            if guard.newest is not None:
                await self._do(self.holding, now, self._held)
            return
        if not self._released:
            self._released = await self._try("held", self._release)
        await self._do(self.sweeping, now, self._sweep)
        await self._do(self.turning, now, self._turn)
        await self._do(self.cutting, now, self._cut)
        await self._do(self.publishing, now, self._publish)

    async def _do(self, pace: Pace, now: datetime, deed: Callable[[], Awaitable[bool]]) -> None:
        today = now.astimezone(UTC).date()
        if pace.is_due(today, self.clock.monotonic()):
            pace.done(today, self.clock.monotonic(), well=await deed())

    async def _look_back(self) -> None:
        """What the start found: a turn that was broken off before, and an older database."""
        _say_lost(self.store.finished)
        if self.store.unfinished:
            log.error("turn.unfinished", reason="keyring")
        if self.store.rolled_back:
            log.critical("database.older")
            await Anchoring(self.store, self.conversing).older(self.clock.now())

    async def _held(self) -> bool:
        """Say so, and remember it: the operator reads why nothing is erased."""
        log.warning("sweep.held", reason="clock")
        self._released = False
        await self._try("held", self._remember_held)
        return False

    async def _remember_held(self) -> None:
        async with self.store.transaction() as work:
            if upkeep.HELD not in await upkeep.recalled(work):
                await upkeep.remember(work, upkeep.HELD, at=self.clock.now().isoformat())

    async def _release(self) -> None:
        """The clock is right: whatever was held, by an earlier start too, is not held any more."""
        async with self.store.transaction() as work:
            await upkeep.forget(work, upkeep.HELD)

    async def _sweep(self) -> bool:
        """Every kind, whatever becomes of the others. What went is in the log of the database until that is cut."""
        now = self.clock.now()
        self.cutting.next = 0.0
        well = all([await self._try(name, partial(swept, self.store, name, now)) for name in KINDS])
        return await self._try("swept", partial(sweep_done, self.store, now, well=well)) and well

    async def _turn(self) -> bool:
        return await self._try("turn", self._turned)

    async def _turned(self) -> None:
        now = self.clock.now()
        today = now.astimezone(UTC).date()
        if await self._is_done(today) and not self.store.unfinished:
            return
        turned = await day_begun(self.store, self.conversing, now)
        _say_lost(turned)
        self.cutting.done(today, self.clock.monotonic(), well=turned.log_cut)

    async def _is_done(self, today: date) -> bool:
        """Whether another start, or another worker, has done the work of this day."""
        async with self.store.transaction() as work:
            done = (await upkeep.recalled(work)).get(upkeep.DAILY, {})
        return bool(done.get("ok")) and done.get("at", "")[:10] == today.isoformat()

    async def _cut(self) -> bool:
        """Cut the log of the database; while somebody reads the file that cannot be, and is tried again."""
        return await self._try("cut", self._cut_or_busy)

    async def _cut_or_busy(self) -> None:
        if not await self.store.cut_log():
            raise Busy("The database's log could not be cut: another program reads the file.")

    async def _publish(self) -> bool:
        """Make what is due. What stands against it does not pass in ten minutes: it is tried again in an hour."""
        if self.releasing is not None:
            await self._try("release", partial(self._released_by, self.releasing))
        return True

    async def _released_by(self, releasing: Releasing) -> None:
        try:
            while await releasing.release(self.clock.now()) is not None:
                log.info("release.made")
        except Busy:
            raise
        except Exception as error:
            await self._remember_unreleased(_sentence(error))
            raise
        async with self.store.transaction() as work:
            await upkeep.forget(work, upkeep.UNRELEASED)

    async def _remember_unreleased(self, reason: str) -> None:
        async with self.store.transaction() as work:
            at = self.clock.now().astimezone(UTC).isoformat(timespec="seconds")
            await upkeep.remember(work, upkeep.UNRELEASED, at=at, reason=reason)

    async def _try(self, name: str, deed: Callable[[], Awaitable[object]]) -> bool:
        try:
            await deed()
        except Busy:
            log.warning("daily.waiting", kind=name)
        except Exception as error:  # noqa: BLE001 — one thing that cannot be done must not end the letters of all
            log.error("daily.stumbled", kind=name, error=type(error).__name__, where=place_of(error))
        else:
            return True
        return False


def _sentence(error: Exception) -> str:
    """A sentence of ours may be kept; of any other error only its type."""
    return str(error) if isinstance(error, GzaError | StorageError) else type(error).__name__


def _say_lost(turned: Turned | None) -> None:
    if turned is not None and turned.lost:
        log.error("turn.lost", count=turned.lost)
