"""Whoever hides the chat, blocks the bot or is forgotten hears nothing more, in any phase. Staff never know who."""

import asyncio
from dataclasses import replace

import pytest

from bot.desk.staff import Role
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.shapes import Kind
from storage import Footprint
from tests.fakes.office import buttons, office, said, text, told
from tests.fakes.postroom import until
from tests.fakes.stories import bound, coded, newest


async def everybody(desk):
    """Somebody in every state there is, each with a consultant of their own: state -> (person, consultant)."""
    found = {"closed an hour ago": await talked(desk, "Dato", "closed")}
    await desk.later(hours=1)
    found |= {phase: await talked(desk, name, phase) for name, phase in PHASES.items()}
    found["waiting"] = await desk.waits("Eka"), await desk.seats("N Eka")
    found["reading"] = desk.person("Fati"), None
    found["never seen"] = desk.person("Gela"), None
    fati = found["reading"][0]
    await desk.does(lambda: fati.says("/start"), lambda: fati.taps("English"))
    return found


PHASES = {"Anna": "human", "Berta": "wrap_up", "Irma": "ended", "Keti": "closed"}


async def talked(desk, name, phase):
    """Somebody whose case is in this phase, and whose it is."""
    nino, anna = await desk.seats(f"N {name}"), await desk.waits(name)
    await desk.does(lambda: anna.says("my boss has my passport"))
    await desk.takes(nino, anna)
    await desk.does(lambda: nino.says("I am Nino"))
    if phase == "wrap_up":
        await desk.does(lambda: nino.says("/close"))
    if phase == "ended":
        await desk.does(lambda: anna.taps("desk_end:0"))
    if phase == "closed":
        await coded(desk, nino)
    return anna, nino


async def everything_goes_on(desk, people):
    """Whatever staff and time do to these cases."""
    for anna, nino in people:
        case = await desk.case(anna)
        if case is not None and case.owner is None:
            await desk.takes(nino, anna)
        if nino is not None:
            await desk.does(lambda nino=nino: says_all(nino))
    for anna, nino in people:
        case = await desk.case(anna)
        if case is not None and nino is not None and case.owner == nino.id and case.is_open:
            await desk.does(lambda nino=nino: nino.taps(newest(nino, "refer_legal_aid")))
            await coded(desk, nino)
    await desk.later(minutes=45)
    await desk.later(hours=20)


def says_all(nino):
    for words in ("are you there?", "/mute", "/undo", "/remind", "/refer", "hello again"):
        nino.says(words)


async def test_after_hiding_only_the_cover_is_there_in_every_state_whatever_happens(tmp_path):
    async with office(tmp_path) as desk:
        found = await everybody(desk)
        for state, (anna, _) in found.items():
            await desk.does(lambda anna=anna: anna.says("/hide"))
            (cover,) = anna.sees()
            assert cover.text.startswith("Hello.") or state == "never seen", state
            assert "Nino" not in cover.text
        for state in PHASES.values():
            assert told(found[state][1], "staff.hid") == (state != "closed"), state
        covers = {state: anna.sees() for state, (anna, _) in found.items()}
        await everything_goes_on(desk, found.values())
        assert {state: anna.sees() for state, (anna, _) in found.items()} == covers


async def test_lines_on_their_way_when_somebody_hides_are_nowhere_afterwards(tmp_path):
    async with office(tmp_path) as desk:
        anna, nino = await talked(desk, "Anna", "human")
        trouble = desk.telegram.faults.expect
        trouble(Fault(FaultKind.DROP_BEFORE, "sendMessage", chat_id=anna.id))
        await desk.does(lambda: nino.says("nobody knows whether this arrived"))
        trouble(Fault(FaultKind.DELAY, "sendMessage", chat_id=anna.id, seconds=0.2))
        nino.says("in flight")
        await desk.takes_in()
        delivering = asyncio.create_task(desk.app.courier.run())
        await until(lambda: not desk.telegram.faults._coming)
        for words in ("one", "two", "three"):
            nino.says(words)
        await desk.takes_in()
        anna.says("/hide")
        nino.says("typed meanwhile")
        await desk.takes_in()
        desk.telegram.clock.advance(1)
        await until(lambda: said(anna) == ["Hello."])
        await desk.app.courier.stop(5)
        await delivering
        assert [bubble.text for bubble in anna.sees()] == ["Hello."]
        assert [call.method for call in asked(desk, anna)][-2:] == ["deleteMessages", "sendMessage"]


