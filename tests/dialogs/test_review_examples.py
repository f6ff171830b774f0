"""The numbers of docs/EDITING.md: each is explained there, and its example brings exactly that finding."""

import re
from pathlib import Path

import pytest

from dialogs.finding import BookBroken
from dialogs.review.table import FORMS, RULES
from tests.fakes.shelf import Shelf

EDITING = Path(__file__).parents[2] / "docs" / "EDITING.md"
HEADING = re.compile(r"^### (?P<code>D\d{3}) (?P<title>.+)$", re.MULTILINE)


def chapters():
    """Code, title and text of each explained number."""
    text = EDITING.read_text(encoding="utf-8")
    found = list(HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    return {
        heading["code"]: (heading["title"], text[heading.end() : end]) for heading, end in zip(found, ends, strict=True)
    }


CHAPTERS = chapters()


def codes(shelf):
    try:
        return {finding.code for finding in shelf.findings()}
    except BookBroken as broken:
        return {problem.code for problem in broken.problems}


def test_the_small_book_is_clean(tmp_path):
    assert list(Shelf(tmp_path).findings()) == []


def test_every_number_is_explained_under_its_own_title():
    known = FORMS | {rule.code: rule.title for rule in RULES}

    assert {code: title for code, (title, _) in CHAPTERS.items()} == known


def test_no_number_is_given_twice():
    assert len({*FORMS, *(rule.code for rule in RULES)}) == len(FORMS) + len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_explanation_gives_the_advice_of_the_finding(rule):
    assert f"What to do: {rule.advice}." in CHAPTERS[rule.code][1]


@pytest.mark.parametrize("code", CHAPTERS)
def test_the_example_brings_exactly_its_finding(code, tmp_path):
    assert codes(Shelf(tmp_path).apply(CHAPTERS[code][1])) == {code}
