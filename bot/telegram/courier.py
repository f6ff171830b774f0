"""From the outbox to Telegram: what was committed is sent, in order, once as far as anybody can know.

Law: a row is committed as `sending` before its request leaves and settled after the answer came, both in one
transaction per round, so that a round costs a fixed number of statements however many letters it carries. One request
in flight per chat; urgency chooses the next chat and never overtakes inside one. What landed stays in memory until
it is settled: a store that cannot write now delays, and loses or doubles nothing. Nothing here knows a dialogue.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from bot.clock import Clock, Guard
from bot.letters import NOWHERE, TOPIC, Told
from bot.logs import log, place_of
from bot.telegram.boarding import Boarding, Manifest, Opened, Passenger, read
from bot.telegram.failures import DeliveryError, Later, Reason, Unknown
from bot.telegram.gateway import Gateway
from bot.telegram.journey import Journey
from bot.telegram.settling import delivered, failed, jitter, put_off, reason_of, speaks_anew, with_topic
from bot.telegram.telling import OnSettled, Untellable, left_uncertain, nobody, report, tell, told_of
from storage import Busy, Due, Landed, Outcome, Settled, Store, Transaction

MOST_ALOFT = 30
"""Requests in flight. More would only wait in line at our own processor."""
LULL = 0.05
"""Seconds a landed letter waits for others, to be settled with them in one transaction."""
HEARTBEAT = 2.0
"""Seconds after which the outbox is looked into even if nobody woke us: other processes post there too."""
STORE_PAUSE = 0.2
"""Seconds between tries while the store cannot write."""
LATE = 0.01
"""Seconds an alarm is late on purpose, because two clocks never agree to the last digit."""


class _Landed(NamedTuple):
    """What became of a row. The first outcome is the row's own; a second one says which topic was made for it."""

    lane: bytes
    outcomes: tuple[Outcome, ...]
    told: Told | None = None


