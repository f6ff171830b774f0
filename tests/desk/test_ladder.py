"""What time alone does at the desk: nobody comes, an owner is silent, nobody codes, a room grows old."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import TBILISI
from bot.desk.cases import Phase
from bot.desk.ladder import of_case
from bot.desk.staff import Role
from dialogs.desk import NOT_CODED
from tests.fakes.desk import ANNA, NINO, scene, waiting
from tests.fakes.office import MONDAY, buttons, office, said, told

EVENING = MONDAY.replace(hour=17, minute=55)
TUESDAY = MONDAY + timedelta(days=1)
BEFORE_CHRISTMAS = datetime(2027, 1, 6, 17, 55, tzinfo=TBILISI)
"""The day after it is a holiday."""


@asynccontextmanager
async def queue(folder, start=MONDAY):
    """Nino is on duty, Anna waits."""
    async with office(folder, start) as desk:
        nino = await desk.seats("Nino", Role.MANAGER)
        yield desk, nino, await desk.waits()


@asynccontextmanager
async def talk(folder, start=MONDAY):
    """Nino has Anna's case, and has said hello."""
    async with queue(folder, start) as (desk, nino, anna):
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("hello"))
        yield desk, nino, anna


async def phase_of(desk, person):
    case = await desk.case(person)
    return None if case is None else case.phase


async def test_whoever_waits_hears_of_it_after_10_30_and_60_minutes_and_then_every_two_hours(tmp_path):
    async with queue(tmp_path) as (desk, nino, anna):
        heard = []
        for minutes in (9, 1, 19, 1, 29, 1, 119, 1):
            await desk.later(minutes=minutes)
            heard.append(told(anna, "desk.wait.still"))
        assert heard == [0, 1, 1, 2, 2, 3, 3, 4]
        assert len([data for data in buttons(nino) if data.startswith("claim:")]) == 1 + 4


async def test_at_night_nobody_is_told_anything_and_the_count_goes_on_in_the_morning(tmp_path):
    async with queue(tmp_path, EVENING) as (desk, _nino, anna):
        at_the_end = said(anna)
        for moment in (TUESDAY.replace(hour=0), TUESDAY.replace(hour=10), TUESDAY.replace(hour=10, minute=4)):
            await desk.at(moment)
            assert said(anna) == at_the_end
        await desk.at(TUESDAY.replace(hour=10, minute=5))
        assert told(anna, "desk.wait.still") == 1


async def test_a_holiday_is_as_quiet_as_a_night(tmp_path):
    async with queue(tmp_path, BEFORE_CHRISTMAS) as (desk, _nino, anna):
        await desk.at(datetime(2027, 1, 7, 12, tzinfo=TBILISI))
        assert told(anna, "desk.wait.still") == 0
        await desk.at(datetime(2027, 1, 8, 10, 6, tzinfo=TBILISI))
        assert told(anna, "desk.wait.still") == 1


async def test_who_asked_not_to_be_written_to_is_not_told_but_the_desk_is(tmp_path):
    async with queue(tmp_path) as (desk, nino, anna):
        await desk.presses(anna, "desk_when", "desk_never")
        before = said(anna)
        await desk.later(minutes=11)
        assert said(anna) == before
        assert told_still(nino) == 1


def test_a_person_is_told_eight_times_at_most_and_those_on_duty_as_long_as_it_lasts():
    asked = MONDAY.replace(hour=10)
    now, to_anna, to_nino = scene(waiting(at=asked), now=asked), [], []
    for hours in range(1, 80):
        now = replace(now, now=asked + timedelta(hours=hours))
        upshot = of_case(now, now.desk.cases[ANNA])
        now = replace(now, desk=now.desk.after(upshot))
        letters = [post.letter.chat for post in upshot.posts]
        to_anna += [hours] * (ANNA in letters)
        to_nino += [hours] * (NINO in letters)
    assert len(to_anna) == 8
    assert to_nino[-1] > to_anna[-1] + 8


