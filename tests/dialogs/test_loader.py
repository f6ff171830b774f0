"""Reading a book: every problem of form with its file, its line and what to do."""

import shutil

import pytest

from dialogs.finding import BookBroken
from dialogs.loader import load, load_with_sources
from tests.fakes.shelf import Shelf


def problems(shelf):
    with pytest.raises(BookBroken) as broken:
        shelf.load()
    return broken.value.problems


def with_script(tmp_path, text):
    """The small book with one script written as `text`."""
    shelf = Shelf(tmp_path).write()
    (shelf.book / "scripts" / "trip.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BookBroken) as broken:
        load(shelf.book, shelf.locales)
    return broken.value.problems


def test_a_book_has_its_scripts_facts_phrases_and_words(tmp_path):
    book = Shelf(tmp_path).load()

    assert set(book.scripts) == {"start", "menu", "trip", "sos", "human", "offer"}
    assert book.facts["emergency"].value == "112"
    assert book.rules.by_answer["offer.fee", "pay"] == "fee"
    assert book.texts["ru"]["menu.top"] == "Что интересует?"


def test_no_stays_a_word(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/trip.yaml", 'nodes: {rules: {choose: {"no": more}}}')
    (path := shelf.write().book / "scripts" / "trip.yaml").write_text(
        path.read_text(encoding="utf-8").replace("'no':", "no:"), encoding="utf-8"
    )

    assert "no" in load(shelf.book, shelf.locales).scripts["trip"].nodes["rules"].choose


def test_a_key_written_twice_is_an_error_with_its_line(tmp_path):
    (problem,) = with_script(tmp_path, "script: trip\nstart: a\nnodes: {}\nstart: b\n")

    assert (problem.code, problem.line) == ("D001", 4)
    assert 'duplicate key "start"' in problem.message


def test_a_wrong_word_is_named_with_its_path_and_line(tmp_path):
    (problem,) = with_script(
        tmp_path, "script: trip\nstart: rules\nnodes:\n  rules:\n    end: true\n    infos: [visa_days]\n"
    )

    assert problem.line == 6
    assert problem.message.startswith("nodes.rules.infos: is not a word of this form")


def test_two_ways_on_are_refused_at_their_node(tmp_path):
    (problem,) = with_script(tmp_path, "script: trip\nstart: a\nnodes:\n  a:\n    end: true\n    goto: a\n")

    assert problem.line == 4
    assert "exactly one of choose, question, goto, call, return, end, walk" in problem.message


def test_what_is_missing_is_named(tmp_path):
    (problem,) = with_script(tmp_path, "script: trip\nnodes: {a: {end: true}}\n")

    assert problem.message == "start: is missing"


def test_an_empty_file_is_no_script(tmp_path):
    assert {problem.code for problem in with_script(tmp_path, "")} == {"D002"}


def test_a_script_is_named_like_its_file(tmp_path):
    (problem,) = with_script(tmp_path, "script: tripp\nstart: a\nnodes: {a: {end: true}}\n")

    assert "the file is named trip.yaml" in problem.message


def test_a_number_without_quotes_is_not_text(tmp_path):
    shelf = Shelf(tmp_path).change("facts.yaml", "facts: {emergency: {value: 112}}")

    assert any('write it in quotes: "…"' in problem.advice for problem in problems(shelf))


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    shelf = Shelf(tmp_path).change("facts.yaml", "facts: {emergency: {owner: null}}")
    shelf.change("scripts/trip.yaml", "begin: rules")
    shelf.append("locales/ka/LC_MESSAGES/dialogs.po", "nonsense\n")

    assert {problem.file.rpartition("/")[2] for problem in problems(shelf)} == {
        "facts.yaml",
        "trip.yaml",
        "dialogs.po",
    }


def test_a_missing_file_is_named(tmp_path):
    shelf = Shelf(tmp_path).write()
    (shelf.book / "phrases.yaml").unlink()

    with pytest.raises(BookBroken, match=r"phrases\.yaml:1: D001 the file is missing"):
        load(shelf.book, shelf.locales)


def test_a_folder_without_a_book_says_what_is_missing(tmp_path):
    with pytest.raises(BookBroken) as broken:
        load(tmp_path, tmp_path)

    assert len(broken.value.problems) == 4


def test_a_language_without_a_catalogue_is_left_to_the_reviewer(tmp_path):
    shelf = Shelf(tmp_path).write()
    shutil.rmtree(shelf.locales / "ru")

    assert load(shelf.book, shelf.locales).texts["ru"] == {}


def test_the_line_of_everything_is_known(tmp_path):
    shelf = Shelf(tmp_path).write()
    _, sources = load_with_sources(shelf.book, shelf.locales)
    lines = (shelf.book / "scripts" / "trip.yaml").read_text(encoding="utf-8").splitlines()

    assert "more: more" in lines[sources.spot(("scripts", "trip", "nodes", "rules", "choose", "more")).line - 1]
    assert sources.spot(("scripts", "trip", "nodes", "rules", "unwritten")).line == lines.index("  rules:") + 1