async def test_a_line_nobody_knew_about_is_given_up_by_hiding_and_comes_no_more(tmp_path):
    async with office(tmp_path) as desk:
        anna, nino = await talked(desk, "Anna", "human")
        desk.telegram.faults.expect(Fault(FaultKind.DROP_BEFORE, "sendMessage", chat_id=anna.id))
        await desk.does(lambda: nino.says("hello"), lambda: anna.says("/hide"), lambda: anna.says("here again"))
        await desk.presses(nino, "again")
        assert "hello" not in said(anna)
        assert nino.toast == text("staff.old")


@pytest.mark.parametrize("phase", ["human", "wrap_up"])
async def test_what_is_written_to_somebody_hidden_is_refused_and_kept_nowhere(tmp_path, phase):
    async with office(tmp_path) as desk:
        anna, nino = await talked(desk, "Anna", phase)
        await desk.does(lambda: anna.says("/hide"), lambda: nino.says("where are you?"))
        assert told(nino, "staff.unreachable") == 1
        assert not any("where are you?" in entry.body for entry in await desk.transcript(anna))


async def test_whoever_writes_again_may_be_written_to_and_the_owner_is_told_first(tmp_path):
    async with office(tmp_path) as desk:
        anna, nino = await talked(desk, "Anna", "human")
        for times, words in enumerate(("I am here again", "/menu", "/sos"), start=1):
            await desk.does(lambda: anna.says("/hide"), lambda words=words: anna.says(words))
            assert told(nino, "staff.back") == times
            await desk.does(lambda: nino.says("is it a good time?"))
            assert said(anna)[-1] == "is it a good time?"


