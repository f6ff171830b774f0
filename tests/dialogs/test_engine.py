"""Stories of one conversation: what a tap, a command or a text does."""

import pytest

from dialogs.effects import Forget, Hide, Show, Strip
from dialogs.engine import Step, enter, step
from dialogs.events import Chose, Sent, Started, Wrote
from dialogs.state import Place, State
from tests.fakes.conversation import BOOK, after, last, rows, shown, standing, tap

NOBODY = State(nonce=0)


@pytest.mark.parametrize(
    "event", [Started(), Wrote("hello"), Wrote("/menu"), Chose("travel", 7), Sent("voice"), Wrote("/nonsense")]
)
def test_whatever_comes_first_is_answered_by_the_choice_of_language_in_all_of_them(event):
    done = step(BOOK, NOBODY, event)
    assert shown(done) == [("start.language",)]
    assert last(done).language is None
    assert [offer.choice for offer in last(done).offers] == ["ka", "ru", "en"]
    assert rows(done) == [["sos"]]


@pytest.mark.parametrize("event", [Wrote("/sos"), Wrote("/SOS@gza_bot now"), Chose("sos", 99)])
def test_sos_comes_before_the_language(event):
    done = step(BOOK, NOBODY, event)
    assert shown(done) == [("sos.now",)]
    assert last(done).language is None
    assert rows(done) == [["sos", "language"]]


@pytest.mark.parametrize(
    ("text", "language"), [("я в опасности", "ru"), ("saprtxeshi var", "ka"), ("I am in danger!", "en")]
)
def test_a_cry_before_the_language_is_answered_in_its_own_and_settles_nothing(text, language):
    done = step(BOOK, NOBODY, Wrote(text))
    assert (shown(done), last(done).language) == ([("sos.now",)], language)
    assert done.state.language is None


def test_a_double_tap_on_sos_with_no_conversation_shows_it_once():
    once = step(BOOK, NOBODY, Chose("sos", 99))
    assert once.effects[0] == Strip()
    assert step(BOOK, once.state, Chose("sos", 99)) == Step(once.state, ())


def test_after_sos_the_language_is_still_to_be_chosen():
    done = after(NOBODY, Wrote("в опасности"), Chose("safe", 1))
    assert shown(done) == [("start.language",)]


def test_hide_needs_no_conversation():
    assert step(BOOK, NOBODY, Wrote("/hide")).effects == (Hide(),)


def test_before_the_language_a_lesser_phrase_waits_for_that_one_tap():
    done = after(NOBODY, Started(), Wrote("забрали паспорт"))
    assert shown(done) == [("frame.unclear.short", "start.language")]


def test_choosing_a_language_leads_home_in_it():
    done = after(NOBODY, Started(), Chose("ka", 1))
    assert (shown(done), last(done).language) == ([("start.home.who", "start.home.free")], "ka")


def test_a_language_can_be_typed_in_any_language_before_one_is_chosen():
    assert after(NOBODY, Started(), Wrote("english")).state.language == "en"


def test_start_with_a_language_leads_home_with_no_way_back():
    done = after(standing("travel.ninety"), Started())
    assert done.state.place == BOOK.home
    assert rows(done) == [["sos", "human"], ["menu"]]


def test_a_menu_tap_is_answered_in_place():
    done = tap(standing("menu.main"), "travel")
    assert [type(effect) for effect in done.effects] == [Show]
    assert last(done).in_place


def test_two_bubbles_are_sent_anew_and_only_the_last_has_buttons():
    done = tap(standing("travel.topics"), "border")
    assert done.effects[0] == Strip()
    assert shown(done) == [("travel.border.rule",), ("travel.question",)]
    first, second = (effect for effect in done.effects if isinstance(effect, Show))
    assert (first.buttons, first.in_place, second.in_place) == ((), False, False)
    assert second.buttons
    assert first.nonce == second.nonce == done.state.nonce


def test_what_must_be_kept_is_sent_anew_and_never_edited_away():
    arrived = tap(standing("travel.topics"), "ninety")
    assert (arrived.effects[0], last(arrived).in_place) == (Strip(), False)
    left = tap(arrived.state, "back")
    assert (left.effects[0], last(left).in_place) == (Strip(), False)


def test_a_node_that_says_nothing_is_passed_unseen():
    done = tap(standing("quiz.intro"), "stop")
    assert shown(done) == [("menu.main",)]
    assert last(done).in_place


