"""What a consultant reads before the first word: band, signs and every answer, in the consultant's language."""

from datetime import date

import pytest

from dialogs import engine
from dialogs.brief import brief, summary
from dialogs.checking import questions
from dialogs.effects import Show
from dialogs.events import Wrote
from dialogs.rendering import says_something
from dialogs.review.limits import MAX_TEXT
from dialogs.speaking import words_of
from dialogs.state import Place, State
from tests.fakes.walk import BOOK, Walker, best, walked

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("language", BOOK.frame.languages)
def test_it_has_the_band_the_signs_and_every_answer_in_the_readers_language(language):
    person = walked("offer", best("offer") | {"passport": "want", "debt": "work", "employer": "unknown"}, language="ru")
    told = brief(BOOK, person.state, language, TODAY)
    for text in ("brief.offer", "band.red", "sign.papers_wanted", "sign.debt", "offer.debt.short", "row.unknown"):
        assert words_of(BOOK, text, language) in told
    assert told.count("•") == 2 + len(person.asked)


def test_a_walk_that_was_broken_off_says_so():
    person = Walker("kin", best("kin")).begin()
    person.tap("none")
    told = brief(BOOK, person.state, "en", TODAY)
    assert words_of(BOOK, "brief.begun", "en") in told
    assert words_of(BOOK, "band.none", "en") not in told


def test_without_answers_there_is_nothing_to_read():
    assert brief(BOOK, State(nonce=0, language="ka"), "ka", TODAY) is None


def test_after_hiding_there_is_nothing_to_read():
    person = walked("offer", best("offer"))
    assert brief(BOOK, engine.step(BOOK, person.state, Wrote("/hide")).state, "ka", TODAY) is None


def test_a_list_with_nothing_in_it_leaves_its_bubble_out():
    harmless = "Требуются люди на стройку в Варшаву, фирма «Бета», 1500 евро в месяц, договор, пишите +48 600 000 000"
    for said, bubbles in ((harmless, 2), (f"{harmless}. Виза не нужна, только биометрический паспорт", 3)):
        done = engine.step(BOOK, engine.enter(BOOK, State(nonce=0, language="ru"), BOOK.menu).state, Wrote(said))
        shows = [effect for effect in done.effects if isinstance(effect, Show)]
        assert len([show for show in shows if show.buttons or says_something(BOOK, show, TODAY)]) == bubbles


@pytest.mark.parametrize(("language", "named"), [("ka", "რუსული"), ("ru", "русский"), ("en", "Russian")])
def test_a_summary_names_the_persons_language_the_topic_and_the_self_check(language, named):
    person = walked("offer", best("offer") | {"passport": "want"}, language="ru")
    told = summary(BOOK, person.state, language, TODAY)
    assert f"<b>{named}</b>" in told
    assert words_of(BOOK, "topic.offer", language) in told
    assert told.endswith(brief(BOOK, person.state, language, TODAY))


def test_a_summary_of_somebody_who_answered_nothing_is_two_lines():
    told = summary(BOOK, State(nonce=0, language="ka", place=Place("travel", "ninety")), "en", TODAY)
    assert told.splitlines() == ["The person's language: <b>Georgian</b>", "Was reading about: Travel without a visa"]


def test_the_longest_summary_is_one_message():
    for script in ("offer", "away", "kin"):
        everything = [(str(place), BOOK.node(place).question.answers[-1]) for place in questions(BOOK, script)]
        for language in BOOK.frame.languages:
            state = State(nonce=0, language="ka", answers=tuple(everything))
            assert len(summary(BOOK, state, language, TODAY)) <= MAX_TEXT, (script, language)
