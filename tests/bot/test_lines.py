"""Letters that name lines: found when they depart, written down when they land. Real store, courier and stand-in."""

import pytest

from bot.letters import Deed, Letter
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.shapes import Kind
from storage import Transaction
from tests.fakes.postroom import PostRoom, heard

CARD = -1


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path) as opened:
        opened.telegram.limits.enforced = False
        yield opened


@pytest.fixture
def anna(room):
    return room.person("Anna")


@pytest.fixture
def vera(room):
    """A consultant; her private chat with the bot is her room."""
    return room.person("Vera")


async def deliver(room, anna, *letters, **how):
    await room.post(*((anna, letter) for letter in letters), **how)
    await room.courier.drain()
    assert await room.waiting() == 0


async def test_a_new_bubble_is_remembered_under_its_number_on_either_side(room, anna, vera):
    await deliver(room, anna, Letter(Deed.SEND, anna.id, "one", line=1), Letter(Deed.SEND, vera.id, "two", line=2))

    lines = await room.lines(anna)
    assert (lines[1].person, lines[1].room) == (anna.sees()[-1].message_id, None)
    assert (lines[2].person, lines[2].room) == (None, (vera.id, vera.sees()[-1].message_id))


async def test_a_copy_says_not_whose_it_was_and_lands_under_its_number(room, anna, vera):
    voice = anna.sends(Kind.VOICE, "listen")
    copy = Letter(Deed.COPY, vera.id, source=(anna.id, voice.message_id), line=4)
    await deliver(room, anna, copy, scripted=False)

    seen = vera.sees()[-1]
    assert (seen.kind, seen.text, seen.author) == (Kind.VOICE, "listen", "bot")
    assert (await room.lines(anna))[4].room == (vera.id, seen.message_id)


async def test_a_copy_with_words_of_its_own_has_those_below_it(room, anna, vera):
    photo = anna.sends(Kind.PHOTO, "look")
    titled = Letter(Deed.COPY, vera.id, "<b>BLUE HERON</b>\nlook", source=(anna.id, photo.message_id))
    await deliver(room, anna, titled)

    seen = vera.sees()[-1]
    assert (seen.kind, seen.html) == (Kind.PHOTO, "<b>BLUE HERON</b>\nlook")


async def test_what_was_deleted_before_it_could_be_copied_is_told_with_its_reason(room, anna, vera):
    copy = Letter(Deed.COPY, vera.id, source=(anna.id, 999), line=4)
    await deliver(room, anna, copy, Letter(Deed.SEND, vera.id, "next"), scripted=False)

    assert [(told.outcome.name, told.reason) for told in room.told] == [("DROPPED", "source")]
    assert heard(vera) == ["next"]


async def test_an_answer_hangs_on_the_line_it_answers_where_that_lies_on_this_side(room, anna, vera):
    await deliver(room, anna, Letter(Deed.SEND, anna.id, "one", line=1), Letter(Deed.SEND, vera.id, "one", line=1))
    await deliver(room, anna, Letter(Deed.SEND, anna.id, "two", reply=1), Letter(Deed.SEND, vera.id, "two", reply=1))

    for person in (anna, vera):
        one, two = person.sees()[-2:]
        assert two.reply_to == one.message_id


async def test_an_answer_to_what_lies_nowhere_or_is_gone_is_a_line_all_the_same(room, anna):
    await deliver(room, anna, Letter(Deed.SEND, anna.id, "one", line=1))
    del anna.chat.messages[anna.sees()[-1].message_id]
    await deliver(room, anna, Letter(Deed.SEND, anna.id, "two", reply=1), Letter(Deed.SEND, anna.id, "three", reply=9))

    assert [(bubble.text, bubble.reply_to) for bubble in anna.sees()[1:]] == [("two", None), ("three", None)]


