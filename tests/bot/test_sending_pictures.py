"""A card on its way: drawn, sent with its words and buttons, remembered, repeated and taken back like any bubble."""

import asyncio

import pytest

from bot.letters import Deed, Letter
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.shapes import Kind
from bot.telegram import gateway
from bot.telegram.failures import Never, Reason
from bot.telegram.picture import draw
from tests.fakes.postroom import PostRoom, heard, until

ROWS = ((("Yes", "y:1"), ("No", "n:1")),)
CARD = ("სანამ დავთანხმდები", "დამსაქმებელი: სახელი, მისამართი", "ხელფასი ხელზე")


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path) as opened:
        yield opened


@pytest.fixture
def anna(room):
    return room.person()


def photo(person, text="<b>Before</b> I say yes", rows=ROWS):
    return Letter(Deed.PHOTO, person.id, text, rows, card=CARD)


async def ids(room, person):
    return [number for number, _hour in (await room.conversation(person)).footprint.ids]


@pytest.fixture
def undrawn(monkeypatch):
    def fail(title, lines):
        raise OSError(f"no font for {title}")

    monkeypatch.setattr(gateway, "draw", fail)


async def test_a_card_comes_as_a_picture_with_its_words_and_buttons_in_one_bubble(room, anna):
    number = (await room.gateway.deliver(photo(anna))).message

    (bubble,) = await anna.hears()
    assert (bubble.kind, bubble.message_id, bubble.text) == (Kind.PHOTO, number, "Before I say yes")
    assert bubble.html == "<b>Before</b> I say yes"
    assert bubble.labels == ["Yes", "No"]
    assert room.telegram._ledger.files.gallery.find(bubble.picture.url.rpartition("/")[2]).data == draw(
        CARD[0], CARD[1:]
    )


async def test_a_picture_without_words_has_no_caption(room, anna):
    await room.gateway.deliver(photo(anna, "", ()))

    (bubble,) = await anna.hears()
    assert (bubble.kind, bubble.text, bubble.labels) == (Kind.PHOTO, "", [])


async def test_nobody_waits_while_a_card_is_drawn(room, anna, monkeypatch):
    loop, drawing, may = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def slowly(title, lines):
        loop.call_soon_threadsafe(drawing.set)
        asyncio.run_coroutine_threadsafe(may.wait(), loop).result()
        return draw(title, lines)

    monkeypatch.setattr(gateway, "draw", slowly)
    delivering = asyncio.create_task(room.gateway.deliver(photo(anna)))
    await drawing.wait()
    boris = room.person("Boris")
    await room.gateway.deliver(Letter(Deed.SEND, boris.id, "hello"))

    assert heard(boris) == ["hello"]
    assert heard(anna) == []
    may.set()
    await delivering
    assert heard(anna) == ["Before I say yes"]


async def test_buttons_are_taken_off_a_picture_and_its_words_stay(room, anna):
    number = (await room.gateway.deliver(photo(anna))).message

    await room.gateway.deliver(Letter(Deed.STRIP, anna.id, target=(number,)))

    (bubble,) = await anna.hears()
    assert (bubble.text, bubble.labels) == ("Before I say yes", [])


async def test_a_picture_is_remembered_in_the_footprint_and_goes_when_the_person_hides(room, anna):
    await room.post((anna, photo(anna)))
    await room.courier.drain()
    (bubble,) = await anna.hears()
    assert await ids(room, anna) == [bubble.message_id]

    await room.post((anna, Letter(Deed.DELETE, anna.id, target=tuple(await ids(room, anna)))))
    await room.courier.drain()

    assert heard(anna) == []


async def test_hiding_also_takes_the_picture_that_was_in_flight(room, anna):
    room.telegram.faults.expect(Fault(FaultKind.DELAY, "sendPhoto", seconds=0.2))
    await room.post((anna, photo(anna)))
    running = asyncio.create_task(room.courier.run())
    await until(lambda: not room.telegram.faults._coming)

    await room.post((anna, Letter(Deed.DELETE, anna.id, sweeps=True)), (anna, Letter(Deed.SEND, anna.id, "cover")))
    await until(lambda: heard(anna)[-1:] == ["cover"])
    await room.courier.stop(1)
    await running

    assert heard(anna) == ["cover"]


@pytest.mark.parametrize(("kind", "seen"), [(FaultKind.DROP_BEFORE, 1), (FaultKind.DROP_AFTER, 2)])
async def test_a_picture_nobody_knows_about_is_sent_again_the_same(room, anna, kind, seen):
    room.telegram.faults.expect(Fault(kind, "sendPhoto"))
    await room.post((anna, photo(anna)))

    await room.courier.drain()

    assert heard(anna) == ["Before I say yes"] * seen
    assert await room.waiting() == 0


async def test_a_picture_a_consultant_sent_is_uncertain_and_not_repeated(room, anna):
    room.telegram.faults.expect(Fault(FaultKind.DROP_AFTER, "sendPhoto"))
    await room.post((anna, photo(anna)), scripted=False)

    await room.courier.drain()

    assert heard(anna) == ["Before I say yes"]
    assert await room.waiting() == 1


async def test_a_picture_counts_like_a_line(tmp_path):
    async with PostRoom(tmp_path, leaps=True) as room:
        anna = room.person()
        await room.post(*((anna, photo(anna)) for _ in range(5)))

        await room.drain()

    calls = room.telegram.calls.of("sendPhoto")
    assert [call.code for call in calls] == [200] * 5
    assert calls[-1].at - calls[0].at > 1.9


async def test_an_edit_of_a_picture_answers_with_a_new_bubble(room, anna):
    number = (await room.gateway.deliver(photo(anna))).message
    await room.post((anna, Letter(Deed.EDIT, anna.id, "two", ROWS, (number,))))

    await room.courier.drain()

    assert heard(anna) == ["Before I say yes", "two"]
    assert await room.waiting() == 0


async def test_a_picture_telegram_will_not_have_is_answered_with_its_words(room, anna):
    room.telegram.faults.expect(
        Fault(FaultKind.REFUSE, "sendPhoto", code=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    )
    await room.post((anna, photo(anna)), (anna, Letter(Deed.SEND, anna.id, "next")))

    await room.courier.drain()

    first, last = (bubble for bubble in anna.sees() if bubble.author == "bot")
    assert (first.kind, first.text, first.labels) == (Kind.TEXT, "Before I say yes", ["Yes", "No"])
    assert last.text == "next"


async def test_a_card_that_cannot_be_drawn_is_answered_with_its_words(room, anna, undrawn, capsys):
    await room.post((anna, photo(anna)), (anna, Letter(Deed.SEND, anna.id, "next")))

    await room.courier.drain()

    assert heard(anna) == ["Before I say yes", "next"]
    written = "".join(capsys.readouterr())
    assert "picture.undrawn" in written
    assert not any(word in written for card in CARD for word in card.split())


async def test_a_picture_without_words_that_cannot_be_drawn_holds_up_nobody(room, anna, undrawn):
    await room.post((anna, photo(anna, "", ())), (anna, Letter(Deed.SEND, anna.id, "the words")))

    await room.courier.drain()

    assert heard(anna) == ["the words"]
    assert await room.waiting() == 0


async def test_a_photo_letter_without_a_card_is_no_picture(room, anna):
    with pytest.raises(Never) as caught:
        await room.gateway.deliver(Letter(Deed.PHOTO, anna.id, "x"))

    assert caught.value.reason is Reason.UNDRAWN
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
