"""What is open for the organisation, as docs/EDITING.md lists it."""

import re

import pytest

from dialogs.editing import openlist
from tests.fakes.real import with_sources
from tests.fakes.shelf import Shelf

QUESTION = "{question: Who answers?, owner: the editor, facts: [embassy, emergency], until: The number is hidden.}"


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)


def page_of(shelf, text=f"Before\n\n{openlist.BEGIN}\nold\n{openlist.END}\n\nAfter\n"):
    """The page after one run, what was said, and the exit code."""
    shelf.write()
    page = shelf.root / "EDITING.md"
    page.write_text(text, encoding="utf-8")
    said = []
    code = openlist.run(said.append, shelf.book, shelf.locales, page)
    return page.read_text(encoding="utf-8"), said, code


def test_a_question_stands_with_who_decides_its_facts_and_what_happens_until_then(shelf):
    text = page_of(shelf.change("open.yaml", f"questions: {{embassy: {QUESTION}}}"))[0]

    assert text == (
        f"Before\n\n{openlist.BEGIN}\n\n"
        "1. **Who answers?**\n"
        "   Decides: the editor. Until then: The number is hidden. Hidden: `embassy`. Shown: `emergency`.\n\n"
        f"{openlist.END}\n\nAfter\n"
    )


def test_a_hidden_fact_without_a_question_is_listed_all_the_same(shelf):
    assert "`embassy`" in page_of(shelf)[0]


def test_a_confirmed_fact_is_no_longer_open(shelf):
    shelf.change("facts.yaml", "facts: {embassy: {confidence: verified}}")

    assert "`embassy`" not in page_of(shelf)[0]


def test_writing_it_twice_changes_nothing_the_second_time(shelf):
    once = page_of(shelf)[0]

    assert page_of(shelf, once)[0] == once


def test_a_page_without_its_marks_is_left_alone_and_told(shelf):
    text, said, code = page_of(shelf, "No marks here.\n")

    assert (text, code) == ("No marks here.\n", 1)
    assert "has no open list" in said[0]


def test_an_installed_program_has_no_page_to_write(shelf):
    shelf.write()

    assert openlist.run(print, shelf.book, shelf.locales, shelf.root / "nowhere.md") == 0


def test_the_list_in_the_documents_is_fresh():
    text = openlist.PAGE.read_text(encoding="utf-8")
    book, sources = with_sources()

    assert openlist.updated(text, book, sources.open) == text, "run gza sync"


def test_every_hidden_fact_is_in_the_list():
    book = with_sources()[0]
    section = openlist.PAGE.read_text(encoding="utf-8").split(openlist.BEGIN)[1].split(openlist.END)[0]
    hidden = {name for name, fact in book.facts.items() if not fact.confirmed}

    assert hidden
    assert hidden <= set(re.findall(r"`(\w+)`", section))
