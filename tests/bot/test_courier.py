"""From the outbox to Telegram on a good day: everybody is answered, in order, within Telegram's limits."""

import asyncio
import sqlite3

import pytest

from bot.letters import Deed, Letter, Urgency
from bot.sandbox.chats import Member, Standing
from bot.sandbox.shapes import ChatKind
from tests.fakes.postroom import PostRoom, heard, until


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path) as opened:
        yield opened


def desk_group(room):
    group = room.telegram._ledger.new_group("Desk", ChatKind.SUPERGROUP)
    bot = room.telegram._ledger.bot
    group.members[bot.id] = Member(bot, Standing.MEMBER)
    return group


async def test_twenty_people_at_once_each_read_their_own_answers_in_order(room):
    people = [room.person() for _ in range(20)]
    for line in ("one", "two", "three"):
        await room.post(*((person, Letter(Deed.SEND, person.id, line)) for person in people))

    await room.courier.drain()

    assert [heard(person) for person in people] == [["one", "two", "three"]] * 20
    assert await room.waiting() == 0


async def test_a_fourth_line_waits_for_its_second_and_is_not_refused(tmp_path):
    async with PostRoom(tmp_path, leaps=True) as room:
        anna = room.person()
        await room.say(anna, *"12345678")

        await room.drain()

    calls = room.telegram.calls.of("sendMessage")
    assert [call.code for call in calls] == [200] * 8
    assert calls[-1].at - calls[0].at > 4.9
    assert heard(anna) == list("12345678")


async def test_who_is_in_danger_is_answered_before_those_who_came_earlier(room):
    crowd = [room.person() for _ in range(60)]
    await room.post(*((person, Letter(Deed.SEND, person.id, "news")) for person in crowd), urgency=Urgency.DIALOGUE)
    anna = room.person()
    await room.say(anna, "112", urgency=Urgency.SOS)

    await room.courier.drain()

    chats = [call.chat_id for call in room.telegram.calls.of("sendMessage")]
    assert anna.id in chats[:30]
    assert len(chats) == 61


async def test_urgency_never_overtakes_inside_a_chat(room):
    anna = room.person()
    await room.say(anna, "first", urgency=Urgency.UNASKED)
    await room.say(anna, "second", urgency=Urgency.SOS)

    await room.courier.drain()

    assert heard(anna) == ["first", "second"]


async def test_an_edit_follows_the_bubble_it_is_about(room):
    anna = room.person()
    await room.say(anna, "one")
    await room.courier.drain()
    (bubble,) = await anna.hears()
    await room.post((anna, Letter(Deed.EDIT, anna.id, "two", target=(bubble.message_id,))))

    await room.courier.drain()

    assert heard(anna) == ["two"]


async def test_what_arrived_is_remembered_in_the_footprint(room):
    anna = room.person()
    await room.say(anna, "one", "two")
    await room.courier.drain()

    footprint = (await room.conversation(anna)).footprint

    assert [number for number, _hour in footprint.ids] == [bubble.message_id for bubble in anna.sees()[1:]]


async def test_a_group_gets_eighteen_in_a_minute_and_holds_up_nobody_else(room):
    group, people = desk_group(room), [room.person() for _ in range(25)]
    await room.post(*((person, Letter(Deed.SEND, group.id, "card")) for person in people), urgency=Urgency.CARD)
    running = asyncio.create_task(room.courier.run())
    await until(lambda: len(room.telegram.calls) >= 18)

    anna = room.person()
    await room.say(anna, "hello")
    await anna.hears()

    assert [call.code for call in room.telegram.calls if call.chat_id == group.id] == [200] * 18
    await room.courier.stop(1)
    await running


async def test_a_groups_numbers_stay_out_of_a_persons_footprint(room):
    group, anna = desk_group(room), room.person()
    await room.post((anna, Letter(Deed.SEND, group.id, "card")))

    await room.courier.drain()

    assert (await room.conversation(anna)).footprint.ids == ()


async def test_news_for_everybody_does_not_delay_an_answer(room):
    crowd = [room.person() for _ in range(50)]
    await room.post(*((person, Letter(Deed.SEND, person.id, "news")) for person in crowd), urgency=Urgency.UNASKED)
    running = asyncio.create_task(room.courier.run())
    await until(lambda: len(room.telegram.calls) >= 5)

    anna = room.person()
    await room.say(anna, "hello")
    await anna.hears()

    assert len(room.telegram.calls) < 50
    await until(lambda: len(room.telegram.calls) == 51)
    await room.courier.stop(1)
    await running


async def test_a_running_courier_is_woken_by_a_commit(room):
    running = asyncio.create_task(room.courier.run())
    anna = room.person()
    for line in ("one", "two", "three"):
        await room.say(anna, line)
        await anna.hears()
    await room.courier.stop(1)
    await running

    assert heard(anna) == ["one", "two", "three"]


async def test_a_letter_that_does_not_open_does_not_hold_up_the_lane(room):
    anna = room.person()
    await room.say(anna, "damaged", "whole")
    with sqlite3.connect(room.database) as other:
        other.execute("UPDATE outbox SET body = x'01020304' WHERE id = (SELECT min(id) FROM outbox)")
    other.close()

    await room.courier.drain()

    assert heard(anna) == ["whole"]
    assert await room.waiting() == 0


async def test_six_hundred_people_in_a_rush_are_all_answered_and_telegram_never_says_slow_down(room):
    people = [room.person() for _ in range(600)]
    running = asyncio.create_task(room.courier.run())
    for first in range(0, 600, 100):
        rush = people[first : first + 100]
        await room.post(*((person, Letter(Deed.SEND, person.id, "hello")) for person in rush))

    await asyncio.gather(*(person.hears(within=60) for person in people))
    await room.courier.stop(5)
    await running

    assert {call.code for call in room.telegram.calls.of("sendMessage")} == {200}
    assert all(heard(person) == ["hello"] for person in people)
    assert await room.waiting() == 0