async def test_with_nobody_on_duty_the_managers_are_told(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.seats("Nino", Role.MANAGER)
        vera = await desk.seats("Vera")
        for one in (nino, vera):
            await desk.does(lambda one=one: one.says("/duty"))
        group = desk.telegram.world.group("Desk", nino)
        group.takes_bot()
        await desk.does(lambda: nino.says("/desk", group))
        await desk.waits()
        await desk.later(minutes=11)
        assert (told_still(nino), told_still(vera)) == (1, 0)


def told_still(one):
    """How often somebody of the staff was told that a case still waits: a button to take it is under each."""
    return sum("still" in words for words in said(one) if "waiting" in words or "staff.still" in words)


async def test_an_owner_who_is_silent_is_reminded_once_and_then_loses_the_case(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        alias = (await desk.case(anna)).alias
        await desk.does(lambda: anna.says("are you there?"))
        for minutes, reminded in ((9, 0), (2, 1), (10, 1)):
            await desk.later(minutes=minutes)
            assert told(nino, "staff.silent") == reminded
        await desk.later(minutes=10)
        case = await desk.case(anna)
        assert (case.phase, case.owner) == (Phase.WAITING, None)
        assert told(nino, "staff.lost", alias=alias) == 1
        assert told(anna, "desk.released") == 1
        assert not [words for words in said(nino) if "are you there?" in words]


async def test_an_answer_in_time_keeps_the_case(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        await desk.does(lambda: anna.says("are you there?"))
        await desk.later(minutes=25)
        await desk.does(lambda: nino.says("yes"))
        await desk.later(minutes=45)
        assert (await desk.case(anna)).owner == nino.id


async def test_whoever_claims_and_says_nothing_loses_it_too(tmp_path):
    async with queue(tmp_path) as (desk, nino, anna):
        await desk.takes(nino, anna)
        await desk.later(minutes=31)
        assert await phase_of(desk, anna) is Phase.WAITING


async def test_somebody_who_writes_on_and_on_does_not_give_the_owner_more_time(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        for _ in range(7):
            await desk.does(lambda: anna.says("please"))
            await desk.later(minutes=5)
        assert told(nino, "staff.lost", alias=(await desk.case(anna)).alias) == 1


async def test_what_is_written_at_night_waits_for_the_morning_and_its_minutes(tmp_path):
    async with talk(tmp_path, MONDAY.replace(hour=17)) as (desk, nino, anna):
        await desk.at(MONDAY.replace(hour=22))
        await desk.does(lambda: anna.says("I cannot sleep"))
        for hour, minute in ((3, 0), (10, 0), (10, 9)):
            await desk.at(TUESDAY.replace(hour=hour, minute=minute))
            assert (await phase_of(desk, anna), told(nino, "staff.silent")) == (Phase.HUMAN, 0)
        await desk.at(TUESDAY.replace(hour=10, minute=11))
        assert told(nino, "staff.silent") == 1
        await desk.at(TUESDAY.replace(hour=10, minute=31))
        assert await phase_of(desk, anna) is Phase.WAITING


async def test_an_owner_who_is_off_duty_is_not_disturbed_and_the_case_goes_back(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        await desk.does(lambda: nino.says("/duty"), lambda: anna.says("are you there?"))
        await desk.later(minutes=15)
        assert told(nino, "staff.silent") == 0
        await desk.later(minutes=16)
        assert await phase_of(desk, anna) is Phase.WAITING


async def test_after_twelve_hours_a_case_is_closed_uncoded_but_not_in_the_night(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        await desk.at(MONDAY.replace(hour=17))
        await desk.does(lambda: nino.says("/close"))
        await desk.at(TUESDAY.replace(hour=5, minute=1))
        assert (await phase_of(desk, anna), told(anna, "desk.closed")) == (Phase.WRAP_UP, 0)
        await desk.at(TUESDAY.replace(hour=10, minute=1))
        case = await desk.case(anna)
        assert (case.phase, case.outcome) == (Phase.CLOSED, NOT_CODED)
        assert told(anna, "desk.closed") == 1
        async with desk.app.store.transaction() as work:
            counted = {(cell.table, cell.value) for cell in await work.counts()}
        assert ("outcome", NOT_CODED) in counted
        assert "category" not in {table for table, _ in counted}


async def test_an_outcome_that_was_chosen_is_kept_when_time_closes_the_case(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        await desk.does(lambda: nino.says("/close"))
        await desk.presses(nino, "out_referred")
        await desk.at(TUESDAY.replace(hour=11))
        assert (await desk.case(anna)).outcome == "referred"


async def test_a_talk_without_a_line_ends_after_seven_days(tmp_path):
    async with talk(tmp_path) as (desk, _nino, anna):
        await desk.later(days=6, hours=23)
        assert await phase_of(desk, anna) is Phase.HUMAN
        await desk.later(hours=2)
        assert await phase_of(desk, anna) is Phase.CLOSED
        assert told(anna, "desk.closed") == 1


async def test_whoever_waited_seven_days_in_vain_is_not_told_that_a_talk_is_over(tmp_path):
    async with queue(tmp_path) as (desk, _nino, anna):
        await desk.later(days=7, hours=1)
        assert await phase_of(desk, anna) is Phase.CLOSED
        assert (told(anna, "desk.closed"), told(anna, "desk.cancelled")) == (0, 1)


async def test_what_ends_by_date_at_night_ends_without_a_sound(tmp_path):
    async with talk(tmp_path, MONDAY.replace(hour=17)) as (desk, nino, anna):
        await desk.does(lambda: nino.says("good night"))
        await desk.at(MONDAY.replace(hour=23) - timedelta(hours=1))
        await desk.does(lambda: nino.says("one more thing"))
        before = said(anna)
        await desk.later(days=7, hours=1)
        assert await phase_of(desk, anna) is Phase.CLOSED
        assert said(anna) == before


async def test_a_clock_that_is_not_trusted_ends_nothing(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        await desk.does(lambda: nino.says("/close"))
        await desk.at(TUESDAY, heard=False)
        await desk.at(MONDAY + timedelta(days=9), heard=False)
        assert await phase_of(desk, anna) is Phase.WRAP_UP
        await desk.later(minutes=1)
        assert await phase_of(desk, anna) is Phase.CLOSED
        await desk.later(days=3, heard=False)
        assert await phase_of(desk, anna) is Phase.CLOSED
        await desk.later(minutes=1)
        assert await phase_of(desk, anna) is None
