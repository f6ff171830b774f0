"""Edits and deletions: what a bot may take back."""

import pytest

HOURS = 3600
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
BUTTON = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


@pytest.fixture
async def said(wire, nino):
    sent = await wire.call("sendMessage", chat_id=nino.id, text="one", reply_markup=BUTTON)
    return sent.result["message_id"]


async def test_new_words_without_buttons_take_the_buttons_away(wire, nino, said):
    edited = (await wire.call("editMessageText", chat_id=nino.id, message_id=said, text="two")).result
    assert edited["text"] == "two"
    assert "reply_markup" not in edited
    assert "edit_date" in edited


async def test_an_edit_that_changes_nothing_is_an_error(wire, nino, said):
    answer = await wire.call("editMessageText", chat_id=nino.id, message_id=said, text=" one", reply_markup=BUTTON)
    assert (answer.status, answer.error) == (400, NOT_MODIFIED)
    stripped = await wire.call("editMessageReplyMarkup", chat_id=nino.id, message_id=said)
    assert "reply_markup" not in stripped.result
    again = await wire.call("editMessageReplyMarkup", chat_id=nino.id, message_id=said)
    assert again.error == NOT_MODIFIED


async def test_a_bot_edits_its_words_however_old(wire, nino, said, clock):
    clock.advance(1000 * HOURS)
    assert (await wire.call("editMessageText", chat_id=nino.id, message_id=said, text="two")).status == 200


async def test_a_bot_edits_only_its_own_words(wire, nino):
    hers = nino.says("mine")
    answer = await wire.call("editMessageText", chat_id=nino.id, message_id=hers.message_id, text="yours")
    assert answer.error == "Bad Request: message can't be edited"


async def test_what_is_gone_cannot_be_edited(wire, nino, said):
    await wire.call("deleteMessage", chat_id=nino.id, message_id=said)
    answer = await wire.call("editMessageText", chat_id=nino.id, message_id=said, text="two")
    assert answer.error == "Bad Request: message to edit not found"


async def test_a_sticker_has_no_text_to_edit(wire, nino):
    sticker = await wire.call("sendLocation", chat_id=nino.id, latitude=41.7, longitude=44.8)
    number = sticker.result["message_id"]
    answer = await wire.call("editMessageText", chat_id=nino.id, message_id=number, text="two")
    assert answer.error == "Bad Request: there is no text in the message to edit"


async def test_a_deleted_message_is_off_the_screen(wire, nino, said):
    assert (await wire.call("deleteMessage", chat_id=nino.id, message_id=said)).result is True
    assert said not in [bubble.message_id for bubble in nino.sees()]
    again = await wire.call("deleteMessage", chat_id=nino.id, message_id=said)
    assert again.error == "Bad Request: message to delete not found"


async def test_in_a_private_chat_the_person_s_words_can_be_deleted_too(wire, nino):
    hers = nino.says("forget this")
    assert (await wire.call("deleteMessage", chat_id=nino.id, message_id=hers.message_id)).status == 200


async def test_after_48_hours_nothing_can_be_deleted(wire, nino, said, clock):
    clock.advance(48 * HOURS - 1)
    fresh = (await wire.call("sendMessage", chat_id=nino.id, text="new")).result["message_id"]
    clock.advance(2)
    answer = await wire.call("deleteMessages", chat_id=nino.id, message_ids=[said, fresh])
    assert answer.error == "Bad Request: message can't be deleted for everyone"
    assert (await wire.call("deleteMessages", chat_id=nino.id, message_ids=[fresh])).result is True


async def test_in_bulk_what_is_not_there_is_skipped(wire, nino, said):
    assert (await wire.call("deleteMessages", chat_id=nino.id, message_ids=[said, 9999])).result is True
    assert said not in nino.chat.messages


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(0, "message identifiers are not specified"), (101, "too many message identifiers specified")],
)
async def test_1_to_100_are_deleted_at_once(wire, nino, count, sentence):
    answer = await wire.call("deleteMessages", chat_id=nino.id, message_ids=list(range(1, count + 1)))
    assert answer.error == f"Bad Request: {sentence}"


async def test_what_the_person_cleared_is_off_their_screen_only(wire, nino, said):
    nino.clears()
    assert nino.sees() == []
    assert (await wire.call("editMessageText", chat_id=nino.id, message_id=said, text="two")).status == 200
    assert nino.sees() == []
