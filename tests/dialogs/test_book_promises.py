"""What the book promises a person: four taps to any answer, its source and date under it, thirty questions answered."""

import re
from collections import deque
from datetime import date
from functools import cache

import pytest

from dialogs import engine
from dialogs.events import Chose, Started
from dialogs.loader import BOOK as DIRECTORY
from dialogs.rendering import render, source_line
from dialogs.showing import on_offer, question
from dialogs.state import Place, State
from tests.fakes.real import book

BOOK = book()
MOST_TAPS = 4
IN_TURN = {"quiz", "offer", "away", "kin"}
"""Scripts that are gone through from the first question to the last."""
TO_WORDS_ALONE = {"sos.comfort", "sos.minor"}
"""Answers to grave words: no button leads to them, they come at once."""
ANSWERS = [place for place in BOOK.places() if BOOK.node(place).info]
SAYING = {}
"""The places by the paragraphs of their bubble."""
for _place in BOOK.places():
    if BOOK.paragraphs(_place):
        SAYING.setdefault(BOOK.paragraphs(_place), []).append(_place)
ANSWER = re.compile(r"^(\d+)\. (?:yes|no|n/a)\b.{3,}$", re.MULTILINE)


@cache
def taps_from_the_start():
    """The least taps from the very first /start, the choice of a language included, by place that shows its bubble."""
    start = engine.step(BOOK, State(nonce=0), Started()).state
    taps, ahead = {}, deque([(start, 0)])
    while ahead:
        state, so_far = ahead.popleft()
        for choice in on_offer(BOOK, state, state.place):
            done = engine.step(BOOK, state, Chose(choice, state.nonce))
            fresh = done.state.place not in taps and done.state.place is not None
            for place in (*shown_places(done), done.state.place):
                taps.setdefault(place, so_far + 1)
            if fresh:
                ahead.append((done.state, so_far + 1))
    return taps


def shown_places(done):
    return [place for show in done.effects if hasattr(show, "paragraphs") for place in SAYING.get(show.paragraphs, ())]


def test_any_answer_is_at_most_four_taps_from_the_first_start():
    taps = taps_from_the_start()
    far = {str(place): taps.get(place) for place in ANSWERS if taps.get(place, 99) > MOST_TAPS}
    assert {place for place in far if place.partition(".")[0] not in IN_TURN} == TO_WORDS_ALONE


def test_what_is_gone_through_in_turn_begins_within_four_taps():
    taps = taps_from_the_start()
    for script in IN_TURN:
        assert taps[Place(script, BOOK.scripts[script].start)] <= MOST_TAPS


@pytest.mark.parametrize("language", BOOK.frame.languages)
def test_every_answer_shows_its_source_and_when_it_was_checked(language):
    today = date(2026, 11, 24)
    for place in ANSWERS:
        bubble = render(BOOK, question(BOOK, State(nonce=1, language=language), place), today)
        line = source_line(BOOK, BOOK.node(place).info, language, today)
        assert line, place
        assert bubble.text.endswith(line), place


@pytest.mark.parametrize("script", BOOK.scripts)
def test_the_thirty_questions_of_plain_and_harmless_wording_are_answered_beside_every_script(script):
    text = (DIRECTORY / "scripts" / f"{script}.review.md").read_text(encoding="utf-8")
    assert [int(number) for number in ANSWER.findall(text)] == list(range(1, 31))
