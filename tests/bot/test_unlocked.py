"""The keyring is back: whoever was there meanwhile is carried over, whole and once."""

from datetime import UTC
from unittest.mock import patch

import pytest

from bot.desk.cases import Phase
from bot.desk.entries import Said
from bot.desk.staff import Role
from bot.keeping.sweeping import swept
from bot.locking.bringing import bring
from bot.locking.locked import home
from dialogs.state import State
from storage import Busy, Keyring, KeyringMissing, Transaction
from tests.fakes.lockable import SECRET, house
from tests.fakes.office import BOOK, said, text, told


async def test_whoever_waited_is_in_the_queue_once_it_is_unlocked_and_a_consultant_reads_them(tmp_path):
    async with house(tmp_path) as here:
        nino = await here.seats("Nino")
        await here.reboots()
        anna = await here.asks()
        asked = here.now
        await here.does(lambda: anna.says(SECRET))
        mine = anna.says("are you there?")
        await here.settle()
        await here.does(lambda: anna.edits(mine.message_id, "is anybody there?"))
        here.telegram.clock.advance(7200)
        await here.unlocks()

        assert told(anna, "desk.locked.over") == 1
        assert told(anna, "desk.wait.open", place="1") == 1
        case = await here.case(anna)
        assert case.asked_at == asked
        await here.takes(nino, anna)
        assert any(line.endswith(SECRET) for line in said(nino))
        assert any(line.endswith("is anybody there?") for line in said(nino))
        written = [Said.opened(entry.body) for entry in await here.transcript(anna)]
        assert [one.at for one in written if one.text == SECRET] == [asked.replace(second=0)]
        assert await here.archives() == []
        assert not home(tmp_path / "data").exists()


async def test_what_was_counted_meanwhile_counts_and_nothing_is_counted_twice(tmp_path):
    async with house(tmp_path) as here:
        await here.seats("Nino")
        await here.reboots()
        anna = await here.asks()
        beka = await here.asks("Beka")
        await here.does(lambda: beka.taps("desk_cancel:0"))
        await here.unlocks()

        assert (await here.case(anna)).phase is Phase.WAITING
        assert await sums(here) == {"language": 2, "campaign": 2, "topic": 2, "handover": 1, "outcome": 1}
        await here.does(lambda: anna.taps("desk_cancel:0"))
        await here.stops()
        await here.begins()
        assert await sums(here) == {"language": 2, "campaign": 2, "topic": 2, "handover": 2, "outcome": 2}


@pytest.mark.parametrize("waits", [False, True], ids=["who only read", "who waits already"])
async def test_nobody_is_counted_a_third_time_for_what_either_house_has_counted(tmp_path, waits):
    async with house(tmp_path) as here:
        anna = await (here.waits() if waits else here.asks())
        if not waits:
            await here.does(lambda: anna.taps("desk_cancel:0"))
        await here.does(lambda: anna.says("/check"))
        await here.reboots()
        await here.does(lambda: anna.says("/start"), lambda: anna.taps("English"), lambda: anna.says("/sos"))
        await here.unlocks()

        before = await sums(here)
        await here.does(lambda: anna.says("/check"), lambda: anna.says("/sos"), lambda: anna.says("/human"))
        assert await sums(here) == before
        assert before["language"] == 2, "in a locked house nobody is known"


async def test_who_came_by_a_campaign_and_hides_while_it_is_locked_is_counted_and_nothing_they_read_is_remembered(
    tmp_path,
):
    async with house(tmp_path) as here:
        dato, anna = await here.seats("Dato", Role.MANAGER), here.person()
        await here.does(lambda: dato.says("/campaign bus_stop"))
        link = next(words for words in said(dato)[-1].split() if "start=" in words).partition("start=")[2]
        await here.does(lambda: anna.says(f"/start {link}"), lambda: anna.taps("English"), lambda: anna.says("/check"))
        await here.reboots()
        await here.does(lambda: anna.says("/start"), lambda: anna.taps("English"), lambda: anna.says("/hide"))
        await here.unlocks()

        async with here.app.store.transaction() as work:
            state = State.from_json((await work.conversations([anna.id]))[anna.id].state)
        assert (state.campaign, state.counted) == ("bus_stop", {"topic.*"})


