"""From the outbox to Telegram on a bad day: what is repeated, what is not, and who else notices."""

import asyncio

import pytest

from bot.letters import Deed, Letter
from bot.sandbox.faults import Fault, FaultKind
from tests.fakes.postroom import PostRoom, heard, until


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path) as opened:
        yield opened


def calls_of(room, person):
    return [call for call in room.telegram.calls if call.chat_id == person.id]


async def test_a_429_parks_one_chat_while_the_others_go_on(room):
    anna, others = room.person("Anna"), [room.person() for _ in range(10)]
    room.telegram.faults.expect(Fault(FaultKind.REFUSE, chat_id=anna.id, retry_after=2))
    await room.say(anna, "one", "two")
    for other in others:
        await room.say(other, "hello")

    await room.courier.drain()

    refused, again, _second = calls_of(room, anna)
    assert (refused.code, again.code) == (429, 200)
    assert again.at - refused.at >= 2
    assert all(call.at < refused.at + 1 for other in others for call in calls_of(room, other))
    assert heard(anna) == ["one", "two"]


async def test_three_chats_refused_at_once_silence_the_whole_bot(room):
    refused = [room.person() for _ in range(3)]
    for person in refused:
        room.telegram.faults.expect(Fault(FaultKind.REFUSE, chat_id=person.id, retry_after=1))
        await room.say(person, "hello")
    running = asyncio.create_task(room.courier.run())
    await until(lambda: len(room.telegram.calls) == 3)
    last = room.telegram.calls[-1].at

    nino = room.person("Nino")
    await room.say(nino, "hello")
    await asyncio.gather(*(person.hears() for person in (nino, *refused)))

    assert all(call.at >= last + 0.95 for call in list(room.telegram.calls)[3:])
    await room.courier.stop(1)
    await running


async def test_who_blocked_the_bot_is_not_asked_twice_about_the_same_letter(room):
    anna = room.person()
    anna.blocks()
    await room.say(anna, "one", "two")

    await room.courier.drain()

    assert [call.code for call in calls_of(room, anna)] == [403, 403]
    assert (await room.conversation(anna)).blocked
    assert await room.waiting() == 0


async def test_a_connection_lost_before_telegram_acted_brings_the_line_once(room):
    anna = room.person()
    room.telegram.faults.expect(Fault(FaultKind.DROP_BEFORE, "sendMessage"))
    await room.say(anna, "one", "two")

    await room.courier.drain()

    assert heard(anna) == ["one", "two"]


async def test_a_connection_lost_after_telegram_acted_may_bring_a_scripted_line_twice_but_never_not(room):
    anna = room.person()
    room.telegram.faults.expect(Fault(FaultKind.DROP_AFTER, "sendMessage"))
    await room.say(anna, "one", "two")

    await room.courier.drain()

    assert heard(anna) == ["one", "one", "two"]


async def test_what_a_consultant_wrote_arrives_once_and_the_lane_goes_on_behind_the_uncertain_one(room):
    anna = room.person()
    room.telegram.faults.expect(Fault(FaultKind.DROP_AFTER, "sendMessage"))
    await room.say(anna, "one", "two", scripted=False)

    await room.courier.drain()

    assert heard(anna) == ["one", "two"]
    assert await room.waiting() == 1


@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.HTML])
async def test_a_server_in_trouble_is_asked_again_a_little_later_each_time(room, kind):
    anna = room.person()
    room.telegram.faults.expect(Fault(kind, "sendMessage", times=2))
    await room.say(anna, "one")

    await room.courier.drain()

    first, second, third = (call.at for call in calls_of(room, anna))
    assert third - second > second - first > 0.4
    assert heard(anna) == ["one"]


async def test_a_server_that_is_away_is_waited_for(room):
    anna, port = room.person(), int(room.telegram.url.rpartition(":")[2])
    await room.telegram.stop()
    await room.say(anna, "one", scripted=False)
    delivering = asyncio.create_task(room.courier.drain())
    await until(lambda: bool(room.courier._landed) or room.courier.next_look() is not None)

    room.telegram._port = port
    await room.telegram.start()
    await delivering

    assert heard(anna) == ["one"]
    assert await room.waiting() == 0


async def test_what_telegram_refuses_for_good_is_let_go_and_the_next_line_comes(room):
    anna = room.person()
    await room.say(anna, "<b>never closed", "two")

    await room.courier.drain()

    assert heard(anna) == ["two"]
    assert len(calls_of(room, anna)) == 2


async def test_an_edit_of_a_bubble_that_is_gone_answers_with_a_new_one(room):
    anna = room.person()
    rows = ((("Yes", "y:1"),),)
    await room.post((anna, Letter(Deed.EDIT, anna.id, "two", rows, (999_999,))))

    await room.courier.drain()

    (bubble,) = [bubble for bubble in anna.sees() if bubble.text == "two"]
    assert bubble.keyboard
    assert await room.waiting() == 0


async def test_hiding_also_takes_the_bubble_that_was_in_flight(room):
    anna = room.person()
    room.telegram.faults.expect(Fault(FaultKind.DELAY, "sendMessage", seconds=0.2))
    await room.say(anna, "about passports")
    running = asyncio.create_task(room.courier.run())
    await until(lambda: not room.telegram.faults._coming)

    await room.post((anna, Letter(Deed.DELETE, anna.id, sweeps=True)), (anna, Letter(Deed.SEND, anna.id, "cover")))
    await until(lambda: heard(anna)[-1:] == ["cover"])
    await room.courier.stop(1)
    await running

    assert heard(anna) == ["cover"]


async def test_nothing_about_a_person_is_logged_when_a_letter_fails(room, capsys):
    anna = room.person()
    room.telegram.faults.expect(Fault(FaultKind.DROP_BEFORE, "sendMessage"))
    await room.say(anna, "my passport is with the boss", "<b>never closed")

    await room.courier.drain()

    written = "".join(capsys.readouterr())
    assert "courier.dropped" in written
    assert not any(secret in written for secret in ("passport", str(anna.id), room.telegram.token))
