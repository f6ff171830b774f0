"""Beside the conversations: a published book is taken over, a broken one is not, old update numbers are forgotten."""

import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import housekeeping
from bot.housekeeping import KEEP_UPDATES, SWEEP, Housekeeping, Watch
from bot.lifeline import Lifeline, static_text
from dialogs.events import Started, Wrote
from dialogs.loader import BOOK, LOCALES, load
from tests.fakes.house import NOON, arrival, house

NINO = 7_000_000_001


class Wall:
    """A clock on the wall that a test sets."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self):
        return self.time

    def monotonic(self):
        return self.time.timestamp()

    async def sleep(self, seconds):
        self.time += timedelta(seconds=seconds)


@pytest.fixture
async def home(tmp_path):
    async with house(tmp_path) as opened:
        yield opened


@pytest.fixture
def scripts(tmp_path, monkeypatch):
    """A copy of the book that a test may spoil; the house loads its books from here."""
    copy = Path(shutil.copytree(BOOK, tmp_path / "book"))
    monkeypatch.setattr(housekeeping, "load", partial(load, copy, LOCALES))
    return copy


def lifeline(home):
    book = home.conversing.book
    return Lifeline(static_text(book), book)


@pytest.fixture
def keeping(home, scripts):
    watches = Watch(scripts / "published.txt"), Watch(scripts.parent / "intermediaries.json")
    return Housekeeping(home.store, home.conversing, Wall(), lifeline(home), *watches)


def publish(scripts):
    file = scripts / "published.txt"
    file.write_text(f"{file.read_text()}\n")


def spoil(scripts):
    menu = scripts / "scripts" / "menu.yaml"
    menu.write_text(menu.read_text().replace("nodes:", "nodes: [", 1))


async def test_a_published_book_is_taken_over_between_two_batches(home, keeping, scripts):
    before = home.conversing.book

    publish(scripts)
    await keeping.take_over_book()

    assert home.conversing.book is not before
    assert "travel" in home.conversing.book.scripts


async def test_a_book_that_was_changed_but_not_published_is_left_alone(home, keeping, scripts):
    before = home.conversing.book

    spoil(scripts)
    await keeping.take_over_book()

    assert home.conversing.book is before


async def test_a_published_book_that_does_not_load_leaves_the_old_one_in_place(home, keeping, scripts, capsys):
    before = home.conversing.book

    spoil(scripts)
    publish(scripts)
    await keeping.take_over_book()

    assert home.conversing.book is before
    assert "book.broken" in "".join(capsys.readouterr())


async def numbers(home):
    async with home.store._engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT update_id FROM seen_update ORDER BY update_id")
        return list(found.scalars())


async def test_update_numbers_are_forgotten_after_two_days_and_not_before(home, keeping):
    await home.tell(arrival(1, NINO, Started()))
    later = NOON + KEEP_UPDATES
    keeping.clock.time = later
    home.conversing.guard.see(later, [later])

    await keeping.sweep()
    assert await numbers(home) == [1]

    keeping.clock.time = later + timedelta(hours=1)
    await keeping.sweep()
    assert await numbers(home) == []


async def test_while_the_clock_is_in_doubt_nothing_is_forgotten(home, keeping, capsys):
    await home.tell(arrival(1, NINO, Started()), arrival(2, NINO, Wrote("/menu")))
    keeping.clock.time = NOON.replace(year=2035)

    await keeping.sweep()

    assert await numbers(home) == [1, 2]
    assert "sweep.held" in "".join(capsys.readouterr())


async def test_the_next_sweep_is_due_an_hour_after_one_that_succeeded(home, keeping):
    await home.tell(arrival(1, NINO, Started()))

    await keeping.sweep()

    assert keeping._next_sweep == keeping.clock.monotonic() + SWEEP
