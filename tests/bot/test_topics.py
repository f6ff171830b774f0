"""A room with a forum topic for each case: made when first needed, made anew when lost, taken away at the end."""

import pytest

from bot.letters import TOPIC, Deed, Letter
from bot.sandbox.chats import Right, Standing
from bot.sandbox.faults import Fault, FaultKind
from tests.fakes.postroom import PostRoom

NAME = "BLUE HERON"


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path) as opened:
        yield opened


@pytest.fixture
def anna(room):
    return room.person("Anna")


@pytest.fixture
def forum(room):
    group = room.telegram.world.group("Vera's room", room.person("Vera"), forum=True)
    group.takes_bot()
    return group


def line(forum, text, number, **more):
    return Letter(Deed.SEND, forum.id, text, line=number, topic=NAME, **more)


async def deliver(room, anna, *letters, **how):
    await room.post(*((anna, letter) for letter in letters), **how)
    await room.courier.drain()


def topics(forum):
    return [topic.name for topic in forum.chat.topics.values()]


def said(forum, thread):
    return [bubble.text for bubble in forum.sees(thread)][1:]


async def thread_of(room, anna):
    return (await room.lines(anna))[TOPIC].room[1]


async def test_the_first_line_makes_the_topic_and_the_next_ones_follow_into_it(room, anna, forum):
    await deliver(room, anna, line(forum, "one", 1), line(forum, "two", 2))

    assert topics(forum) == [NAME]
    assert said(forum, await thread_of(room, anna)) == ["one", "two"]
    assert (await room.lines(anna))[2].room == (forum.id, forum.sees()[-1].message_id)


async def test_each_case_has_a_topic_of_its_own(room, anna, forum):
    nino = room.person("Nino")
    await room.post(
        (anna, line(forum, "anna's", 1)),
        (nino, Letter(Deed.SEND, forum.id, "nino's", line=1, topic="RED FOX")),
    )
    await room.courier.drain()

    assert topics(forum) == [NAME, "RED FOX"]
    assert said(forum, await thread_of(room, anna)) == ["anna's"]
    assert said(forum, await thread_of(room, nino)) == ["nino's"]


async def test_a_topic_somebody_deleted_is_made_anew_and_the_line_said_there(room, anna, forum):
    await deliver(room, anna, line(forum, "one", 1))
    lost = await thread_of(room, anna)
    forum.loses_topic(lost)
    await deliver(room, anna, line(forum, "two", 2), line(forum, "three", 3), scripted=False)

    thread = await thread_of(room, anna)
    assert thread != lost
    assert topics(forum) == [NAME]
    assert said(forum, thread) == ["two", "three"]
    assert {told.outcome.name for told in room.told} == {"DELIVERED"}


async def test_an_edit_of_a_line_that_went_with_its_topic_is_said_in_the_new_one(room, anna, forum):
    await deliver(room, anna, line(forum, "one", 1))
    forum.loses_topic(await thread_of(room, anna))
    await deliver(room, anna, Letter(Deed.EDIT, forum.id, "one, corrected", line=1, topic=NAME))

    assert said(forum, await thread_of(room, anna)) == ["one, corrected"]


async def test_a_topic_is_made_once_however_often_its_first_line_fails(room, anna, forum):
    for _ in range(2):
        room.telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, "sendMessage"))
    await deliver(room, anna, line(forum, "one", 1))

    assert topics(forum) == [NAME]
    assert said(forum, await thread_of(room, anna)) == ["one"]


async def test_a_consultants_line_whose_topic_could_perhaps_not_be_made_is_certainly_not_said_twice(room, anna, forum):
    room.telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, "createForumTopic"))
    await deliver(room, anna, line(forum, "one", 1), scripted=False)

    assert said(forum, await thread_of(room, anna)) == ["one"]
    assert [told.outcome.name for told in room.told] == ["DELIVERED"]


async def test_without_the_right_to_make_topics_the_line_is_dropped_and_the_reason_told(room, anna, forum):
    forum.takes_bot(Standing.ADMINISTRATOR, frozenset({Right.PIN_MESSAGES}))
    await deliver(room, anna, line(forum, "one", 1))

    assert [(told.outcome.name, told.reason) for told in room.told] == [("DROPPED", "no_rights")]


async def test_a_group_without_topics_says_so(room, anna):
    plain = room.telegram.world.group("Plain", anna, supergroup=True)
    plain.takes_bot()
    await deliver(room, anna, line(plain, "one", 1))

    assert [(told.outcome.name, told.reason) for told in room.told] == [("DROPPED", "no_rights")]


async def test_a_topic_that_was_made_counts_against_the_twenty_a_minute(room, anna, forum):
    await deliver(room, anna, *(line(forum, str(number), number) for number in range(17)))
    await room.post((anna, line(forum, "too much", 17)))

    assert len([call for call in room.telegram.calls if call.chat_id == forum.id]) == 18
    assert {call.code for call in room.telegram.calls} == {200}
    await room.courier._round()
    assert not room.courier._flights


async def test_closing_takes_the_topic_and_every_line_in_it(room, anna, forum):
    await deliver(room, anna, line(forum, "one", 1), Letter(Deed.SEND, anna.id, "one", line=2))
    room.telegram.clock.advance(5 * 24 * 3600)
    await deliver(room, anna, Letter(Deed.CLOSE_TOPIC, forum.id))

    assert topics(forum) == []
    assert set(await room.lines(anna)) == {2}


async def test_closing_what_is_gone_or_never_was_is_done_already(room, anna, forum):
    await deliver(room, anna, Letter(Deed.CLOSE_TOPIC, forum.id))
    assert not room.telegram.calls.of("deleteForumTopic")

    await deliver(room, anna, line(forum, "one", 1))
    forum.loses_topic(await thread_of(room, anna))
    await deliver(room, anna, Letter(Deed.CLOSE_TOPIC, forum.id))
    assert await room.lines(anna) == {}
    assert await room.waiting() == 0


async def test_an_emptied_room_keeps_its_topic(room, anna, forum):
    await deliver(room, anna, line(forum, "one", 1))
    await deliver(room, anna, Letter(Deed.DELETE, forum.id, every=True))

    assert topics(forum) == [NAME]
    assert said(forum, await thread_of(room, anna)) == []


async def test_the_bot_leaves_a_group_that_is_none_of_its(room, anna, forum):
    await deliver(room, anna, Letter(Deed.LEAVE, forum.id))

    assert forum.chat.members[room.telegram._ledger.bot.id].standing is Standing.LEFT
    await deliver(room, anna, Letter(Deed.LEAVE, forum.id))
    assert await room.waiting() == 0


async def test_a_line_follows_a_group_that_moved_and_is_remembered_where_it_lies(room, anna):
    small = room.telegram.world.group("Desk", anna)
    small.takes_bot()
    old, new = small.id, small.upgrades()
    await deliver(room, anna, Letter(Deed.SEND, old, "card", line=-1))

    assert (await room.lines(anna))[-1].room == (new, small.sees()[-1].message_id)
