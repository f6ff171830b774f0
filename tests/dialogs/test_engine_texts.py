"""Stories of typing: commands, the words on a button, key phrases, and what nobody understands."""

import pytest

from dialogs.effects import Strip
from dialogs.engine import step
from dialogs.events import Chose, Sent, Wrote
from tests.fakes.conversation import BOOK, after, last, shown, standing

TOPICS = standing("travel.topics")
MENU = standing("menu.main")


@pytest.mark.parametrize("text", ["/consultant", "/human", "/HUMAN", " /human@gza_bot", "/human now please"])
def test_a_command_is_heard_however_it_is_typed(text):
    assert shown(step(BOOK, TOPICS, Wrote(text))) == [("human.lines",)]


def test_start_with_a_payload_is_a_plain_start():
    assert step(BOOK, TOPICS, Wrote("/start c_12")).state.place == BOOK.home


@pytest.mark.parametrize("text", ["/nonsense", "/", "//", "/back"])
def test_an_unknown_command_is_not_understood(text):
    assert shown(step(BOOK, TOPICS, Wrote(text))) == [("frame.unclear.short", "travel.topics")]


@pytest.mark.parametrize("text", ["поездка без визы", "Poezdka bez vizy!", "poezdka bez vizi"])
def test_the_words_on_a_button_are_as_good_as_a_tap(text):
    done = step(BOOK, MENU, Wrote(text))
    assert shown(done) == [("travel.topics",)]
    assert not last(done).in_place
    assert Strip() not in done.effects


@pytest.mark.parametrize(("language", "text"), [("ka", "უკან"), ("ka", "ukan"), ("ru", "Назад"), ("en", "back")])
def test_back_can_be_typed_in_the_persons_language(language, text):
    there = after(standing("menu.main", language), Chose("travel", 1)).state
    assert step(BOOK, there, Wrote(text)).state.place == BOOK.menu


def test_back_with_nothing_behind_is_not_understood():
    assert shown(step(BOOK, MENU, Wrote("назад"))) == [("frame.unclear.short", "menu.main")]


def test_the_words_of_a_button_not_shown_here_mean_nothing():
    assert shown(step(BOOK, TOPICS, Wrote("поездка без визы"))) == [("frame.unclear.short", "travel.topics")]


def test_the_gravest_phrase_wins():
    done = step(BOOK, TOPICS, Wrote("на границе забрали паспорт, я в опасности"))
    assert shown(done) == [("sos.now",)]
    assert shown(step(BOOK, TOPICS, Wrote("на границе забрали паспорт"))) == [("sos.calm",)]


def test_a_phrase_in_another_language_is_answered_in_the_persons():
    assert last(step(BOOK, TOPICS, Wrote("saprtxeshi var"))).language == "ru"


def test_a_long_text_gets_another_answer_than_a_slip():
    long = step(BOOK, TOPICS, Wrote("вчера я долго думал об этом"))
    assert shown(long) == [("frame.unclear.long", "travel.topics")]


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker"])
def test_what_is_no_text_is_named_as_such(kind):
    assert shown(step(BOOK, TOPICS, Sent(kind))) == [("frame.unclear.media", "travel.topics")]


def test_from_the_second_miss_in_a_row_a_human_is_offered():
    done = after(TOPICS, Wrote("ы"), Sent("voice"))
    assert shown(done) == [("frame.unclear.again", "travel.topics")]
    assert shown(step(BOOK, done.state, Wrote("ы"))) == [("frame.unclear.again", "travel.topics")]


def test_anything_understood_forgives_the_misses():
    done = after(TOPICS, Wrote("ы"), Wrote("/human"), Wrote("ы"))
    assert shown(done) == [("frame.unclear.short",)]


def test_beside_a_page_that_stays_in_the_chat_a_miss_says_nothing_of_it():
    """Somebody else may hold the phone by now: the page is not read out to whoever types a word."""
    here = standing("human.lines")
    missed = step(BOOK, here, Wrote("кто это"))
    assert shown(missed) == [("frame.unclear.short",)]
    assert last(missed).offers == ()
    assert {"sos", "human"} <= {offer.choice for offer in last(missed).buttons}


def test_beside_such_a_page_its_own_buttons_go_on_working():
    here = after(TOPICS, Wrote("/human")).state
    missed = step(BOOK, here, Wrote("ы"))
    assert str(step(BOOK, missed.state, Chose("done", here.nonce)).state.place) == "travel.topics"


def test_a_miss_voids_older_buttons():
    missed = step(BOOK, TOPICS, Wrote("ы"))
    done = step(BOOK, missed.state, Chose("ninety", TOPICS.nonce))
    assert shown(done) == [("travel.topics",)]


def test_nothing_typed_is_kept():
    secret = "сердолик"
    done = after(TOPICS, Wrote(secret), Wrote(f"/{secret}"), Chose(secret, 0))
    assert secret not in done.state.to_json()
