"""From the outbox to Telegram across stops, kills and a store that cannot write: nothing lost, nothing doubled."""

import asyncio

import pytest

from bot.sandbox.faults import Fault, FaultKind
from tests.fakes.postroom import PostRoom, heard, until


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path) as opened:
        yield opened


async def kill_with_a_letter_in_flight(room, person, **how):
    """Telegram never answers, and the process dies without a word."""
    room.telegram.faults.expect(Fault(FaultKind.DELAY, "sendMessage", seconds=3600))
    await room.say(person, "one", "two", **how)
    running = asyncio.create_task(room.courier.run())
    await until(lambda: not room.telegram.faults._coming)
    for task in (running, *room.courier._flights):
        task.cancel()
    await asyncio.gather(running, return_exceptions=True)
    room.courier = room.new_courier()


async def test_who_was_being_answered_when_the_process_died_is_answered_after_the_restart(room):
    anna = room.person()
    await kill_with_a_letter_in_flight(room, anna)

    running = asyncio.create_task(room.courier.run())
    await anna.hears(2)
    await room.courier.stop(1)
    await running

    assert heard(anna) == ["one", "two"]
    assert await room.waiting() == 0


async def test_a_consultants_line_in_flight_when_the_process_died_is_uncertain_and_not_repeated(room):
    anna = room.person()
    await kill_with_a_letter_in_flight(room, anna, scripted=False)

    running = asyncio.create_task(room.courier.run())
    await anna.hears()
    await room.courier.stop(1)
    await running

    assert heard(anna) == ["two"]
    assert await room.waiting() == 1


async def test_stopping_waits_for_what_is_in_flight_and_starts_nothing_new(room):
    anna = room.person()
    room.telegram.faults.expect(Fault(FaultKind.DELAY, "sendMessage", seconds=0.3))
    await room.say(anna, "one", "two")
    running = asyncio.create_task(room.courier.run())
    await until(lambda: not room.telegram.faults._coming)

    await room.courier.stop(5)
    await running

    assert heard(anna) == ["one"]
    assert await room.waiting() == 1


async def test_stopping_does_not_wait_for_ever(room):
    anna = room.person()
    room.telegram.faults.expect(Fault(FaultKind.DELAY, "sendMessage", seconds=3600))
    await room.say(anna, "one")
    running = asyncio.create_task(room.courier.run())
    await until(lambda: not room.telegram.faults._coming)

    await room.courier.stop(0.1)
    await running

    assert await room.waiting() == 1


@pytest.mark.parametrize(
    "moods",
    [
        ["locked", "locked", "works"],
        ["works", "locked", "locked", "works"],
        ["commits, but the connection is lost before it says so"],
        ["works", "commits, but the connection is lost before it says so"],
        ["works", "locked", "commits, but the connection is lost before it says so", "locked"],
    ],
)
async def test_a_store_that_cannot_write_delays_and_neither_loses_nor_doubles(room, moods):
    people = [room.person() for _ in range(3)]
    for person in people:
        await room.say(person, "one", "two")
    room.store.moods = moods

    await room.courier.drain()

    assert [heard(person) for person in people] == [["one", "two"]] * 3
    assert await room.waiting() == 0
    assert not room.store.moods


async def test_a_store_that_cannot_write_when_a_line_was_refused_keeps_it(room):
    anna = room.person()
    room.telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, "sendMessage"))
    await room.say(anna, "one")
    room.store.moods = ["works", "locked"]

    await room.courier.drain()

    assert heard(anna) == ["one"]


async def test_an_empty_outbox_is_drained_at_once(room):
    await room.courier.drain()

    assert not room.telegram.calls
