"""Where a walk meets something else: an ad, an age that is typed, another walk. Nothing grave is forgotten."""

import pytest

from dialogs import checking, engine
from dialogs.effects import Show
from dialogs.events import Chose, Wrote
from dialogs.state import Place, State
from tests.fakes.walk import BOOK, Walker, best, walked

AD = "Требуются люди на стройку в Варшаву, 1500 евро в месяц, виза не нужна, пишите в вайбер +48 600 000 000"


def after(state, *events):
    """The last step of several events."""
    for event in events:
        done = engine.step(BOOK, state, Wrote(event) if " " in event else Chose(event, state.nonce))
        state = done.state
    return done


def begun(*answers, script="offer", language="ru"):
    person = Walker(script, {}, language=language).begin()
    for answer in answers:
        person.tap(answer)
    return person


def test_an_ad_pasted_in_the_middle_of_a_walk_takes_nothing_back_and_fills_the_rest():
    person = begun("none", "adult", "want", "poland")
    answers = checking.given(after(person.state, AD).state, "offer")
    assert (answers["offer.passport"], answers["offer.visa"], answers["offer.work"]) == ("want", "tourist", "build")


def test_an_ad_for_another_country_answers_nothing_of_this_offer():
    person = begun("none", "adult", "mine", "germany", "farm")
    assert checking.given(after(person.state, AD).state, "offer") == checking.given(person.state, "offer")


def test_an_ad_pasted_after_a_verdict_is_a_new_offer():
    person = walked("offer", best("offer") | {"passport": "want"}, language="ru")
    state = after(person.state, AD).state
    assert "offer.passport" not in checking.given(state, "offer")
    assert "offer" not in state.counted


@pytest.mark.parametrize(("name", "answer"), [("passport", "taken"), ("now", "intimate"), ("now", "danger")])
def test_an_ad_does_not_make_a_critical_answer_forgotten(name, answer):
    person = walked("offer", best("offer") | {name: answer}, language="ru")
    done = after(person.state, AD, "on")
    assert checking.given(done.state, "offer")[f"offer.{name}"] == answer
    assert checking.question(BOOK, done.state.place) is None


def test_a_child_who_pastes_an_ad_is_asked_nothing():
    person = walked("offer", best("offer") | {"age": "minor"}, language="ru")
    assert after(person.state, AD).state.place == Place("minors", "topics")


@pytest.mark.parametrize("typed", ["мне 17 лет", "17 წლის ვარ", "i am 17"])
@pytest.mark.parametrize("answers", [(), ("none",), ("none", "adult")])
def test_an_age_told_in_words_ends_the_questions(typed, answers):
    person = begun(*answers)
    state = after(person.state, typed).state
    assert state.place == Place("sos", "minor")
    assert checking.verdict(BOOK, state, "offer").band == "minor"


@pytest.mark.parametrize("script", ["offer", "away", "kin"])
@pytest.mark.parametrize(("typed", "answer"), [("17", "minor"), ("18", "adult"), ("9", "minor"), ("45", "adult")])
def test_a_bare_number_at_the_question_of_age_is_read(script, typed, answer):
    person = begun("none", script=script)
    state = engine.step(BOOK, person.state, Wrote(typed)).state
    assert checking.given(state, script)[f"{script}.age"] == answer


@pytest.mark.parametrize("typed", ["0", "1900", "12345678901234567890", "two"])
def test_what_is_no_age_is_asked_again(typed):
    person = begun("none")
    assert engine.step(BOOK, person.state, Wrote(typed)).state.place == Place("offer", "age")


def test_what_worries_in_an_ad_is_told_apart_from_what_was_answered():
    done = after(begun("none", "adult", "want").state, AD)
    worries = next(show for show in done.effects if isinstance(show, Show) and "check.worries.signs" in show.paragraphs)
    assert [line.text for line in worries.lines] == ["sign.tourist_work"]
    assert dict(worries.numbers)["signs"] == 1


def test_an_ad_that_answers_nothing_still_gives_questions_to_send():
    state = engine.enter(BOOK, State(nonce=0, language="en", ad=(("contacts", "said"),)), BOOK.menu).state
    shown = engine.enter(BOOK, state, Place("check", "ask_copy")).effects[-1]
    assert "ask.pay" in [line.text for line in shown.lines]


def test_answers_that_are_dropped_take_what_an_ad_said_with_them():
    state = after(begun("none").state, AD).state
    intro = engine.enter(BOOK, state, Place("offer", "intro")).state
    dropped = after(intro, "drop").state
    assert (dropped.answers, dropped.ad) == ((), ())


def test_my_answers_are_those_of_the_walk_i_come_from():
    offer = walked("offer", best("offer") | {"fee": "pay"})
    kin = Walker("kin", best("kin"), state=offer.state)
    kin.tap("begin")
    kin.tap("none")
    again = Walker("offer", {}, state=kin.state)
    for choice in ("result", "mine"):
        again.tap(choice)
    assert {line.text.partition(".")[0] for line in again.shows[-1].lines} == {"offer"}


def test_further_questions_do_not_take_the_result_away():
    person = walked("offer", best("offer") | {"fee": "pay"})
    person.tap("more")
    person.tap("normal")
    again = Walker("offer", {}, state=person.state)
    again.tap("result")
    assert again.state.place == Place("offer", "orange_steps")
    again.tap("more")
    assert again.state.place == Place("offer", "pay")


def test_a_verdict_one_answer_decided_offers_nothing_to_send_to_them():
    taken, threatened = (
        walked("offer", best("offer") | said) for said in ({"passport": "taken"}, {"debt": "work", "passport": "want"})
    )
    assert not {"ask", "card"} & {offer.choice for offer in taken.shows[-1].offers}
    assert {"ask", "card"} <= {offer.choice for offer in threatened.shows[-1].offers}


def test_a_child_abroad_gets_a_way_to_the_numbers_of_other_countries():
    person = walked("away", best("away") | {"age": "minor"})
    assert person.state.place == Place("sos", "minor")
    assert "abroad" in {offer.choice for offer in person.shows[-1].offers}


def test_a_weak_sign_alone_is_shown_and_nobody_reads_that_there_are_none():
    person = walked("offer", best("offer"))
    person.tap("more")
    person.truth = person.truth | {"met": "online"}
    person.walk()
    assert person.band == "none"
    assert "sign.only_online" in [line.text for show in person.shows for line in show.lines]


@pytest.mark.parametrize(("script", "name"), [("away", "leave"), ("away", "now"), ("kin", "contact"), ("offer", "now")])
def test_not_to_know_what_could_decide_is_worth_a_second_look(script, name):
    assert walked(script, best(script) | {name: "unknown"}).band == "yellow"
