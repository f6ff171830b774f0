"""Groups: who is in them, what the bot hears there, and when it must go."""

import pytest

from bot.sandbox.chats import Standing
from bot.sandbox.shapes import Kind


@pytest.fixture
def desk(telegram, nino):
    """A small group of Nino's with the bot as a plain member."""
    group = telegram.world.group("Desk", nino)
    group.takes_bot(Standing.MEMBER)
    telegram.forget_updates()
    return group


async def test_the_bot_is_told_when_it_comes_and_goes(telegram, wire, nino):
    group = telegram.world.group("Desk", nino)
    group.takes_bot()
    group.takes_bot(Standing.KICKED)
    updates = await wire.updates()
    changes = [update["my_chat_member"] for update in updates if "my_chat_member" in update]
    statuses = [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes]
    assert statuses == [("left", "administrator"), ("administrator", "kicked")]
    answer = await wire.call("sendMessage", chat_id=group.id, text="x")
    assert (answer.status, answer.error) == (403, "Forbidden: bot was kicked from the group chat")


async def test_a_plain_member_hears_only_commands_and_replies(wire, nino, desk):
    sent = (await wire.call("sendMessage", chat_id=desk.id, text="card")).result["message_id"]
    nino.says("chatter", desk)
    nino.says("/desk", desk)
    nino.says("answer", desk, reply_to=sent)
    heard = [update["message"] for update in await wire.updates()]
    assert [message["text"] for message in heard] == ["/desk", "answer"]
    assert heard[1]["reply_to_message"]["text"] == "card"


async def test_an_administrator_hears_everything(wire, nino, desk):
    desk.takes_bot(Standing.ADMINISTRATOR)
    nino.says("chatter", desk)
    assert (await wire.updates())[-1]["message"]["text"] == "chatter"


async def test_an_anonymous_administrator_has_no_face(telegram, wire, nino, desk):
    desk.welcomes(nino, Standing.ADMINISTRATOR, anonymous=True)
    nino.says("/desk", desk)
    message = (await wire.updates())[-1]["message"]
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == desk.id


async def test_after_an_upgrade_the_old_number_names_the_new_one(wire, desk):
    old = desk.id
    new = desk.upgrades()
    answer = await wire.call("sendMessage", chat_id=old, text="x")
    assert answer.error == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer.body["parameters"] == {"migrate_to_chat_id": new}
    assert (await wire.call("sendMessage", chat_id=new, text="x")).result["chat"]["type"] == "supergroup"
    told = [update["message"] for update in await wire.updates()]
    assert [message.get("migrate_to_chat_id") for message in told] == [new, None]
    assert told[1]["migrate_from_chat_id"] == old


async def test_the_bot_can_ask_who_is_there(telegram, wire, nino, desk):
    giorgi = telegram.world.person("Giorgi")
    statuses = [
        (await wire.call("getChatMember", chat_id=desk.id, user_id=account)).result["status"]
        for account in (nino.id, giorgi.id)
    ]
    assert statuses == ["creator", "left"]
    admins = (await wire.call("getChatAdministrators", chat_id=desk.id)).result
    assert [admin["user"]["id"] for admin in admins] == [nino.id]
    assert (await wire.call("getChatMemberCount", chat_id=desk.id)).result == 2


async def test_a_private_chat_has_no_administrators(wire, nino):
    answer = await wire.call("getChatAdministrators", chat_id=nino.id)
    assert answer.error == "Bad Request: there are no administrators in the private chat"


async def test_the_bot_can_leave(wire, desk):
    assert (await wire.call("leaveChat", chat_id=desk.id)).result is True
    answer = await wire.call("sendMessage", chat_id=desk.id, text="x")
    assert (answer.status, answer.error) == (403, "Forbidden: bot is not a member of the group chat")


async def test_a_plain_member_cannot_delete_what_others_wrote(wire, nino, desk):
    hers = nino.says("/desk", desk)
    answer = await wire.call("deleteMessage", chat_id=desk.id, message_id=hers.message_id)
    assert answer.error == "Bad Request: message can't be deleted"
    desk.takes_bot(Standing.ADMINISTRATOR)
    assert (await wire.call("deleteMessage", chat_id=desk.id, message_id=hers.message_id)).status == 200


async def test_pinning_needs_the_right_and_is_announced(wire, desk):
    card = (await wire.call("sendMessage", chat_id=desk.id, text="card")).result["message_id"]
    refused = await wire.call("pinChatMessage", chat_id=desk.id, message_id=card)
    assert refused.error == "Bad Request: not enough rights to manage pinned messages in the chat"
    desk.takes_bot(Standing.ADMINISTRATOR)
    assert (await wire.call("pinChatMessage", chat_id=desk.id, message_id=card)).result is True
    assert desk.sees()[-1].kind is Kind.PINNED


async def test_taps_in_a_group_are_answered_to_who_tapped(wire, nino, desk):
    markup = {"inline_keyboard": [[{"text": "Claim", "callback_data": "c"}]]}
    await wire.call("sendMessage", chat_id=desk.id, text="card", reply_markup=markup)
    query_id = nino.taps("Claim", desk)
    assert (await wire.updates())[-1]["callback_query"]["message"]["chat"]["id"] == desk.id
    await wire.call("answerCallbackQuery", callback_query_id=query_id, text="yours")
    assert nino.toast == "yours"
