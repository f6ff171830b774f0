"""The rules of a turn one by one: alone, whole or not at all, and counted."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import (
    Author,
    Busy,
    Keyring,
    KeyringMissing,
    NewEntry,
    Store,
    StoredCase,
    Transaction,
    WrongKeyring,
    moving,
    turning,
)
from storage import store as rooms
from storage.moving import CONVERSATIONS, FOOTPRINTS, Moved
from storage.turning import FEW, alone, living_epochs
from storage.vault.dek import Dek
from storage.vault.ring import Ring

PEOPLE = range(7_000_000_000, 7_000_000_009)
TALKING = PEOPLE[:5]


@pytest.fixture
def tomorrow(keyring: Keyring) -> date:
    return keyring.newest.day + timedelta(days=1)


async def live(store: Store, now: datetime) -> None:
    """Nine people, five of whom talk with a consultant."""
    async with store.transaction() as work:
        found = await work.conversations(PEOPLE)
        await work.save(found.values(), now)
        talking = [found[person] for person in TALKING]
        await work.save_cases([StoredCase(one.id, "a case") for one in talking])
        await work.append_all([(one, [NewEntry(Author.PERSON, "a line")]) for one in talking])


async def test_only_one_program_changes_a_keyring_and_another_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = list[float]()

    async def waits(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", waits)
    async with alone(tmp_path), alone(None), alone(None):
        with pytest.raises(Busy, match="Another program"):
            async with alone(tmp_path):
                pass
    assert pauses == [turning.PAUSE] * turning.TRIES
    async with alone(tmp_path):
        pass


@pytest.mark.parametrize(("more", "goes"), [(0, True), (1, False)])
async def test_few_rows_may_fail_to_open_and_not_one_more(
    store: Store, tomorrow: date, monkeypatch: pytest.MonkeyPatch, *, more: int, goes: bool
) -> None:
    """Of each of the four tables one row opened."""
    lost = iter([FEW + more, 1, 2, 1])

    async def moved(*_: object) -> Moved:
        return Moved(1, next(lost))

    monkeypatch.setattr(moving, "move", moved)
    if goes:
        assert (await store.turn(tomorrow)).lost == FEW + 4
    else:
        with pytest.raises(WrongKeyring, match="Most"):
            await store.turn(tomorrow)


async def test_what_was_left_under_the_old_epoch_keeps_its_secret(
    store: Store, keyring: Keyring, now: datetime, tomorrow: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live(store, now)

    async def forgets(*_: object) -> Moved:
        return Moved(0, 0)

    with monkeypatch.context() as patched:
        patched.setattr(moving, "move", forgets)
        with pytest.raises(Busy, match="old epoch"):
            await store.turn(tomorrow)
    assert [epoch.id for epoch in keyring.again().epochs] == [1, 2]
    async with store.transaction() as work:
        assert await living_epochs(work._connection) == {1}


async def test_a_turn_says_how_many_of_each_kind_it_moved(store: Store, now: datetime, tomorrow: date) -> None:
    await live(store, now)
    async with store.transaction() as work:
        found = await work.conversations(PEOPLE)
        await work.drop_cases([found[person].id for person in PEOPLE[:2]])
        index = store._ring.index(store._ring.newest, PEOPLE[8])
        await work._connection.execute(text("DELETE FROM footprint WHERE blind_index = :index"), {"index": index})
    turned = await store.turn(tomorrow)
    assert (turned.conversations, turned.transcripts, turned.footprints, turned.cases) == (9, 5, 8, 3)


async def test_where_there_is_no_keyring_any_more_nothing_is_turned(tmp_path: Path) -> None:
    with pytest.raises(KeyringMissing, match="restore it there"):
        async with alone(tmp_path / "nowhere"):
            pass


@pytest.mark.parametrize("living", [CONVERSATIONS, FOOTPRINTS], ids=lambda living: living.name)
async def test_all_that_opens_is_made_ready_portion_by_portion_and_nothing_is_written(
    store: Store, now: datetime, tomorrow: date, monkeypatch: pytest.MonkeyPatch, living: moving.Living
) -> None:
    await live(store, now)
    async with store.transaction() as work:
        keys = await keys_of(work, living)
        broken = text(f"UPDATE {living.name} SET {living.changed[1]} = :nothing WHERE {living.key.key} = :key")
        await work._connection.execute(broken, {"nothing": bytes(100), "key": keys[4]})
    monkeypatch.setattr(moving, "PORTION", 2)
    ring = Ring.of(replace(store._keyring, directory=None).with_new(tomorrow))
    ready = await moving.prepare(store._connected, ring, living)
    assert [one.key for one in ready] == keys[:4] + keys[5:]
    assert all(one.new for one in ready)
    async with store.transaction() as work:
        assert await living_epochs(work._connection) == {1}


async def keys_of(work: Transaction, living: moving.Living) -> list[bytes]:
    rows = await work._connection.execute(text(f"SELECT {living.key.key} FROM {living.name}"))
    return sorted(rows.scalars())


async def test_what_was_not_made_ready_is_moved_all_the_same_and_counted_once(
    store: Store, now: datetime, tomorrow: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live(store, now)

    async def nothing(*_: object) -> list[list[moving.Ready]]:
        return [[] for _ in moving.ALL]

    monkeypatch.setattr(rooms, "prepare", nothing)
    monkeypatch.setattr(moving, "PORTION", 2)
    turned = await store.turn(tomorrow)
    assert (turned.conversations, turned.transcripts, turned.footprints, turned.cases) == (9, 5, 9, 5)
    async with store.transaction() as work:
        assert await living_epochs(work._connection) == {2}


async def test_the_keys_of_conversations_are_shredded_once_they_are_wrapped_anew(
    store: Store, now: datetime, tomorrow: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live(store, now)
    shredded, really = list[bytes](), Dek.shred

    def watched(dek: Dek) -> None:
        shredded.append(bytes(dek.secret()))
        really(dek)

    monkeypatch.setattr(Dek, "shred", watched)
    await store.turn(tomorrow)
    assert len(set(shredded)) == len(PEOPLE) + len(TALKING)
