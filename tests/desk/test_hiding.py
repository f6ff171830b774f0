"""Whoever hides the chat, blocks the bot or is forgotten hears nothing more, in whatever phase.

Staff never know who it is.
"""

import pytest

from bot.desk.staff import Role
from bot.sandbox.shapes import Kind
from tests.fakes.office import buttons, office, said, told
from tests.fakes.stories import bound, coded, newest

PHASES = ("waiting", "human", "wrap_up", "ended", "closed")


async def in_phase(desk, phase, nino):
    """Somebody whose case is in this phase."""
    anna = await desk.asks()
    await desk.does(lambda: anna.says("my boss has my passport"))
    if phase == "waiting":
        return anna
    await desk.takes(nino, anna)
    await desk.does(lambda: nino.says("I am Nino"))
    if phase == "wrap_up":
        await desk.does(lambda: nino.says("/close"))
    if phase == "ended":
        await desk.does(lambda: anna.taps("desk_end:0"))
    if phase == "closed":
        await coded(desk, nino)
    return anna


async def everything_goes_on(desk, nino, anna):
    """Whatever staff and time do to a case."""
    case = await desk.case(anna)
    if case is not None and case.owner is None:
        await desk.takes(nino, anna)

    def says_all():
        for words in ("are you there?", "/mute", "/undo", "/remind", "/refer", "hello again"):
            nino.says(words)

    await desk.does(says_all)
    case = await desk.case(anna)
    if case is not None and case.owner == nino.id and case.is_open:
        await desk.does(lambda: nino.taps(newest(nino, "refer_legal_aid")))
        await coded(desk, nino)
    await desk.later(minutes=45)
    await desk.later(hours=20)


@pytest.mark.parametrize("phase", PHASES)
async def test_after_hiding_only_the_cover_is_there_whatever_happens(tmp_path, phase):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await in_phase(desk, phase, nino)
        await desk.does(lambda: anna.says("/hide"))
        cover = [bubble.message_id for bubble in anna.sees()]
        assert len(cover) == 1
        assert "Nino" not in said(anna)[0]
        await everything_goes_on(desk, nino, anna)
        assert [bubble.message_id for bubble in anna.sees()] == cover


@pytest.mark.parametrize("phase", ["human", "wrap_up"])
async def test_the_owner_is_told_of_hiding_and_what_is_written_then_is_refused(tmp_path, phase):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await in_phase(desk, phase, nino)
        await desk.does(lambda: anna.says("/hide"), lambda: nino.says("where are you?"))
        assert told(nino, "staff.hid") == 1
        assert told(nino, "staff.unreachable") == 1
        assert not any("where are you?" in entry.body for entry in await desk.transcript(anna))


async def test_whoever_writes_again_may_be_written_to_and_the_owner_is_told_first(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await in_phase(desk, "human", nino)
        for times, words in enumerate(("I am here again", "/menu", "/sos"), start=1):
            await desk.does(lambda: anna.says("/hide"), lambda words=words: anna.says(words))
            assert told(nino, "staff.back") == times
            await desk.does(lambda: nino.says("is it a good time?"))
            assert said(anna)[-1] == "is it a good time?"


async def test_who_hides_before_anybody_came_is_hidden_in_the_header(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await in_phase(desk, "waiting", nino)
        await desk.does(lambda: anna.says("/hide"))
        await desk.takes(nino, anna)
        assert len(anna.sees()) == 1


@pytest.mark.parametrize("phase", PHASES)
async def test_who_blocks_the_bot_is_sent_nothing_and_the_desk_goes_on(tmp_path, phase):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await in_phase(desk, phase, nino)
        await desk.does(anna.blocks)
        assert told(nino, "staff.blocked") == (phase in ("human", "wrap_up", "ended"))
        asked = len([call for call in desk.telegram.calls if call.chat_id == anna.id])
        await everything_goes_on(desk, nino, anna)
        assert len([call for call in desk.telegram.calls if call.chat_id == anna.id]) == asked


@pytest.mark.parametrize("phase", PHASES)
async def test_one_who_is_forgotten_hears_nothing_more_and_leaves_nothing_in_the_room(tmp_path, phase):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino", Role.MANAGER)
        group = await bound(desk, nino)
        anna = await in_phase(desk, phase, nino)
        alias = (await desk.case(anna)).alias
        await desk.does(lambda: anna.says("/forget"), lambda: anna.taps(yes(anna)))
        assert await desk.case(anna) is None
        left = said(anna)
        shown = " ".join(everything_shown(nino, group))
        assert "my boss has my passport" not in shown
        assert "I am Nino" not in [bubble.text for bubble in nino.sees()]
        assert said(nino, group)[-1] == "✓"
        await desk.later(hours=20)
        assert said(anna) == left
        if phase in ("human", "wrap_up", "ended"):
            assert told(nino, "staff.forgotten", alias=alias) == 1


async def test_a_second_reader_keeps_nothing_of_one_who_is_forgotten(tmp_path):
    async with office(tmp_path) as desk:
        nino, gio = await desk.hires("Nino", Role.MANAGER), await desk.hires("Gio")
        anna = await in_phase(desk, "human", nino)
        await desk.does(lambda: nino.says("/second"), lambda: nino.taps(second(nino)))
        await desk.does(lambda: anna.says("and my phone"))
        assert any("and my phone" in line for line in said(gio))
        await desk.does(lambda: anna.says("/forget"), lambda: anna.taps(yes(anna)))
        assert not any("passport" in line or "and my phone" in line for line in said(gio))


async def test_staff_never_see_who_it_is(tmp_path):
    async with office(tmp_path) as desk:
        nino, gio = await desk.hires("Nino", Role.MANAGER), await desk.hires("Gio")
        group = await bound(desk, nino)
        seen: set[str] = set()
        anna = await desk.asks("Annamaria")

        def look():
            seen.update(everything_shown(nino, gio, group))

        for deed in (
            lambda: anna.says("my boss has my passport"),
            lambda: anna.sends(Kind.PHOTO, "this is it"),
            lambda: anna.sends(Kind.VOICE),
        ):
            await desk.does(deed)
            look()
        await desk.takes(nino, anna)
        look()
        for words in ("hello", "/history", "/cases", "/queue", "/transfer", "/second", "/refer", "/remind", "// note"):
            await desk.does(lambda words=words: nino.says(words))
            look()
        for deed in (
            lambda: anna.says("please"),
            lambda: anna.says("/sos"),
            lambda: anna.says("/hide"),
            lambda: anna.says("here again"),
            anna.blocks,
            anna.unblocks,
        ):
            await desk.does(deed)
            look()
        await coded(desk, nino)
        await desk.does(lambda: gio.says("/queue"), lambda: nino.says("/staff"))
        look()
        known = {"Annamaria", str(anna.id), *filter(None, (anna.who.username,))}
        assert seen
        assert not [line for line in seen for secret in known if secret in line]


def everything_shown(*where) -> list[str]:
    """All words and all buttons on these screens."""
    bubbles = [bubble for one in where for bubble in one.sees()]
    keys = [key for bubble in bubbles for row in bubble.keyboard for key in row]
    return [*(bubble.html for bubble in bubbles), *(f"{key.text} {key.data} {key.url}" for key in keys)]


def second(person) -> str:
    return next(data for data in buttons(person)[::-1] if data.startswith("second_"))


def yes(person) -> str:
    return next(data for data in buttons(person)[::-1] if data.startswith(("yes:", "sure:", "forget:", "delete:")))
