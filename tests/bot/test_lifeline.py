"""The one thing that is said though it was not committed: the numbers, to who asks for them, once in ten minutes."""

import pytest

from bot.arrivals import Unneeded
from bot.letters import Deed, Letter
from bot.lifeline import ONCE_IN, PATIENCE, Lifeline, calling, static_text
from dialogs.events import Chose, Sent, Started, Wrote
from tests.fakes import real
from tests.fakes.book import make_book
from tests.fakes.house import arrival

NINO, LEVAN = 7_000_000_001, 7_000_000_002
TEXT = "the numbers"
SOS = arrival(1, NINO, Wrote("/sos"))


@pytest.fixture
def lifeline():
    return Lifeline(TEXT, make_book())


def people(letters):
    return [letter.chat for letter in letters]


@pytest.mark.parametrize(
    "event",
    [
        Wrote("/sos"),
        Wrote(" /SOS@gza_bot "),
        Chose("sos", 17),
        Wrote("I am in danger"),
        Wrote("საფრთხეში ვარ"),
        Wrote("у меня забрали паспорт"),
    ],
)
def test_a_command_a_button_or_urgent_words_in_any_language_call_for_help(event):
    assert calling(make_book(), [arrival(1, NINO, event)]) == {NINO}


@pytest.mark.parametrize("event", [Started(), Wrote("/menu"), Chose("travel", 1), Sent("voice"), Wrote("border")])
def test_nothing_else_does(event):
    assert calling(make_book(), [arrival(1, NINO, event), Unneeded(2)]) == set()


def test_while_commits_succeed_nothing_is_said_past_the_database(lifeline):
    assert lifeline.due([SOS], 100) == []


def test_nor_in_the_first_five_seconds_of_trouble(lifeline):
    lifeline.failed(100)

    assert lifeline.due([SOS], 100 + PATIENCE - 0.1) == []


def test_after_five_seconds_who_calls_is_told_the_numbers_and_nobody_else_is(lifeline):
    lifeline.failed(100)
    lifeline.failed(103)

    told = lifeline.due([SOS, arrival(2, LEVAN, Wrote("/menu"))], 100 + PATIENCE)

    assert told == [Letter(Deed.SEND, NINO, TEXT)]


def test_the_same_chat_is_told_once_in_ten_minutes(lifeline):
    lifeline.failed(0)

    assert people(lifeline.due([SOS, SOS], PATIENCE)) == [NINO]
    assert lifeline.due([SOS], PATIENCE + ONCE_IN - 1) == []
    assert people(lifeline.due([SOS, arrival(2, LEVAN, Chose("sos", 1))], PATIENCE + ONCE_IN)) == [NINO, LEVAN]


def test_a_commit_closes_the_direct_way_and_the_five_seconds_begin_anew(lifeline):
    lifeline.failed(0)
    lifeline.committed()

    lifeline.failed(PATIENCE + 1)
    assert lifeline.due([SOS], PATIENCE + 2) == []
    assert people(lifeline.due([SOS], 2 * PATIENCE + 1)) == [NINO]


def test_ten_minutes_hold_over_a_commit_in_between(lifeline):
    lifeline.failed(0)
    lifeline.due([SOS], PATIENCE)
    lifeline.committed()

    lifeline.failed(20)
    assert lifeline.due([SOS], 20 + PATIENCE) == []


def test_whom_the_letter_did_not_reach_may_be_told_at_once(lifeline):
    lifeline.failed(0)
    lifeline.due([SOS], PATIENCE)
    lifeline.unreached(NINO)

    assert people(lifeline.due([SOS], PATIENCE + 1)) == [NINO]


def test_the_text_of_the_real_book_speaks_all_languages_and_names_the_number():
    book = real.book()
    text = static_text(book)

    assert text.count("112") >= len(book.frame.languages)
    assert any("ა" <= letter <= "ჰ" for letter in text)
    assert any("а" <= letter <= "я" for letter in text)
    assert any("a" <= letter <= "z" for letter in text)
