"""A legal hold keeps exactly what it names, is seen, and ends; and the verbs for repair say what they did."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.keeping import upkeep
from bot.keeping.sweeping import swept
from bot.operating import mending
from bot.operating.holding import HoldError, hold, holds, lift, run_hold, run_lift, run_list
from bot.operating.mending import ClockDoubted, run_purge, run_turn
from bot.settings import Settings
from storage import Author, Keyring, Kind, NewEntry, Store
from storage.vault.archive import ArchivePrivate, Suite

NOW = datetime.now(UTC)
LAST = NOW.date() - timedelta(days=2)
"""A day that is over: only a hold keeps what ends on it."""


def settings_in(folder):
    return Settings(_env_file=None, data_dir=folder / "data", keyring_dir=folder / "keyring", bot_token=None)


@asynccontextmanager
async def opened(settings):
    there = settings.keyring_dir.exists()
    keyring = Keyring.load(settings.keyring_dir) if there else Keyring.create(settings.keyring_dir)
    store = await Store.open(settings.database, keyring)
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def settings(tmp_path):
    """A house with three sealed cases that are past their day."""
    settings = settings_in(tmp_path)
    settings.data_dir.mkdir()
    async with opened(settings) as store, store.transaction() as work:
        await work.set_archive_key(ArchivePrivate.new(Suite.X25519).public)
        people = (await work.conversations([1, 2, 3])).values()
        await work.save(list(people), NOW)
        await work.append_all([(one, [NewEntry(Author.BOT, "summary")]) for one in people])
        await work.entrust(list(people))
        await work.seal_off([(one, LAST) for one in people])
        await work.raise_high_water(NOW - timedelta(minutes=1))
    return settings


async def tags(store):
    async with store.transaction() as work:
        return [one.id.hex()[:8] for one in await work.archives()]


async def audited(store):
    async with store.transaction() as work:
        return [record.body for record in await work.records((Kind.AUDIT,))]


async def test_a_hold_keeps_exactly_the_case_it_names(settings):
    async with opened(settings) as store:
        first, *_ = await tags(store)
        assert await hold(store, first, "order", NOW) == 1
        assert await swept(store, "archives", NOW) == 2
        assert await tags(store) == [first]


async def test_a_hold_on_all_keeps_all_and_what_is_sealed_later(settings):
    async with opened(settings) as store:
        assert await hold(store, "all", "order", NOW) == 3
        assert await swept(store, "archives", NOW + timedelta(days=1000)) == 0
        assert len(await tags(store)) == 3


async def test_what_is_no_longer_held_goes_in_the_next_sweep(settings):
    async with opened(settings) as store:
        first, *_ = await tags(store)
        await hold(store, first, "order", NOW)
        await hold(store, "all", "order", NOW)
        await lift(store, "all", NOW)
        assert await swept(store, "archives", NOW) == 2
        await lift(store, first, NOW)
        assert await swept(store, "archives", NOW) == 1


@pytest.mark.parametrize("tag", ["", "0", "nonsense", "ffffffff", "alles"])
async def test_what_is_not_there_cannot_be_held(settings, tag):
    async with opened(settings) as store:
        with pytest.raises(HoldError, match="gza hold"):
            await hold(store, tag, "order", NOW)
        with pytest.raises(HoldError, match="gza hold"):
            await lift(store, tag, NOW)


async def test_the_audit_log_says_that_and_not_why_or_what(settings):
    async with opened(settings) as store:
        (first, *_) = await tags(store)
        await hold(store, first, "order about Anna", NOW)
        await lift(store, first, NOW)
        lines = await audited(store)
    assert len(lines) == 2
    assert "Anna" not in " ".join(lines)
    assert first not in " ".join(lines)


async def test_a_hold_set_twice_has_the_later_reason(settings):
    async with opened(settings) as store:
        await hold(store, "all", "first order", NOW)
        await hold(store, "all", "second order", NOW)
        assert [one.reason for one in await holds(store)] == ["second order"]


async def test_a_hold_needs_a_reason(settings):
    with pytest.raises(HoldError, match="Say why"):
        await run_hold(settings, print, "all", "  ")


async def test_the_verb_lists_what_is_held_and_what_could_be(settings):
    async with opened(settings) as store:
        first, *others = await tags(store)
    said = []
    await run_hold(settings, said.append, first, "order 2/1234")
    assert "1 sealed case," in said[0]
    said.clear()
    await run_list(settings, said.append)
    assert said[0] == f"held since {NOW.date()}  {first}  order 2/1234"
    assert [line for line in said if line.endswith("held")] == [f"sealed until {LAST}  {first}  1 entries  held"]
    assert all(any(tag in line for line in said) for tag in others)
    said.clear()
    await run_lift(settings, said.append, first)
    await run_list(settings, said.append)
    assert said[1] == "Nothing is held."


async def test_purge_says_what_it_erased_and_cuts_the_log(settings):
    said = []
    await run_purge(settings, said.append, lambda _question: False)
    assert "       3  sealed cases past their day" in said
    assert said[-1] == "What was deleted is gone from the database's files."
    async with opened(settings) as store, store.transaction() as work:
        assert (await upkeep.recalled(work))["swept"]["ok"]


def test_on_postgresql_purge_promises_nothing_about_files(tmp_path):
    said = []
    elsewhere = Settings(_env_file=None, data_dir=tmp_path, database_url="postgresql://gza@db/gza", bot_token=None)
    mending._say_cut(said.append, elsewhere, cut=True)
    assert "linger" in said[0]
    assert "gone" not in " ".join(said)


async def test_purge_leaves_what_is_held(settings):
    async with opened(settings) as store:
        await hold(store, "all", "order", NOW)
    said = []
    await run_purge(settings, said.append, lambda _question: False)
    assert "       0  sealed cases past their day" in said


async def high_water(settings, moment):
    async with opened(settings) as store, store.transaction() as work:
        await work.raise_high_water(moment)


@pytest.mark.parametrize("verb", [run_purge, run_turn])
async def test_a_clock_that_runs_behind_erases_and_turns_nothing(settings, verb):
    await high_water(settings, NOW + timedelta(days=1))
    with pytest.raises(ClockDoubted, match="runs behind"):
        await verb(settings, print, lambda _question: True)
    async with opened(settings) as store:
        assert len(await tags(store)) == 3


@pytest.fixture
async def long_ago(tmp_path):
    """A house whose bot last knew the time a month ago."""
    settings = settings_in(tmp_path)
    settings.data_dir.mkdir()
    await high_water(settings, NOW - timedelta(days=30))
    return settings


async def test_after_a_long_silence_the_date_is_asked_for(long_ago):
    asked = []
    with pytest.raises(ClockDoubted, match="Nothing was changed"):
        await run_purge(long_ago, print, asked.append)
    assert f"{NOW:%B}" in asked[0]
    said = []
    await run_purge(long_ago, said.append, lambda _question: True)
    assert said


async def test_turn_by_hand_is_the_work_of_the_day(settings):
    said = []
    await run_turn(settings, said.append, lambda _question: False)
    assert said[0] == "Today has its epoch already: nothing to turn."
    async with opened(settings) as store, store.transaction() as work:
        known = await upkeep.recalled(work)
    assert known["daily"]["ok"]
    assert "anchor" not in known


async def test_turn_by_hand_moves_what_lives_to_a_new_epoch(settings, monkeypatch):
    tomorrow = NOW + timedelta(days=1)
    monkeypatch.setattr(mending, "datetime", SimpleNamespace(now=lambda _zone: tomorrow))
    before, said = Keyring.load(settings.keyring_dir).newest, []
    await run_turn(settings, said.append, lambda _question: False)
    after = Keyring.load(settings.keyring_dir).newest
    assert (after.id, after.day) == (before.id + 1, tomorrow.date())
    assert said[0].startswith("Turned 3 conversations and 0 cases")
    said.clear()
    await run_turn(settings, said.append, lambda _question: False)
    async with opened(settings) as store, store.transaction() as work:
        assert (await upkeep.recalled(work))["anchor"]["seq"] == 1
