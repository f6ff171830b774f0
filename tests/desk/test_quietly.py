"""Discreet mode: what comes to somebody who wants it so comes without a sound, and no phone shows the words of it."""

import html

import pytest

from bot.discretion import LINE, covered, hushed
from bot.letters import Deed, Letter
from bot.sandbox.shapes import Kind
from dialogs.rendering import paragraph
from dialogs.review.limits import PREVIEW
from storage import Footprint
from tests.fakes.office import BOOK, office, said, text
from tests.fakes.stories import coded, newest

QUIET = Footprint(language="en", discreet=True)


@pytest.fixture
async def desk(tmp_path):
    async with office(tmp_path) as opened:
        yield opened


async def turns_quiet(desk, person):
    await desk.does(lambda: person.says("/privacy"))
    for choice in ("quiet", "discreet"):
        await desk.does(lambda choice=choice: person.taps(newest(person, choice)))


async def talk(desk):
    """Somebody who talks with a consultant, and then turns quiet mode on."""
    nino, anna = await desk.seats("Nino"), await desk.waits()
    await desk.takes(nino, anna)
    await turns_quiet(desk, anna)
    return nino, anna


def sounds(desk, person):
    """Whether each new bubble in somebody's chat made a sound, in order."""
    new = ("sendMessage", "sendPhoto", "copyMessage")
    calls = [call for call in desk.telegram.calls if call.chat_id == person.id and call.method in new]
    return [not call.parameters.get("disable_notification") for call in calls]


@pytest.mark.parametrize("language", BOOK().frame.languages)
def test_the_neutral_line_is_as_long_as_what_a_locked_phone_shows(language):
    assert len(paragraph(BOOK(), LINE, language)) >= PREVIEW


@pytest.mark.parametrize("language", [*BOOK().frame.languages, None])
def test_the_words_stand_whole_below_the_line_in_the_language_of_the_person(language):
    (letter,) = covered(BOOK(), Footprint(language=language, discreet=True), [Letter(Deed.SEND, 1, "<b>words</b>")])
    line, _, words = letter.text.partition("\n\n")
    assert line == paragraph(BOOK(), LINE, language or "ka")
    assert words == "<b>words</b>"


@pytest.mark.parametrize(("deed", "most"), [(Deed.SEND, 4096), (Deed.COPY, 1024)])
def test_words_that_leave_no_room_for_the_line_are_masked_and_whole(deed, most):
    room = most - len(paragraph(BOOK(), LINE, "en")) - len("\n\n")
    fits, too_long = covered(BOOK(), QUIET, [Letter(deed, 1, "&lt;" * room), Letter(deed, 1, "&lt;" * (room + 1))])
    assert fits.text.startswith(paragraph(BOOK(), LINE, "en"))
    assert too_long.text == f"<tg-spoiler>{'&lt;' * (room + 1)}</tg-spoiler>"
    assert len(html.unescape(fits.text)) == most


def test_what_puts_no_words_into_the_chat_is_left_as_it_is():
    others = [Letter(Deed.STRIP, 1, target=(5,)), Letter(Deed.DELETE, 1, target=(5,)), Letter(Deed.COPY, 1)]
    assert covered(BOOK(), QUIET, others) == tuple(others)
    assert [letter.silent for letter in hushed(QUIET, others)] == [False, False, True]


def test_nothing_changes_for_everybody_else():
    letters = (Letter(Deed.SEND, 1, "words"),)
    assert covered(BOOK(), Footprint(), letters) == hushed(Footprint(), letters) == letters


async def test_in_a_talk_every_line_comes_quietly_below_a_neutral_one_and_can_be_mended_answered_and_taken_back(desk):
    nino, anna = await talk(desk)
    before = len(sounds(desk, anna))
    await desk.does(lambda: nino.says("your passport is yours"))
    line = text(LINE)
    assert said(anna)[-1] == f"{line}\n\nyour passport is yours"
    await desk.does(lambda: nino.edits(own(nino, "your passport is yours"), "the passport is yours"))
    assert said(anna)[-1] == f"{line}\n\nthe passport is yours"
    await desk.does(lambda: anna.says("mine?", reply_to=anna.sees()[-1].message_id))
    assert nino.sees()[-1].reply_to == own(nino, "the passport is yours")
    await desk.does(lambda: nino.says("/undo"))
    assert not any("yours" in words for words in said(anna))
    assert sounds(desk, anna)[before:]
    assert not any(sounds(desk, anna)[before:])


async def test_words_below_a_picture_are_covered_too(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.sends(Kind.PHOTO, "your embassy"), lambda: nino.sends(Kind.VOICE))
    *_, picture, voice = anna.sees()
    assert picture.text == f"{text(LINE)}\n\nyour embassy"
    assert voice.text == ""


async def test_the_bot_answers_quietly_and_speaks_by_itself_below_the_line(desk):
    nino, anna = await talk(desk)
    before = len(sounds(desk, anna))
    await coded(desk, nino)
    assert all(words.startswith(text(LINE)) for words in said(anna)[-2:])
    await desk.does(lambda: anna.says("/menu"))
    assert said(anna)[-1].startswith(text("menu.top"))
    assert not any(sounds(desk, anna)[before:])


async def test_turned_off_again_everything_is_as_before(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: anna.taps(newest(anna, "discreet")), lambda: nino.says("hello"))
    assert said(anna)[-1] == "hello"
    assert sounds(desk, anna)[-1]


def own(person, words):
    return next(bubble.message_id for bubble in reversed(person.sees()) if bubble.text == words)
