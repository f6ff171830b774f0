"""A flooder is muted, a reminder set within safe hours, a referral made only with a yes."""

from datetime import datetime, timedelta

import pytest

from bot.clock import TBILISI
from bot.desk.cases import Phase, Safe, is_safe
from bot.desk.entries import Said
from bot.desk.pausing import moment, read_moment
from tests.fakes.desk import talking
from tests.fakes.office import MONDAY, said, text, told


async def talk(desk):
    """Nino has Anna's case and has said hello."""
    nino = await desk.seats("Nino")
    anna = await desk.waits()
    await desk.takes(nino, anna)
    await desk.does(lambda: nino.says("hello"))
    return nino, anna


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=TBILISI)


async def counts(desk, table):
    async with desk.app.store.transaction() as work:
        return {cell.value: number for cell, number in (await work.counts()).items() if cell.table == table}


async def test_what_a_muted_person_writes_is_kept_and_not_shown(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/mute"))
    shown = len(said(nino))
    await desk.does(lambda: anna.says("one"), lambda: anna.says("two"))
    assert len(said(nino)) == shown
    assert told(anna, "desk.muted") == 1
    await desk.presses(nino, "unmute", "history")
    assert "two" in said(nino)[-1]
    await desk.does(lambda: anna.says("three"))
    assert said(nino)[-1].endswith("three")


async def test_after_an_hour_lines_are_shown_again_and_the_missed_ones_can_be_read(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/mute"), lambda: anna.says("please please"))
    await desk.later(minutes=59)
    assert (await desk.case(anna)).phase is Phase.HUMAN
    await desk.later(minutes=1)
    assert told(nino, "staff.unmuted") == 1
    await desk.presses(nino, "history")
    assert "please please" in said(nino)[-1]


async def test_a_flood_while_muted_does_not_cost_the_owner_the_case(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/mute"))
    for _ in range(3):
        await desk.does(lambda: anna.says("please"))
        await desk.later(minutes=15)
    assert (await desk.case(anna)).owner == nino.id
    assert told(nino, "staff.silent") == 0
    await desk.later(minutes=16)
    await desk.later(minutes=31)
    assert (await desk.case(anna)).phase is Phase.WAITING


async def test_the_consultant_may_write_to_somebody_who_is_muted(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/mute"), lambda: nino.says("one moment"))
    assert said(anna)[-1] == "one moment"


async def test_a_reminder_comes_when_it_was_set_for_and_writes_to_nobody_but_the_consultant(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/remind"))
    await desk.presses(nino, "remind_hour")
    before = said(anna)
    await desk.later(minutes=59)
    assert told(nino, "staff.remind.now") == 0
    await desk.later(minutes=1)
    assert told(nino, "staff.remind.now") == 1
    await desk.later(hours=2)
    assert told(nino, "staff.remind.now") == 1
    assert said(anna) == before


async def test_a_time_can_be_typed_and_is_repeated(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/remind 15:30"))
    assert told(nino, "staff.remind.set", None, when="15:30") == 1
    await desk.does(lambda: nino.says("/remind 24.11 11:00"))
    assert (await desk.case(anna)).remind_at == at("2026-11-24 11:00")


@pytest.mark.parametrize("typed", ["soon", "25:00", "31.02 10:00", "01.12 18:00", "tomorrow 10:00", "10"])
async def test_a_time_that_is_none_or_too_far_is_said_to_be(desk, typed):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says(f"/remind {typed}"))
    assert told(nino, "staff.remind.unread") == 1
    assert (await desk.case(anna)).remind_at is None


async def test_an_hour_that_is_not_safe_is_set_with_a_warning(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/release"))
    await desk.presses(anna, "desk_when", "desk_evening")
    await desk.takes(nino, anna)
    await desk.does(lambda: nino.says("/remind 15:30"), lambda: nino.says("/remind 19:00"))
    assert told(nino, "staff.remind.unsafe", None, when="15:30") == 1
    assert told(nino, "staff.remind.set", None, when="19:00") == 1


async def test_a_reminder_at_night_is_set_with_a_warning_whatever_they_chose(desk):
    nino, _anna = await talk(desk)
    await desk.does(lambda: nino.says("/remind 23:00"))
    assert told(nino, "staff.remind.unsafe", None, when="23:00") == 1


async def test_the_header_says_when_a_person_may_be_written_to(desk):
    nino = await desk.seats("Nino")
    anna = await desk.waits()
    await desk.presses(anna, "desk_when", "desk_never")
    await desk.takes(nino, anna)
    assert text("staff.safe.never") in said(nino)[-1]


async def test_a_reminder_for_somebody_who_hid_the_chat_says_that_nothing_reaches_them(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/remind 13:00"), lambda: anna.says("/hide"))
    await desk.later(hours=1)
    assert told(nino, "staff.remind.hidden") == 1


async def test_a_referral_is_made_only_after_a_yes(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/refer"))
    await desk.presses(nino, "refer_legal_aid")
    assert told(anna, "desk.referral", None, to=text("referral.legal_aid")) == 1
    assert (await desk.case(anna)).referrals == ()
    await desk.presses(anna, "desk_yes")
    assert told(nino, "staff.agreed") == 1
    assert (await desk.case(anna)).referrals == ("legal_aid",)
    events = [Said.opened(entry.body).text for entry in await desk.transcript(anna)]
    assert "referral legal_aid: yes" in events


async def test_a_no_is_a_no_and_is_said_to_the_consultant(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/refer"))
    await desk.presses(nino, "refer_consul")
    await desk.presses(anna, "desk_no")
    assert told(anna, "desk.referral.no") == 1
    assert told(nino, "staff.refused") == 1
    assert (await desk.case(anna)).referrals == ("refused",)


async def test_a_yes_counts_once_and_also_while_the_case_is_being_closed(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/refer"))
    await desk.presses(nino, "refer_consul")
    yes = next(key.data for row in anna.sees()[-1].keyboard for key in row if key.data.startswith("desk_yes"))
    here = anna.sees()[-1].message_id
    await desk.does(lambda: nino.says("/close"), lambda: anna.presses(here, yes), lambda: anna.presses(here, yes))
    assert told(nino, "staff.agreed") == 1
    assert await counts(desk, "referral") == {}
    await desk.presses(nino, "out_answered", "shut")
    assert await counts(desk, "referral") == {"consul": 1}


async def test_nobody_who_hid_the_chat_is_asked_for_a_referral(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: anna.says("/hide"), lambda: nino.says("/refer"))
    await desk.presses(nino, "refer_consul")
    assert told(nino, "staff.unreachable") == 1
    assert (await desk.case(anna)).referral is None


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("18:00", "2026-11-23 18:00"),
        ("12:00", "2026-11-24 12:00"),
        ("9:05", "2026-11-24 09:05"),
        ("24.11 10:00", "2026-11-24 10:00"),
        ("1.12. 18:00", "2026-12-01 18:00"),
        ("22.11 10:00", "2027-11-22 10:00"),
    ],
)
def test_typed_times_mean_the_next_such_moment(typed, means):
    assert read_moment(typed, MONDAY) == at(means)


@pytest.mark.parametrize("typed", ["", "18", "24:00", "12:60", "31.11 10:00", "29.02 10:00", "18:00 x", "-1:00"])
def test_what_is_no_time_is_none(typed):
    assert read_moment(typed, MONDAY) is None


@pytest.mark.parametrize(
    ("name", "hours"),
    [("hour", 1), ("evening", 6), ("morning", 22), ("day", 30)],
)
def test_offered_times(name, hours):
    assert moment(MONDAY, name) == MONDAY + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("safe", "hours"),
    [
        (Safe.ANY, range(24)),
        (Safe.DAY, range(10, 18)),
        (Safe.EVENING, range(18, 22)),
        (Safe.NEVER, range(0)),
    ],
)
def test_hours_at_which_one_may_write_first(safe, hours):
    case = talking(safe=safe)
    assert [hour for hour in range(24) if is_safe(case, MONDAY.replace(hour=hour))] == list(hours)
