"""Beside the conversations: a published book is taken over, a broken one is not; what runs by the clock is asked."""

import asyncio
from functools import partial

import pytest

from bot import housekeeping
from bot.housekeeping import Housekeeping, Watch
from bot.lifeline import Lifeline, static_text
from dialogs.loader import load
from tests.fakes.nights import Wall
from tests.fakes.shelf import Shelf


@pytest.fixture
def scripts(tmp_path, monkeypatch):
    """A small book that a test may spoil; the house loads its books from here."""
    shelf = Shelf(tmp_path).write()
    (shelf.book / "published.txt").touch()
    monkeypatch.setattr(housekeeping, "load", partial(load, shelf.book, shelf.locales))
    return shelf.book


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
    assert "trip" in home.conversing.book.scripts


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


class Asked:
    """Counts how often it is asked; `enough` when that was three times."""

    def __init__(self) -> None:
        self.rounds, self.enough = 0, asyncio.Event()

    async def once(self):
        self.rounds += 1
        if self.rounds == 3:
            self.enough.set()


async def test_what_runs_by_the_clock_is_asked_in_every_round(keeping, monkeypatch):
    keeping.daily = Asked()
    monkeypatch.setattr(housekeeping, "ROUND", 0.0)
    running = asyncio.create_task(keeping.run())
    await keeping.daily.enough.wait()
    running.cancel()
