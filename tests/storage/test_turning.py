"""The rules of a turn one by one: alone, whole or not at all, and counted."""

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Author, Busy, Keyring, NewEntry, Store, StoredCase, WrongKeyring, moving, turning
from storage.moving import Moved
from storage.turning import FEW, alone, living_epochs

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
