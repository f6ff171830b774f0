"""What people do in private chats and groups, as the house is told of it: through the real stand-in."""

from dataclasses import replace

import pytest

from bot.arrivals import Arrival, Barrier, Joined, Moved, Replied, Unneeded
from bot.sandbox.chats import Standing
from bot.sandbox.shapes import Kind
from bot.sandbox.standin import StandIn
from bot.telegram.gateway import Gateway
from bot.telegram.updates import incoming
from dialogs.events import Chose, Sent, Started, Wrote

KINDS = {
    Kind.VOICE: "voice",
    Kind.VIDEO_NOTE: "video_note",
    Kind.PHOTO: "photo",
    Kind.VIDEO: "video",
    Kind.ANIMATION: "animation",
    Kind.STICKER: "sticker",
    Kind.DOCUMENT: "document",
    Kind.AUDIO: "audio",
    Kind.CONTACT: "contact",
    Kind.LOCATION: "location",
    Kind.VENUE: "venue",
    Kind.POLL: "unsupported",
    Kind.DICE: "unsupported",
}
ANONYMOUS = 1_087_968_824


class Door:
    """The bot's end: everything that came in since last asked, read."""

    def __init__(self, telegram: StandIn, gateway: Gateway) -> None:
        self.telegram = telegram
        self.gateway = gateway
        self.offset: int | None = None

    async def all(self):
        raw = await self.gateway.updates(self.offset, 0)
        self.offset = raw[-1]["update_id"] + 1 if raw else self.offset
        return [incoming(update) for update in raw]

    async def one(self) -> Arrival:
        return [arrival for arrival in await self.all() if isinstance(arrival, Arrival)][-1]


@pytest.fixture
async def door():
    async with StandIn() as telegram:
        telegram.limits.enforced = False
        gateway = Gateway.open(telegram.token, telegram.url)
        yield Door(telegram, gateway)
        await gateway.close()


@pytest.fixture
async def nino(door):
    person = door.telegram.world.person("Nino")
    person.says("/start")
    await door.all()
    return person


@pytest.fixture
async def desk(door, nino):
    group = door.telegram.world.group("Desk", nino, forum=True)
    group.takes_bot()
    await door.all()
    return group


@pytest.mark.parametrize("kind", KINDS)
async def test_everything_people_send_has_a_word_of_ours(door, nino, kind):
    nino.sends(kind)

    assert (await door.one()).event == Sent(KINDS[kind])


async def test_a_place_that_moves_is_not_understood_and_says_nothing_when_it_does(door, nino):
    sent = nino.sends(Kind.LOCATION)
    await door.all()
    sent.content = replace(sent.content, thing={**sent.content.thing, "live_period": 900})
    nino.edits(sent.message_id, "")
    moved = await door.all()
    nino.says("I am here")

    assert [type(one) for one in moved] == [Unneeded]
    assert (await door.one()).event == Wrote("I am here")


async def test_words_below_a_picture_come_along(door, nino):
    nino.sends(Kind.PHOTO, "is this offer real?")

    assert (await door.one()).event == Sent("photo", "is this offer real?")


async def test_pictures_sent_as_one_say_so(door, nino):
    nino.sends_album("one", "two")
    nino.sends(Kind.PHOTO, "three")

    one, two, three = await door.all()
    assert one.album == two.album is not None
    assert three.album is None


async def test_a_private_chat_has_no_other_number_than_the_person(door, nino):
    nino.says("hello")

    arrival = await door.one()
    assert (arrival.person, arrival.chat, arrival.thread, arrival.reply, arrival.edited) == (
        nino.id,
        0,
        None,
        None,
        False,
    )
    assert arrival.name == "Nino"


async def test_what_is_answered_is_known_by_number_words_and_kind(door, nino):
    first = nino.says("first")
    picture = nino.sends(Kind.PHOTO, "look")
    nino.says("about that", reply_to=first.message_id)
    words = await door.one()
    nino.sends(Kind.VOICE, reply_to=picture.message_id)
    voice = await door.one()

    assert words.reply == Replied(first.message_id, "first", "text")
    assert voice.reply == Replied(picture.message_id, "look", "photo")


async def test_nobodys_words_or_name_show_in_a_repr(door, nino):
    first = nino.says("my secret")
    nino.sends(Kind.VOICE, reply_to=first.message_id)

    shown = repr(await door.one())
    assert "my secret" not in shown
    assert "Nino" not in shown


async def test_an_edit_brings_the_new_words_under_the_old_number(door, nino):
    said = nino.says("first")
    photo = nino.sends(Kind.PHOTO, "one")
    await door.all()
    nino.edits(said.message_id, "second")
    nino.edits(photo.message_id, "two")

    words, caption = await door.all()
    assert (words.event, words.below, words.edited) == (Wrote("second"), said.message_id, True)
    assert (caption.event, caption.below, caption.edited) == (Sent("photo", "two"), photo.message_id, True)


