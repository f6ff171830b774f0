"""Laws of the engine under any event and any state, on the fake book."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.effects import Hide, Show, Strip
from dialogs.engine import step
from dialogs.events import Chose, Wrote
from dialogs.state import Place, State
from tests.fakes.book import make_book
from tests.fakes.walks import check_step, events, states

BOOK = make_book()


@settings(max_examples=150, deadline=None)
@given(states(BOOK), st.lists(events(BOOK), max_size=12))
def test_any_events_in_any_state_end_raise_nothing_and_leave_a_way_out(state, happenings):
    for event in happenings:
        done = step(BOOK, state, event)
        check_step(BOOK, state, done)
        state = done.state


@settings(max_examples=150, deadline=None)
@given(states(BOOK), st.lists(events(BOOK), max_size=6))
def test_every_button_just_shown_is_accepted(state, happenings):
    for event in happenings:
        done = step(BOOK, state, event)
        state = done.state
        for show in (effect for effect in done.effects if isinstance(effect, Show)):
            for offer in show.buttons:
                tapped = step(BOOK, state, Chose(offer.choice, show.nonce)).state
                assert tapped.tapped == (offer.choice, show.nonce)


@settings(max_examples=100, deadline=None)
@given(states(BOOK), events(BOOK))
def test_a_step_is_the_same_every_time(state, event):
    assert step(BOOK, state, event) == step(BOOK, state, event)


@settings(max_examples=50, deadline=None)
@given(states(BOOK))
def test_sos_hide_and_menu_work_in_every_state_with_a_language(state):
    known = replace(state, language="ka")
    assert step(BOOK, known, Wrote("/sos")).state.place == Place("sos", "now")
    assert step(BOOK, known, Wrote("/hide")).effects == (Hide(),)
    if known.place is not None:
        assert step(BOOK, known, Wrote("/menu")).state.place == BOOK.menu


@pytest.mark.parametrize(
    ("stood", "stands"),
    [
        ("travel.days", "travel.ninety"),
        ("travel.gone", "menu.main"),
        ("gone.gone", "menu.main"),
        ("travel.old", "menu.main"),
        ("travel.lost", "menu.main"),
    ],
)
def test_people_on_a_node_that_is_gone_are_carried_over_or_led_to_the_menu(stood, stands):
    state = State(nonce=4, place=Place.parse(stood), language="ru")
    done = step(BOOK, state, Wrote("ы"))
    assert str(done.state.place) == stands


def test_a_tap_on_a_question_that_changed_under_the_person_is_asked_again():
    state = State(nonce=4, place=Place.parse("travel.gone"), language="ru")
    done = step(BOOK, state, Chose("erase", 4))
    assert done.state.place == BOOK.menu
    assert [type(effect) for effect in done.effects] == [Strip, Show]


def test_a_language_taken_out_of_the_book_is_chosen_anew():
    done = step(BOOK, State(nonce=4, place=BOOK.menu, language="xx"), Wrote("ы"))
    assert (done.state.place, done.state.language) == (BOOK.start, None)
