"""What becomes of a talk when its case is over: sealed for the custodians where a human had it, gone where none had."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from bot.desk.cases import Phase
from bot.desk.staff import Role
from dialogs.lifetimes import ARCHIVE, ARCHIVE_MINOR
from dialogs.standing import minor
from dialogs.state import Place, State
from storage.vault.archive import ArchivePrivate, Suite
from tests.fakes.office import MONDAY, buttons, office

PRIVATE = ArchivePrivate.new(Suite.X25519)


@pytest.fixture
async def desk(tmp_path):
    async with office(tmp_path) as opened:
        await gets_archive(opened)
        yield opened


@pytest.fixture
async def strict(tmp_path):
    """REOPEN_HOURS=0: what is closed is closed."""
    async with office(tmp_path) as opened:
        await gets_archive(opened)
        opened.app.housekeeping.conversing.reopen = timedelta()
        yield opened


async def gets_archive(desk):
    async with desk.app.store.transaction() as work:
        await work.set_archive_key(PRIVATE.public)


async def archives(desk):
    async with desk.app.store.transaction() as work:
        return await work.archives()


async def talk(desk, person=None):
    """Nino has Anna's case, and both have said something."""
    nino = await desk.seats("Nino", Role.MANAGER)
    anna = person or await desk.waits()
    await desk.takes(nino, anna)
    await desk.does(lambda: anna.says("my boss has my passport"), lambda: nino.says("where are you?"))
    return nino, anna


async def closes(desk, nino):
    await desk.does(lambda: nino.says("/close"))
    await desk.presses(nino, "out_answered", "shut")


async def together(desk):
    """All that was done just now comes in one batch."""
    desk.telegram.clock.advance(10)
    await desk.settle()


def last_day(desk, lifetime=ARCHIVE):
    return desk.now.astimezone(UTC).date() + lifetime.age


async def test_a_closed_case_is_sealed_when_it_can_no_longer_be_taken_up_again(desk):
    nino, anna = await talk(desk)
    await closes(desk, nino)
    await desk.later(hours=23, minutes=59)
    assert await archives(desk) == []
    assert len(await desk.transcript(anna)) == 3
    await desk.later(minutes=2)
    (sealed,) = await archives(desk)
    assert (sealed.until, sealed.entries) == (last_day(desk), 3)
    assert await desk.case(anna) is None
    assert await desk.transcript(anna) == []


async def test_without_an_archive_key_a_closed_case_is_destroyed(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await closes(desk, nino)
        await desk.later(hours=25)
        assert (await archives(desk), await desk.transcript(anna)) == ([], [])


async def test_what_was_written_while_waiting_and_taken_back_is_in_no_archive(desk):
    await desk.seats("Nino", Role.MANAGER)
    anna = await desk.waits()
    await desk.does(lambda: anna.says("my boss has my passport"))
    await desk.presses(anna, "desk_cancel")
    await desk.later(hours=25)
    assert (await archives(desk), await desk.transcript(anna), await desk.case(anna)) == ([], [], None)


async def test_who_waited_in_vain_for_seven_days_leaves_no_archive(desk):
    anna = await desk.waits()
    await desk.does(lambda: anna.says("is anybody there?"))
    await desk.later(days=8)
    await desk.later(days=2)
    assert (await archives(desk), await desk.case(anna)) == ([], None)


async def test_a_case_given_back_and_then_taken_back_is_sealed_because_somebody_read_it(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/release"))
    assert (await desk.case(anna)).phase is Phase.WAITING
    await desk.presses(anna, "desk_cancel")
    await desk.later(hours=25)
    assert [one.entries for one in await archives(desk)] == [3]


async def test_a_case_of_a_child_lives_a_shorter_time(desk):
    anna = desk.person("Anna")
    anna.chat.started = True
    state = State(nonce=anna.id, language="en", place=Place("minors", "topics"))
    await stands(desk, anna, state)
    nino, _ = await talk(desk, anna)
    assert (await desk.case(anna)).minor
    await closes(desk, nino)
    await desk.later(hours=25)
    assert [one.until for one in await archives(desk)] == [last_day(desk, ARCHIVE_MINOR)]


async def stands(desk, person, state):
    """Somebody stands there, and asks for a human."""
    async with desk.app.store.transaction() as work:
        found = (await work.conversations([person.id]))[person.id]
        footprint = replace(found.footprint, language="en")
        await work.save([replace(found, state=state.to_json(), footprint=footprint)], desk.now)
    await desk.does(lambda: person.presses(1, "desk_again:0"))


async def test_who_says_while_waiting_that_they_are_sixteen_is_a_child_from_then_on(desk):
    anna = await desk.waits()
    assert not (await desk.case(anna)).minor
    async with desk.app.store.transaction() as work:
        found = (await work.conversations([anna.id]))[anna.id]
        state = replace(State.from_json(found.state), answers=(("offer.age", "minor"),))
        await work.save([replace(found, state=state.to_json())], desk.now)
    await desk.does(lambda: anna.presses(1, "desk_again:0"))
    assert (await desk.case(anna)).minor


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"place": Place("sos", "minor")}, True),
        ({"place": Place("menu", "top"), "trail": (Place("minors", "work"),)}, True),
        ({"place": Place("menu", "top"), "answers": (("kin.age", "minor"),)}, True),
        ({"place": Place("sos", "now"), "answers": (("offer.age", "adult"),)}, False),
        ({}, False),
    ],
)
def test_who_is_meant_to_be_a_child(fields, wanted):
    assert minor(State(nonce=0, **fields)) is wanted


