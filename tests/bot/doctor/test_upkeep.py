"""What happens again and again: a line for everything that does not, and what to do. No house is needed for that."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.doctor.finding import Mark
from bot.doctor.upkeep import Seen, look
from bot.keeping.upkeep import ANCHOR, DAILY, HELD, OLDER, SWEPT
from bot.operating.backing import BACKUP, DRILL
from storage import Keyring
from storage.keyring import Epoch

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def at(moment, **more):
    return {"at": moment.isoformat(), **more}


def turned_on(day):
    return Keyring(b"h" * 32, (Epoch(7, day, b"e" * 32),), None)


HEALTHY = {
    DAILY: at(NOW, ok=True),
    SWEPT: at(NOW, ok=True),
    BACKUP: at(NOW),
    DRILL: at(NOW),
    ANCHOR: {"seq": 3, "day": NOW.date().isoformat(), "hash": "0" * 64},
}


def seen(*without, now=NOW, newest=None, running=True, **upkeep):
    """A house where a bot did all its work on the day that is looked at, but for what is given."""
    kept = {name: said for name, said in HEALTHY.items() if name not in without} | upkeep
    return Seen(now, turned_on(newest or now.date()), kept, [], NOW, running)


def says(there, name, mark, words):
    found = [one for one in look(there) if one.name == name]
    assert [(one.mark, words in one.line()) for one in found] == [(mark, True)], found


def test_a_healthy_house_is_green():
    assert {one.mark for one in look(seen())} == {Mark.GREEN}


@pytest.mark.parametrize(("running", "mark", "advice"), [(True, Mark.RED, "log"), (False, Mark.WARN, "Start the bot")])
def test_work_that_is_not_done_is_red_while_a_bot_runs_and_a_warning_while_none_does(running, mark, advice):
    later, swept = NOW + timedelta(hours=27), {SWEPT: at(NOW + DAY, ok=True)}
    says(seen(now=later, running=running, **swept), "daily work", mark, advice)
    says(seen(now=NOW + timedelta(hours=25), running=running), "daily work", Mark.GREEN, "in time")


def test_a_kind_that_is_not_swept_is_red_after_a_day_though_the_house_was_turned():
    later = NOW + 5 * DAY
    done = {DAILY: at(later, ok=True)}
    says(seen(now=later, **done, **{SWEPT: at(NOW, ok=False)}), "daily work", Mark.RED, "erased on 26 November 2026")
    says(seen(now=later, **done, **{SWEPT: at(later - DAY, ok=False)}), "daily work", Mark.WARN, "could not erase")


def test_neither_swept_nor_turned_are_two_lines():
    later = NOW + 3 * DAY
    lines = [one.line() for one in look(seen(now=later, newest=NOW.date())) if one.name == "daily work"]
    assert ["gza turn" in line for line in lines] == [True, False]
    assert ["gza purge" in line for line in lines] == [False, True]


def test_days_without_any_work_since_the_keyring_was_made():
    there = [one for one in look(seen(DAILY, SWEPT, now=NOW + 3 * DAY, newest=NOW.date())) if one.name == "daily work"]
    assert {one.mark for one in there} == {Mark.RED}
    says(seen(DAILY, SWEPT), "daily work", Mark.GREEN, "in time")


@pytest.mark.parametrize("ago", [2, 400])
def test_a_secret_of_long_ago_is_red_whatever_is_said_to_be_done(ago):
    there = seen(newest=NOW.date() - ago * DAY)
    says(there, "daily work", Mark.RED, "The turn does not happen")
    says(replace(there, running=False), "daily work", Mark.WARN, "The turn does not happen")


def test_the_secret_of_yesterday_is_none_of_long_ago():
    for newest in (NOW.date() - DAY, NOW.date() + DAY):
        says(seen(newest=newest), "daily work", Mark.GREEN, "in time")


@pytest.mark.parametrize("running", [True, False])
def test_a_secret_of_a_day_to_come_is_red_at_once(running):
    says(seen(newest=date(2027, 11, 26), running=running), "daily work", Mark.RED, "2027-11-26, a day to come")


def test_what_a_clock_said_that_was_ahead_proves_nothing():
    ahead = at(NOW.replace(year=2027), ok=True)
    says(seen(**{SWEPT: ahead}), "daily work", Mark.RED, "November 2027")
    says(seen(**{DAILY: ahead}), "daily work", Mark.RED, "November 2027")


def test_an_anchor_of_the_day_before_yesterday():
    says(seen(now=NOW + 2 * DAY), "anchor", Mark.WARN, "Number 3")


def test_a_clock_that_runs_behind():
    says(seen(now=NOW - timedelta(hours=1)), "clock", Mark.RED, "nothing is erased")


@pytest.mark.parametrize(("hours", "mark"), [(8, Mark.WARN), (30, Mark.RED)])
def test_a_clock_that_nothing_can_be_compared_with(hours, mark):
    there = seen(now=NOW + timedelta(hours=hours), **{HELD: at(NOW)})
    says(there, "clock", mark, "/start")
    says(replace(there, running=False), "clock", Mark.WARN, "Start the bot")


@pytest.mark.parametrize(("hours", "mark"), [(0, Mark.RED), (70, Mark.RED), (80, Mark.WARN), (13 * 24, Mark.WARN)])
def test_a_start_that_found_an_older_database_is_red_for_three_days_and_then_a_warning(hours, mark):
    says(seen(now=NOW + timedelta(hours=hours), **{OLDER: at(NOW)}), "exchanged", mark, "managers were told")


def test_after_two_weeks_an_older_database_is_said_no_more():
    assert all(one.name != "exchanged" for one in look(seen(now=NOW + 15 * DAY, **{OLDER: at(NOW)})))


@pytest.mark.parametrize(("name", "days", "words"), [(BACKUP, 31, "31 days old"), (DRILL, 201, "201 days ago")])
def test_a_backup_and_a_drill_of_long_ago(name, days, words):
    says(seen(now=NOW + days * DAY), name, Mark.WARN, words)


@pytest.mark.parametrize("name", [BACKUP, DRILL])
def test_no_backup_and_no_drill_ever(name):
    says(seen(name), name, Mark.WARN, "ever")
