"""The plans are the specification of the book: each holds, and together they take every choice there is."""

from functools import cache
from pathlib import Path

import pytest

from dialogs.editing.plans import Played, choices, parse, play
from tests.fakes.listed import with_list
from tests.fakes.real import book

PLANS = sorted((Path(__file__).parent.parent / "plans").glob("*.plan"))
BOOK = with_list(book())


@cache
def played(path: Path) -> Played:
    return play(BOOK, parse(path))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_holds(path):
    assert played(path).taken


def test_every_choice_of_the_book_is_taken_by_some_plan():
    taken = {choice for path in PLANS for choice in played(path).taken}
    missed = [f"{place}: {choice}" for place, choice in choices(BOOK) if (place, choice) not in taken]
    assert missed == []


def test_every_node_of_the_book_is_read_in_some_plan():
    read = {text for path in PLANS for text in played(path).read}
    unread = [
        str(place) for place in BOOK.places() if not read.issuperset((*BOOK.paragraphs(place), *BOOK.lines(place)))
    ]
    assert unread == []