async def test_where_nothing_can_be_taken_up_again_the_talk_is_cut_off_as_it_is_closed(strict):
    nino, anna = await talk(strict)
    await closes(strict, nino)
    assert [(one.until, one.entries) for one in await archives(strict)] == [(last_day(strict), 3)]
    assert await strict.transcript(anna) == []
    assert (await strict.case(anna)).phase is Phase.CLOSED
    await strict.later(minutes=11)
    assert await strict.case(anna) is None
    assert len(await archives(strict)) == 1


async def test_where_nothing_can_be_taken_up_again_what_was_taken_back_is_gone_with_the_case(strict):
    anna = await strict.waits()
    await strict.does(lambda: anna.says("my boss has my passport"))
    await strict.presses(anna, "desk_cancel")
    await strict.later(minutes=11)
    assert (await archives(strict), await strict.transcript(anna)) == ([], [])


async def test_who_asks_at_once_again_begins_another_talk_and_the_first_is_sealed_whole(strict):
    nino, anna = await talk(strict)
    await strict.does(lambda: nino.says("/close"))
    await strict.presses(nino, "out_answered")
    shut = next(data for data in reversed(buttons(nino)) if data.startswith("shut:"))
    nino.taps(shut)
    anna.presses(anna.sees()[-1].message_id, "desk_again:0")
    anna.says("one more thing")
    await together(strict)
    assert [one.entries for one in await archives(strict)] == [3]
    assert [entry.sequence for entry in await strict.transcript(anna)] == [0, 1]
    assert (await strict.case(anna)).phase is Phase.WAITING


async def test_a_last_word_in_the_batch_that_closes_is_sealed_with_the_talk(strict):
    nino, anna = await talk(strict)
    await strict.does(lambda: nino.says("/close"))
    await strict.presses(nino, "out_answered")
    shut = next(data for data in reversed(buttons(nino)) if data.startswith("shut:"))
    nino.says("//she is safe")
    nino.taps(shut)
    anna.presses(anna.sees()[-1].message_id, "desk_again:0")
    await together(strict)
    assert [one.entries for one in await archives(strict)] == [4]
    assert len(await strict.transcript(anna)) == 1


async def test_who_is_forgotten_in_the_batch_that_closes_leaves_nothing(strict):
    nino, anna = await talk(strict)
    await strict.presses(anna, "desk_end")
    await strict.does(lambda: anna.says("/forget"))
    await strict.presses(nino, "close", "out_answered")
    shut = next(data for data in reversed(buttons(nino)) if data.startswith("shut:"))
    forget = next(data for data in reversed(buttons(anna)) if data.startswith("yes:"))
    nino.says("//she is safe")
    nino.taps(shut)
    anna.taps(forget)
    await together(strict)
    assert await strict.case(anna) is None
    assert await archives(strict) == []


async def test_closing_a_case_does_not_make_the_conversation_of_its_person_younger(desk):
    nino, anna = await talk(desk)
    came = desk.now
    await desk.later(days=5)
    await closes(desk, nino)
    async with desk.app.store.transaction() as work:
        assert (await work.conversations([anna.id]))[anna.id].touched == came.astimezone(UTC).date()


async def test_nothing_is_sealed_by_a_date_while_the_clock_is_in_doubt(desk):
    nino, _anna = await talk(desk)
    await closes(desk, nino)
    await desk.later(days=400, heard=False)
    assert await archives(desk) == []
    assert desk.now > MONDAY + timedelta(days=399)