async def sums(here):
    async with here.app.store.transaction() as work:
        counts = await work.counts()
    tables = ("language", "campaign", "topic", "handover", "outcome")
    return {name: sum(times for cell, times in counts.items() if cell.table == name) for name in tables}


async def test_a_stop_right_after_the_keyring_came_back_leaves_nobody_behind(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna = await here.asks()
        await here.does(lambda: anna.says(SECRET))
        await here.is_restarted_as_soon_as_unlocked()

        assert told(anna, "desk.locked.over") == 1
        assert (await here.case(anna)).phase is Phase.WAITING
        assert await here.archives() == []


async def test_a_database_that_is_busy_for_a_moment_costs_nobody_their_place(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna = await here.asks()
        busy = [Busy("another program"), Busy("another program"), None]
        water = Transaction.high_water

        async def busy_at_first(work):
            if busy and (error := busy.pop(0)) is not None:
                raise error
            return await water(work)

        with patch.object(Transaction, "high_water", busy_at_first), patch("bot.locking.carrying.asyncio.sleep"):
            await here.unlocks()

        assert not busy
        assert (await here.case(anna)).phase is Phase.WAITING


async def test_what_was_on_its_way_is_said_all_the_same_to_whoever_cannot_be_carried_over(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna = here.person()
        await here.does(lambda: anna.says("/start"), lambda: anna.taps("English"))
        before = len(said(anna))
        anna.says("/sos")
        await here.takes_in()
        with patch("bot.locking.carrying.bring", side_effect=AssertionError):
            await here.unlocks()

        assert len(said(anna)) == before + 1


async def test_whoever_wrote_while_it_was_locked_lives_from_that_day_on(tmp_path):
    """Nine days locked: the last time the real house could trust is older than anybody may live without a word."""
    async with house(tmp_path) as here:
        anna = here.person()
        await here.does(lambda: anna.says("/start"), lambda: anna.taps("English"))
        await here.reboots()
        here.telegram.clock.advance(9 * 86400)
        beka = here.person("Beka")
        for one in (anna, beka):
            await here.does(lambda one=one: one.says("/start"), lambda one=one: one.taps("English"))
        today = here.now.astimezone(UTC).date()
        here.telegram.clock.advance(86400)
        await here.unlocks()

        async with here.app.store.transaction() as work:
            them = await work.conversations([anna.id, beka.id])
        assert [one.touched for one in them.values()] == [today, today]
        assert await swept(here.app.store, "conversations", here.now) == 0


async def test_whoever_cannot_be_carried_over_is_left_to_the_custodians(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna, beka = await here.asks(), await here.asks("Beka")
        await here.does(lambda: anna.says(SECRET), lambda: beka.says("another story"))

        def fails_with_anna(batch, one):
            assert one.person != anna.id
            return bring(batch, one)

        with patch("bot.locking.carrying.bring", fails_with_anna):
            await here.unlocks()

        assert set((await here.desk()).cases) == {beka.id}
        assert [one.entries for one in await here.archives()] == [2]


async def test_nobody_is_told_or_archived_who_asked_for_neither(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna, beka = await here.asks(), await here.asks("Beka")
        await here.presses(anna, "desk_when", "desk_never")
        await here.presses(beka, "desk_cancel")
        await here.unlocks()

        assert (await here.case(anna)).phase is Phase.WAITING
        assert not any(told(one, "desk.locked.over") for one in (anna, beka))
        assert await here.case(beka) is None
        assert await here.archives() == []


async def test_the_owner_of_an_open_case_gets_what_was_written_meanwhile(tmp_path):
    async with house(tmp_path) as here:
        nino, anna = await here.seats("Nino"), await here.waits()
        await here.takes(nino, anna)
        await here.reboots()
        await here.does(lambda: anna.says("/human"), lambda: anna.taps("English"))
        await here.does(lambda: anna.says("/human"), lambda: here.confirms(anna), lambda: anna.says(SECRET))
        await here.unlocks()

        assert sum(line.endswith(SECRET) for line in said(nino)) == 1
        assert told(anna, "desk.locked.over") == 1
        await here.does(lambda: nino.says("I read it"))
        assert any(line.endswith("I read it") for line in said(anna))


async def test_a_chat_that_was_hidden_stays_hidden_and_the_owner_is_told(tmp_path):
    async with house(tmp_path) as here:
        nino, anna = await here.seats("Nino"), await here.waits()
        await here.takes(nino, anna)
        await here.does(lambda: nino.says("an old line"))
        await here.reboots()
        await here.does(lambda: anna.says("/hide"))
        await here.unlocks()

        assert told(nino, "staff.hid") == 1
        await here.does(lambda: nino.says("a new line"))
        assert not any("line" in line for line in said(anna))


async def test_whoever_asked_to_be_forgotten_is_forgotten_when_that_can_be_done(tmp_path):
    async with house(tmp_path) as here:
        anna = await here.asks()
        await here.does(lambda: anna.says(SECRET))
        await here.reboots()
        await here.does(lambda: anna.says("/start"), lambda: anna.taps("English"), lambda: anna.says("/forget"))
        await here.presses(anna, "yes")

        assert told(anna, "forget.done") == 0
        assert told(anna, "desk.locked.forgot") == 1
        await here.unlocks()
        assert await here.case(anna) is None
        async with here.app.store.transaction() as work:
            assert (await work.conversations([anna.id]))[anna.id].revision == 0


async def test_what_was_not_sent_yet_is_sent_and_nothing_is_answered_twice(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna = here.person()
        await here.does(lambda: anna.says("/start"), lambda: anna.taps("English"))
        before = len(said(anna))
        anna.says("/sos")
        await here.takes_in()
        assert len(said(anna)) == before
        await here.unlocks()

        assert len(said(anna)) == before + 1


async def test_staff_are_told_once_in_each_chat_and_no_group_is_left(tmp_path):
    async with house(tmp_path) as here:
        nino = await here.seats("Nino", Role.MANAGER)
        desk = here.telegram.world.group("Desk", nino)
        await here.does(desk.takes_bot, lambda: nino.says("/desk", desk))
        await here.reboots()
        await here.does(lambda: nino.says("/queue", desk), lambda: nino.says("/queue", desk))
        await here.does(lambda: nino.says("just words", desk))
        await here.does(lambda: nino.says("/queue"), lambda: nino.says("/queue"))
        words = "\n\n".join(text("staff.locked", language) for language in BOOK().frame.languages)

        assert said(nino, desk).count(words) == 1
        assert said(nino).count(words) == 1
        await here.unlocks()
        anna = await here.asks()
        await here.takes(nino, anna)
        assert (await here.case(anna)).owner == nino.id


async def test_a_keyring_of_another_house_unlocks_nothing(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        assert not await here.app.locked.look()
        Keyring.create(here.keyring)

        assert not await here.app.locked.look()
        for path in here.keyring.iterdir():
            path.unlink()
        here.keyring.rmdir()
        await here.unlocks()
        assert here.app.locked is None


async def test_without_an_archive_key_there_is_an_error_that_loses_nothing(tmp_path):
    async with house(tmp_path, archive=False) as here:
        with pytest.raises(KeyringMissing):
            await here.reboots()

        assert not home(tmp_path / "data").exists()
        (tmp_path / "away").rename(here.keyring)
        await here.begins()
