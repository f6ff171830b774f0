"""Taps, blocks, strangers: what people do and what the bot is told."""

import pytest

from bot.sandbox.shapes import Kind

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
BUTTON = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


@pytest.fixture
async def asked(wire, nino):
    await wire.call("sendMessage", chat_id=nino.id, text="Well?", reply_markup=BUTTON)


async def test_a_tap_brings_the_data_and_the_message(wire, nino, asked):
    query_id = nino.taps("Yes")
    query = (await wire.updates())[0]["callback_query"]
    assert (query["id"], query["data"], query["message"]["text"]) == (query_id, "y", "Well?")


async def test_a_tap_on_what_is_gone_brings_only_its_number(wire, nino, asked):
    nino.presses(777, "y")
    message = (await wire.updates())[0]["callback_query"]["message"]
    assert message == {"chat": nino.chat.to_json(), "message_id": 777, "date": 0}


async def test_a_tap_brings_along_what_the_message_answers(wire, nino):
    said = nino.says("my offer")
    answer = {"message_id": said.message_id}
    await wire.call("sendMessage", chat_id=nino.id, text="Send it?", reply_markup=BUTTON, reply_parameters=answer)
    nino.taps("Yes")
    query = (await wire.updates())[-1]["callback_query"]
    assert query["message"]["reply_to_message"]["text"] == "my offer"


async def test_pictures_sent_as_one_have_a_mark_in_common(wire, nino):
    nino.sends_album("one", "")
    nino.sends_album("two", "")
    albums = [update["message"]["media_group_id"] for update in await wire.updates()]
    assert albums[0] == albums[1] != albums[2] == albums[3]


async def test_a_caption_is_edited_as_words_are(wire, nino):
    photo = nino.sends(Kind.PHOTO, "one")
    nino.edits(photo.message_id, "two")
    edited = (await wire.updates())[-1]["edited_message"]
    assert (edited["message_id"], edited["caption"]) == (photo.message_id, "two")


async def test_what_telegram_says_twice_is_said_twice(wire, nino):
    nino.sends(Kind.ANIMATION)
    nino.sends(Kind.VENUE)
    animation, venue = (update["message"] for update in await wire.updates())
    assert animation["document"]["file_id"] == animation["animation"]["file_id"]
    assert venue["location"] == venue["venue"]["location"]


async def test_an_answer_is_shown_once(wire, nino, asked):
    query_id = nino.taps("y")
    assert (await wire.call("answerCallbackQuery", callback_query_id=query_id, text="ok")).result is True
    assert nino.toast == "ok"
    again = await wire.call("answerCallbackQuery", callback_query_id=query_id)
    assert (again.status, again.error) == (400, TOO_OLD)


async def test_an_answer_after_15_seconds_comes_too_late(wire, nino, asked, clock):
    query_id = nino.taps("Yes")
    clock.advance(15.5)
    answer = await wire.call("answerCallbackQuery", callback_query_id=query_id)
    assert answer.error == TOO_OLD


async def test_an_answer_has_at_most_200_letters(wire, nino, asked):
    query_id = nino.taps("Yes")
    answer = await wire.call("answerCallbackQuery", callback_query_id=query_id, text="ა" * 201)
    assert answer.error == "Bad Request: MESSAGE_TOO_LONG"


def test_there_must_be_a_button_to_tap(nino):
    with pytest.raises(LookupError, match="no button"):
        nino.taps("Yes")


async def test_who_blocks_the_bot_is_not_reached(wire, nino):
    nino.blocks()
    change = (await wire.updates())[0]["my_chat_member"]
    statuses = [change[side]["status"] for side in ("old_chat_member", "new_chat_member")]
    assert (change["from"]["id"], statuses) == (nino.id, ["member", "kicked"])
    answer = await wire.call("sendMessage", chat_id=nino.id, text="hello?")
    assert (answer.status, answer.error) == (403, "Forbidden: bot was blocked by the user")


async def test_who_writes_again_is_reached_again(wire, nino):
    nino.blocks()
    nino.says("/start")
    kinds = [next(iter(set(update) - {"update_id"})) for update in await wire.updates()]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert (await wire.call("sendMessage", chat_id=nino.id, text="hello")).status == 200


async def test_what_lies_with_who_blocked_the_bot_can_still_be_deleted(wire, nino):
    sent = (await wire.call("sendMessage", chat_id=nino.id, text="secret")).result["message_id"]
    nino.blocks()
    assert (await wire.call("deleteMessages", chat_id=nino.id, message_ids=[sent])).result is True


async def test_a_stranger_is_no_chat(telegram, wire):
    stranger = telegram.world.person("Giorgi")
    answer = await wire.call("sendMessage", chat_id=stranger.id, text="hello")
    assert (answer.status, answer.error) == (400, "Bad Request: chat not found")


async def test_who_only_shares_a_group_cannot_be_written_to(telegram, wire, nino):
    giorgi = telegram.world.person("Giorgi")
    group = telegram.world.group("Desk", nino)
    group.takes_bot()
    group.welcomes(giorgi)
    answer = await wire.call("sendMessage", chat_id=giorgi.id, text="hello")
    assert (answer.status, answer.error) == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_who_left_telegram_is_gone(wire, nino):
    nino.leaves_telegram()
    answer = await wire.call("sendMessage", chat_id=nino.id, text="hello")
    assert (answer.status, answer.error) == (403, "Forbidden: user is deactivated")


async def test_a_wrong_token_opens_nothing(telegram, wire):
    async with wire.http.post(f"{telegram.url}/bot1:wrong/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(wire):
    answer = await wire.call("sendSmoke", chat_id=1)
    assert (answer.status, answer.error) == (404, "Not Found: method not found")


async def test_methods_are_known_in_any_case_of_letters(wire):
    assert (await wire.call("GETME")).result["is_bot"] is True


async def test_without_a_chat_nothing_is_sent(wire):
    assert (await wire.call("sendMessage", text="x")).error == "Bad Request: chat_id is empty"


async def test_to_hear_is_to_wait_for_what_the_bot_writes_or_edits(wire, nino):
    one = (await wire.call("sendMessage", chat_id=nino.id, text="one")).result["message_id"]
    assert [bubble.text for bubble in await nino.hears()] == ["one"]
    await wire.call("editMessageText", chat_id=nino.id, message_id=one, text="two")
    (edited,) = await nino.hears()
    assert (edited.text, edited.edited) == ("two", True)


async def test_who_hears_nothing_says_so(nino):
    with pytest.raises(TimeoutError, match="said 0 of 1"):
        await nino.hears(within=0.01)
