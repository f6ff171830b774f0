"""Which periods are over and not released: in their order, none left out, none before the first count."""

from datetime import date

import pytest

from bot.releasing.due import coming, over
from bot.statistics.periods import Length, Period

Q = Length.QUARTER
SPRING, SUMMER, AUTUMN, WINTER = (Period(2026, 2), Period(2026, 3), Period(2026, 4), Period(2027, 1))


def test_where_nothing_was_counted_the_present_period_comes_and_none_is_over():
    today = date(2026, 11, 26)
    assert coming((), (), today, Q) == AUTUMN
    assert over((), (), today, Q) == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 30), []),
        (date(2026, 10, 1), [SUMMER]),
        (date(2026, 12, 31), [SUMMER]),
        (date(2027, 1, 1), [SUMMER, AUTUMN]),
        (date(2027, 4, 1), [SUMMER, AUTUMN, WINTER]),
    ],
)
def test_a_period_is_over_on_the_day_after_its_last_and_nothing_comes_before_the_first_count(today, expected):
    assert over({"2026-09", "2026-08"}, (), today, Q) == expected


def test_a_period_in_which_nothing_was_counted_is_released_too_when_something_was_before():
    assert over({"2026-04"}, (), date(2027, 1, 2), Q) == [SPRING, SUMMER, AUTUMN]


def test_after_the_last_release_the_next_one_comes_whatever_is_still_counted_of_earlier_months():
    assert over({"2026-04", "2026-10"}, (SPRING, SUMMER), date(2027, 1, 2), Q) == [AUTUMN]
    assert over((), (SPRING, SUMMER), date(2027, 4, 2), Q) == [AUTUMN, WINTER]
    assert over((), (SPRING, SUMMER), date(2026, 12, 31), Q) == []
    assert coming((), (SPRING, SUMMER), date(2026, 12, 31), Q) == AUTUMN


def test_a_count_of_a_month_to_come_makes_no_period_of_its_own():
    assert coming({"2031-01"}, (), date(2026, 11, 26), Q) == AUTUMN


@pytest.mark.parametrize(("length", "names"), [(Length.MONTH, ["2026-06", "2026-07"]), (Length.HALF, ["2026-H1"])])
def test_periods_are_as_long_as_the_house_has_them(length, names):
    assert [one.name for one in over({"2026-06"}, (), date(2026, 8, 26), length)] == names