@dataclass(slots=True)
class Courier:
    """The one sender. `wake` is set by whoever committed new letters; `guard` dates what was delivered.

    `on_settled` is told, in the transaction that settles them, what became of the letters that name a line.
    """

    store: Store
    gateway: Gateway
    clock: Clock
    wake: asyncio.Event
    guard: Guard = field(default_factory=Guard)
    on_settled: OnSettled = nobody
    _boarding: Boarding = field(default_factory=Boarding)
    _flights: set[asyncio.Task[_Landed]] = field(default_factory=set)
    _landed: list[_Landed] = field(default_factory=list)
    _one_round: asyncio.Lock = field(default_factory=asyncio.Lock)
    _asides: set[asyncio.Task[None]] = field(default_factory=set)
    _stopping: bool = False

    async def run(self) -> None:
        """Take up what a crash left half done, then deliver until stopped."""
        await self._recover()
        while not self._stopping:
            if not await self._round():
                await self._rest(HEARTBEAT)

    async def stop(self, grace: float) -> None:
        """Let nothing more depart; wait up to `grace` seconds for what is in flight, and settle it.

        What has no answer by then stays `sending`, and the next start decides about it.
        """
        self._stopping = True
        self.wake.set()
        deadline = self.clock.monotonic() + grace
        while (self._flights or self._landed) and self.clock.monotonic() < deadline:
            await self._round()
            if self._flights:
                await self._rest(deadline - self.clock.monotonic())
        late = tuple(self._flights)
        for flight in late:
            flight.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        await self._round()

    async def drain(self) -> None:
        """Deliver, without `run`, until nothing is left that this courier could still deliver."""
        while True:
            again = await self._round()
            if not (again or self._flights or self._landed or self.next_look() is not None):
                await asyncio.gather(*self._asides)
                return
            if not again:
                await self._rest(HEARTBEAT)

    @property
    def at_rest(self) -> bool:
        """Whether nobody has anything to do now: only time, or somebody who wakes us, changes that."""
        under_way = self._flights or self._landed or self._one_round.locked()
        return not under_way and not self.wake.is_set()

    def next_look(self) -> float | None:
        """When time alone changes what may go; None while only an answer can."""
        now = self.clock.monotonic()
        paused = self._boarding.budgets.paused_until(now)
        if paused > now:
            return paused
        return self._boarding.lanes.next_look() if self._room(now) else None

    async def _recover(self) -> None:
        on_settled = self.on_settled
        while True:
            try:
                async with self.store.transaction() as work:
                    left = await work.unfinished()
                    await tell(on_settled, work, left_uncertain(left.uncertain))
            except Untellable:
                on_settled = nobody
            except Busy:
                await asyncio.sleep(STORE_PAUSE)
            else:
                if left.count:
                    log.warning("courier.recovered", count=left.count)
                return

    async def _round(self) -> bool:
        """Settle what landed and let go what may; True if there may be more to do at once."""
        async with self._one_round:
            landed, manifest = tuple(self._landed), Manifest(self.clock.monotonic())
            try:
                again = await self._exchange(landed, manifest)
            except Untellable:
                self._boarding.turn_back(manifest)
                self._landed[: len(landed)] = [one._replace(told=None) for one in landed]
                return True
            except Busy as error:
                self._turn_back(manifest)
                log.warning("courier.waiting", error=type(error).__name__, count=len(self._landed))
                await asyncio.sleep(STORE_PAUSE)
                return True
            del self._landed[: len(landed)]
            for one in landed:
                self._boarding.lanes.settle(one.lane)
            self._send_off(manifest)
            for orphan in manifest.orphans:
                self._aside(self._take_away(orphan))
            return again

    async def _exchange(self, landed: Sequence[_Landed], manifest: Manifest) -> bool:
        """One transaction. The manifest is the caller's, who must know who was on board if the commit fails."""
        room = self._room(manifest.now)
        if not landed and not room:
            return False
        async with self.store.transaction() as work:
            if landed:
                outcomes = [outcome for one in landed for outcome in one.outcomes]
                gone = await work.settle(outcomes, self.guard.time(self.clock.now()))
                manifest.orphans += [one.landed for one in outcomes if one.landed is not None and one.id in gone]
                await tell(self.on_settled, work, [one.told for one in landed if one.told])
            if not room:
                return False
            busy = self._boarding.lanes.occupied(manifest.now) - {one.lane for one in landed}
            heads = await work.due(self.clock.now(), room, busy)
            await self._admit(work, heads, manifest)
            if manifest.aboard:
                await work.mark_sending([passenger.due.id for passenger in manifest.aboard])
        return not manifest.closed and len(manifest.aboard) < len(heads) == room

    async def _admit(self, work: Transaction, heads: Sequence[Due], manifest: Manifest) -> None:
        opened = [Opened(due, read(due)) for due in heads]
        referring = {one.due.conversation for one in opened if one.written is not None and one.written.refers}
        known = await work.places(referring) if referring else {}
        self._boarding.admit(opened, known, manifest)

    def _aside(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _take_away(self, orphan: Landed) -> None:
        """A line about somebody who was erased while it was on its way: nothing else knows where it lies."""
        with suppress(DeliveryError):
            await self.gateway.delete(orphan.chat, (orphan.message,))

    def _room(self, now: float) -> int:
        if self._stopping or self._boarding.budgets.paused_until(now) > now:
            return 0
        self._boarding.budgets.forget(now)
        return max(0, MOST_ALOFT - len(self._flights))

    def _turn_back(self, manifest: Manifest) -> None:
        """A failed commit may have happened after all: rows that might be marked are put back, unsent."""
        self._boarding.turn_back(manifest)
        for passenger in manifest.aboard:
            self._await_settling(passenger.due, put_off(passenger.due, 0, self.clock.now()))

    def _send_off(self, manifest: Manifest) -> None:
        for due in manifest.unreadable:
            log.error("courier.dropped", reason=Reason.UNREADABLE, attempts=due.attempts)
            self._await_settling(due, Outcome(due.id, Settled.DROPPED))
        for passenger in manifest.vain:
            outcome = delivered(passenger.due, passenger.found)
            self._await_settling(passenger.due, outcome, told_of(passenger.due, passenger.written, outcome, NOWHERE))
        for passenger in manifest.aboard:
            self._boarding.lanes.depart(passenger.due.lane, passenger.letter.chat)
            flight = asyncio.create_task(self._fly(passenger))
            self._flights.add(flight)
            flight.add_done_callback(partial(self._land, passenger))

    def _await_settling(self, due: Due, outcome: Outcome, told: Told | None = None) -> None:
        self._boarding.lanes.keep(due.lane)
        self._landed.append(_Landed(due.lane, (outcome,), told))
        self.wake.set()

    async def _fly(self, passenger: Passenger) -> _Landed:
        due, letter, journey, reason = passenger.due, passenger.letter, Journey(passenger.found), ""
        try:
            arrived = await journey.run(self.gateway)
            outcome = delivered(due, passenger.found, arrived.chat, arrived.message)
        except DeliveryError as failure:
            outcome, reason = self._failed(passenger, failure), reason_of(failure)
        except Exception as error:  # noqa: BLE001  # a fault of ours in one letter must not stop all the others
            log.error("courier.stumbled", deed=letter.deed, error=type(error).__name__, where=place_of(error))
            outcome, reason = failed(due, passenger.found, Unknown(), self.clock.now()), Reason.UNKNOWN
        topic = None if journey.made is None else Landed(TOPIC, letter.chat, journey.made)
        if topic is not None:
            self._boarding.budgets.topic_made(passenger.errand, self.clock.monotonic())
        return _Landed(due.lane, with_topic(outcome, topic), told_of(due, passenger.written, outcome, reason))

    def _failed(self, passenger: Passenger, failure: DeliveryError) -> Outcome:
        due, letter, now = passenger.due, passenger.letter, self.clock.now()
        if isinstance(failure, Later):
            self._refused(passenger, failure.after)
        if speaks_anew(letter, failure):
            self._boarding.speak_anew(due.id)
            return put_off(due, 0, now)
        outcome = failed(due, passenger.found, failure, now)
        report(passenger, failure, outcome)
        return outcome

    def _refused(self, passenger: Passenger, after: float) -> None:
        seconds, now = after + jitter(passenger.due.id), self.clock.monotonic()
        if self._boarding.budgets.refused(passenger.letter.chat, seconds, now):
            log.warning("courier.paused", seconds=after)

    def _land(self, passenger: Passenger, flight: asyncio.Task[_Landed]) -> None:
        """An answer is there. Wake the round at once if it completes a batch, else give others a moment to join."""
        self._flights.discard(flight)
        self._boarding.lanes.land(passenger.letter.chat)
        if flight.cancelled():
            return
        landed = flight.result()
        outcome = landed.outcomes[0]
        self._landed.append(landed)
        if outcome.not_before is not None:
            seconds = (outcome.not_before - self.clock.now()).total_seconds()
            self._boarding.lanes.remind(self.clock.monotonic() + seconds + LATE)
        else:
            self._boarding.done(outcome.id)
        if outcome.message is not None:
            self._boarding.arrived(passenger.due.lane, outcome.message)
        if not self._flights or len(self._landed) >= MOST_ALOFT:
            self.wake.set()
        elif len(self._landed) == 1:
            asyncio.get_running_loop().call_later(LULL, self.wake.set)

    async def _rest(self, most: float) -> None:
        """Wait to be woken, for the next look, or `most` seconds."""
        look = self.next_look()
        seconds = most if look is None else min(most, max(0.0, look - self.clock.monotonic()))
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.wake.wait()
        self.wake.clear()
