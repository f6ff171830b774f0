"""What a conversation is taken up with: on the same day its place, on a later day nothing that was read."""

from datetime import date, timedelta

import pytest

from bot.answering import answer, taken_up
from bot.arrivals import Arrival
from dialogs import engine
from dialogs.events import Chose, Sent, Started, Wrote
from dialogs.state import Place, State
from storage import Conversation
from storage.vault.dek import Dek
from tests.fakes.real import book

BOOK = book()
TODAY = date(2026, 11, 24)
GRAVE = engine.enter(
    BOOK, State(nonce=7, language="en", marks=frozenset({"before.work.visa"})), Place("happened", "police")
).state


def answered(event, touched):
    conversation = Conversation(b"1" * 16, 5, Dek.new(), state=GRAVE.to_json(), revision=1, touched=touched)
    arrival = Arrival(1, 5, event)
    return answer(BOOK, taken_up(BOOK, conversation, arrival, TODAY), arrival, TODAY, nonce=1)


def place_after(event, touched):
    return str(State.from_json(answered(event, touched).conversation.state).place)


@pytest.mark.parametrize("event", [Wrote("who is this"), Wrote("hi"), Sent("voice")])
def test_words_of_a_later_day_meet_the_menu_and_no_page_that_was_read(event):
    said = answered(event, TODAY - timedelta(days=1))
    assert place_after(event, TODAY - timedelta(days=1)) == "menu.top"
    assert "Permanent Group" not in "".join(letter.text for letter in said.letters)


@pytest.mark.parametrize("event", [Wrote("who is this"), Wrote("hi"), Sent("voice")])
def test_words_of_the_same_day_leave_the_place_and_do_not_read_it_out(event):
    said = answered(event, TODAY)
    assert place_after(event, TODAY) == "happened.police"
    assert "Permanent Group" not in "".join(letter.text for letter in said.letters)


def test_a_tap_of_a_later_day_goes_on_where_the_person_was():
    assert place_after(Chose("help", GRAVE.nonce), TODAY - timedelta(days=9)) == "happened.routes"


def test_ticks_stay_from_day_to_day():
    kept = State.from_json(answered(Wrote("hi"), TODAY - timedelta(days=1)).conversation.state)
    assert kept.marks == GRAVE.marks


def test_danger_typed_on_a_later_day_is_still_danger():
    assert place_after(Wrote("they beat me"), TODAY - timedelta(days=1)) == "sos.now"


def test_a_start_is_a_start_on_any_day():
    assert place_after(Started(), TODAY - timedelta(days=1)) == "menu.top"
