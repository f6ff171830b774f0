"""Laws of the engine under any event and any state, on the book people get."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.engine import enter, step
from dialogs.events import Chose, Wrote
from dialogs.loader import BOOK as FILES
from dialogs.loader import PhraseBook
from dialogs.reading import read_document
from dialogs.state import Place, State
from tests.fakes.real import book
from tests.fakes.walks import check_step, events, has_ways_out, states

BOOK = book()
INTENTS = PhraseBook.model_validate(read_document(FILES / "phrases.yaml").tree).intents


@settings(max_examples=100, deadline=None)
@given(states(BOOK), st.lists(events(BOOK), max_size=10))
def test_any_events_in_any_state_end_raise_nothing_and_leave_a_way_out(state, happenings):
    for event in happenings:
        done = step(BOOK, state, event)
        check_step(BOOK, state, done)
        state = done.state


@pytest.mark.parametrize("place", list(BOOK.places()), ids=str)
@pytest.mark.parametrize("language", ["ka", None])
def test_every_place_leaves_a_way_out(place, language):
    done = enter(BOOK, State(nonce=0, language=language), place)
    assert has_ways_out(BOOK, done.state, done.effects[-1])


@pytest.mark.parametrize("place", list(BOOK.places()), ids=str)
@pytest.mark.parametrize("words", ["qwrtpsdfg", "thank you"])
def test_every_place_leaves_a_way_out_of_what_is_said_beside_it(place, words):
    standing = enter(BOOK, State(nonce=0, language="en"), place).state
    done = step(BOOK, standing, Wrote(words))
    check_step(BOOK, standing, done)


@pytest.mark.parametrize("place", list(BOOK.places()), ids=str)
def test_every_button_of_every_place_is_accepted(place):
    done = enter(BOOK, State(nonce=0, language="ka"), place)
    for offer in done.effects[-1].buttons:
        tapped = step(BOOK, done.state, Chose(offer.choice, done.state.nonce)).state
        assert tapped.tapped == (offer.choice, done.state.nonce)


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_every_phrase_leads_to_a_place_of_the_book(intent):
    way = INTENTS[intent].way
    assert BOOK.node(Place.parse(way.goto or way.call)) is not None


@pytest.mark.parametrize("language", BOOK.frame.languages)
def test_sos_and_hide_work_everywhere_in_every_language(language):
    sos = Place.parse(BOOK.frame.commands["sos"].call)
    for place in BOOK.places():
        known = replace(enter(BOOK, State(nonce=0), place).state, language=language)
        assert step(BOOK, known, Wrote("/sos")).state.place == sos
        assert step(BOOK, known, Wrote("/hide")).state.trail == ()
