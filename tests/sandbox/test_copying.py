"""Copies leave no trace, forwards do; things go again by their id."""

import pytest

from bot.sandbox.shapes import Kind


@pytest.fixture
def giorgi(telegram):
    person = telegram.world.person("Giorgi")
    person.says("/start")
    return person


async def test_a_copy_does_not_say_whose_it_was(wire, nino, giorgi):
    voice = nino.sends(Kind.VOICE, "listen")
    copied = await wire.call("copyMessage", chat_id=giorgi.id, from_chat_id=nino.id, message_id=voice.message_id)
    assert set(copied.result) == {"message_id"}
    (heard,) = await giorgi.hears()
    assert (heard.author, heard.kind, heard.text) == ("bot", Kind.VOICE, "listen")


async def test_a_forward_does(wire, nino, giorgi):
    said = nino.says("mine")
    sent = await wire.call("forwardMessage", chat_id=giorgi.id, from_chat_id=nino.id, message_id=said.message_id)
    assert sent.result["forward_origin"]["sender_user"]["id"] == nino.id


async def test_what_is_gone_cannot_be_copied(wire, nino, giorgi):
    answer = await wire.call("copyMessage", chat_id=giorgi.id, from_chat_id=nino.id, message_id=999)
    assert answer.error == "Bad Request: message to copy not found"


async def test_what_nobody_wrote_and_a_quiz_cannot_be_copied(telegram, wire, nino, giorgi):
    quiz = nino.sends(Kind.POLL)
    quiz.content.thing["type"] = "quiz"
    group = telegram.world.group("Desk", nino)
    group.takes_bot()
    note = next(iter(group.chat.messages))
    for chat, number in ((nino.id, quiz.message_id), (group.id, note)):
        answer = await wire.call("copyMessage", chat_id=giorgi.id, from_chat_id=chat, message_id=number)
        assert answer.error == "Bad Request: message can't be copied"


@pytest.mark.parametrize("kind", [Kind.VENUE, Kind.DICE, Kind.CONTACT, Kind.STICKER, Kind.ANIMATION, Kind.VIDEO_NOTE])
async def test_everything_else_people_send_can_be_copied(wire, nino, giorgi, kind):
    sent = nino.sends(kind)
    await wire.call("copyMessage", chat_id=giorgi.id, from_chat_id=nino.id, message_id=sent.message_id)
    assert giorgi.sees()[-1].kind is kind


async def test_a_copy_may_have_other_words_below_it_and_answer_something(wire, nino, giorgi):
    photo, asked = nino.sends(Kind.PHOTO, "mine"), giorgi.says("show me")
    how = {"caption": "<b>hers</b>", "parse_mode": "HTML", "reply_parameters": {"message_id": asked.message_id}}
    await wire.call("copyMessage", chat_id=giorgi.id, from_chat_id=nino.id, message_id=photo.message_id, **how)
    seen = giorgi.sees()[-1]
    assert (seen.html, seen.reply_to) == ("<b>hers</b>", asked.message_id)


async def test_several_are_copied_in_order_and_the_missing_skipped(wire, nino, giorgi):
    ids = [nino.says(text).message_id for text in ("one", "two")]
    copied = await wire.call("copyMessages", chat_id=giorgi.id, from_chat_id=nino.id, message_ids=[*ids, 999])
    assert len(copied.result) == 2
    assert [bubble.text for bubble in await giorgi.hears(2)] == ["one", "two"]
    backwards = await wire.call("copyMessages", chat_id=giorgi.id, from_chat_id=nino.id, message_ids=ids[::-1])
    assert backwards.error == "Bad Request: message identifiers must be in a strictly increasing order"


async def test_a_thing_goes_again_by_its_id_and_only_as_what_it_is(wire, nino, giorgi):
    file_id = nino.sends(Kind.DOCUMENT).content.thing["file_id"]
    sent = await wire.call("sendDocument", chat_id=giorgi.id, document=file_id)
    assert sent.result["document"]["file_id"] == file_id
    wrong = await wire.call("sendVoice", chat_id=giorgi.id, voice=file_id)
    assert wrong.error == "Bad Request: can't use file of type Document as Voice"
    unknown = await wire.call("sendPhoto", chat_id=giorgi.id, photo="nonsense")
    assert unknown.error == "Bad Request: wrong file identifier/HTTP URL specified"
    lost = await wire.call("getFile", file_id="nonsense")
    assert lost.error == "Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_protected_things_say_so(wire, nino):
    sent = await wire.call("sendMessage", chat_id=nino.id, text="x", protect_content=True)
    assert sent.result["has_protected_content"] is True


async def test_a_reply_to_what_is_gone_is_refused_unless_that_is_no_matter(wire, nino):
    reply = {"message_id": 999}
    answer = await wire.call("sendMessage", chat_id=nino.id, text="x", reply_parameters=reply)
    assert answer.error == "Bad Request: message to be replied not found"
    relaxed = reply | {"allow_sending_without_reply": True}
    sent = await wire.call("sendMessage", chat_id=nino.id, text="x", reply_parameters=relaxed)
    assert "reply_to_message" not in sent.result


async def test_a_reaction_is_seen_and_only_one_is_allowed(wire, nino):
    said = nino.says("thank you")
    heart = {"type": "emoji", "emoji": "❤"}
    reacted = await wire.call("setMessageReaction", chat_id=nino.id, message_id=said.message_id, reaction=[heart])
    assert reacted.result is True
    assert nino.sees()[-1].reaction == "❤"
    two = await wire.call("setMessageReaction", chat_id=nino.id, message_id=said.message_id, reaction=[heart] * 2)
    assert two.error == "Bad Request: REACTIONS_TOO_MANY"
    gone = await wire.call("setMessageReaction", chat_id=nino.id, message_id=999, reaction=[heart])
    assert gone.error == "Bad Request: message to react not found"


async def test_only_telegrams_own_reactions_are_reactions(telegram, wire, nino):
    compass = {"type": "emoji", "emoji": "🧭"}
    said = nino.says("thank you")
    answer = await wire.call("setMessageReaction", chat_id=nino.id, message_id=said.message_id, reaction=[compass])
    assert answer.error == "Bad Request: REACTION_INVALID"
    group = telegram.world.group("Desk", nino)
    group.takes_bot()
    nod = {"type": "emoji", "emoji": "👍"}
    note = next(iter(group.chat.messages))
    answer = await wire.call("setMessageReaction", chat_id=group.id, message_id=note, reaction=[nod])
    assert answer.error == "Bad Request: message can't be reacted"
