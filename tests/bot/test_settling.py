"""What a failure makes of a row in the outbox."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.letters import Deed, Letter
from bot.telegram.failures import Blocked, Conflict, Later, Never, Reason, Unknown, Unsent, WrongToken
from bot.telegram.settling import MOST_CLOSINGS, MOST_JITTER, backoff, jitter, outcome_of, reason_of, speaks_anew
from storage import Due, Settled

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANNA, NINO, GROUP = 1, 2, -100
WORDS = Letter(Deed.SEND, ANNA, "x")


def row(attempts=0, *, scripted=True, lane=b"anna"):
    return Due(5, b"anna", 1, WORDS.to_json(), attempts, scripted, lane)


@pytest.mark.parametrize("failure", [Unsent(), Unknown(), WrongToken(), Conflict()])
def test_what_a_script_says_is_repeated_until_telegram_says_yes_or_no(failure):
    outcome = outcome_of(row(attempts=3), WORDS, failure, NOW)

    assert outcome.result is Settled.LATER
    assert outcome.not_before == NOW + timedelta(seconds=4)


def test_what_a_consultant_wrote_is_never_said_twice_by_us():
    assert outcome_of(row(scripted=False), WORDS, Unknown(), NOW).result is Settled.UNCERTAIN


def test_what_certainly_did_not_leave_is_sent_again_whoever_wrote_it():
    assert outcome_of(row(scripted=False), WORDS, Unsent(), NOW).result is Settled.LATER


def test_a_picture_is_repeated_or_not_like_a_line():
    photo = Letter(Deed.PHOTO, ANNA, "x", card=("Title", "one"))

    assert outcome_of(row(), photo, Unknown(), NOW).result is Settled.LATER
    assert outcome_of(row(scripted=False), photo, Unknown(), NOW).result is Settled.UNCERTAIN


@pytest.mark.parametrize("reason", [Reason.REFUSED, Reason.UNDRAWN])
def test_the_words_under_a_picture_that_cannot_be_shown_are_said_all_the_same(reason):
    photo = Letter(Deed.PHOTO, ANNA, "x", card=("Title", "one"))

    assert speaks_anew(photo, Never(reason))
    assert not speaks_anew(Letter(Deed.PHOTO, ANNA, card=photo.card), Never(reason))
    assert not speaks_anew(photo, Never(Reason.NOBODY))


@pytest.mark.parametrize("deed", [Deed.EDIT, Deed.DELETE])
def test_a_consultants_edit_or_deletion_does_no_harm_twice(deed):
    letter = Letter(deed, ANNA, "x", target=(1,))

    assert outcome_of(row(scripted=False), letter, Unknown(), NOW).result is Settled.LATER


def test_old_buttons_never_hold_up_the_answer_behind_them():
    strip = Letter(Deed.STRIP, ANNA, target=(1,))

    assert outcome_of(row(), strip, Unknown(), NOW).result is Settled.DROPPED
    assert outcome_of(row(), strip, Never(Reason.REFUSED), NOW).result is Settled.DROPPED


def test_who_blocked_the_bot_is_left_alone():
    assert outcome_of(row(), WORDS, Blocked(), NOW).result is Settled.BLOCKED


@pytest.mark.parametrize("chat", [GROUP, NINO])
def test_a_group_or_a_consultant_who_wants_nothing_from_us_says_nothing_about_the_person(chat):
    letter = Letter(Deed.SEND, chat, "x")

    assert outcome_of(row(lane=b"elsewhere"), letter, Blocked(), NOW).result is Settled.DROPPED
    assert reason_of(Blocked()) is Reason.NO_ENTRY


def test_what_telegram_refuses_for_good_does_not_hold_up_the_lane():
    assert outcome_of(row(), WORDS, Never(Reason.REFUSED), NOW).result is Settled.DROPPED


def test_a_429_waits_as_long_as_told_and_a_little_spread():
    outcome = outcome_of(row(), WORDS, Later(30), NOW)

    assert timedelta(seconds=30) <= outcome.not_before - NOW <= timedelta(seconds=30 + MOST_JITTER)


def test_parked_chats_come_back_spread():
    spread = sorted(jitter(number) for number in range(1, 101))

    assert all(later - sooner > 0.0004 for sooner, later in pairwise(spread))


def test_each_try_waits_twice_as_long_up_to_a_minute():
    assert [backoff(attempts) for attempts in (0, 1, 2, 3, 4, 5, 6, 7, 1000)] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]


def test_an_edit_refused_for_good_is_said_anew_so_that_the_person_is_answered():
    edit = Letter(Deed.EDIT, ANNA, "x", target=(1,))

    assert speaks_anew(edit, Never(Reason.GONE))
    assert speaks_anew(edit, Never(Reason.REFUSED))
    assert not speaks_anew(edit, Never(Reason.NOBODY))
    assert not speaks_anew(WORDS, Never(Reason.REFUSED))
    assert not speaks_anew(Letter(Deed.STRIP, ANNA, target=(1,)), Never(Reason.GONE))


def test_a_consultants_copy_is_a_line_and_never_made_twice_by_us():
    copy = Letter(Deed.COPY, ANNA, source=(NINO, 7))

    assert outcome_of(row(scripted=False), copy, Unknown(), NOW).result is Settled.UNCERTAIN
    assert outcome_of(row(), copy, Unknown(), NOW).result is Settled.LATER
    assert not speaks_anew(copy, Never(Reason.SOURCE))


@pytest.mark.parametrize("deed", [Deed.REACT, Deed.LEAVE])
def test_what_nobody_waits_for_never_holds_up_the_lane(deed):
    assert outcome_of(row(), Letter(deed, GROUP, target=(1,)), Unknown(), NOW).result is Settled.DROPPED


def test_a_topic_with_words_in_it_is_closed_with_some_patience_but_not_for_ever():
    closing = Letter(Deed.CLOSE_TOPIC, GROUP)

    assert outcome_of(row(), closing, Unknown(), NOW).result is Settled.LATER
    assert outcome_of(row(attempts=MOST_CLOSINGS), closing, Unknown(), NOW).result is Settled.DROPPED


def test_words_that_go_nowhere_for_good_are_not_said_elsewhere_instead():
    edit = Letter(Deed.EDIT, GROUP, "x", target=(1,))

    assert not any(speaks_anew(edit, Never(reason)) for reason in (Reason.TOPIC, Reason.NO_RIGHTS, Reason.SOURCE))
