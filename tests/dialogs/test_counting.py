"""A conversation is counted once, when it first comes to a topic; and nothing is counted that no table names."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.statistics.tables import Tables, Unit
from dialogs import counting, engine
from dialogs.editing.plans import Scene, parse, perform
from dialogs.effects import Count
from dialogs.events import Chose, Started, Wrote
from dialogs.state import Place, State
from tests.fakes.listed import with_list
from tests.fakes.real import book
from tests.fakes.walk import best, walked

BOOK = with_list(book())
PLANS = sorted((Path(__file__).parent.parent / "plans").glob("*.plan"))
LANGUAGE, CAMPAIGN = ("language", "en"), ("campaign", "none")


def at(script, **known):
    """Somebody who stands at the start of a script, and what that counted."""
    state = State(**{"nonce": 1, "language": "en", **known})
    return told(engine.enter(BOOK, state, Place(script, BOOK.scripts[script].start)))


def told(done):
    return done.state, [cell for effect in done.effects if isinstance(effect, Count) for cell in effect.cells]


def test_choosing_a_language_and_nothing_else_counts_nothing():
    state, cells = told(engine.step(BOOK, State(nonce=1), Started()))
    state, more = told(engine.step(BOOK, state, Chose("en", state.nonce)))
    assert (cells, more) == ([], [])


def test_whoever_comes_to_a_topic_is_counted_once_and_every_topic_once():
    state, cells = at("work")
    assert cells == [LANGUAGE, CAMPAIGN, ("topic", "work")]
    _, again = at("work", counted=state.counted)
    _, other = at("travel", counted=state.counted)
    _, same = at("before", counted=state.counted)
    assert (again, other, same) == ([], [("topic", "travel")], [])


def test_a_topic_read_before_a_language_is_chosen_counts_nothing():
    assert at("sos", language=None)[1] == []


def test_a_conversation_that_goes_on_days_later_is_the_same_one_and_one_after_it_was_forgotten_is_another():
    state, _ = at("work")
    rested = engine.rested(BOOK, State.from_json(state.to_json()))
    assert told(engine.enter(BOOK, rested, Place("work", "topics")))[1] == []
    assert at("work")[1] != []


def test_beginning_a_check_anew_counts_no_topic_again():
    person = walked("offer", best("offer"))
    done = engine.step(BOOK, person.state, Chose("restart", person.state.nonce))
    assert "topic.offer" in person.state.counted & done.state.counted


def test_after_hiding_it_is_known_that_somebody_was_counted_and_not_what_they_read():
    hid = engine.step(BOOK, at("trouble")[0], Wrote("/hide")).state
    assert hid.counted == {counting.EVERY_TOPIC}
    assert at("travel", counted=hid.counted)[1] == []
    assert engine.step(BOOK, State(nonce=1, language="en"), Wrote("/hide")).state.counted == frozenset()


def test_whoever_asks_for_a_human_without_a_topic_has_that_of_the_case_and_is_counted_once():
    state, cells = counting.asked(BOOK, State(nonce=1, language="en"), "en", "other")
    assert cells == (LANGUAGE, CAMPAIGN, ("topic", "other"))
    assert counting.asked(BOOK, state, "en", "work") == (state, ())
    assert at("work", counted=state.counted)[1] == [("topic", "work")]
    reader, _ = at("work")
    assert counting.asked(BOOK, reader, "en", "other")[1] == ()


def test_the_first_campaign_stays_through_the_menu_and_a_check():
    state = engine.step(BOOK, State(nonce=1, language="en"), Started("c_bus_stop", "bus_stop")).state
    for event in (Started("c_radio", "radio"), Started(), Wrote("/menu"), Wrote("/check")):
        state = engine.step(BOOK, state, event).state
        assert State.from_json(state.to_json()).campaign == "bus_stop"
    assert ("campaign", "bus_stop") in at("work", campaign=state.campaign)[1]


def test_a_payload_alone_is_no_campaign():
    assert engine.step(BOOK, State(nonce=1), Started("c_bus_stop")).state.campaign is None


def test_answers_that_todays_book_does_not_know_count_as_unknown():
    state = State(nonce=1, language="en", answers=(("offer.country", "atlantis"), ("offer.work", "magic")))
    assert counting.destination(BOOK, state) == "unknown"
    assert counting.destination(BOOK, State(nonce=1)) == "unknown"
    known = State(nonce=1, answers=(("offer.country", "germany"),))
    assert counting.destination(BOOK, known) == "eu"


@cache
def everything():
    """What all plans together count."""
    cells = Counter()
    for path in PLANS:
        scene = Scene()
        for line in parse(path).lines:
            before, scene = scene, perform(BOOK, scene, line)
            if scene is not before:
                cells.update(cell for each in scene.effects if isinstance(each, Count) for cell in each.cells)
    return cells


def test_whatever_the_book_counts_stands_in_a_table():
    named = {(table.name, value) for table in Tables.of(BOOK).one_way for value in table.values}
    assert everything().keys() <= named
    assert {table for table, _ in everything()} == {
        table.name for table in Tables.of(BOOK).one_way if table.unit is not Unit.CASE
    }


@pytest.mark.parametrize("unit", [Unit.TALK, Unit.CHECK])
def test_tables_of_the_same_unit_add_up_to_the_same(unit):
    names = [table.name for table in Tables.of(BOOK).of_unit(unit) if not table.several]
    sums = {sum(times for (table, _), times in everything().items() if table == name) for name in names}
    assert len(sums) == 1
    assert sums.pop() > 0