async def test_words_edited_into_a_start_are_no_start(door, nino):
    said = nino.says("hello")
    await door.all()
    nino.edits(said.message_id, "/start i_code")

    assert (await door.one()).event == Wrote("/start i_code")


async def test_a_tap_says_what_the_tapped_bubble_answers(door, nino):
    said = nino.says("my offer")
    buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes:5"}]]}
    answer = {"message_id": said.message_id}
    await ask(door, "sendMessage", chat_id=nino.id, text="Send it?", reply_parameters=answer, reply_markup=buttons)
    await door.all()
    nino.taps("Yes")

    tap = await door.one()
    assert (tap.event, tap.reply) == (Chose("yes", 5), Replied(said.message_id, "my offer", "text"))


async def test_a_group_is_told_from_the_private_chats_of_those_in_it(door, nino, desk):
    nino.says("/queue", desk)

    arrival = await door.one()
    assert (arrival.chat, arrival.person, arrival.event, arrival.thread) == (desk.id, nino.id, Wrote("/queue"), None)


async def test_a_tap_in_a_group_says_who_and_where(door, nino, desk):
    buttons = {"inline_keyboard": [[{"text": "Claim", "callback_data": "claim:7"}]]}
    await ask(door, "sendMessage", chat_id=desk.id, text="card", reply_markup=buttons)
    nino.taps("Claim", desk)

    tap = await door.one()
    assert (tap.chat, tap.person, tap.event, tap.name) == (desk.id, nino.id, Chose("claim", 7), "Nino")


async def test_a_line_in_a_topic_answers_nothing_unless_somebody_chose_to(door, nino, desk):
    thread = (await ask(door, "createForumTopic", chat_id=desk.id, name="BLUE HERON"))["message_thread_id"]
    said = nino.says("hello", desk, thread=thread)
    plain = await door.one()
    nino.says("about that", desk, thread=thread, reply_to=said.message_id)
    answer = await door.one()

    assert (plain.thread, plain.reply) == (thread, None)
    assert (answer.thread, answer.reply) == (thread, Replied(said.message_id, "hello", "text"))


async def test_an_edit_in_a_group_is_an_edit_there(door, nino, desk):
    said = nino.says("/note one", desk)
    await door.all()
    nino.edits(said.message_id, "/note two", desk)

    arrival = await door.one()
    assert (arrival.chat, arrival.edited, arrival.event) == (desk.id, True, Wrote("/note two"))


async def test_who_hides_as_the_group_is_nobody(door, nino, desk):
    desk.welcomes(nino, Standing.ADMINISTRATOR, anonymous=True)
    nino.says("/desk", desk)

    arrival = await door.one()
    assert (arrival.anonymous, arrival.person, arrival.chat) == (True, ANONYMOUS, desk.id)


async def test_who_shows_themselves_is_not_anonymous(door, nino, desk):
    nino.says("/desk", desk)

    assert not (await door.one()).anonymous


async def test_service_notes_need_nothing(door, nino, desk):
    thread = (await ask(door, "createForumTopic", chat_id=desk.id, name="BLUE HERON"))["message_thread_id"]
    await ask(door, "closeForumTopic", chat_id=desk.id, message_thread_id=thread)
    desk.welcomes(door.telegram.world.person("Giorgi"))

    assert {type(one) for one in await door.all()} == {Unneeded}


async def test_a_group_that_moves_says_so_once(door, nino):
    small = door.telegram.world.group("Desk", nino)
    small.takes_bot()
    await door.all()
    old, new = small.id, small.upgrades()

    told = await door.all()
    assert [(one.old, one.new) for one in told if isinstance(one, Moved)] == [(old, new)]
    assert {type(one) for one in told} == {Moved, Unneeded}


async def test_the_bot_knows_who_let_it_into_a_group_and_put_it_out(door, nino):
    group = door.telegram.world.group("Desk", nino)
    group.takes_bot(Standing.MEMBER)
    group.takes_bot(Standing.ADMINISTRATOR)
    group.takes_bot(Standing.KICKED)

    joined = [one for one in await door.all() if isinstance(one, Joined)]
    assert [(one.chat, one.by, one.inside) for one in joined] == [
        (group.id, nino.id, True),
        (group.id, nino.id, True),
        (group.id, nino.id, False),
    ]


async def test_blocking_is_still_a_barrier(door, nino):
    nino.blocks()

    (barrier,) = await door.all()
    assert barrier == Barrier(barrier.update, nino.id, blocked=True)


async def test_a_start_in_a_group_is_one_there(door, nino, desk):
    nino.says("/start i_code", desk)

    arrival = await door.one()
    assert (arrival.chat, arrival.event) == (desk.id, Started("i_code"))


async def ask(door, method, **parameters):
    """What only the bot does, without a letter."""
    body = await door.telegram._gate.answer(method, parameters)
    assert body["ok"], body
    return body["result"]
