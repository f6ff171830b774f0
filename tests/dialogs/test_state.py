"""What is stored of a conversation, and what is not."""

import json

import pytest
from hypothesis import given

from dialogs.state import SCHEMA, NewerState, Place, State
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
    )
    assert state.to_json() == (
        '{"schema":1,"nonce":7,"place":"travel.ninety","language":"ka","stack":["menu.main"],'
        '"trail":["menu.main","travel.topics"],"tapped":["ninety",6],"misses":1}'
    )


def test_a_newer_stored_state_is_refused():
    stored = json.loads(State(nonce=1).to_json()) | {"schema": SCHEMA + 1}
    with pytest.raises(NewerState):
        State.from_json(json.dumps(stored))
