"""What is stored of a conversation, and what is not."""

import json
from datetime import date

import pytest
from hypothesis import given

from dialogs.state import SCHEMA, NewerState, Place, State
from dialogs.stays import Stay
from tests.fakes.book import make_book
from tests.fakes.walks import states


@given(states(make_book()))
def test_a_state_survives_being_stored(state):
    assert State.from_json(state.to_json()) == state


def test_the_stored_form_is_written_down():
    """A change here needs a new schema number and a way to carry the old form over."""
    state = State(
        nonce=7,
        place=Place("travel", "ninety"),
        language="ka",
        stack=(Place("menu", "main"),),
        trail=(Place("menu", "main"), Place("travel", "topics")),
        tapped=("ninety", 6),
        misses=1,
        marks=frozenset({"list.things.passport", "list.things.money"}),
        stays=(Stay(date(2026, 3, 5), date(2026, 3, 20)), Stay(date(2026, 11, 1))),
        answers=(("offer.passport", "want"), ("offer.country", "germany")),
        ad=(("pay", "1500-2000 EUR month"), ("contract", "said")),
        counted=frozenset({"offer", "kin"}),
        switches=frozenset({"vanish"}),
        campaign="bus_stop",
    )
    assert state.to_json() == (
        '{"schema":3,"nonce":7,"place":"travel.ninety","language":"ka","stack":["menu.main"],'
        '"trail":["menu.main","travel.topics"],"tapped":["ninety",6],"misses":1,'
        '"marks":["list.things.money","list.things.passport"],"stays":[["2026-03-05","2026-03-20"],["2026-11-01",null]],'
        '"answers":[["offer.passport","want"],["offer.country","germany"]],'
        '"ad":[["pay","1500-2000 EUR month"],["contract","said"]],"counted":["kin","offer"],'
        '"switches":["vanish"],"campaign":"bus_stop"}'
    )


def test_a_state_of_the_first_schema_is_carried_over():
    stored = (
        '{"schema":1,"nonce":7,"place":"travel.ninety","language":"ka","stack":["menu.main"],'
        '"trail":["menu.main","travel.topics"],"tapped":["ninety",6],"misses":1}'
    )
    state = State.from_json(stored)
    assert (state.place, state.tapped) == (Place("travel", "ninety"), ("ninety", 6))
    assert (state.marks, state.stays, state.answers, state.ad, state.counted) == (frozenset(), (), (), (), frozenset())


def test_a_state_of_the_second_schema_is_carried_over_with_its_ticks_and_days():
    stored = (
        '{"schema":2,"nonce":7,"place":"travel.ninety","language":"ka","stack":[],"trail":[],"tapped":null,"misses":0,'
        '"marks":["list.things.money"],"stays":[["2026-11-01",null]]}'
    )
    state = State.from_json(stored)
    assert (state.marks, state.stays) == (frozenset({"list.things.money"}), (Stay(date(2026, 11, 1)),))
    assert (state.answers, state.ad, state.counted) == ((), (), frozenset())


def test_a_state_of_before_there_were_switches_and_campaigns_is_carried_over():
    stored = json.loads(State(nonce=1, language="ka", campaign="bus_stop").to_json())
    state = State.from_json(json.dumps({name: stored[name] for name in stored.keys() - {"switches", "campaign"}}))
    assert state == State(nonce=1, language="ka")


def test_a_newer_stored_state_is_refused():
    stored = json.loads(State(nonce=1).to_json()) | {"schema": SCHEMA + 1}
    with pytest.raises(NewerState):
        State.from_json(json.dumps(stored))
