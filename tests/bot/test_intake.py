"""Telegram is told "received" only after the commit; whatever goes wrong before that brings the same updates again."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.arrivals import Arrival
from bot.conversing import Taken
from bot.letters import Deed, Letter
from bot.lifeline import Lifeline
from bot.sandbox.clock import FlowingClock
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.standin import StandIn
from bot.telegram.gateway import Gateway
from bot.telegram.intake import Intake
from dialogs.events import Chose
from storage import Busy
from tests.fakes.book import make_book
from tests.fakes.whole import JumpingClock, heard, until

FOR_LONG = 1_000_000
ROW = ((("Yes", "yes:1"),),)


class Books:
    """Stands where conversing stands: notes what was committed, or is busy so many times."""

    def __init__(self) -> None:
        self.busy = 0
        self.batches = []
        self.farewells = []

    async def commit(self, arrivals):
        if self.busy:
            self.busy -= 1
            raise Busy("locked")
        self.batches.append(list(arrivals))
        return Taken(farewells=self.farewells)

    @property
    def updates(self):
        return [arrival.update for batch in self.batches for arrival in batch]


class Door:
    """An intake between the stand-in and the books."""

    def __init__(self, telegram, gateway) -> None:
        self.telegram = telegram
        self.gateway = gateway
        self.books = Books()
        self.clock = JumpingClock(telegram.clock)
        self.wake = asyncio.Event()
        lifeline = Lifeline("numbers", make_book())
        self.intake = Intake(gateway, self.books.commit, lifeline, self.clock, self.wake)


@asynccontextmanager
async def opened():
    async with StandIn(clock=FlowingClock()) as telegram:
        gateway = Gateway.open(telegram.token, telegram.url)
        door = Door(telegram, gateway)
        running = asyncio.create_task(door.intake.run())
        try:
            await telegram.poller_rests()
            yield door
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await gateway.close()


@pytest.fixture
async def door():
    async with opened() as made:
        yield made


async def test_what_is_committed_is_confirmed_and_the_courier_woken(door):
    door.telegram.world.person("Anna").says("/start")

    await until(lambda: door.telegram.waiting_updates == 0)

    assert len(door.books.updates) == 1
    assert door.wake.is_set()


async def test_what_is_not_committed_is_not_confirmed_and_comes_again_until_it_is(door):
    door.books.busy = FOR_LONG
    person = door.telegram.world.person("Anna")
    person.says("one")
    person.says("two")
    await until(lambda: door.books.busy < FOR_LONG)
    assert (door.telegram.waiting_updates, door.wake.is_set()) == (2, False)

    door.books.busy = 0
    await until(lambda: door.telegram.waiting_updates == 0)

    assert sorted(set(door.books.updates)) == door.books.updates
    assert len(door.books.updates) == 2


async def test_a_pause_lies_between_two_tries_so_that_telegram_is_not_asked_without_rest(door):
    door.books.busy = 5
    door.telegram.world.person("Anna").says("one")

    await until(lambda: door.telegram.waiting_updates == 0)

    assert door.clock.slept >= 5


async def test_update_numbers_that_begin_lower_after_a_quiet_week_are_still_taken(door):
    anna = door.telegram.world.person("Anna")
    door.telegram.world.jump_update_ids(800_000_000)
    anna.says("before")
    await until(lambda: door.telegram.waiting_updates == 0)
    await quiet_week(door)

    door.telegram.world.jump_update_ids(500)
    anna.says("after")
    anna.says("and on")
    await until(lambda: door.telegram.waiting_updates == 0)

    assert door.books.updates == [800_000_000, 500, 501]


async def quiet_week(door):
    """Until the bot has polled in vain at least once."""
    rests = await door.telegram.poller_rests()
    door.telegram.clock.advance(7 * 86_400)
    await door.telegram.poller_rests(more_than=rests)


async def test_nothing_is_confirmed_by_memory_once_nothing_waits(door):
    door.telegram.world.person("Anna").says("/start")
    await until(lambda: door.telegram.waiting_updates == 0)
    await quiet_week(door)
    await until(lambda: door.intake._offset is None)


async def test_a_second_program_with_our_token_is_waited_out(door):
    conflict = Fault(FaultKind.REFUSE, "getUpdates", times=3, code=409, description="Conflict: terminated")
    door.telegram.faults.expect(conflict)
    anna = door.telegram.world.person("Anna")
    anna.says("one")
    await until(lambda: door.telegram.waiting_updates == 0)

    anna.says("two")
    await until(lambda: len(door.books.updates) == 2 and door.telegram.waiting_updates == 0)

    assert door.clock.slept >= 1 + 2
    assert door.intake._failures == 0


async def test_a_poll_that_is_refused_for_a_while_waits_as_long_as_telegram_says(door):
    door.telegram.faults.expect(Fault(FaultKind.REFUSE, "getUpdates", code=429, retry_after=17))
    anna = door.telegram.world.person("Anna")
    anna.says("one")
    await until(lambda: door.telegram.waiting_updates == 0)

    await until(lambda: door.clock.slept >= 17)


async def test_a_tap_is_answered_after_the_commit_and_not_before(door):
    anna = door.telegram.world.person("Anna")
    anna.says("/start")
    await door.gateway.deliver(Letter(Deed.SEND, anna.id, "Sure?", ROW))
    await until(lambda: door.telegram.waiting_updates == 0)
    door.books.busy = FOR_LONG

    anna.taps("Yes")
    await until(lambda: door.books.busy < FOR_LONG)
    assert door.telegram.calls.of("answerCallbackQuery") == []

    door.books.busy = 0
    await until(lambda: door.telegram.calls.of("answerCallbackQuery"))
    (tap,) = [one for batch in door.books.batches for one in batch if one.callback]
    assert isinstance(tap, Arrival)
    assert tap.event == Chose("yes", 1)


async def test_a_goodbye_is_tried_again_because_nothing_else_can_say_it(door):
    anna = door.telegram.world.person("Anna")
    door.telegram.faults.expect(Fault(FaultKind.DROP_BEFORE, "sendMessage", times=2))
    door.books.farewells = [Letter(Deed.SEND, anna.id, "Forgotten.")]
    anna.says("/forget")

    await until(lambda: heard(anna))
    await door.intake.finish(1)

    assert heard(anna) == ["Forgotten."]


async def test_a_goodbye_that_nobody_takes_is_given_up(door):
    anna = door.telegram.world.person("Anna")
    door.telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, "sendMessage", times=5))
    door.books.farewells = [Letter(Deed.SEND, anna.id, "Forgotten.")]
    anna.says("/forget")

    await until(lambda: len(door.telegram.calls.of("sendMessage")) == 5)
    await door.intake.finish(1)

    assert not heard(anna)
    assert not door.intake._asides


async def test_who_calls_for_help_while_nothing_can_be_committed_is_answered_directly_and_again_if_that_failed(door):
    door.books.busy = 12
    door.telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, "sendMessage"))
    anna = door.telegram.world.person("Anna")
    began = datetime.now(UTC)
    anna.says("/sos")

    await until(lambda: heard(anna))

    assert heard(anna) == ["numbers"]
    assert door.clock.now() > began
    assert len(door.telegram.calls.of("sendMessage")) == 2
