"""Ninety days in any hundred and eighty: the sum, against the rule said plainly."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.stays import Rule, Stay, Sum, add_up

RULE = Rule(allowed=90, window=180)
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def days_ago(number):
    return TODAY - number * DAY


def days_of(stays):
    ends = [(stay.came, stay.left or max(stay.came, TODAY)) for stay in stays]
    return {came + n * DAY for came, left in ends for n in range((left - came).days + 1)}


def breaks(days, day):
    """The law, word for word: of the 180 days that end on this one, more than 90 were spent there."""
    return sum(day - 179 * DAY <= each <= day for each in days) > RULE.allowed


def test_without_a_trip_all_ninety_days_are_left():
    assert add_up((), TODAY, RULE) == Sum(0, 0, 90, TODAY + 89 * DAY, None)


def test_the_day_of_coming_and_the_day_of_leaving_both_count():
    assert add_up((Stay(days_ago(10), days_ago(10)),), TODAY, RULE).used == 1
    assert add_up((Stay(days_ago(10), days_ago(9)),), TODAY, RULE).used == 2


def test_two_trips_that_share_a_day_count_it_once():
    assert add_up((Stay(days_ago(10), days_ago(5)), Stay(days_ago(5), days_ago(1))), TODAY, RULE).used == 10


def test_days_older_than_the_window_no_longer_count():
    assert add_up((Stay(days_ago(180), days_ago(180)),), TODAY, RULE).used == 0
    assert add_up((Stay(days_ago(179), days_ago(179)),), TODAY, RULE).used == 1


def test_a_person_who_is_still_there_sees_the_last_day():
    found = add_up((Stay(days_ago(84)),), TODAY, RULE)
    assert (found.used, found.left, found.until) == (85, 5, TODAY + 5 * DAY)


def test_on_the_ninetieth_day_the_last_day_is_today():
    found = add_up((Stay(days_ago(89)),), TODAY, RULE)
    assert (found.used, found.over, found.left, found.until) == (90, 0, 0, TODAY)


def test_a_day_more_is_a_day_too_many():
    found = add_up((Stay(days_ago(90)),), TODAY, RULE)
    assert (found.used, found.over, found.until) == (91, 1, None)


def test_after_ninety_days_in_a_row_the_way_back_opens_when_the_first_day_grows_old():
    stay = Stay(days_ago(100), days_ago(11))
    found = add_up((stay,), TODAY, RULE)
    assert (found.used, found.until, found.again) == (90, None, stay.came + 180 * DAY)


def test_a_planned_trip_that_is_too_long_is_said_before_it_happens():
    found = add_up((Stay(TODAY + DAY, TODAY + 92 * DAY),), TODAY, RULE)
    assert (found.over, found.until, found.again) == (2, None, None)


def test_a_stay_of_a_hundred_years_is_added_up_at_once():
    assert add_up((Stay(date(2000, 1, 1), date(2099, 12, 31)),), TODAY, RULE).over == 90


BOUNDS = st.tuples(st.integers(-400, 200), st.integers(0, 120))
STAYS = st.lists(BOUNDS.map(lambda bounds: Stay(TODAY + bounds[0] * DAY, TODAY + sum(bounds) * DAY)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(STAYS)
def test_staying_until_the_last_day_breaks_nothing_and_a_day_longer_does(stays):
    found = add_up(tuple(stays), TODAY, RULE)
    days = days_of(stays)
    if found.until is None:
        assert any(breaks(days | {TODAY}, day) for day in {TODAY, *days} if day >= TODAY)
        return
    together = days | {TODAY + n * DAY for n in range((found.until - TODAY).days + 1)}
    assert not any(breaks(together, day) for day in together if day >= TODAY)
    longer = together | {found.until + DAY}
    assert any(breaks(longer, day) for day in longer if day >= TODAY)


@settings(max_examples=100, deadline=None)
@given(STAYS)
def test_on_the_first_day_again_nothing_is_broken_and_the_day_before_it_was(stays):
    found = add_up(tuple(stays), TODAY, RULE)
    days = days_of(stays)
    if found.again and not found.over:
        assert not breaks(days | {found.again}, found.again)
        assert found.again == TODAY + DAY or breaks(days | {found.again - DAY}, found.again - DAY)
