"""The list of companies on the disk: imported whole or not at all, and taken over by a running bot."""

import json
import os
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from bot import housekeeping
from bot.__main__ import gza
from bot.errors import GzaError
from bot.housekeeping import Housekeeping, Watch
from bot.intermediaries import load_register
from bot.lifeline import Lifeline, static_text
from bot.logs import configure
from bot.sandbox import running
from bot.settings import Settings
from dialogs.register import look_up, to_json
from tests.fakes.book import make_book
from tests.fakes.companies import listed
from tests.fakes.house import house
from tests.fakes.whole import until, whole

LISTED_ON = date.today() - timedelta(days=10)  # noqa: DTZ011  # the verb asks the real clock, days before are days before
OLD = listed("Nova", "Vector", day=date(2026, 6, 30))


def row(name, certificate):
    return f"{name},{certificate},2026-01-01,,{LISTED_ON}"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A place of its own for the verb: no .env, no data yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def path(home):
    return home / "data" / "intermediaries.json"


def run(home, *rows, name="list.csv"):
    content = "\n".join(["name,certificate,valid_from,valid_until,list_date", *rows, ""])
    (home / name).write_text(content, encoding="utf-8")
    return CliRunner().invoke(gza, ["intermediaries", "import", name])


def put(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def names(register):
    return [entry.names[0] for entry in register.entries]


def test_a_table_is_imported_and_said_what_changed(home, path):
    first = run(home, row("Nova", "C-100"), row("Vector", "C-101"), row("ხიდი", "C-102"))
    second = run(home, row("Nova", "c 100"), row("Orbis", "C-103"))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"Imported the list of {LISTED_ON}: 3 companies. Before: no list. New: 3. Gone: 0." in first.output
    assert f"2 companies. Before: the list of {LISTED_ON}, 3 companies. New: 1. Gone: 2." in second.output
    assert names(load_register(path)) == ["Nova", "Orbis"]


def test_nobody_else_may_look_into_a_data_directory_made_by_an_import(home, path):
    run(home, row("Nova", "C-100"))

    assert path.parent.stat().st_mode & 0o077 == 0


def test_bad_rows_are_printed_and_the_old_list_stays(home, path):
    put(path, to_json(OLD))
    found = run(home, row("Nova", "C-100"), row("", "C-101"), "Vector,C-100,soon,,")

    assert found.exit_code == 1
    assert found.output.splitlines() == [
        'list.csv, line 3: the name is empty — write it; several names of one company with ";" between.',
        "list.csv, line 4: this certificate stands on line 2 too — keep one of the two rows.",
        "list.csv, line 4: valid_from is no date — write it as 2026-09-30 or 30.09.2026.",
        "Nothing is imported. The list that was there stays.",
    ]
    assert load_register(path) == OLD


def test_a_full_disk_leaves_the_old_list(home, path, monkeypatch):
    put(path, to_json(OLD))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    found = run(home, row("Orbis", "C-103"))

    assert "cannot be written (No space left on device)" in str(found.exception)
    assert load_register(path) == OLD
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_table_that_cannot_be_read_is_named(home, name):
    found = CliRunner().invoke(gza, ["intermediaries", "import", name])

    assert found.exit_code == 1
    assert "cannot be read" in str(found.exception)


def test_both_verbs_explain_themselves():
    assert "certified intermediary companies" in CliRunner().invoke(gza, ["intermediaries", "--help"]).output
    assert "list_date" in CliRunner().invoke(gza, ["intermediaries", "import", "--help"]).output


@pytest.mark.parametrize(
    "text", ["", "{", to_json(OLD)[:-20], to_json(OLD).replace('"schema": 1', '"schema": 99'), "\udcff"]
)
def test_a_damaged_list_is_as_good_as_none_and_the_log_says_so(path, text, capsys):
    configure("INFO")
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8", errors="surrogateescape")

    assert load_register(path) is None
    said = json.loads(capsys.readouterr().err)
    assert (said["event"], said["level"]) == ("intermediaries.broken", "error")


def test_where_no_list_was_imported_there_is_none_and_nothing_to_log(path, capsys):
    assert load_register(path) is None
    assert capsys.readouterr().err == ""


@pytest.fixture
async def keeping(tmp_path):
    async with house(tmp_path) as opened:
        book = opened.conversing.book
        watches = Watch(tmp_path / "published.txt"), Watch(tmp_path / "intermediaries.json")
        yield Housekeeping(opened.store, opened.conversing, None, Lifeline(static_text(book), book), *watches)


async def test_a_running_bot_takes_a_new_list_over_and_lets_one_go_that_was_taken_away(keeping, tmp_path):
    path = tmp_path / "intermediaries.json"
    seen = []
    for change in (lambda: None, lambda: put(path, to_json(OLD)), lambda: put(path, "{"), path.unlink):
        change()
        await keeping.take_over_register()
        seen.append(keeping.conversing.book.register)

    assert seen == [None, OLD, None, None]


async def test_a_list_that_did_not_change_is_not_read_again(keeping, tmp_path, monkeypatch):
    put(tmp_path / "intermediaries.json", to_json(OLD))
    await keeping.take_over_register()
    monkeypatch.setattr(housekeeping, "load_register", None)

    await keeping.take_over_register()

    assert keeping.lifeline.book is keeping.conversing.book
    assert keeping.conversing.book.register == OLD


async def test_a_newly_published_book_keeps_the_list(keeping, tmp_path, monkeypatch):
    put(tmp_path / "intermediaries.json", to_json(OLD))
    await keeping.take_over_register()
    before = keeping.conversing.book
    monkeypatch.setattr(housekeeping, "load", make_book)

    put(tmp_path / "published.txt", "menu.topics\n")
    await keeping.take_over_book()

    assert keeping.conversing.book is not before
    assert keeping.conversing.book.register == OLD


async def test_the_whole_bot_starts_with_its_list_and_takes_the_next_one_over(tmp_path, monkeypatch):
    monkeypatch.setattr(housekeeping, "ROUND", 0.05)
    path = tmp_path / "data" / "intermediaries.json"
    put(path, to_json(OLD))
    async with whole(tmp_path) as program:
        conversing = program.app.housekeeping.conversing
        assert look_up(conversing.book.register, "nova llc").found

        put(path, to_json(listed("Orbis")))
        await until(lambda: names(conversing.book.register) == ["Orbis"])


async def test_the_sandbox_keeps_its_data_apart_and_reads_the_real_list(tmp_path, monkeypatch):
    built = {}

    @asynccontextmanager
    async def assembled(settings, **others):
        built.update(data_dir=settings.data_dir, **others)
        raise GzaError("seen enough")
        yield

    monkeypatch.setattr(running, "assembled", assembled)
    with pytest.raises(GzaError):
        await running.run(Settings(data_dir=tmp_path), 0)

    assert built == {"data_dir": tmp_path / "sandbox" / "data", "intermediaries": tmp_path / "intermediaries.json"}
