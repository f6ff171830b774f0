"""A person looks a company up: what is said of it, on which day, and what is never said."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs import engine
from dialogs.effects import Show
from dialogs.events import Wrote
from dialogs.rendering import render
from dialogs.state import Place, State
from tests.fakes.listed import LIST, with_list
from tests.fakes.real import book

BOOK = with_list(book())
TODAY = date(2026, 11, 26)


def asked(name, today=TODAY, language="en", book=BOOK):
    state = engine.enter(book, State(nonce=0, language=language), Place("agents", "find")).state
    done = engine.step(book, state, Wrote(name))
    shows = [effect for effect in done.effects if isinstance(effect, Show)]
    return render(book, shows[-1], today).text, done.state


@pytest.mark.parametrize(
    "typed", ["გზა სერვისი", "gza servisi", "Гза Сервиси", "შპს „გზა-სერვისი“", "GZA SERVICE LLC", "SM-2025-014"]
)
def test_a_listed_company_is_found_in_any_letters(typed):
    text, _ = asked(typed)
    assert "SM-2025-014" in text
    assert "1 November 2026" in text


def test_an_expired_certificate_says_since_when():
    assert "1 October 2025" in asked("ახალი ნაპირი")[0]


def test_a_certificate_that_is_not_valid_yet_says_from_when():
    assert "15 January 2027" in asked("მომავალი დღე")[0]


def test_a_name_with_a_typing_error_shows_the_similar_one_and_that_it_is_not_listed():
    text, _ = asked("გზა სერვისლი")
    assert "is not on the list of 1 November 2026" in text
    assert "შპს გზა-სერვისი" in text


def test_what_was_typed_is_neither_said_again_nor_kept():
    text, state = asked("Zzyzx Overseas Manpower")
    assert "Zzyzx" not in text
    assert "Zzyzx" not in state.to_json()


def test_a_stale_list_says_so():
    fresh, old = asked("გზა სერვისი")[0], asked("გზა სერვისი", date(2027, 6, 1))[0]
    assert len(old) > len(fresh)
    assert "old" in old


@pytest.mark.parametrize("language", BOOK.frame.languages)
def test_every_saying_can_be_said_in_every_language(language):
    for name in ("გზა სერვისი", "ახალი ნაპირი", "მომავალი დღე", "გზა სერვისლი", "ქარხანა"):
        assert "{" not in asked(name, date(2027, 6, 1), language)[0]


def test_without_a_list_there_is_no_button_and_nothing_is_looked_up():
    bare = replace(BOOK, register=None)
    state = engine.enter(bare, State(nonce=0, language="en"), Place("agents", "check")).state
    shown = engine.step(bare, state, Wrote("zzz")).effects
    assert "find" not in [offer.choice for show in shown if isinstance(show, Show) for offer in show.offers]
    assert "find" in [offer.choice for offer in engine.enter(BOOK, state, Place("agents", "check")).effects[-1].offers]


def test_the_list_of_the_tests_is_a_whole_list():
    assert len(LIST.entries) == 3
