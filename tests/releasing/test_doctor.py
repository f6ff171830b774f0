"""What the doctor says of releases: the last and the next, one that is late and why, one that was changed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.doctor.finding import Mark
from bot.doctor.releases import look
from bot.keeping import upkeep
from storage.copies.returning import UNSURE
from tests.fakes.publishing import OCTOBER, SUMMER, lose_files, releasing

DUE = datetime(2026, 10, 14, 8, tzinfo=UTC)
DAY = timedelta(days=1)


async def said(store, now):
    (finding,) = await look(store, now)
    return finding.mark, finding.line()


async def test_before_the_first_release_it_says_when_that_is_due(store):
    mark, line = await said(store, datetime(2026, 9, 1, tzinfo=UTC))
    assert (mark, "None yet. The next, 2026-Q3, is due on 14 October 2026." in line) == (Mark.GREEN, True)


async def test_the_last_one_and_the_next(store):
    made = await releasing(store).release(OCTOBER)
    mark, line = await said(store, OCTOBER)
    assert mark is Mark.GREEN
    assert f"The last is 2026-Q3, frozen on 20 October 2026, hash {made.sha256[:16]}." in line
    assert "The next, 2026-Q4, is due on 14 January 2027." in line


@pytest.mark.parametrize(("days", "mark"), [(0, Mark.GREEN), (1, Mark.GREEN), (2, Mark.WARN), (200, Mark.WARN)])
async def test_one_that_is_more_than_a_day_late_is_a_warning(store, days, mark):
    found, line = await said(store, DUE + days * DAY)
    assert found is mark
    assert ("2026-Q3 was due on 14 October 2026" in line) == (mark is Mark.WARN)
    assert ("gza release" in line) == (mark is Mark.WARN)


async def test_with_the_reason_that_the_bot_remembers(store):
    async with store.transaction() as work:
        await upkeep.remember(work, upkeep.UNRELEASED, at=DUE.isoformat(), reason="Two numbers give a third.")
    _, line = await said(store, DUE + 2 * DAY)
    assert "The bot says: Two numbers give a third." in line


async def test_one_in_doubt_since_a_restore_says_what_to_ask_and_to_do(store):
    async with store.transaction() as work:
        await upkeep.remember(work, UNSURE, day="2026-10-05")
    mark, line = await said(store, datetime(2026, 10, 6, tzinfo=UTC))
    assert mark is Mark.WARN
    assert "On 05 October 2026 a backup was put back: whether 2026-Q3 was released" in line
    assert "gza release --period 2026-Q3" in line
    await releasing(store).release(OCTOBER, SUMMER)
    assert (await said(store, OCTOBER))[0] is Mark.GREEN


async def test_one_whose_files_are_gone_is_named(store):
    await releasing(store).release(OCTOBER)
    await lose_files(store, "2026-Q3")
    mark, line = await said(store, OCTOBER)
    assert (mark, "The files of 2026-Q3 are gone since a restore. The next, 2026-Q4" in line) == (Mark.GREEN, True)


@pytest.mark.parametrize("change", ["UPDATE release SET body = x'01'", "DELETE FROM release", "DELETE FROM record"])
async def test_one_that_was_changed_or_is_missing_is_red(store, change):
    await releasing(store).release(OCTOBER)
    async with store.transaction() as work:
        await work._connection.exec_driver_sql(change)
    mark, line = await said(store, OCTOBER)
    assert (mark, "not as it was frozen" in line, "gza restore" in line) == (Mark.RED, True, True)
