"""Checklists come back ticked, quizzes count, dates add up: what is kept between two bubbles."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.effects import Hide, Show, Tally
from dialogs.engine import step
from dialogs.events import Chose, Wrote
from dialogs.rendering import render
from dialogs.state import Place, State
from dialogs.stays import Stay
from tests.fakes.conversation import BOOK, last, shown

TODAY = date(2026, 11, 24)
LIST = State(nonce=5, place=Place("list", "things"), language="en")
DAYS = replace(LIST, place=Place("list", "days"))


def tapped(state, *choices):
    for choice in choices:
        done = step(BOOK, state, Chose(choice, state.nonce))
        state = done.state
    return done


def words(done):
    return render(BOOK, last(done), TODAY)


def test_a_ticked_line_is_ticked_in_the_same_bubble_and_on_its_button():
    done = tapped(LIST, "passport")
    assert last(done).in_place
    assert words(done).text == "1 / 3\n\n✓ Take the passport.\n☐ Take money."
    assert [row[0].label for row in words(done).rows[:2]] == ["✓ Passport", "☐ Money"]


def test_a_second_tap_takes_the_tick_off_again():
    assert tapped(LIST, "passport", "passport_off").state.marks == frozenset()


def test_a_double_tap_ticks_once():
    once = tapped(LIST, "passport")
    twice = step(BOOK, once.state, Chose("passport", LIST.nonce))
    assert (twice.state.marks, twice.effects) == (once.state.marks, ())


def test_two_lines_can_be_ticked_before_the_first_tick_is_seen():
    first = step(BOOK, LIST, Chose("passport", LIST.nonce))
    second = step(BOOK, first.state, Chose("money", LIST.nonce))
    assert last(second).tally == Tally(2, 3)


def test_a_checklist_comes_back_ticked():
    left = step(BOOK, tapped(LIST, "money").state, Wrote("/menu"))
    back = tapped(left.state, "list")
    assert [line.ticked for line in last(back).lines] == [False, True]


def test_the_words_on_a_line_tick_it_too():
    assert step(BOOK, LIST, Wrote("money")).state.marks == {"list.things.money"}


def test_starting_over_takes_all_ticks_of_the_script_and_no_others():
    marked = replace(LIST, marks=frozenset({"list.things.money", "list.question", "other.things.money"}))
    assert tapped(marked, "anew").state.marks == {"other.things.money"}


@pytest.mark.parametrize(
    ("answers", "right"),
    [(["right"], 1), (["wrong"], 0), (["right", "ask", "wrong"], 0), (["wrong", "ask", "right"], 1)],
)
def test_the_last_answer_to_a_question_counts(answers, right):
    assert last(tapped(LIST, "ask", *answers)).tally == Tally(right, 3)


def test_leaving_a_question_by_the_menu_changes_no_answer():
    answered = tapped(LIST, "ask", "right", "ask")
    assert step(BOOK, answered.state, Wrote("/menu")).state.marks == {"list.question"}


def test_hiding_takes_ticks_and_dates_with_it():
    full = replace(LIST, marks=frozenset({"list.things.money"}), stays=(Stay(TODAY),))
    done = step(BOOK, full, Wrote("/hide"))
    assert done.effects == (Hide(),)
    assert (done.state.marks, done.state.stays) == (frozenset(), ())


def test_before_anything_is_typed_only_the_example_is_shown():
    assert render(BOOK, Show("en", ("list.days.how", "list.days.sum", "list.days.over")), TODAY).text == (
        "04.11.2026 – 19.11.2026"
    )


def test_the_example_can_be_typed_as_it_stands():
    done = step(BOOK, DAYS, Wrote("04.11.2026 – 19.11.2026"))
    assert done.state.stays == (Stay(date(2026, 11, 4), date(2026, 11, 19)),)
    assert words(done).text.endswith("1: 16 days")


def test_a_first_day_alone_means_still_there_until_the_day_of_leaving_is_typed():
    there = step(BOOK, DAYS, Wrote("01.11.2026"))
    assert there.state.stays == (Stay(date(2026, 11, 1)),)
    left = step(BOOK, there.state, Wrote("10.11.2026"))
    assert left.state.stays == (Stay(date(2026, 11, 1), date(2026, 11, 10)),)


def test_too_many_days_say_from_when_one_may_come_back():
    done = step(BOOK, DAYS, Wrote("01.08.2026 - 10.11.2026"))
    assert words(done).text.endswith("1: 102 days\n\n12 days, 9 February 2027")


def test_dates_that_cannot_be_read_or_run_backwards_are_said_and_lose_nothing():
    before = replace(DAYS, stays=(Stay(date(2026, 5, 1), date(2026, 5, 3)),))
    for text, unclear in (("31.02.2026", "dates"), ("20.03.2026 - 05.03.2026", "backwards"), ("5.3", "dates")):
        done = step(BOOK, before, Wrote(text))
        assert shown(done)[0][0] == f"frame.unclear.{unclear}"
        assert done.state.stays == before.stays


def test_words_without_a_date_are_heard_as_anywhere():
    assert str(step(BOOK, DAYS, Wrote("in danger")).state.place) == "sos.now"
    assert shown(step(BOOK, DAYS, Wrote("hm")))[0][0] == "frame.unclear.short"


def test_a_thousand_trips_keep_the_latest():
    state = DAYS
    for year in range(2000, 2080):
        state = step(BOOK, state, Wrote(f"01.01.{year} - 02.01.{year}")).state
    assert (len(state.stays), state.stays[-1].came.year) == (30, 2079)
