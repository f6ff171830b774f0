"""By itself: released two weeks after a period, never by a clock in doubt; exact counts go 30 days after that."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Guard
from bot.conversing import Conversing
from bot.keeping import upkeep
from bot.keeping.daily import SWEEP, Daily
from bot.keeping.sweeping import swept
from bot.releasing.spent import LOST
from bot.statistics.attack import Exposed
from bot.statistics.tables import Unit
from dialogs.lifetimes import COUNTS
from storage import Busy, Cell, Tampered
from tests.fakes import real
from tests.fakes.publishing import OCTOBER, SUMMER, cells, count, counted, lose_files, of_unit, quickly, releasing
from tests.fakes.shelves import shelved, spoil

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = datetime(2026, 10, 13, 20, tzinfo=UTC)
"""The fourteenth of October begins in Tbilisi."""


class Wall:
    """A clock that a test sets."""

    def __init__(self, now):
        self.time = now

    def now(self):
        return self.time

    def monotonic(self):
        return self.time.timestamp()


class House:
    """A store whose daily work is done whenever a test says how late it is."""

    def __init__(self, store, doing):
        self.store, self.asked, self.doing = store, 0, doing
        self.conversing = Conversing(store, real.book(), 0, Guard())
        self.daily = Daily(store, self.conversing, Wall(DUE), releasing(store, self.counted))

    async def counted(self, job):
        self.asked += 1
        return await self.doing(job)

    async def at(self, moment, *, heard=True):
        self.daily.clock.time = moment
        if heard:
            self.conversing.guard.see(moment, [moment])
        await self.daily.once()
        return [one.release.period for one in await shelved(self.store)]

    async def remembered(self):
        async with self.store.transaction() as work:
            return (await upkeep.recalled(work)).get(upkeep.UNRELEASED)


@pytest.fixture
def house(store):
    return House(store, quickly)


async def test_it_comes_by_itself_on_the_fourteenth_day_and_not_before(house):
    assert await house.at(DUE - HOUR) == []
    assert await house.at(DUE) == ["2026-Q3"]
    assert await house.at(DUE + 40 * DAY) == ["2026-Q3"]
    assert house.asked == 1


async def test_not_while_the_clock_is_in_doubt(house):
    assert await house.at(DUE + 7 * HOUR, heard=False) == []
    await house.at(DUE - HOUR)
    assert await house.at(DUE + 7 * HOUR, heard=False) == []
    assert await house.at(DUE + 8 * HOUR) == ["2026-Q3"]


async def test_all_that_are_due_come_in_their_order(house):
    assert await house.at(DUE + 100 * DAY) == ["2026-Q3", "2026-Q4"]


async def test_a_failure_is_logged_by_its_type_remembered_in_words_and_tried_again_in_an_hour(house, capsys):
    async def exposes(_):
        raise Exposed("Two numbers together give a third.")

    house.doing = exposes
    assert await house.at(DUE) == []
    logged = "".join(capsys.readouterr())
    assert "error=Exposed" in logged
    assert "Two numbers" not in logged
    assert await house.remembered() == {"at": DUE.isoformat(), "reason": "Two numbers together give a third."}
    await house.at(DUE + timedelta(seconds=SWEEP - 1))
    assert house.asked == 1
    house.doing = quickly
    assert await house.at(DUE + timedelta(seconds=SWEEP)) == ["2026-Q3"]
    assert await house.remembered() is None


@pytest.mark.parametrize(("error", "reason"), [(KeyError("4711"), "KeyError"), (Busy("later"), None)])
async def test_of_an_error_that_is_none_of_ours_only_the_type_is_remembered(house, error, reason):
    async def fails(_):
        raise error

    house.doing = fails
    assert await house.at(DUE) == []
    assert (await house.remembered() or {}).get("reason") == reason


async def test_a_locked_house_releases_nothing(store):
    daily = Daily(store, Conversing(store, real.book(), 0, Guard(), locked=True), Wall(DUE))
    daily.conversing.guard.see(DUE, [DUE])
    await daily.once()
    assert await shelved(store) == []


# Afterwards


LAST_DAY = datetime(2026, 10, 20, 20, tzinfo=UTC) + COUNTS.age
"""In Tbilisi the last day, the thirtieth after the release, is over; OCTOBER is its date."""


async def test_exact_counts_are_there_on_the_thirtieth_day_after_the_release_and_gone_on_the_next(store, summer):
    await releasing(store).release(OCTOBER)
    assert await swept(store, "counts", LAST_DAY - timedelta(seconds=1)) == 0
    assert await counted(store) == summer
    assert await swept(store, "counts", LAST_DAY) == len(summer)
    assert await counted(store) == {}


async def test_what_is_not_released_stays_however_old(store, summer):
    assert await swept(store, "counts", OCTOBER + 1000 * DAY) == 0
    assert await counted(store) == summer


async def test_counts_of_months_that_are_in_no_release_stay(store, summer):
    later = {Cell("2026-10", "language", "ka"): 5}
    await count(store, later)
    await releasing(store).release(OCTOBER)
    await swept(store, "counts", LAST_DAY)
    assert await counted(store) == later


async def test_a_unit_published_only_as_fewer_than_fifty_keeps_its_counts_and_only_those(store, summer):
    async with store.transaction() as work:
        await work.drop_counts(summer)
    small = of_unit(cells(SUMMER, 30), Unit.CASE)
    await count(store, {**of_unit(summer, Unit.TALK), **small})
    await releasing(store).release(OCTOBER)
    await swept(store, "counts", LAST_DAY)
    assert await counted(store) == small


async def test_counts_that_do_not_open_go_with_them_and_the_next_release_still_says_that_sums_may_be_too_low(store):
    await releasing(store).release(OCTOBER)
    await count(store, {Cell("2026-10", "language", "ka"): 100})
    await spoil(store)
    await swept(store, "counts", LAST_DAY)
    async with store.transaction() as work:
        assert (await work.lost_counts(), (await upkeep.recalled(work))[LOST]) == ([], {"day": "2026-11-20"})
    later = await releasing(store).release(datetime(2027, 1, 20, tzinfo=UTC))
    assert later.release.lost


async def test_they_go_as_well_when_nothing_else_is_due_to_go(store):
    await releasing(store).release(OCTOBER)
    await swept(store, "counts", LAST_DAY)
    await count(store, {Cell("2026-12", "language", "ka"): 100})
    await spoil(store)
    assert await swept(store, "counts", LAST_DAY + 20 * DAY) == 1
    async with store.transaction() as work:
        assert (await work.lost_counts(), (await upkeep.recalled(work))[LOST]) == ([], {"day": "2026-12-10"})


async def test_where_nothing_was_released_long_ago_they_stay(store, summer):
    await spoil(store)
    assert await swept(store, "counts", LAST_DAY) == 0
    assert len(await counted(store)) == len(summer) - 1


@pytest.mark.parametrize("change", ["UPDATE release SET body = x'01'", "DELETE FROM release"])
async def test_no_count_goes_while_the_release_that_tells_of_it_does_not_open(store, summer, change):
    await releasing(store).release(OCTOBER)
    async with store.transaction() as work:
        await work._connection.exec_driver_sql(change)
    with pytest.raises(Tampered):
        await swept(store, "counts", LAST_DAY)
    assert await counted(store) == summer


async def test_where_its_files_are_gone_since_a_restore_they_go(store):
    await releasing(store).release(OCTOBER)
    await lose_files(store, "2026-Q3")
    await swept(store, "counts", LAST_DAY)
    assert await counted(store) == {}


async def test_where_all_opened_nothing_is_remembered_of_it(store):
    await releasing(store).release(OCTOBER)
    await swept(store, "counts", LAST_DAY)
    async with store.transaction() as work:
        assert LOST not in await upkeep.recalled(work)
