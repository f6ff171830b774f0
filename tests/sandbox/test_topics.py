"""Topics of a forum group."""

import pytest

from bot.sandbox.chats import Right, Standing


@pytest.fixture
def room(telegram, nino):
    group = telegram.world.group("Room", nino, forum=True)
    group.takes_bot()
    telegram.forget_updates()
    telegram.limits.enforced = False
    return group


@pytest.fixture
async def thread(wire, room):
    created = await wire.call("createForumTopic", chat_id=room.id, name="BLUE HERON")
    return created.result["message_thread_id"]


async def test_a_new_topic_announces_itself_to_the_bot(wire, thread):
    message = (await wire.updates())[0]["message"]
    assert (message["message_id"], message["message_thread_id"]) == (thread, thread)
    assert message["forum_topic_created"]["name"] == "BLUE HERON"


async def test_lines_go_to_their_topic(wire, room, nino, thread):
    sent = (await wire.call("sendMessage", chat_id=room.id, text="x", message_thread_id=thread)).result
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    nino.says("reply", room, thread=thread)
    assert [bubble.text for bubble in room.sees(thread)][1:] == ["x", "reply"]


async def test_a_line_in_a_topic_answers_what_opened_it_unless_somebody_chose_otherwise(wire, room, nino, thread):
    said = nino.says("hello", room, thread=thread)
    nino.says("about that", room, thread=thread, reply_to=said.message_id)
    plain, answer = (update["message"]["reply_to_message"] for update in (await wire.updates())[-2:])
    assert (plain["message_id"], "forum_topic_created" in plain) == (thread, True)
    assert answer["text"] == "hello"


@pytest.mark.parametrize("number", [1, 999])
async def test_no_line_goes_to_a_topic_that_is_not_there_nor_to_general_by_number(wire, room, number):
    answer = await wire.call("sendMessage", chat_id=room.id, text="x", message_thread_id=number)
    assert (answer.status, answer.error) == (400, "Bad Request: message thread not found")


async def test_what_announced_a_topic_cannot_be_deleted(wire, room, thread):
    answer = await wire.call("deleteMessage", chat_id=room.id, message_id=thread)
    assert answer.error == "Bad Request: message can't be deleted"


async def test_deleting_a_topic_takes_everything_with_it_however_old(wire, room, clock, thread):
    await wire.call("sendMessage", chat_id=room.id, text="x", message_thread_id=thread)
    clock.advance(100 * 3600)
    assert (await wire.call("deleteForumTopic", chat_id=room.id, message_thread_id=thread)).result is True
    assert room.sees(thread) == []
    answer = await wire.call("sendMessage", chat_id=room.id, text="x", message_thread_id=thread)
    assert answer.error == "Bad Request: message thread not found"


async def test_a_topic_somebody_deleted_is_not_found_but_typing_does_not_notice(wire, room, thread):
    room.loses_topic(thread)
    answer = await wire.call("sendMessage", chat_id=room.id, text="x", message_thread_id=thread)
    assert answer.error == "Bad Request: message thread not found"
    typing = await wire.call("sendChatAction", chat_id=room.id, action="typing", message_thread_id=thread)
    assert typing.result is True


async def test_closing_twice_changes_nothing(wire, room, thread):
    assert (await wire.call("closeForumTopic", chat_id=room.id, message_thread_id=thread)).result is True
    again = await wire.call("closeForumTopic", chat_id=room.id, message_thread_id=thread)
    assert again.error == "Bad Request: TOPIC_NOT_MODIFIED"
    assert (await wire.call("reopenForumTopic", chat_id=room.id, message_thread_id=thread)).result is True


async def test_who_manages_no_topics_cannot_write_into_a_closed_one(wire, room, thread):
    await wire.call("closeForumTopic", chat_id=room.id, message_thread_id=thread)
    room.takes_bot(Standing.MEMBER)
    answer = await wire.call("sendMessage", chat_id=room.id, text="x", message_thread_id=thread)
    assert answer.error == "Bad Request: TOPIC_CLOSED"


async def test_renaming_to_the_same_name_changes_nothing(wire, room, thread):
    same = await wire.call("editForumTopic", chat_id=room.id, message_thread_id=thread, name="BLUE HERON")
    assert same.error == "Bad Request: TOPIC_NOT_MODIFIED"
    new = await wire.call("editForumTopic", chat_id=room.id, message_thread_id=thread, name="RED FOX")
    assert new.result is True


async def test_topics_need_a_right_a_forum_and_a_supergroup(telegram, wire, nino, room):
    async def error(group):
        return (await wire.call("createForumTopic", chat_id=group.id, name="X")).error

    room.takes_bot(Standing.ADMINISTRATOR, frozenset({Right.PIN_MESSAGES}))
    assert await error(room) == "Bad Request: not enough rights to create a topic"
    plain = telegram.world.group("Plain", nino, supergroup=True)
    plain.takes_bot()
    assert await error(plain) == "Bad Request: the chat is not a forum"
    small = telegram.world.group("Small", nino)
    small.takes_bot()
    assert await error(small) == "Bad Request: the chat is not a supergroup forum"
    small.upgrades()
    small.becomes_forum()
    assert (await wire.call("createForumTopic", chat_id=small.id, name="X")).status == 200
