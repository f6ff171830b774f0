"""The turn and the anchor of every night, and what is said when they fail."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.keeping.daily import AGAIN, Daily
from dialogs.events import Started
from storage import Kind, Record
from storage.turning import Turned
from tests.fakes.house import NOON, arrival
from tests.fakes.nights import DATO, NINO, at, audited, manages, recalled


async def test_the_house_is_turned_once_a_day_and_it_is_remembered(home, daily):
    made = home.store._keyring.newest
    day = made.day + timedelta(days=1)
    midnight = datetime.combine(day, time(), UTC)
    await at(home, daily, midnight)
    assert (home.store._keyring.newest.id, home.store._keyring.newest.day) == (made.id + 1, day)
    await at(home, daily, midnight + timedelta(hours=23))
    assert home.store._keyring.newest.id == made.id + 1
    assert (await recalled(home))["daily"] == {"at": midnight.isoformat(), "ok": True}
    await at(home, daily, midnight + timedelta(hours=24))
    assert home.store._keyring.newest.id == made.id + 2


async def test_a_day_that_another_start_has_turned_is_not_turned_again(home, daily):
    await at(home, daily, next_day(home))
    again = Daily(home.store, home.conversing, daily.clock)
    await at(home, again, next_day(home) - timedelta(hours=1))
    assert (await recalled(home))["anchor"]["seq"] == 1


def next_day(home):
    """The midnight after the newest epoch's day."""
    return datetime.combine(home.store._keyring.newest.day + timedelta(days=1), time(), UTC)


async def test_a_house_made_today_has_no_anchor_before_tomorrow(home, daily):
    await manages(home)
    await at(home, daily, next_day(home) - timedelta(hours=1))
    assert "anchor" not in await recalled(home)
    await at(home, daily, next_day(home))
    assert (await recalled(home))["anchor"]["seq"] == 1


async def test_a_start_that_ended_between_turn_and_anchor_makes_up_for_the_anchor(home, daily):
    await at(home, daily, next_day(home))
    tomorrow = next_day(home)
    await home.store.turn(tomorrow.date())
    await at(home, daily, tomorrow)
    assert (await recalled(home))["anchor"] | {"hash": ""} == {
        "seq": 2,
        "day": tomorrow.date().isoformat(),
        "hash": "",
    }


async def test_every_manager_reads_the_anchor_in_their_language_with_a_number_that_grows(home, daily):
    await manages(home)
    await home.tell(arrival(1, NINO, Started()))
    await at(home, daily, next_day(home))
    await at(home, daily, next_day(home))
    letters = [letter for _, letter in (await home.letters())[DATO]]
    assert all(letter.silent for letter in letters)
    assert [letter.text for letter in letters] == ["staff.anchor", "staff.anchor"]
    remembered = (await recalled(home))["anchor"]
    assert (remembered["seq"], len(remembered["hash"])) == (2, 64)


async def test_without_managers_the_anchor_is_remembered_all_the_same(home, daily):
    await at(home, daily, next_day(home))
    assert (await recalled(home))["anchor"]["seq"] == 1
    assert await home.waiting() == 0


async def test_the_managers_read_how_many_holds_there_are(home, daily):
    await manages(home)
    async with home.store.transaction() as work:
        await work.keep([Record(Kind.HOLD, "all", '{"since": "2026-11-01", "reason": "order"}')])
    await at(home, daily, next_day(home))
    ((_, letter),) = (await home.letters())[DATO]
    assert letter.text == "staff.anchor\nstaff.anchor.holds"


async def test_a_database_that_is_older_is_told_to_the_managers_once(home, daily, capsys):
    await manages(home)
    home.store.rolled_back = True
    await daily.once()
    await daily.once()
    assert [letter.text for _, letter in (await home.letters())[DATO]] == ["staff.older"]
    assert "database.older" in "".join(capsys.readouterr())
    assert await audited(home) == ["database.older"]


async def test_a_turn_that_fails_leaves_the_bot_running_and_comes_again(home, daily, capsys):
    class Broken:
        def __getattr__(self, name):
            return getattr(home.store, name)

        async def turn(self, _day):
            raise RuntimeError

    daily.store = Broken()
    await at(home, daily, NOON)
    assert "daily" not in await recalled(home)
    assert "daily.stumbled" in "".join(capsys.readouterr())
    daily.store = home.store
    await at(home, daily, NOON + timedelta(seconds=AGAIN))
    assert (await recalled(home))["daily"]["ok"]


async def test_what_was_lost_in_a_turn_that_the_start_finished_is_said_once(home, daily, capsys):
    home.store.finished = Turned(done=True, lost=3)
    await daily.once()
    await daily.once()
    written = "".join(capsys.readouterr())
    assert (written.count("turn.lost"), written.count("count=3")) == (1, 1)


async def test_a_turn_that_the_start_could_not_finish_is_said_and_finished_though_the_day_s_work_is_done(
    home, daily, capsys
):
    await at(home, daily, next_day(home))
    home.store.unfinished = True
    again = Daily(home.store, home.conversing, daily.clock)
    await at(home, again, daily.clock.time + timedelta(hours=1))
    assert "turn.unfinished" in "".join(capsys.readouterr())
    assert not home.store.unfinished


async def test_a_log_that_could_not_be_cut_is_cut_later(home, daily):
    class Read:
        cuts = 0

        def __getattr__(self, name):
            return getattr(home.store, name)

        async def turn(self, day):
            return replace(await home.store.turn(day), log_cut=False)

        async def cut_log(self):
            Read.cuts += 1
            return False

    daily.store = Read()
    await at(home, daily, NOON)
    cuts = Read.cuts
    await at(home, daily, NOON + timedelta(seconds=AGAIN))
    assert Read.cuts == cuts + 1
    assert (await recalled(home))["daily"]["ok"]
