"""A release is made once, all of it or nothing, of exactly what was counted, and never again."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import filing
from bot.releasing import shelf
from bot.releasing.apart import NotMade
from bot.releasing.fixed import CAMPAIGN, PERIOD
from bot.statistics.attack import Exposed
from bot.statistics.periods import Length
from bot.statistics.tables import Unit
from storage import Busy, Cell, Kind, Record
from storage.longlived import LongLived
from storage.transaction import Transaction
from tests.fakes.publishing import (
    AUTUMN,
    OCTOBER,
    ORGANISATION,
    SUMMER,
    cells,
    count,
    of_unit,
    quickly,
    releasing,
)
from tests.fakes.shelves import JANUARY, LATE, audited, keep, left, shelved


async def test_a_release_is_frozen_with_all_its_files_and_the_audit_log_says_so(workers):
    store, _ = workers
    made = await releasing(store).release(OCTOBER)
    assert (made.release.period, made.release.organisation, made.release.made) == (
        "2026-Q3",
        ORGANISATION,
        OCTOBER.date(),
    )
    assert [section.total.number for section in made.release.sections] == [120, 120, 120]
    assert await shelved(store) == [made]
    assert set(made.files) == {"gza-2026-Q3-en.csv", "gza-2026-Q3.json"}
    assert await audited(store) == [f"2026-10-20T12:00+00:00  release.made 2026-Q3 {made.sha256[:16]}"]


async def test_a_thousand_downloads_are_the_same_byte_by_byte(store):
    await releasing(store).release(OCTOBER)
    found = set()
    for _ in range(20):
        async with store.transaction() as work:
            found |= {await shelf.file(work, "2026-Q3", "gza-2026-Q3.json") for _ in range(50)}
    assert len(found) == 1


async def test_it_is_made_once_by_two_workers_at_once(workers):
    done = await asyncio.gather(*[releasing(one).release(OCTOBER) for one in workers], return_exceptions=True)
    assert sum(isinstance(one, Busy) for one in done) == 1, done
    assert await shelved(workers[0]) == [one for one in done if not isinstance(one, Busy)]
    assert len(await audited(workers[0])) == 1
    assert [await releasing(one).release(OCTOBER) for one in workers] == [None, None]


async def test_it_is_made_fourteen_days_after_the_period_by_itself_and_as_soon_as_it_is_over_by_hand(store):
    tbilisi = timedelta(hours=4)
    due = datetime(2026, 10, 14, tzinfo=UTC) - tbilisi
    second = timedelta(seconds=1)
    assert await releasing(store).release(due - second) is None
    over = datetime(2026, 10, 1, tzinfo=UTC) - tbilisi
    assert await releasing(store).release(over - second, SUMMER) is None
    assert (await releasing(store).release(over, SUMMER)).release.made == date(2026, 10, 1)


async def test_by_itself_it_is_made_on_the_fourteenth_day(store):
    assert (await releasing(store).release(datetime(2026, 10, 13, 20, tzinfo=UTC))).release.made == date(2026, 10, 14)


STEPS = {
    "freezing": (LongLived, "freeze"),
    "writing its record": (Transaction, "keep"),
    "noting it": (filing, "audit"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_at_any_step_nothing_is_left_and_it_is_simply_done_again(store, monkeypatch, step, when):
    where, name = STEPS[step]
    real = getattr(where, name)

    async def killed(*given):
        if when == "after":
            await real(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(where, name, killed)
        with pytest.raises(KeyboardInterrupt):
            await releasing(store).release(OCTOBER)
    assert await left(store) == (0, [])
    made = await releasing(store).release(OCTOBER)
    assert await shelved(store) == [made]


async def test_killed_while_it_is_made_nothing_is_left(store):
    async def killed(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await releasing(store, killed).release(OCTOBER)
    assert await left(store) == (0, [])


@pytest.mark.parametrize("reason", [Exposed("A number could be worked out."), NotMade("It was ended.")])
async def test_what_would_expose_somebody_or_is_not_made_is_not_written(store, reason):
    async def refused(_):
        raise reason

    with pytest.raises(type(reason)):
        await releasing(store, refused).release(OCTOBER)
    assert await left(store) == (0, [])


async def test_what_is_counted_of_the_period_while_it_is_made_stops_it_and_the_next_try_has_it(workers):
    store, other = workers

    async def meanwhile(job):
        await count(other, {LATE: 100})
        return await quickly(job)

    with pytest.raises(Busy, match="start again"):
        await releasing(store, meanwhile).release(OCTOBER)
    assert await left(store) == (0, [])
    assert (await releasing(store).release(OCTOBER)).release.section(Unit.TALK).total.number == 220


async def test_what_is_counted_of_the_present_period_meanwhile_stops_nothing(workers):
    store, other = workers

    async def meanwhile(job):
        await count(other, {Cell("2026-10", "language", "ka"): 100})
        return await quickly(job)

    assert (await releasing(store, meanwhile).release(OCTOBER)).release.section(Unit.TALK).total.number == 120


async def test_a_correction_after_the_release_changes_nothing_of_it(store):
    made = await releasing(store).release(OCTOBER)
    await count(store, {LATE: 500})
    assert await releasing(store).release(OCTOBER) is None
    assert await shelved(store) == [made]
    async with store.transaction() as work:
        await shelf.files(work, made)
    await count(store, cells(AUTUMN, 120))
    later = await releasing(store).release(JANUARY)
    assert later.release.section(Unit.TALK).total.number == 120


async def test_releases_come_in_their_order_one_after_the_other(store):
    await count(store, cells(AUTUMN, 120))
    names = [(await releasing(store).release(JANUARY)).release.period for _ in "ab"]
    assert names == ["2026-Q3", "2026-Q4"]
    assert await releasing(store).release(JANUARY) is None


async def test_a_unit_that_is_too_small_is_in_the_next_release_with_what_was_counted_before(store, summer):
    async with store.transaction() as work:
        await work.drop_counts(summer)
    small = of_unit(cells(SUMMER, 30), Unit.CASE)
    await count(store, {**of_unit(summer, Unit.TALK), **small, **cells(AUTUMN, 60)})
    first = (await releasing(store).release(JANUARY)).release
    assert [first.section(unit).total for unit in (Unit.CHECK, Unit.CASE)] == [None, None]
    second = (await releasing(store).release(JANUARY)).release
    found = {one.unit: (one.since, one.total.number) for one in second.sections}
    assert found == {Unit.TALK: ("2026-Q4", 60), Unit.CHECK: ("2026-Q3", 60), Unit.CASE: ("2026-Q3", 90)}


async def test_what_the_house_has_set_is_in_it(store):
    await keep(store, Record(Kind.SETTING, f"{CAMPAIGN}radio", "{}"), Record(Kind.SETTING, "demo", "{}"))
    release = (await releasing(store).release(OCTOBER)).release
    assert release.demo
    campaigns = next(one for one in release.section(Unit.TALK).sheets if one.name == "campaign")
    assert [value for value, _ in campaigns.rows] == ["radio", "none"]


@pytest.mark.parametrize(("length", "period"), [(Length.MONTH, "2026-07"), (Length.HALF, None)])
async def test_a_period_is_as_long_as_the_house_has_it(store, length, period):
    await keep(store, Record(Kind.SETTING, PERIOD, f'{{"months": {length.value}}}'))
    made = await releasing(store).release(OCTOBER)
    assert (made and made.release.period) == period


async def test_the_one_that_was_asked_for_is_made_or_none(store):
    """The running bot may have made it meanwhile."""
    await count(store, cells(AUTUMN, 120))
    assert await releasing(store).release(JANUARY, AUTUMN) is None
    await releasing(store).release(JANUARY, SUMMER)
    assert await releasing(store).release(JANUARY, SUMMER) is None
    assert [one.release.period for one in await shelved(store)] == ["2026-Q3"]
