"""Stories of asking for a consultant: it is confirmed, leads back to where one was, and is taken up again."""

from dataclasses import replace

import pytest

from dialogs.effects import HandOver
from dialogs.engine import Step, enter, resumed, step
from dialogs.events import Chose, Started, Wrote
from dialogs.hearing import names_way
from dialogs.state import Place, State
from tests.fakes.conversation import BOOK, after, last, shown, standing, tap


def asked_from(place):
    there = standing(place)
    return there, step(BOOK, there, Wrote("/human")).state


@pytest.mark.parametrize("place", ["menu.main", "travel.question", "travel.ninety", "sos.now", "list.days"])
def test_who_asks_for_a_consultant_stands_again_where_they_were(place):
    there, asking = asked_from(place)
    done = tap(asking, "write")
    assert done.effects == (HandOver(),)
    assert (done.state.place, done.state.stack, done.state.trail) == (there.place, there.stack, there.trail)


def test_the_question_they_come_back_to_is_a_new_one():
    _, asking = asked_from("travel.question")
    done = tap(asking, "write")
    assert done.state.nonce > asking.nonce
    assert shown(step(BOOK, done.state, Chose("yes", asking.nonce))) == [("travel.question",)]


def test_a_double_tap_asks_for_one_consultant():
    _, asking = asked_from("travel.question")
    once = tap(asking, "write")
    assert step(BOOK, once.state, Chose("write", asking.nonce)) == Step(once.state, ())


def test_an_old_button_asks_for_nobody():
    _, asking = asked_from("travel.question")
    assert HandOver() not in step(BOOK, asking, Chose("write", asking.nonce - 1)).effects


def test_a_way_through_the_numbers_and_danger_leads_back_all_the_same():
    there, asking = asked_from("travel.question")
    done = after(asking, Wrote("/sos"), Wrote("/human"))
    assert str(tap(done.state, "write").state.place) == "sos.now"
    deeper = replace(asking, place=Place("human", "hint"), trail=(*asking.trail, Place("human", "lines")))
    asked = step(BOOK, replace(deeper, place=Place("human", "lines")), Chose("write", deeper.nonce))
    assert asked.state.place == there.place


def test_with_nowhere_to_go_back_to_it_is_the_menu():
    assert tap(standing("human.lines"), "write").state.place == BOOK.menu


def test_whoever_has_just_chosen_a_language_goes_on_to_the_menu():
    done = after(State(nonce=0), Started(), Wrote("/human"), Wrote("/language"), Wrote("english"))
    assert tap(done.state, "write").state.place == BOOK.menu


def test_nobody_is_asked_for_a_consultant_before_a_language():
    done = after(State(nonce=0), Started(), Wrote("/human"))
    assert [offer.choice for offer in last(done).offers] == ["done"]
    assert HandOver() not in tap(done.state, "write").effects


def test_afterwards_the_same_question_is_asked_anew():
    there = standing("travel.question")
    done = resumed(BOOK, replace(there, tapped=("yes", 3), misses=2))
    assert (shown(done), last(done).nonce) == ([("travel.question",)], there.nonce + 1)
    assert not last(done).in_place
    assert (done.state.place, done.state.tapped, done.state.misses) == (there.place, None, 0)
    assert str(tap(done.state, "yes").state.place) == "travel.topics"


def test_a_conversation_that_never_began_begins_when_it_is_taken_up():
    assert shown(resumed(BOOK, State(nonce=3))) == [("start.language",)]


def test_a_place_that_is_gone_is_taken_up_at_the_menu():
    done = resumed(BOOK, State(nonce=3, place=Place("gone", "gone"), language="ru"))
    assert shown(done) == [("menu.main",)]


@pytest.mark.parametrize(
    "text", ["/menu", "/SOS@gza_bot", "/start", " /hide", "👤 Консультант", "консультант", "в опасности"]
)
def test_commands_buttons_and_cries_for_help_are_meant_for_the_bot(text):
    assert names_way(BOOK, standing("menu.main"), text)


@pytest.mark.parametrize(
    "text", ["граница", "забрали паспорт", "/nonsense", "Польша", "да", "", "/", "05.03.2026 - 20.03.2026"]
)
def test_everything_else_is_kept_for_the_consultant(text):
    assert not names_way(BOOK, standing("menu.main"), text)


def test_a_button_of_another_place_is_no_way_here():
    assert names_way(BOOK, standing("menu.main"), "Поездка без визы")
    assert not names_way(BOOK, standing("travel.topics"), "Поездка без визы")


def test_without_a_place_the_languages_can_be_named():
    assert names_way(BOOK, State(nonce=0), "english")
    assert names_way(BOOK, State(nonce=0), "saprtxeshi var")
    assert not names_way(BOOK, State(nonce=0), "hello")


def test_an_editor_who_looks_at_one_place_is_handed_over_from_the_menu():
    assert (
        tap(enter(BOOK, State(nonce=0, language="en"), Place("human", "lines")).state, "write").state.place == BOOK.menu
    )
