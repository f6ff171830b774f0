"""The walks of the self-check as a person meets them: what is asked, how long it takes, how it ends."""

import random
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import checking, engine
from dialogs.checking import ALWAYS
from dialogs.counting import EVERY_TOPIC
from dialogs.events import Chose, Wrote
from dialogs.state import Place, State
from tests.fakes.walk import BOOK, WALKS, Walker, best, neutral, questions, walked

MOST = 12
CRITICAL = [
    (question.partition(".")[0], question.partition(".")[2], answer)
    for sign in BOOK.rules.signs.values()
    if sign.critical
    for question, answers in sign.when.items()
    for answer in answers
]
ENDS = {"now": 1, "age": 2, "passport": 4, "contact": 3, "leave": 4}
"""After how many questions a critical answer can come at the latest."""


def truths(script):
    """Any answers, "don't know" and "skip" among them."""
    return st.fixed_dictionaries({n: st.sampled_from([*each, *ALWAYS]) for n, each in questions(script).items()})


@pytest.mark.parametrize("script", WALKS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_ordinary_walk_asks_at_most_twelve_questions_and_none_twice(script, data):
    person = walked(script, data.draw(truths(script)))
    assert len(person.asked) == len(set(person.asked)) <= MOST


@pytest.mark.parametrize(("country", "work"), list(product(questions("offer")["country"], questions("offer")["work"])))
def test_a_harmless_walk_asks_twelve_wherever_and_whatever_the_work(country, work):
    person = walked("offer", best("offer") | {"country": country, "work": work})
    assert len(person.asked) == MOST
    assert person.band == "none"
    assert ("season" in person.asked) == (country == "germany" and work == "farm")


@pytest.mark.parametrize("script", ["away", "kin"])
def test_the_other_walks_are_shorter(script):
    assert len(walked(script, best(script)).asked) < MOST


@pytest.mark.parametrize(("script", "name", "answer"), CRITICAL)
def test_a_critical_answer_ends_the_walk_at_once(script, name, answer):
    person = walked(script, best(script) | {name: answer})
    assert person.asked[-1] == name
    assert len(person.asked) <= ENDS[name]
    assert person.band in {"emergency", "minor", "red"}


@pytest.mark.parametrize("script", WALKS)
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_worse_answer_never_leads_to_a_better_band_by_way_of_other_questions(script, data):
    truth = data.draw(truths(script)) | {"age": "adult"}  # to be under 18 is no judgement of the offer
    name = data.draw(st.sampled_from(sorted(questions(script).keys() - neutral(script) - {"age"})))
    first, *worse = questions(script)[name]
    ranks = [walked(script, truth | {name: answer}).rank for answer in (first, "unknown", *worse)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("script", WALKS)
def test_the_steps_counted_are_true_from_the_first_question_to_the_last(script):
    person = Walker(script, best(script)).begin()
    _, steps = checking.steps(BOOK, person.state, person.state.place)
    for step in range(1, steps + 1):
        assert checking.steps(BOOK, person.state, person.state.place) == (step, steps)
        person.tap(person.truth[person.state.place.node])
    assert checking.question(BOOK, person.state.place) is None


@pytest.mark.parametrize("script", WALKS)
def test_the_verdict_comes_in_the_same_turn_as_the_last_answer_and_leaves_a_human_and_sos(script):
    person = walked(script, best(script) | {"now": "crime"})
    texts = [text for show in person.shows for text in show.paragraphs]
    assert any(text.endswith(".band") for text in texts)
    assert {"human", "sos"} <= {offer.choice for offer in person.shows[-1].buttons}


@pytest.mark.parametrize("script", WALKS)
def test_dont_know_and_skip_stand_under_every_question_at_the_same_place(script):
    person = Walker(script, best(script)).begin()
    while checking.question(BOOK, person.state.place):
        assert [offer.choice for offer in person.shows[-1].always[0]] == list(ALWAYS)
        person.tap(person.truth[person.state.place.node])


def test_what_is_known_is_not_asked():
    known = checking.noted(State(nonce=0, language="ru"), "offer", {"country": "poland", "work": "build", "fee": "pay"})
    person = Walker("offer", best("offer"), state=known).begin().walk()
    assert not {"country", "work", "fee"} & set(person.asked)
    assert person.band == "orange"


def test_back_takes_one_answer_back_and_keeps_the_rest():
    person = Walker("offer", {"now": "none", "age": "adult", "passport": "want"}).begin()
    for answer in ("none", "adult", "want"):
        person.tap(answer)
    person.tap("back")
    assert person.state.place == Place("offer", "passport")
    assert checking.given(person.state, "offer") == {"offer.now": "none", "offer.age": "adult"}


def test_a_walk_is_taken_up_days_later_from_the_stored_state():
    person = Walker("offer", best("offer")).begin()
    person.tap("none")
    stored = State.from_json(person.state.to_json())
    later = engine.rested(BOOK, stored)
    again = Walker("offer", best("offer"), state=later).begin()
    assert again.state.place == Place("offer", "age")
    assert "now" not in again.walk().asked


def checked(person):
    """What was counted of their checks."""
    cells = [cell for count in person.counts for cell in count.cells]
    return [cell for cell in cells if cell[0] in ("band", "work", "destination", "sign")]


def test_the_result_can_be_asked_for_again_and_is_counted_once():
    person = walked("offer", best("offer") | {"fee": "pay"})
    assert checked(person) == [("band", "orange"), ("work", "home"), ("destination", "eu")]
    again = Walker("offer", {}, state=person.state)
    again.tap("result")
    assert (again.band, again.counts) == ("orange", [])


def test_going_back_and_answering_otherwise_is_not_counted_again():
    person = walked("away", best("away"))
    person.tap("back")
    person.tap("depend")
    assert person.band == "yellow"
    assert [table for table, _ in checked(person) if table == "band"] == ["band"]


def test_children_are_not_counted():
    assert checked(walked("offer", best("offer") | {"age": "minor"})) == []


def test_signs_are_counted_where_they_are_found():
    assert ("sign", "coercion") in checked(walked("offer", best("offer") | {"pressure": "threat", "debt": "work"}))


def test_what_a_walk_does_not_ask_or_nobody_knows_is_counted_as_unknown():
    unsure = dict.fromkeys(best("offer"), "unknown") | {"age": "adult"}
    for script, truth in (("away", best("away")), ("offer", unsure), ("kin", best("kin") | {"now": "danger"})):
        tables = [table for table, _ in checked(walked(script, truth)) if table != "sign"]
        assert tables == ["band", "work", "destination"], script
    assert {("work", "unknown"), ("destination", "unknown")} <= set(checked(walked("offer", unsure)))


@pytest.mark.parametrize("command", ["/hide", "/forget"])
def test_hiding_and_forgetting_leave_no_answer_and_nothing_of_what_was_read(command):
    person = walked("offer", best("offer"))
    done = engine.step(BOOK, person.state, Wrote(command))
    if command == "/forget":
        done = engine.step(BOOK, done.state, Chose("yes", done.state.nonce))
    assert (done.state.answers, done.state.ad) == ((), ())
    assert done.state.counted <= {EVERY_TOPIC}


def test_beginning_anew_forgets_the_answers_of_that_walk_alone():
    chance = random.Random(2)
    both = checking.noted(walked("offer", best("offer")).state, "kin", {"now": chance.choice(["none", "unknown"])})
    fresh = checking.without(both, "offer")
    assert not checking.given(fresh, "offer")
    assert checking.given(fresh, "kin")


def test_the_answers_go_along_to_a_human_and_back():
    person = Walker("offer", best("offer")).begin()
    person.tap("none")
    person.tap("human")
    assert "mine" in {offer.choice for offer in person.shows[-1].offers}
    person.tap("back")
    assert person.state.place == Place("offer", "age")
    assert checking.given(person.state, "offer") == {"offer.now": "none"}


def test_the_country_answered_leads_straight_to_its_numbers():
    person = walked("away", best("away") | {"country": "italy", "leave": "free", "hours": "long"})
    person.tap("numbers")
    assert person.state.place == Place("abroad", "italy")


def test_a_state_keeps_ids_only():
    person = walked("offer", best("offer"))
    assert all(part.isascii() and " " not in part for pair in person.state.answers for part in pair)


def test_old_answers_to_questions_that_are_gone_do_no_harm():
    old = replace(State(nonce=0, language="en"), answers=(("offer.gone", "yes"), ("gone.gone", "no")))
    person = Walker("offer", best("offer"), state=old)
    person.tap("on")
    assert person.walk().band == "none"