async def test_who_hides_before_anybody_came_is_hidden_in_the_header(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await desk.seats("Nino"), await desk.waits()
        await desk.does(lambda: anna.says("/hide"))
        await desk.takes(nino, anna)
        assert len(anna.sees()) == 1


async def test_who_blocks_the_bot_finds_an_empty_chat_and_hears_nothing_in_every_state(tmp_path):
    async with office(tmp_path) as desk:
        found = {state: pair for state, pair in (await everybody(desk)).items() if state != "never seen"}
        for anna, _ in found.values():
            await desk.does(anna.blocks)
        for state in PHASES.values():
            assert told(found[state][1], "staff.blocked") == (state != "closed"), state
        before = [asked(desk, anna) for anna, _ in found.values()]
        await everything_goes_on(desk, found.values())
        assert [asked(desk, anna) for anna, _ in found.values()] == before
        for state, (anna, _) in found.items():
            await desk.does(anna.unblocks)
            assert not anna.sees(), state


@pytest.mark.parametrize("refused", [False, True])
async def test_a_chat_that_is_shut_is_emptied_at_once_or_if_telegram_refuses_as_soon_as_it_is_open(tmp_path, refused):
    async with office(tmp_path) as desk:
        anna, _ = await talked(desk, "Anna", "human")
        if refused:
            why = {"code": 403, "description": "Forbidden: bot was blocked by the user"}
            desk.telegram.faults.expect(Fault(FaultKind.REFUSE, "deleteMessages", chat_id=anna.id, **why))
        await desk.does(anna.blocks)
        assert bool(anna.sees()) == refused
        await desk.does(lambda: anna.says("I am back"))
        assert "I am back" in [bubble.text for bubble in anna.sees()]
        assert "my boss has my passport" not in [bubble.text for bubble in anna.sees()]
        assert "I am Nino" not in said(anna)


def asked(desk, person):
    """What Telegram was asked to do in somebody's chat."""
    return [call for call in desk.telegram.calls if call.chat_id == person.id]


async def test_one_who_is_forgotten_hears_nothing_more_and_leaves_nothing_in_the_room(tmp_path):
    async with office(tmp_path) as desk:
        found = {state: pair for state, pair in (await everybody(desk)).items() if state != "never seen"}
        aliases = {state: case.alias for state, (anna, _) in found.items() if (case := await desk.case(anna))}
        for anna, _ in found.values():
            await desk.does(lambda anna=anna: anna.says("/forget"), lambda anna=anna: anna.taps(yes(anna)))
            assert await desk.case(anna) is None
            assert await nothing_left(desk, anna)
        left = {state: said(anna) for state, (anna, _) in found.items()}
        assert all(text("forget.done") in words[-1] for words in left.values())
        shown = everything_shown(*(nino for _, nino in found.values() if nino))
        assert not any(words in line for line in shown for words in ("my boss has my passport", "I am Nino"))
        await desk.later(hours=20)
        assert {state: said(anna) for state, (anna, _) in found.items()} == left
        for state in PHASES.values():
            assert told(found[state][1], "staff.forgotten", alias=aliases[state]) == (state != "closed"), state


async def test_the_card_of_one_who_is_forgotten_is_a_bare_tick(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.seats("Nino", Role.MANAGER)
        group = await bound(desk, nino)
        anna = await desk.waits()
        await desk.does(lambda: anna.says("/forget"), lambda: anna.taps(yes(anna)))
        assert said(nino, group)[-1] == "✓"


async def nothing_left(desk, person) -> bool:
    async with desk.app.store.transaction() as work:
        found = (await work.conversations([person.id]))[person.id]
        return found.revision == 0 and found.footprint == Footprint()


async def test_a_second_reader_keeps_nothing_of_one_who_is_forgotten(tmp_path):
    async with office(tmp_path) as desk:
        nino, gio, anna = await desk.seats("Nino", Role.MANAGER), await desk.seats("Gio"), await desk.waits()
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("/second"), lambda: nino.taps(second(nino)))
        await desk.does(lambda: anna.says("and my phone"))
        assert any("and my phone" in line for line in said(gio))
        await desk.does(lambda: anna.says("/forget"), lambda: anna.taps(yes(anna)))
        assert not any("passport" in line or "and my phone" in line for line in said(gio))


async def test_staff_never_see_who_it_is(tmp_path):
    async with office(tmp_path) as desk:
        nino, gio = await desk.seats("Nino", Role.MANAGER), await desk.seats("Gio")
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


async def test_of_whom_only_the_footprint_says_that_they_hid_hears_nothing_and_costs_nobody_the_case(tmp_path):
    """So it is after a backup was put back on its own day, until they write."""
    async with office(tmp_path) as desk:
        nino, anna, beka = await desk.seats("Nino"), await desk.waits(), await desk.waits("Beka")
        await desk.takes(nino, anna)
        await desk.does(lambda: anna.says("are you there?"))
        async with desk.app.store.transaction() as work:
            them = (await work.conversations([anna.id, beka.id])).values()
            hidden = [replace(one, footprint=replace(one.footprint, hidden=True)) for one in them]
            await work.save(hidden, desk.now)
        before = said(anna), said(beka)
        for _ in range(3):
            await desk.later(minutes=20)
        await desk.does(lambda: nino.says("I am here"))
        assert (said(anna), said(beka)) == before
        assert ((await desk.case(anna)).owner, (await desk.case(beka)).nudges) == (nino.id, 2)
        await desk.does(lambda: anna.says("hello"), lambda: nino.says("here I am"))
        assert told(nino, "staff.back") == 1
        assert any(line.endswith("here I am") for line in said(anna))
