"""What a release says when counts are lost, and what comes after a restore."""

from datetime import date

import pytest
from sqlalchemy import text

from bot.releasing.doubt import leave_out
from bot.releasing.releasing import waiting
from bot.releasing.spent import LOST
from bot.statistics.tables import Unit
from storage import Kind, Record, Tampered
from storage.copies.returning import UNSURE
from tests.fakes.publishing import (
    AUTUMN,
    OCTOBER,
    ORGANISATION,
    SUMMER,
    cells,
    count,
    lose_files,
    of_unit,
    releasing,
)
from tests.fakes.shelves import JANUARY, audited, keep, shelved, spoil


async def damage(store, cell):
    """It does not open, and begins anew."""
    async with store.transaction() as work:
        index = work._ring.cell_index(cell.period, cell.table, cell.value)
        await work._connection.execute(text("UPDATE counts SET body = x'01' WHERE blind_index = :at"), {"at": index})
        await work.count({cell: 1})


async def test_a_count_that_began_anew_is_told_in_its_release_and_in_no_later_one(store, summer):
    await damage(store, next(iter(summer)))
    await count(store, cells(AUTUMN, 120))
    assert (await releasing(store).release(JANUARY)).release.lost
    assert not (await releasing(store).release(JANUARY)).release.lost


async def test_one_of_a_later_month_is_not_told_before(store):
    await count(store, cells(AUTUMN, 120))
    await damage(store, next(iter(cells(AUTUMN, 120))))
    assert not (await releasing(store).release(JANUARY)).release.lost
    assert (await releasing(store).release(JANUARY)).release.lost


@pytest.mark.parametrize(("day", "lost"), [("2026-09-30", False), ("2026-10-01", True)])
async def test_counts_of_a_released_period_that_are_still_there_do_not_make_the_next_one_lost(store, day, lost):
    await releasing(store).release(OCTOBER)
    await keep(store, Record(Kind.HOUSE, LOST, f'{{"day": "{day}"}}'))
    await count(store, cells(AUTUMN, 120))
    assert (await releasing(store).release(JANUARY)).release.lost is lost


async def test_what_a_unit_is_owed_counts_from_its_first_month_even_when_all_of_it_was_lost(store, summer):
    async with store.transaction() as work:
        await work.drop_counts(of_unit(summer, Unit.CASE))
    await count(store, cells(AUTUMN, 120))
    assert not (await releasing(store).release(JANUARY)).release.lost
    await keep(store, Record(Kind.HOUSE, LOST, '{"day": "2026-09-30"}'))
    assert (await releasing(store).release(JANUARY)).release.lost


async def test_after_a_restore_that_leaves_a_doubt_nothing_that_was_over_by_then_is_made_by_itself(store):
    await count(store, cells(AUTUMN, 120))
    await keep(store, Record(Kind.HOUSE, UNSURE, '{"day": "2026-10-01"}'))
    assert await releasing(store).release(JANUARY) is None
    await releasing(store).release(JANUARY, SUMMER)
    assert (await releasing(store).release(JANUARY)).release.period == "2026-Q4"


async def test_a_period_that_is_left_out_is_not_made_and_the_next_one_does_not_tell_of_it(store):
    await count(store, cells(AUTUMN, 120))
    async with store.transaction() as work:
        await leave_out(work, SUMMER, ORGANISATION, OCTOBER)
    assert await audited(store) == ["2026-10-20T12:00+00:00  release.left_out 2026-Q3"]
    later = (await releasing(store).release(JANUARY)).release
    assert {(one.since, one.total.number) for one in later.sections} == {("2026-Q4", 120)}
    assert [one.is_gone for one in await shelved(store)] == [True, False]


async def test_counts_that_do_not_open_are_told_and_never_guessed(store):
    await spoil(store)
    assert (await releasing(store).release(OCTOBER)).release.lost


@pytest.mark.parametrize(("day", "lost"), [("2026-06-30", False), ("2026-07-01", True), ("2026-11-01", True)])
async def test_so_are_counts_that_did_not_open_and_were_deleted_since_the_first_month(store, day, lost):
    await keep(store, Record(Kind.HOUSE, LOST, f'{{"day": "{day}"}}'))
    assert (await releasing(store).release(OCTOBER)).release.lost is lost


async def test_nothing_is_released_beside_a_release_that_is_missing_or_changed(store):
    await releasing(store).release(OCTOBER)
    await count(store, cells(AUTUMN, 120))
    async with store.transaction() as work:
        await work._connection.exec_driver_sql("DELETE FROM release")
    with pytest.raises(Tampered, match="missing"):
        await releasing(store).release(JANUARY)


async def test_one_that_is_gone_is_not_made_again_and_the_next_one_comes(store):
    first = await releasing(store).release(OCTOBER)
    await lose_files(store, "2026-Q3")
    assert await releasing(store).release(OCTOBER) is None
    await count(store, cells(AUTUMN, 120))
    await releasing(store).release(JANUARY)
    assert [(one.release.period, one.is_gone) for one in await shelved(store)] == [
        ("2026-Q3", True),
        ("2026-Q4", False),
    ]
    assert (await shelved(store))[0].release == first.release


async def test_what_waits_is_told_oldest_first(store):
    async with store.transaction() as work:
        assert await waiting(work, date(2027, 1, 1)) == [SUMMER, AUTUMN]
