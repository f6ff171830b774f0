"""What a card may say of a waiting conversation: a topic no finer than a script, and whether it is grave."""

import pytest

from dialogs import engine
from dialogs.events import Chose, Wrote
from dialogs.standing import band, grave, topic
from dialogs.state import Place, State
from tests.fakes.book import make_book
from tests.fakes.walk import BOOK, Walker, best, walked


def at(*places, **fields):
    *trail, place = map(Place.parse, places)
    return State(nonce=0, language="ka", place=place, trail=tuple(trail), **fields)


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        (("travel.ninety",), "travel"),
        (("menu.top",), "other"),
        (("travel.ninety", "human.lines"), "travel"),
        (("travel.ninety", "work.topics", "privacy.who"), "work"),
        (("offer.red", "sos.now"), "trouble"),
        (("gone.gone",), "other"),
    ],
)
def test_the_topic_is_what_was_read_last(places, wanted):
    assert topic(BOOK, at(*places)) == wanted


def test_what_was_called_from_counts_when_the_trail_says_nothing():
    assert topic(BOOK, at("help.top", stack=(Place("work", "topics"), Place("home", "papers")))) == "return"


def test_a_conversation_that_has_not_begun_has_no_topic():
    assert topic(BOOK, State(nonce=0)) == "other"


def test_a_book_without_a_desk_has_no_topics():
    assert topic(make_book(), at("travel.ninety")) == "other"


def test_every_topic_has_a_label_in_every_language():
    for name in (*BOOK.desk.topics.values(), "other"):
        assert all(BOOK.texts[language][f"topic.{name}"] for language in BOOK.frame.languages)


@pytest.mark.parametrize("place", ["sos.now", "sos.poland", "minors.topics"])
def test_danger_and_childhood_are_grave_wherever_they_lie_behind(place):
    assert grave(BOOK, at(place))
    assert grave(BOOK, at(place, "human.lines"))
    assert grave(BOOK, at("help.top", stack=(Place.parse(place),)))


def test_reading_about_travel_is_not_grave():
    assert not grave(BOOK, at("travel.ninety", "human.lines"))
    assert not grave(BOOK, State(nonce=0))


@pytest.mark.parametrize(
    ("worst", "found"), [({}, False), ({"fee": "pay"}, False), ({"passport": "taken"}, True), ({"age": "minor"}, True)]
)
def test_a_red_verdict_or_a_child_is_grave_even_back_at_the_menu(worst, found):
    person = walked("offer", best("offer") | worst)
    assert grave(BOOK, engine.step(BOOK, person.state, Wrote("/menu")).state) is found


def test_a_red_walk_stays_grave_when_another_walk_is_begun():
    person = walked("away", best("away") | {"passport": "kept"})
    again = Walker("kin", best("kin"), state=person.state)
    again.tap("begin")
    again.tap("none")
    assert BOOK.node(again.state.place).question
    assert grave(BOOK, again.state)


def test_the_band_is_that_of_a_walk_that_is_done():
    assert band(BOOK, walked("offer", best("offer")).state) == "none"
    assert band(BOOK, walked("away", best("away") | {"passport": "kept"}).state) == "red"


def test_a_walk_broken_off_or_never_begun_has_no_band():
    person = Walker("kin", best("kin")).begin()
    person.tap("none")
    assert band(BOOK, person.state) is None
    assert band(BOOK, State(nonce=0)) is None


def test_after_hiding_nothing_is_known():
    person = walked("offer", best("offer") | {"passport": "taken"})
    hidden = engine.step(BOOK, person.state, Chose("hide", person.state.nonce)).state
    assert (topic(BOOK, hidden), band(BOOK, hidden), grave(BOOK, hidden)) == ("other", None, False)
