"""The made-up organisation: what is counted is what was played, nobody real is in it, and it says what it is."""

import asyncio
from datetime import UTC, datetime
from random import Random
from unittest.mock import patch

import pytest
from structlog.testing import capture_logs

from bot import filing
from bot.app import _opened
from bot.demo.house import KEYRING, DemoRefused, mark
from bot.demo.running import Demo, made, released, settings_of
from bot.demo.year import FIRST_VISITOR, NOBODY, YEAR, Size, cast, periods
from bot.doctor.finding import Mark
from bot.doctor.house import look
from bot.releasing import fixed, shelf
from bot.sandbox.running import _for_sandbox
from bot.sandbox.standin import StandIn
from bot.statistics.rule import ENOUGH, MINIMUM
from storage import Cell, Keyring, Store
from tests.fakes import real
from tests.fakes.cheap import cheap
from tests.fakes.publishing import quickly

NOW = datetime.now(UTC)
"""What is released goes by the clock."""
SIZES = (Size(16, 11, 8, days=1), Size(18, 13, 11, days=1))
TINY = (Size(6, 4, 3, days=1),)
SEED = 7


async def played(folder, sizes, seed=SEED):
    with cheap(), patch("bot.demo.running.load", real.book):
        return await made(Demo(folder, seed, NOW, sizes))


async def asked(folder, ask):
    """What the store of a made-up house says, asked in a transaction."""
    with cheap():
        store = await Store.open(settings_of(folder).database, Keyring.load(folder / KEYRING))
        try:
            async with store.transaction() as work:
                return await ask(work)
        finally:
            await store.close()


async def counts(work):
    return {(cell.period, cell.table, cell.value): number for cell, number in (await work.counts()).items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("made up") / "house"


@pytest.fixture(scope="module")
def tally(folder):
    return asyncio.run(played(folder, SIZES))


async def test_what_is_counted_is_what_was_played(folder, tally):
    assert await asked(folder, counts) == tally.cells
    sums = {unit: sum(number for (_, each), number in tally.units.items() if each == unit) for unit in ("talk", "case")}
    assert sums == {"talk": 34, "case": 19}


async def test_it_says_of_itself_that_it_is_made_up(folder, tally):
    assert (await asked(folder, fixed.read)).demo
    with cheap():
        store = await Store.open(settings_of(folder).database, Keyring.load(folder / KEYRING))
        found = {one.name: one for one in await look(store, running=False)}
        await store.close()
    assert found["demo"].mark is Mark.WARN
    assert "made up" in found["demo"].line()


async def test_the_bot_that_runs_on_it_says_so_too(folder, tally):
    with capture_logs() as lines, cheap():
        await (await _opened(settings_of(folder))).close()
    assert [line["event"] for line in lines] == ["house.demo"]


async def test_nobody_in_it_has_an_account_at_telegram_and_nothing_is_left_to_be_sent(folder, tally):
    desk = (await asked(folder, filing.read)).desk
    assert min(desk.staff) > NOBODY
    assert not desk.cases
    assert not desk.on_duty()
    assert await asked(folder, lambda work: work.waiting()) == 0
    known = await asked(folder, lambda work: work.conversations(range(FIRST_VISITOR, FIRST_VISITOR + 90)))
    assert not any(one.revision for one in known.values())


async def test_its_releases_say_it_too_by_their_names(folder, tally):
    said = []
    with cheap():
        await released(Demo(folder, SEED, NOW, SIZES), said.append, quickly)
    for one in await asked(folder, shelf.releases):
        assert one.release.demo
        assert "made-up" in one.release.organisation
    year = [period.name for period in periods(NOW.date())[-2:]]
    assert sorted(path.name for path in (folder / "releases").iterdir()) == year
    assert any(year[-1] in line and "gza-demo" in line for line in said)


async def test_the_same_seed_plays_the_same_year_and_never_in_the_house_of_the_settings(tmp_path, monkeypatch):
    once = await played(tmp_path / "once", TINY)
    for name in ("DATA_DIR", "KEYRING_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "real"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/real")
    assert (await played(tmp_path / "again", TINY)).cells == once.cells
    assert {path.name for path in tmp_path.iterdir()} == {"once", "again"}
    assert settings_of(tmp_path / "again").database.endswith("again/sandbox/data/gza.db")


def test_the_sandbox_shows_the_made_up_house_where_data_dir_is_its_folder(tmp_path):
    shown = _for_sandbox(settings_of(tmp_path).model_copy(update={"data_dir": tmp_path}), StandIn())
    own = settings_of(tmp_path)
    assert (shown.data_dir, shown.keyring_dir) == (own.data_dir, own.keyring_dir)


@pytest.mark.parametrize("name", [".env", "data", "anything"])
async def test_a_folder_that_is_not_empty_is_refused_and_left_as_it_is(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.raises(DemoRefused, match="not empty"):
        await played(tmp_path, TINY)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    "happened",
    [lambda work: work.count({Cell("2026-11", "language", "ka"): 1}), lambda work: work.raise_high_water(NOW)],
    ids=["counted", "taken in"],
)
async def test_a_house_that_people_have_written_to_never_becomes_a_demo(tmp_path, happened):
    with cheap():
        store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/gza.db", Keyring.create(tmp_path / "keyring"))
        async with store.transaction() as work:
            await happened(work)
        async with store.transaction() as work:
            with pytest.raises(DemoRefused, match="already"):
                await mark(work)
            assert not (await fixed.read(work)).demo
        await store.close()


def test_the_year_shows_small_units_two_way_tables_and_none():
    cases = [size.cases for size in YEAR]
    assert cases[0] < MINIMUM <= cases[1] < ENOUGH <= cases[-1]


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (datetime(2026, 11, 26), ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]),  # noqa: DTZ001  # a day
        (datetime(2027, 1, 1), ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),  # noqa: DTZ001  # a day
    ],
)
def test_it_lasts_until_the_last_quarter_that_is_over(today, names):
    assert [period.name for period in periods(today.date())] == names


def test_people_come_as_many_as_were_asked_for_and_others_for_another_seed():
    them, others = (cast(Size(60, 30, 12), 3, FIRST_VISITOR, Random(seed)) for seed in (SEED, SEED + 1))
    assert len({one.number for one in them}) == len(them) == 63
    assert sum(one.walk is not None for one in them) == 30
    assert sum(one.ending is not None for one in them) == 12
    assert them != others
