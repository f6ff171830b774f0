"""Playing in a terminal, with lines piped in."""

import io
from datetime import date

import pytest

from dialogs.editing.plans import parse, play
from dialogs.editing.play import run
from tests.fakes.book import make_book

BOOK = make_book()
TODAY = date(2026, 11, 23)


def played(*typed, script=None, language="ru", save=None):
    """Everything written while these lines are typed; then the input ends."""
    lines, written = iter(typed), []
    assert run(BOOK, script, language, save, TODAY, read=lambda: next(lines, None), write=written.append) == 0
    return "\n".join(written)


def test_play_begins_at_the_first_screen_in_the_language_asked_for():
    assert "[1] start.home.on" in played()
    assert "🆘 Опасность   [3] 👤 Консультант" in played()


def test_play_begins_at_the_start_of_a_script():
    assert "[1] Поездка без визы" not in played(script="travel")
    assert "[2] travel.topics.border" in played(script="travel")


def test_a_number_taps_and_anything_else_is_written():
    assert "travel.ninety" in played("1", script="travel")
    assert "frame.unclear.short" in played("99", script="travel")
    assert "human.lines" in played("/human", script="travel")


def test_q_leaves_and_empty_lines_are_passed_over():
    assert "human.lines" not in played("", "q", "/human")


def test_hiding_and_forgetting_are_said():
    assert "[hidden" in played("/hide")
    assert "[forgotten" in played("1", script="privacy")
    assert "[handed over" in played("/human", "1")


def test_a_walk_is_saved_as_a_plan_that_replays(tmp_path):
    path = tmp_path / "walk.plan"
    said = played("1", "/sos", "2", "что-то другое", "q", script="travel", save=path)
    assert f"saved: {path}" in said
    assert "see travel.ninety" in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines()[-1] != "see"
    play(BOOK, parse(path))


def test_a_walk_into_hiding_is_saved_too(tmp_path):
    path = tmp_path / "walk.plan"
    played("/hide", save=path)
    assert path.read_text(encoding="utf-8") == "language ru\nwrite /hide\nhide\n"


def test_a_walk_to_a_consultant_is_saved_too(tmp_path):
    path = tmp_path / "walk.plan"
    played("/human", "1", save=path)
    assert path.read_text(encoding="utf-8").splitlines()[-2:] == ["choose write", "handover"]
    play(BOOK, parse(path))


def test_without_a_language_play_begins_at_the_choice_of_language():
    assert "[2] Русский" in played(language=None)


@pytest.mark.parametrize(("asked", "says"), [({"script": "none"}, "travel"), ({"language": "xx"}, "ka, ru, en")])
def test_an_unknown_script_or_language_is_refused_with_those_there_are(asked, says):
    written = []
    wanted = {"script": None, "language": "ru", "save": None} | asked
    assert run(BOOK, **wanted, today=TODAY, read=lambda: None, write=written.append) == 1
    assert says in written[0]


def test_standard_input_is_read_to_its_end(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("/human\n"))
    assert run(BOOK, "travel", "ru", None, TODAY) == 0
    assert "human.lines" in capsys.readouterr().out
