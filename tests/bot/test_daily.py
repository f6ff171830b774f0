"""What runs by the clock: swept every hour and at midnight, turned once a day, held while the clock is in doubt."""

from datetime import timedelta
from unittest.mock import AsyncMock

from bot.filing import audit
from bot.keeping import upkeep
from bot.keeping.daily import AGAIN, SWEEP, Daily, Pace
from bot.keeping.sweeping import KINDS, swept
from dialogs.events import Started, Wrote
from dialogs.lifetimes import CONVERSATION, FORGOTTEN, LOG, UPDATES
from storage import Busy
from storage.copies.returning import PASSING
from tests.fakes.house import NOON, arrival
from tests.fakes.nights import MIDNIGHT, NINO, Wall, at, audited, numbers, recalled


def test_what_is_said_of_some_day_does_not_come_back_from_a_backup():
    assert set(PASSING) == {upkeep.DAILY, upkeep.SWEPT, upkeep.HELD, upkeep.OLDER}


async def test_update_numbers_are_forgotten_after_two_days_and_not_before(home, daily):
    await home.tell(arrival(1, NINO, Started()))
    await at(home, daily, NOON + UPDATES.age)
    assert await numbers(home) == [1]
    await at(home, daily, NOON + UPDATES.age + timedelta(hours=1))
    assert await numbers(home) == []


async def test_while_the_clock_is_in_doubt_nothing_is_forgotten_and_that_is_remembered(home, daily, capsys):
    await home.tell(arrival(1, NINO, Started()), arrival(2, NINO, Wrote("/menu")))
    ahead = NOON.replace(year=2035)
    await at(home, daily, ahead, heard=False)
    assert await numbers(home) == [1, 2]
    assert "sweep.held" in "".join(capsys.readouterr())
    assert (await recalled(home))["held"] == {"at": ahead.isoformat()}


async def test_once_the_clock_is_right_again_all_goes_on(home, daily):
    await home.tell(arrival(1, NINO, Started()))
    await at(home, daily, NOON.replace(year=2035), heard=False)
    await at(home, daily, NOON + UPDATES.age + timedelta(hours=1))
    assert await numbers(home) == []
    assert "held" not in await recalled(home)


async def test_as_soon_as_something_comes_in_nothing_is_said_to_be_held_any_more(home, daily):
    await at(home, daily, NOON)
    evening = NOON + timedelta(hours=6, minutes=1)
    await at(home, daily, evening, heard=False)
    assert "held" in await recalled(home)
    await at(home, daily, evening + timedelta(minutes=1))
    assert "held" not in await recalled(home)
    again = Daily(home.store, home.conversing, Wall())
    await at(home, daily, evening + timedelta(hours=7), heard=False)
    assert "held" in await recalled(home)
    await at(home, again, evening + timedelta(hours=8))
    assert "held" not in await recalled(home)


async def test_before_anything_came_in_nothing_is_said_to_be_held(home, daily, capsys):
    await daily.once()
    assert "sweep.held" not in "".join(capsys.readouterr())
    assert await recalled(home) == {}


async def test_a_conversation_lives_seven_days_after_its_last_touch_and_goes_at_the_next_midnight(home, daily):
    await home.tell(arrival(1, NINO, Started()))
    await at(home, daily, NOON + CONVERSATION.age + timedelta(hours=11, minutes=59))
    assert (await home.rows())["conversation"] == 1
    await at(home, daily, MIDNIGHT + CONVERSATION.age)
    assert (await home.rows())["conversation"] == 0


async def test_the_audit_log_is_kept_for_fourteen_days(home, daily):
    async with home.store.transaction() as work:
        await audit(work, ("case.claimed",), NOON)
        await audit(work, ("case.closed",), NOON + timedelta(days=2))
    await at(home, daily, NOON + LOG.age)
    assert await audited(home) == ["case.claimed", "case.closed"]
    await at(home, daily, NOON + LOG.age + timedelta(hours=1))
    assert await audited(home) == ["case.closed"]


async def test_the_list_of_the_forgotten_outlives_every_backup(home):
    await home.tell(arrival(1, NINO, Started()))
    async with home.store.transaction() as work:
        await work.erase((await work.conversations([NINO])).values(), NOON)
    assert await swept(home.store, "forgotten", NOON + FORGOTTEN.age) == 0
    assert await swept(home.store, "forgotten", NOON + FORGOTTEN.age + timedelta(days=1)) == 1


async def test_the_next_sweep_is_an_hour_later_or_at_midnight():
    pace, today = Pace(SWEEP), NOON.date()
    assert pace.is_due(today, 0.0)
    pace.done(today, 100.0, well=True)
    assert not pace.is_due(today, 100.0 + SWEEP - 1)
    assert pace.is_due(today, 100.0 + SWEEP)
    assert pace.is_due(today + timedelta(days=1), 101.0)


async def test_what_failed_is_tried_again_after_ten_minutes():
    pace = Pace()
    pace.done(NOON.date(), 100.0, well=False)
    assert not pace.is_due(NOON.date(), 100.0 + AGAIN - 1)
    assert pace.is_due(NOON.date(), 100.0 + AGAIN)


async def test_one_kind_that_cannot_be_swept_holds_up_no_other(home, daily, monkeypatch, capsys):
    monkeypatch.setitem(KINDS, "conversations", AsyncMock(side_effect=RuntimeError))
    await home.tell(arrival(1, NINO, Started()))
    await at(home, daily, NOON + UPDATES.age + timedelta(hours=1))
    assert await numbers(home) == []
    assert "kind=conversations" in "".join(capsys.readouterr())


async def test_since_when_nothing_that_is_over_is_left_is_remembered(home, daily, monkeypatch):
    await at(home, daily, NOON)
    assert (await recalled(home))["swept"] == {"at": NOON.isoformat(), "ok": True}
    monkeypatch.setitem(KINDS, "archives", AsyncMock(side_effect=RuntimeError))
    await at(home, daily, NOON + timedelta(hours=1))
    assert (await recalled(home))["swept"] == {"at": NOON.isoformat(), "ok": False}
    monkeypatch.undo()
    later = NOON + timedelta(hours=1, seconds=AGAIN)
    await at(home, daily, later)
    assert (await recalled(home))["swept"] == {"at": later.isoformat(), "ok": True}


async def test_sweeps_that_never_went_well_count_from_the_first(home, daily, monkeypatch):
    monkeypatch.setitem(KINDS, "archives", AsyncMock(side_effect=RuntimeError))
    await at(home, daily, NOON)
    await at(home, daily, NOON + timedelta(seconds=AGAIN))
    assert (await recalled(home))["swept"] == {"at": NOON.isoformat(), "ok": False}


async def test_a_store_that_is_busy_is_swept_later(home, daily, monkeypatch):
    monkeypatch.setitem(KINDS, "archives", AsyncMock(side_effect=Busy))
    await at(home, daily, NOON)
    assert daily.sweeping.next == NOON.timestamp() + AGAIN
