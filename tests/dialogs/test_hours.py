"""When somebody answers: weekdays, holidays, nights that go on into the next day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.desk import Desk
from dialogs.hours import is_open, opens_at, time_open

TBILISI = ZoneInfo("Asia/Tbilisi")
WEEK = {day: ["10:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def desk(hours=WEEK, holidays=()):
    return Desk.model_validate(
        {
            "valid_until": "2027-12-31",
            "hours": hours,
            "holidays": [{"day": day, "why": "a holiday"} for day in holidays],
            "topics": {},
            "outcomes": [],
            "categories": [],
            "referrals": [],
            "replies": {},
            "said": {},
        }
    )


def at(text):
    """A moment in Tbilisi; 2026-11-23 is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=TBILISI)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-11-24 09:59", False),
        ("2026-11-24 10:00", True),
        ("2026-11-24 17:59", True),
        ("2026-11-24 18:00", False),
        ("2026-11-28 12:00", False),
    ],
)
def test_the_desk_opens_and_closes_to_the_minute(moment, open_):
    assert is_open(desk(), at(moment)) is open_


@pytest.mark.parametrize(
    ("moment", "next_"),
    [
        ("2026-11-24 08:00", "2026-11-24 10:00"),
        ("2026-11-24 18:00", "2026-11-25 10:00"),
        ("2026-11-27 18:00", "2026-11-30 10:00"),
        ("2026-12-31 20:00", "2027-01-04 10:00"),
    ],
)
def test_closed_it_names_the_next_opening_across_weekends_and_holidays(moment, next_):
    assert opens_at(desk(holidays=["2027-01-01", "2027-01-02"]), at(moment)) == at(next_)


def test_open_it_is_open_now():
    assert opens_at(desk(), at("2026-11-24 11:30")) == at("2026-11-24 11:30")


def test_a_break_at_noon_is_closed():
    divided = desk({"mon": ["10:00-13:00", "14:00-18:00"]})
    assert not is_open(divided, at("2026-11-23 13:30"))
    assert opens_at(divided, at("2026-11-23 13:30")) == at("2026-11-23 14:00")


def test_a_night_goes_on_into_the_next_day():
    night = desk({"mon": ["20:00-06:00"]})
    assert is_open(night, at("2026-11-24 05:59"))
    assert not is_open(night, at("2026-11-24 06:00"))
    assert not is_open(night, at("2026-11-23 05:59"))


def test_a_whole_day_ends_at_midnight():
    always = desk({"mon": ["00:00-24:00"]})
    assert is_open(always, at("2026-11-23 23:59"))
    assert not is_open(always, at("2026-11-24 00:00"))


def test_no_night_begins_on_a_holiday_and_one_that_began_before_goes_on():
    night = desk({"mon": ["20:00-06:00"], "tue": ["20:00-06:00"]}, holidays=["2026-11-24"])
    assert is_open(night, at("2026-11-24 03:00"))
    assert not is_open(night, at("2026-11-24 21:00"))
    assert not is_open(night, at("2026-11-25 03:00"))


def test_the_zone_is_that_of_the_moment():
    noon_in_tbilisi = at("2026-11-24 10:30")
    assert is_open(desk(), noon_in_tbilisi)
    assert not is_open(desk(), noon_in_tbilisi.astimezone(ZoneInfo("UTC")))
    assert opens_at(desk(), at("2026-11-24 20:00")).tzinfo is TBILISI


def test_a_whole_year_of_holidays_is_waited_for():
    shut = desk({"mon": ["10:00-18:00"]}, holidays=[f"2026-12-{day:02}" for day in range(1, 32)])
    assert opens_at(shut, at("2026-11-30 18:00")) == at("2027-01-04 10:00")


SPANS = st.tuples(st.integers(0, 23), st.integers(1, 23)).map(lambda pair: f"{pair[0]:02}:00-{sum(pair) % 24:02}:00")


@given(
    st.dictionaries(st.sampled_from(["mon", "wed", "sat", "sun"]), st.lists(SPANS, min_size=1, max_size=3), min_size=1),
    st.datetimes(datetime(2026, 11, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 - the zone is put on below
    st.lists(st.dates(datetime(2026, 11, 1).date(), datetime(2027, 2, 1).date()).map(str), max_size=9),  # noqa: DTZ001
)
def test_it_is_open_when_it_says_it_opens_and_closed_until_then(hours, moment, holidays):
    shop, now = desk(hours, holidays), moment.replace(tzinfo=TBILISI)
    opens = opens_at(shop, now)
    assert is_open(shop, opens)
    assert opens >= now
    halfway = now + (opens - now) / 2
    assert opens in (now, opens_at(shop, halfway))
    assert opens == now or not is_open(shop, halfway)


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2026-11-23 12:00", "2026-11-23 12:25", 25),
        ("2026-11-23 17:50", "2026-11-24 10:05", 15),
        ("2026-11-23 20:00", "2026-11-24 09:00", 0),
        ("2026-11-27 17:00", "2026-11-30 11:00", 120),
        ("2026-11-23 12:00", "2026-11-23 12:00", 0),
        ("2026-11-23 12:00", "2026-11-23 11:00", 0),
    ],
)
def test_only_opening_hours_count_as_time_open(since, until, minutes):
    assert time_open(desk(), at(since), at(until)) == timedelta(minutes=minutes)


def test_a_night_that_is_open_counts_once():
    nights = desk({"mon": ["22:00-06:00"], "tue": ["22:00-24:00"]})
    assert time_open(nights, at("2026-11-23 23:00"), at("2026-11-24 23:00")) == timedelta(hours=8)