async def test_a_late_edit_changes_the_line_where_it_lies(room, anna):
    await deliver(room, anna, Letter(Deed.SEND, anna.id, "one", line=1))
    await deliver(room, anna, Letter(Deed.EDIT, anna.id, "two", line=1))

    assert heard(anna) == ["two"]
    assert anna.sees()[-1].edited


async def test_a_late_edit_of_a_picture_changes_the_words_below_it(room, anna, vera):
    photo = vera.sends(Kind.PHOTO, "one")
    await deliver(room, anna, Letter(Deed.COPY, anna.id, source=(vera.id, photo.message_id), line=1))
    await deliver(room, anna, Letter(Deed.EDIT, anna.id, "two", line=1))

    (seen,) = anna.sees()[1:]
    assert (seen.kind, seen.text) == (Kind.PHOTO, "two")


async def test_an_edit_of_a_line_that_lies_nowhere_says_it_and_is_remembered(room, anna, vera):
    await deliver(room, anna, Letter(Deed.EDIT, vera.id, "card", line=CARD))
    await deliver(room, anna, Letter(Deed.EDIT, vera.id, "card, claimed", line=CARD))

    assert heard(vera) == ["card, claimed"]
    assert (await room.lines(anna))[CARD].room == (vera.id, vera.sees()[-1].message_id)


async def test_an_edit_of_a_line_somebody_deleted_says_it_anew_and_finds_it_the_next_time(room, anna, vera):
    await deliver(room, anna, Letter(Deed.SEND, vera.id, "card", line=CARD))
    del vera.chat.messages[vera.sees()[-1].message_id]
    for words in ("card, waiting", "card, claimed"):
        await deliver(room, anna, Letter(Deed.EDIT, vera.id, words, line=CARD))

    assert heard(vera) == ["card, claimed"]


async def test_a_line_on_the_other_side_is_not_taken_for_one_on_this(room, anna, vera):
    await deliver(room, anna, Letter(Deed.SEND, vera.id, "one", line=1))
    await deliver(room, anna, Letter(Deed.DELETE, anna.id, line=1), Letter(Deed.REACT, anna.id, line=1, emoji="👍"))

    assert heard(vera) == ["one"]
    assert not room.telegram.calls.of("deleteMessages")
    assert not room.telegram.calls.of("setMessageReaction")


async def test_what_lies_nowhere_is_not_asked_for_and_holds_up_nothing(room, anna):
    vain = [
        Letter(Deed.REACT, anna.id, line=7, emoji="👍"),
        Letter(Deed.STRIP, anna.id, line=7),
        Letter(Deed.DELETE, anna.id, line=7),
        Letter(Deed.DELETE, anna.id, every=True),
        Letter(Deed.EDIT, anna.id, line=7),
    ]
    before = len(room.telegram.calls)
    await deliver(room, anna, *vain, Letter(Deed.SEND, anna.id, "next"))

    assert [call.method for call in list(room.telegram.calls)[before:]] == ["sendMessage"]
    assert [told.outcome.name for told in room.told] == ["DELIVERED"] * 4


async def test_a_reaction_shows_on_what_the_person_said(room, anna, vera):
    said = anna.says("thank you")
    nod = Letter(Deed.REACT, anna.id, target=(said.message_id,), emoji="👍")
    await deliver(room, anna, nod)
    assert anna.sees()[-1].reaction == "👍"

    await deliver(room, anna, Letter(Deed.REACT, anna.id, target=(said.message_id,)))
    assert anna.sees()[-1].reaction is None


async def test_a_reaction_telegram_does_not_know_is_let_go_without_alarm(room, anna, capsys):
    said = anna.says("thank you")
    nod = Letter(Deed.REACT, anna.id, target=(said.message_id,), emoji="🧭")
    await deliver(room, anna, nod, Letter(Deed.SEND, anna.id, "next"))

    assert heard(anna) == ["thank you", "next"]
    assert "[error" not in capsys.readouterr().out


