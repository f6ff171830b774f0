"""A frozen file on its way: looked up when its letter departs, sent as it is under its own name, and never half."""

from dataclasses import replace

import pytest

from bot.letters import Deed, Letter
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.shapes import Kind
from bot.telegram.failures import Never, Reason, Unsent
from bot.telegram.gateway import Gateway
from bot.telegram.picture import draw
from storage import Busy, Tampered
from tests.fakes.postroom import PostRoom, heard
from tests.fakes.telegram import uploaded

PERIOD, CSV, PNG = "2026-Q3", "gza-2026-Q3-en.csv", "gza-2026-Q3-case-en.png"
ROWS = ((("Report", "statsfile_2026_q3_html_en:0"),),)
SHELF = {(PERIOD, CSV): b"\xef\xbb\xbftable,value\r\n", (PERIOD, PNG): draw("Cases", [])}
GONE = "This file does not open."


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path, leaps=True) as opened:

        async def frozen(period, name):
            return SHELF[period, name]

        opened.gateway.frozen = frozen
        yield opened


@pytest.fixture
def vera(room):
    return room.person("Vera")


def file(person, name=CSV, **more):
    return Letter(Deed.FILE, person.id, frozen=(PERIOD, name), instead=GONE, **more)


def chart(person, text="<b>Cases</b> in words"):
    return Letter(Deed.PHOTO, person.id, text, ROWS, frozen=(PERIOD, PNG), instead=f"{GONE}\n\n{text}")


def fails(room, error):
    async def frozen(period, name):
        raise error

    room.gateway.frozen = frozen


async def test_a_file_comes_as_it_was_frozen_and_under_its_own_name(room, vera):
    number = (await room.gateway.deliver(file(vera))).message

    (bubble,) = await vera.hears()
    assert (bubble.kind, bubble.message_id, bubble.text) == (Kind.DOCUMENT, number, "")
    assert bubble.document.name == CSV
    assert uploaded(room.telegram, bubble.document) == SHELF[PERIOD, CSV]


async def test_a_frozen_picture_comes_with_its_words_and_buttons(room, vera):
    await room.gateway.deliver(chart(vera))

    (bubble,) = await vera.hears()
    assert (bubble.kind, bubble.html, bubble.labels) == (Kind.PHOTO, "<b>Cases</b> in words", ["Report"])
    assert uploaded(room.telegram, bubble.picture) == SHELF[PERIOD, PNG]


def test_a_letter_names_its_file_and_does_not_hold_it():
    letter = Letter(Deed.FILE, 1, frozen=(PERIOD, CSV), instead=GONE)

    assert Letter.from_json(letter.to_json()) == letter
    assert len(letter.to_json()) < 200


def test_a_letter_of_a_newer_deed_is_not_taken_for_what_it_is_not():
    with pytest.raises(ValueError, match="'parcel' is not a valid Deed"):
        Letter.from_json('{"deed":"parcel","chat":1}')


@pytest.mark.parametrize("error", [Tampered("a.csv"), KeyError(CSV), ValueError("secret")])
async def test_what_does_not_open_is_said_instead_and_logged_by_its_type_alone(room, vera, error, capsys):
    fails(room, error)
    await room.post((vera, file(vera)), (vera, chart(vera)), (vera, Letter(Deed.SEND, vera.id, "next")))

    await room.drain()

    assert heard(vera) == [GONE, f"{GONE}\n\nCases in words", "next"]
    assert vera.sees()[-2].labels == ["Report"]
    assert await room.waiting() == 0
    written = "".join(capsys.readouterr())
    assert f"error={type(error).__name__} " in written
    assert not any(word in written for word in ("secret", "gza-2026", "a.csv"))


async def test_a_file_that_does_not_open_is_refused_without_a_word_of_it(room, vera):
    fails(room, ValueError("secret"))

    with pytest.raises(Never) as caught:
        await room.gateway.deliver(file(vera))

    assert caught.value.reason is Reason.UNOPENED
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


async def test_while_the_store_cannot_be_read_the_file_waits(room, vera):
    moods = [Busy("locked"), Busy("locked")]

    async def frozen(period, name):
        if moods:
            raise moods.pop()
        return SHELF[period, name]

    room.gateway.frozen = frozen
    with pytest.raises(Unsent):
        await room.gateway.deliver(file(vera))
    await room.post((vera, file(vera)))

    await room.drain()

    assert [bubble.kind for bubble in vera.sees()[1:]] == [Kind.DOCUMENT]


async def test_a_file_telegram_will_not_have_is_said_instead(room, vera):
    async def nothing(_period, _name):
        return b""

    room.gateway.frozen = nothing
    await room.post((vera, file(vera)))

    await room.drain()

    assert heard(vera) == [GONE]


@pytest.mark.parametrize(("kind", "seen"), [(FaultKind.DROP_BEFORE, 1), (FaultKind.DROP_AFTER, 2)])
async def test_a_file_nobody_knows_about_is_sent_again_the_same(room, vera, kind, seen):
    room.telegram.faults.expect(Fault(kind, "sendDocument"))
    await room.post((vera, file(vera)))

    await room.drain()

    sent = [uploaded(room.telegram, bubble.document) for bubble in vera.sees()[1:]]
    assert sent == [SHELF[PERIOD, CSV]] * seen
    assert await room.waiting() == 0


async def test_a_file_letter_that_names_no_file_holds_up_nobody(room, vera):
    await room.post((vera, replace(file(vera), frozen=None)), (vera, Letter(Deed.SEND, vera.id, "next")))

    await room.drain()

    assert heard(vera) == ["next"]


async def test_a_gateway_that_knows_no_store_brings_no_file(room, vera):
    gateway = Gateway.open(room.telegram.token, room.telegram.url)
    try:
        with pytest.raises(Never):
            await gateway.deliver(file(vera))
    finally:
        await gateway.close()
