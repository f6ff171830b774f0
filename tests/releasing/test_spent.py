"""Which counts may go: what was published, and never what a unit was too small to publish."""

from dataclasses import replace
from datetime import date

from bot.releasing.spent import TABLES, old, spent
from bot.statistics.periods import Length, Period
from bot.statistics.published import Figure, Mark, Release, Section
from bot.statistics.tables import Unit
from storage import Cell
from tests.fakes import years

Q = Length.QUARTER
MONTHS = ("2026-06", "2026-07", "2026-09", "2026-10", "2026-12")
ENOUGH = Figure(Mark.NUMBER, 120)


def release(period, *small, since=None, made=date(2026, 10, 20)):
    """One in which these units were too small."""
    sections = [
        Section(unit, since or period.name if unit in small else period.name, None if unit in small else ENOUGH)
        for unit in Unit
    ]
    return Release(period.name, period.first, period.last, made, "", "", tuple(sections))


def all_of(*months, table="language"):
    return {Cell(month, table, "ka") for month in months}


SUMMER, AUTUMN = Period(2026, 3), Period(2026, 4)


def test_every_table_is_known_to_be_of_its_unit():
    assert {unit: {one.name for one in years.tables().of_unit(unit)} for unit in Unit} == TABLES


def test_before_the_first_release_nothing_is():
    assert spent(all_of(*MONTHS), (), Q) == set()


def test_what_was_counted_until_the_end_of_a_released_period_is():
    assert spent(all_of(*MONTHS), [release(SUMMER)], Q) == all_of("2026-06", "2026-07", "2026-09")
    assert spent(all_of(*MONTHS), [release(SUMMER), release(AUTUMN)], Q) == all_of(*MONTHS)


def test_what_a_unit_was_too_small_to_publish_stays_and_what_others_published_goes_without_it():
    cells = all_of("2026-07") | all_of("2026-07", table="band") | all_of("2026-07", table="outcome")
    assert spent(cells, [release(SUMMER, Unit.CHECK)], Q) == cells - all_of("2026-07", table="band")


def test_a_unit_that_stays_too_small_keeps_the_months_since_it_was_last_published():
    past = [release(SUMMER, Unit.CASE), release(AUTUMN, Unit.CASE, since=SUMMER.name)]
    assert spent(all_of(*MONTHS, table="outcome"), past, Q) == all_of("2026-06", table="outcome")
    assert spent(all_of(*MONTHS, table="outcome"), [*past, release(AUTUMN.next)], Q) == all_of(*MONTHS, table="outcome")


def test_a_crossed_table_goes_with_its_rows_and_a_table_nobody_has_any_more_with_the_period():
    crossed, gone = all_of("2026-07", table="case_topic*age"), all_of("2026-07", table="dimension")
    assert spent(crossed | gone, [release(SUMMER, Unit.CASE)], Q) == gone
    assert spent(crossed | gone, [release(SUMMER, Unit.TALK)], Q) == crossed | gone


def test_only_releases_made_before_a_day_count_and_none_that_is_newer_than_one_which_was_not():
    first, second = release(SUMMER, made=date(2026, 10, 20)), release(AUTUMN, made=date(2027, 1, 14))
    assert old([first, second], date(2026, 10, 20)) == []
    assert old([first, second], date(2026, 10, 21)) == [first]
    assert old([first, second], date(2027, 1, 15)) == [first, second]
    assert old([replace(first, made=date(2027, 6, 1)), second], date(2027, 1, 15)) == []
