"""A start reads the book without lines, and reads the same book."""

import pytest

from dialogs.finding import BookBroken
from dialogs.loader import load
from tests.fakes.real import book, with_sources
from tests.fakes.shelf import Shelf


def test_what_is_read_quickly_is_the_same_book():
    quick, careful = book(), with_sources()[0]
    assert (quick.frame, quick.scripts, quick.facts) == (careful.frame, careful.scripts, careful.facts)
    assert (quick.texts, quick.lexicon, quick.atlas) == (careful.texts, careful.lexicon, careful.atlas)
    assert (quick.rules, quick.ads) == (careful.rules, careful.ads)


def test_what_is_no_book_is_told_with_its_line_all_the_same(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/trip.yaml", "nodes: {more: {chose: {}}}").write()
    with pytest.raises(BookBroken) as broken:
        load(shelf.book, shelf.locales)
    assert all(problem.line > 1 for problem in broken.value.problems)
