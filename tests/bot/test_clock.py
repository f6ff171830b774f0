"""Erasing by date is only as right as the clock."""

from datetime import UTC, datetime, timedelta

from bot.clock import Guard, trusted

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def hours(number):
    return timedelta(hours=number)


def test_a_clock_that_agrees_with_what_comes_in_is_trusted():
    assert trusted(NOON, NOON - hours(1), NOON)


def test_a_clock_more_than_six_hours_ahead_of_what_comes_in_is_not():
    assert trusted(NOON + hours(6), None, NOON)
    assert not trusted(NOON + hours(6.1), None, NOON)


def test_a_clock_that_runs_back_is_not_trusted_but_small_steps_are():
    assert trusted(NOON - timedelta(minutes=5), NOON, NOON)
    assert not trusted(NOON - timedelta(minutes=6), NOON, NOON)


def test_without_anything_to_compare_with_nothing_is_trusted():
    assert not trusted(NOON, NOON, None)


def test_a_clock_in_2035_never_becomes_the_high_water():
    guard = Guard()
    guard.see(NOON, [NOON])
    guard.see(NOON.replace(year=2035), [NOON + hours(1)])

    assert guard.high_water == NOON
    assert guard.time(NOON.replace(year=2035)) == NOON + hours(1)
    assert not guard.trusts(NOON.replace(year=2035))


def test_ages_are_reckoned_by_the_clock_again_as_soon_as_it_is_right():
    guard = Guard()
    guard.see(NOON.replace(year=2035), [NOON])
    guard.see(NOON + hours(2), [NOON + hours(2)])

    assert guard.time(NOON + hours(3)) == NOON + hours(3)


def test_a_clock_behind_the_servers_of_telegram_is_not_trusted():
    assert not trusted(NOON - timedelta(minutes=6), None, NOON)
    assert trusted(NOON - timedelta(minutes=4), None, NOON)
