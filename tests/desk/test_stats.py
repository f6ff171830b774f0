"""What a manager sees of the numbers: how much there is to do now, and apart from it the releases by name."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.clock import TBILISI
from bot.desk import cases, figures, stats
from bot.desk.staff import Role
from bot.statistics.operational import rounded, usual
from bot.statistics.periods import Length, Period
from tests.fakes.desk import ANNA, DATO, STAFF, scene, talking, waiting
from tests.fakes.frozen import shelved
from tests.fakes.office import MONDAY, office, said, text

Q3 = "2026-Q3"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def many(number, made, first=1):
    """So many cases of a sort."""
    return [made(ANNA + first + each) for each in range(number)]


def coding(person):
    return cases.wrapping_up(talking(person), MONDAY)


def closed(person, at=MONDAY):
    return cases.closed(talking(person), "answered", at)


def shows(*found, **more):
    """What stands in the message."""
    (post,) = stats.stats(scene(*found, **more), STAFF[DATO], None).posts
    return post.letter


@pytest.mark.parametrize(("count", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_a_figure_of_the_work_is_rounded_to_five_and_below_five_it_is_few(count, shown):
    assert rounded(count) == shown


@pytest.mark.parametrize(
    ("waits", "shown"),
    [
        ([MINUTE] * 4, None),
        ([MINUTE] * 5, 0 * MINUTE),
        ([3 * MINUTE] * 5, 5 * MINUTE),
        ([MINUTE, MINUTE, 12 * MINUTE, HOUR, 9 * HOUR], 10 * MINUTE),
        ([119 * MINUTE] * 6, 120 * MINUTE),
        ([2 * HOUR + MINUTE] * 6, 2 * HOUR),
        ([50 * HOUR + 59 * MINUTE] * 6, 50 * HOUR),
    ],
)
def test_the_first_answer_is_said_to_five_minutes_or_to_whole_hours_and_never_of_few(waits, shown):
    assert usual(waits) == shown


def test_the_figures_say_how_many_cases_are_where_and_nothing_more_exact():
    found = many(6, waiting) + many(13, talking, 100) + many(4, coding, 200) + many(8, closed, 300)
    assert figures.in_words(scene(*found), "en").splitlines() == [
        "<b>Now</b>",
        "Waiting: 5",
        "Talking with a consultant: 15",
        "Talk over, outcome to be marked: fewer than 5",
        "Closed in the last 24 hours: 10",
        "First answer (median): too few to say",
        text("staff.now.apart"),
    ]


def test_a_case_counts_as_closed_as_long_as_it_can_be_taken_up_again():
    old = many(5, lambda person: closed(person, MONDAY - 25 * HOUR), 50)
    now = figures.now_at_desk(scene(*many(9, closed), *old))
    assert now.closed == 10


def test_what_is_never_kept_after_the_end_is_not_spoken_of():
    words = figures.in_words(scene(*many(9, closed), reopen=timedelta(0)), "en")
    assert "Closed" not in words


@pytest.mark.parametrize(("language", "line"), [("en", "about 35 minutes"), ("ru", "около 35 мин"), ("ka", "35 წუთი")])
def test_the_median_of_the_first_answers_is_said_in_every_language(language, line):
    answered = [replace(one, first_answer_at=one.asked_at + 34 * MINUTE) for one in many(5, talking)]
    assert line in figures.in_words(scene(*answered), language)


def test_nothing_that_is_shown_says_anything_of_anybody():
    one = {"language": "ka", "topic": "trouble", "band": "red", "urgent": True, "minor": True}
    found = [waiting(person, **one) for person in range(1, 40)]
    same = [waiting(person) for person in range(1, 40)]
    assert shows(*found) == shows(*same)
    assert not any(case.alias in shows(*found).text for case in found)


def test_a_case_remembers_its_first_answer_until_it_is_asked_for_anew():
    case = cases.answered(talking(), 1, MONDAY + 3 * MINUTE)
    case = cases.answered(case, 2, MONDAY + 9 * MINUTE)
    assert (case.first_answer_at, case.answered_at) == (MONDAY + 3 * MINUTE, MONDAY + 9 * MINUTE)

    given_back = cases.queued(case, MONDAY + HOUR)
    assert given_back.first_answer_at == case.first_answer_at

    again = cases.asked_anew(cases.closed(case, "answered", MONDAY + HOUR), MONDAY + 2 * HOUR)
    assert (again.asked_at, again.first_answer_at) == (MONDAY + 2 * HOUR, None)


def test_where_there_is_no_report_yet_it_is_said_and_when_the_next_one_comes():
    letter = shows()
    assert text("staff.now.none") in letter.text.replace("<b>", "").replace("</b>", "")
    assert "01.10–31.12.2026. It is made on 14.01.2027." in letter.text
    assert letter.rows == ()


@pytest.mark.parametrize(
    ("first", "named"), [(None, "2026-Q4"), (date(2026, 11, 1), "2026-Q4"), (date(2026, 8, 1), "2026-Q3")]
)
def test_the_first_report_of_all_is_of_the_period_of_the_first_count(first, named):
    assert stats.coming(scene(counted_from=first)).name == named


@pytest.mark.parametrize(("minute", "days"), [(-1, "01.07–30.09.2026"), (0, "01.10–31.12.2026")])
async def test_a_period_ends_at_midnight_in_tbilisi_whatever_the_clock_of_the_machine_says(tmp_path, minute, days):
    midnight = datetime(2026, 10, 1, tzinfo=TBILISI)
    async with office(tmp_path, midnight + minute * MINUTE) as desk:
        dato = await desk.seats("Dato", Role.MANAGER)
        await desk.does(lambda: dato.says("/stats"))
        assert f"The next report: {days}." in said(dato)[-1]


def test_a_report_that_should_be_there_and_is_not_is_said_to_be_late():
    letter = shows(now=datetime(2027, 2, 1, tzinfo=TBILISI), releases=(shelved(Q3),))
    assert "The report for 01.10–31.12.2026 was due on 14.01.2027 and is not there yet." in letter.text


def test_a_first_report_that_was_not_made_is_late_too():
    assert "The report for 01.07–30.09.2026 was due on 14.10.2026" in shows(counted_from=date(2026, 8, 1)).text


def test_a_house_with_months_waits_for_the_next_month():
    here = scene(releases=(shelved("2026-10", Length.MONTH),))
    monthly = replace(here, desk=replace(here.desk, length=Length.MONTH))
    assert stats.coming(monthly) == Period(2026, 11, Length.MONTH)


def test_the_newest_eight_reports_come_first_and_the_older_ones_on_the_next_page():
    names = [f"{year}-Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)][:11]
    here = scene(releases=tuple(map(shelved, names)))
    (first,) = stats.stats(here, STAFF[DATO], None).posts
    *listed, turns = first.letter.rows
    assert [row[0][0].partition(" ")[0] for row in listed] == names[:-9:-1]
    assert turns == (("Older", "statsfrom_8:0"),)


def test_a_demonstration_says_so_and_a_report_that_does_not_open_is_not_passed_over():
    here = scene(releases=(shelved(Q3),), unreadable=True)
    demo = replace(here, desk=replace(here.desk, demo=True))
    assert text("staff.now.demo") in shows_in(demo)
    assert text("staff.now.missing") in shows_in(demo)
    assert text("staff.now.demo") not in shows_in(replace(here, unreadable=False))
    assert text("staff.now.missing") not in shows_in(replace(here, unreadable=False))


def shows_in(here):
    return stats.stats(here, STAFF[DATO], None).posts[0].letter.text