def test_facts_travel_with_their_bubble():
    assert last(tap(standing("travel.topics"), "ninety")).facts == ("visa_days",)


def test_an_end_offers_only_the_rows():
    done = tap(standing("travel.topics"), "ninety")
    assert last(done).offers == ()
    assert rows(done) == [["sos", "human"], ["back", "menu"]]


def test_the_menu_offers_neither_back_nor_itself_and_forgets_where_one_was():
    done = after(standing("travel.topics"), Wrote("/sos"), Wrote("/menu"))
    assert rows(done) == [["sos", "human"]]
    assert (done.state.stack, done.state.trail) == ((), ())


def test_back_undoes_one_step_at_a_time():
    there = after(standing("menu.main"), Chose("travel", 1), Chose("ninety", 2))
    once = tap(there.state, "back")
    assert str(once.state.place) == "travel.topics"
    assert str(tap(once.state, "back").state.place) == "menu.main"


def test_back_out_of_a_call_ends_the_call():
    called = tap(standing("travel.question"), "ask")
    assert called.state.stack == (Place("travel", "question"),)
    returned = tap(called.state, "back")
    assert (str(returned.state.place), returned.state.stack) == ("travel.question", ())


def test_return_leads_to_where_the_call_was_made_and_drops_the_trail_since():
    deep = after(standing("travel.question"), Wrote("/sos"), Wrote("/human"))
    once = tap(deep.state, "done")
    assert str(once.state.place) == "sos.now"
    twice = tap(once.state, "safe")
    assert str(twice.state.place) == "travel.question"
    assert (twice.state.stack, twice.state.trail) == ((), ())


def test_return_with_nowhere_to_return_to_leads_to_the_menu():
    assert tap(standing("human.lines"), "done").state.place == BOOK.menu


def test_a_nodes_own_call_returns_to_the_start_of_its_script():
    done = tap(standing("quiz.intro"), "go")
    assert shown(done) == [("quiz.warm",), ("human.hint",), ("quiz.intro",)]


def test_a_circle_ends_at_the_menu_and_says_nothing_on_the_way():
    assert shown(tap(standing("travel.topics"), "circle")) == [("menu.main",)]


def test_a_double_tap_does_nothing_twice():
    there = standing("menu.main")
    twin = Chose("travel", there.nonce)
    once = step(BOOK, there, twin)
    assert step(BOOK, once.state, twin) == Step(once.state, ())


@pytest.mark.parametrize("choice", ["travel", "nonsense", "", "ninety" * 100])
def test_a_stale_tap_shows_the_current_question_again(choice):
    there = standing("travel.topics")
    done = step(BOOK, there, Chose(choice, there.nonce - 1))
    assert done.effects[0] == Strip()
    assert (shown(done), done.state.place) == ([("travel.topics",)], there.place)
    assert not last(done).in_place


def test_a_forged_choice_shows_the_current_question_again():
    assert shown(tap(standing("travel.topics"), "erase")) == [("travel.topics",)]


def test_sos_works_from_a_bubble_however_old():
    done = step(BOOK, standing("travel.topics"), Chose("sos", -5))
    assert (done.effects[0], shown(done)) == (Strip(), [("sos.now",)])
    assert step(BOOK, done.state, Chose("sos", -5)) == Step(done.state, ())


def test_hide_works_from_a_bubble_however_old_and_leaves_no_way_back():
    done = step(BOOK, tap(standing("travel.topics"), "ninety").state, Chose("hide", 0))
    assert done.effects == (Hide(),)
    assert (done.state.place, done.state.trail, done.state.stack) == (BOOK.menu, (), ())


def test_forget_asks_once_and_then_keeps_nothing():
    asked = step(BOOK, standing("travel.topics"), Wrote("/forget"))
    assert shown(asked) == [("privacy.sure",)]
    done = tap(asked.state, "yes")
    assert done.effects == (Forget(),)
    assert (done.state.place, done.state.language) == (None, None)


def test_changing_the_language_returns_to_the_same_question():
    asked = after(standing("travel.question"), Wrote("/lang"))
    assert shown(asked) == [("start.again",)]
    done = tap(asked.state, "ka")
    assert (shown(done), last(done).language) == ([("travel.question",)], "ka")


def test_an_editor_can_enter_any_place():
    assert shown(enter(BOOK, State(nonce=3, language="ka"), Place("travel", "topics"))) == [("travel.topics",)]
