"""Whoever keeps the lines is told what became of each, once, in the transaction that settles it."""

import asyncio

import pytest

from bot.letters import Deed, Letter
from bot.sandbox.faults import Fault, FaultKind
from storage import Busy, Settled
from tests.fakes.postroom import PostRoom, heard, until


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path) as opened:
        yield opened


@pytest.fixture
def anna(room):
    return room.person("Anna")


def line(person, text="hello", number=1):
    return Letter(Deed.SEND, person.id, text, line=number)


async def die_with_a_letter_in_flight(room, anna, letter):
    room.telegram.faults.expect(Fault(FaultKind.DELAY, "sendMessage", seconds=3600))
    await room.post((anna, letter), scripted=False)
    running = asyncio.create_task(room.courier.run())
    await until(lambda: not room.telegram.faults._coming)
    for task in (running, *room.courier._flights):
        task.cancel()
    await asyncio.gather(running, return_exceptions=True)
    room.courier = room.new_courier()


async def test_a_line_that_arrived_is_told_as_it_was_written(room, anna):
    await room.post((anna, line(anna)))
    await room.courier.drain()

    (told,) = room.told
    assert (told.letter, told.outcome, told.reason) == (line(anna), Settled.DELIVERED, "")
    assert told.conversation == (await room.conversation(anna)).id


async def test_letters_that_are_no_lines_concern_nobody(room, anna):
    await room.say(anna, "hello")
    await room.courier.drain()

    assert room.told == []


async def test_what_was_put_off_is_told_when_it_has_come_to_an_end_and_not_before(room, anna):
    room.telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, "sendMessage"))
    await room.post((anna, line(anna)))
    await room.courier.drain()

    assert [told.outcome for told in room.told] == [Settled.DELIVERED]


async def test_a_person_who_blocked_us_is_told_as_that(room, anna):
    anna.blocks()
    await room.post((anna, line(anna)), scripted=False)
    await room.courier.drain()

    assert [(told.outcome, told.reason) for told in room.told] == [(Settled.BLOCKED, "no_entry")]


async def test_a_consultants_line_of_which_nobody_knows_is_told_as_uncertain(room, anna):
    room.telegram.faults.expect(Fault(FaultKind.DROP_AFTER, "sendMessage"))
    await room.post((anna, line(anna)), scripted=False)
    await room.courier.drain()

    assert [(told.outcome, told.reason) for told in room.told] == [(Settled.UNCERTAIN, "unknown")]
    async with room.store.transaction() as work:
        row = room.told[0].row
        assert set(await work.uncertain([row])) == {row}


async def test_what_a_crash_left_uncertain_is_told_at_the_next_start(room, anna):
    await die_with_a_letter_in_flight(room, anna, line(anna))
    running = asyncio.create_task(room.courier.run())
    await until(lambda: room.told)
    await room.courier.stop(1)
    await running

    assert [(told.letter, told.outcome) for told in room.told] == [(line(anna), Settled.UNCERTAIN)]


async def test_what_is_posted_on_being_told_goes_at_once(room, anna):
    vera = room.person("Vera")

    async def mark(work, told):
        known = (await work.conversations([anna.id]))[anna.id]
        letter = Letter(Deed.SEND, vera.id, "delivered")
        await work.post([room.outgoing(known, letter)])

    room.courier.on_settled = mark
    running = asyncio.create_task(room.courier.run())
    await room.post((anna, line(anna)))
    await vera.hears(within=1)
    await room.courier.stop(1)
    await running

    assert heard(vera) == ["delivered"]


async def test_a_store_that_cannot_write_tells_again_and_says_nothing_twice(room, anna):
    told_of = []

    async def listen(_work, told):
        told_of.append(len(told))
        if len(told_of) < 3:
            raise Busy("locked")

    room.courier.on_settled = listen
    await room.post((anna, line(anna)))
    await room.courier.drain()

    assert told_of == [1, 1, 1]
    assert heard(anna) == ["hello"]
    assert await room.waiting() == 0


async def test_a_fault_in_the_telling_holds_up_no_letter(room, anna, capsys):
    async def stumble(_work, _told):
        raise RuntimeError("never in a log")

    room.courier.on_settled = stumble
    await room.post((anna, line(anna, "one", 1)), (anna, line(anna, "two", 2)))
    await room.courier.drain()

    assert heard(anna) == ["one", "two"]
    assert await room.waiting() == 0
    assert (await room.lines(anna))[1].person is not None
    logged = capsys.readouterr().out
    assert "courier.untold" in logged
    assert "never in a log" not in logged


async def test_a_fault_in_the_telling_at_the_start_is_no_reason_not_to_start(room, anna):
    await die_with_a_letter_in_flight(room, anna, line(anna))

    async def stumble(_work, _told):
        raise RuntimeError

    room.courier.on_settled = stumble
    await room.say(anna, "next")
    running = asyncio.create_task(room.courier.run())
    await anna.hears()
    await room.courier.stop(1)
    await running

    assert heard(anna) == ["next"]