async def test_one_line_is_taken_back(room, anna, vera):
    both = [Letter(Deed.SEND, chat.id, "one", line=1) for chat in (anna, vera)]
    await deliver(room, anna, *both, Letter(Deed.SEND, anna.id, "two", line=2))
    await deliver(room, anna, Letter(Deed.DELETE, anna.id, line=1))

    assert heard(anna) == ["two"]
    assert heard(vera) == ["one"]


async def test_a_room_is_emptied_of_one_conversation_and_of_no_other(room, anna, vera):
    nino = room.person("Nino")
    await deliver(room, nino, Letter(Deed.SEND, vera.id, "nino's", line=1))
    await deliver(room, anna, *(Letter(Deed.SEND, vera.id, "anna's", line=number) for number in (CARD, 1, 2)))
    await deliver(room, anna, Letter(Deed.SEND, anna.id, "to anna", line=3))
    await deliver(room, anna, Letter(Deed.DELETE, vera.id, every=True))

    assert heard(vera) == ["nino's"]
    assert heard(anna) == ["to anna"]
    assert set(await room.lines(anna)) == {3}
    assert set(await room.lines(nino)) == {1}


async def test_only_what_is_older_than_the_hour_goes(room, anna, vera):
    await deliver(room, anna, Letter(Deed.SEND, vera.id, "one", line=1))
    hour = (await room.lines(anna))[1].at
    await deliver(room, anna, Letter(Deed.DELETE, vera.id, every=True, before=hour))
    assert heard(vera) == ["one"]

    await deliver(room, anna, Letter(Deed.DELETE, vera.id, every=True, before=hour + 1))
    assert heard(vera) == []
    assert await room.lines(anna) == {}


async def test_what_may_not_be_deleted_any_more_is_not_asked_for_again(room, anna, vera):
    await deliver(room, anna, Letter(Deed.SEND, vera.id, "one", line=1))
    room.telegram.clock.advance(3 * 24 * 3600)
    await deliver(room, anna, Letter(Deed.DELETE, vera.id, every=True))

    assert heard(vera) == ["one"]
    assert await room.lines(anna) == {}


async def test_only_letters_about_lines_make_the_store_look_any_up(room, anna, monkeypatch):
    looked = []
    places = Transaction.places

    async def watched(work, refs):
        looked.append(len(refs))
        return await places(work, refs)

    monkeypatch.setattr(Transaction, "places", watched)
    await deliver(room, anna, Letter(Deed.SEND, anna.id, "one", line=1), Letter(Deed.SEND, anna.id, "two"))
    assert looked == []

    await deliver(room, anna, Letter(Deed.EDIT, anna.id, "three", line=1))
    assert looked == [1]


async def test_a_silent_line_makes_no_sound(room, anna, vera):
    await deliver(room, anna, Letter(Deed.SEND, vera.id, "one", silent=True), Letter(Deed.SEND, vera.id, "two"))

    silent = [call.parameters.get("disable_notification") for call in room.telegram.calls.of("sendMessage")]
    assert [value is not None for value in silent] == [True, False]


async def test_lines_to_a_room_keep_the_order_of_the_room_whosever_they_are(room, anna, vera):
    nino = room.person("Nino")
    for number in range(3):
        await room.post(
            (anna, Letter(Deed.SEND, vera.id, f"anna {number}", line=number)),
            (nino, Letter(Deed.SEND, vera.id, f"nino {number}", line=number)),
        )
    room.telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, "sendMessage"))
    await room.courier.drain()

    assert heard(vera) == [f"{who} {number}" for number in range(3) for who in ("anna", "nino")]


async def test_a_consultant_who_blocks_the_bot_leaves_the_person_reachable(room, anna, vera):
    vera.blocks()
    await deliver(room, anna, Letter(Deed.SEND, vera.id, "one", line=1), Letter(Deed.SEND, anna.id, "hello"))

    assert [(told.outcome.name, told.reason) for told in room.told] == [("DROPPED", "no_entry")]
    assert heard(anna) == ["hello"]
    assert not (await room.conversation(anna)).blocked
