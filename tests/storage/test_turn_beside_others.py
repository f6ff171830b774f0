"""The turn while others work, and what it meets that does not open, is unknown or is being read."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Busy, Keyring, Store, WrongKeyring
from storage import store as rooms
from storage.keyring import Epoch
from storage.model import Footprint
from storage.turning import FEW
from storage.vault.ring import Ring
from tests.fakes.turned import PEOPLE, epochs_of, everything, live


async def test_another_program_that_knows_only_the_old_secret_works_on(
    url: str, keyring: Keyring, now: datetime, tomorrow: date
) -> None:
    """Two workers on PostgreSQL; a verb beside the running program on SQLite."""
    one, other = await Store.open(url, keyring), await Store.open(url, keyring)
    await live(one, now)
    before = await everything(other, now)
    await one.turn(tomorrow)
    assert await everything(other, now) == before
    await live(other, now, range(3))
    assert await epochs_of(other) == {2}
    assert list(other._ring.epochs) == [2]
    await other.close()
    await one.close()


async def test_traffic_goes_on_through_many_turns_of_two_workers(
    url: str, keyring: Keyring, now: datetime, tomorrow: date
) -> None:
    """Everybody's state is one letter longer each time; not one is lost, however often the epoch changes."""
    workers = [await Store.open(url, keyring) for _ in range(2)]
    people = range(1, 6)

    async def write(worker: Store, letter: str) -> None:
        while True:
            try:
                async with worker.transaction() as work:
                    found = (await work.conversations(people)).values()
                    await work.save([replace(one, state=(one.state or "") + letter) for one in found], now)
            except Busy:
                await asyncio.sleep(0)
                continue
            return

    async def turn(worker: Store, days: int) -> None:
        while True:
            try:
                await worker.turn(tomorrow + timedelta(days=days))
            except Busy:
                continue
            return

    for days in range(3):
        await asyncio.gather(
            *(write(workers[number % 2], "ab"[number % 2]) for number in range(6)), turn(workers[days % 2], days)
        )
    async with workers[0].transaction() as work:
        found = await work.conversations(people)
        assert {"".join(sorted(one.state or "")) for one in found.values()} == {"a" * 9 + "b" * 9}
    assert await epochs_of(workers[1]) == {4}
    for worker in workers:
        await worker.close()


async def test_what_changes_while_it_is_made_ready_is_moved_as_it_is_now(
    store: Store, now: datetime, tomorrow: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live(store, now, PEOPLE[:20])
    prepare = rooms.prepare

    async def slowly(*given: object) -> object:
        ready = await prepare(*given)  # type: ignore[arg-type]
        async with store.transaction() as work:
            found = await work.conversations(PEOPLE[:15])
            await work.erase([found[PEOPLE[14]]], now)
            them = [found[person] for person in PEOPLE[:10]]
            changed = [replace(one, state="new", footprint=replace(one.footprint, language="ru")) for one in them]
            await work.save(changed, now)
        await live(store, now, PEOPLE[20:])
        return ready

    monkeypatch.setattr(rooms, "prepare", slowly)
    turned = await store.turn(tomorrow)
    assert (turned.conversations, turned.footprints, turned.lost) == (29, 29, 0)
    read = await everything(store, now)
    assert {read[person][0] for person in PEOPLE[:10]} == {"new"}
    assert {read[person][1].language for person in PEOPLE[:10]} == {"ru"}  # type: ignore[attr-defined]
    assert read[PEOPLE[14]][0] is None
    assert [read[person][0] for person in PEOPLE[20:]] == [f"state of {person}" for person in PEOPLE[20:]]


async def test_a_keyring_that_another_turned_and_nobody_can_read_is_busy(
    sqlite_url: str, keyring: Keyring, now: datetime, tomorrow: date, tmp_path: Path
) -> None:
    one, other = await Store.open(sqlite_url, keyring), await Store.open(sqlite_url, keyring)
    aside = tmp_path / "aside"
    shutil.copytree(tmp_path / "keyring", aside)
    await one.turn(tomorrow)
    there = other._keyring
    for missing in (
        replace(there, directory=aside),
        replace(there, directory=None),
        replace(there, directory=tmp_path),
    ):
        other._keyring = missing
        with pytest.raises(Busy, match="KEYRING_DIR"):
            await live(other, now)
        other._ring = Ring.of(keyring)
    other._keyring = there
    await live(other, now)
    await other.close()
    await one.close()


async def test_what_does_not_open_is_counted_and_keeps_nobody_from_being_moved(
    store: Store, now: datetime, tomorrow: date
) -> None:
    """A conversation or a footprint could not be found again; a case and a transcript stay as damaged as they were."""
    await live(store, now)
    async with store.transaction() as work:
        ids = {person: one.id for person, one in (await work.conversations(PEOPLE)).items()}
        for table, key, column, person in (
            ("conversation", "id", "state", PEOPLE[20]),
            ("conversation", "id", "commitment", PEOPLE[21]),
            ("cases", "conversation", "body", PEOPLE[0]),
            ("transcript", "conversation", "wrapped", PEOPLE[1]),
        ):
            statement = f"UPDATE {table} SET {column} = :zeros WHERE {key} = :id"
            await work._connection.execute(text(statement), {"zeros": bytes(100), "id": ids[person]})
        index = store._ring.index(1, PEOPLE[22])
        broken = "UPDATE footprint SET body = :zeros WHERE blind_index = :at"
        await work._connection.execute(text(broken), {"zeros": bytes(100), "at": index})
    turned = await store.turn(tomorrow)
    assert (turned.conversations, turned.footprints, turned.transcripts, turned.cases, turned.lost) == (28, 29, 4, 4, 5)
    assert await epochs_of(store) == {2}
    async with store.transaction() as work:
        found = await work.conversations(PEOPLE)
        states = {person: one.state for person, one in found.items()}
        assert [person for person, state in states.items() if state is None] == [PEOPLE[20], PEOPLE[21]]
        assert [case.conversation for case in await work.cases() if case.body is None] == [ids[PEOPLE[0]]]
        assert found[PEOPLE[22]].footprint == Footprint(hidden=True), "nobody knows whether they hid the chat"


async def test_a_wrong_secret_of_the_right_number_changes_nothing(
    sqlite_url: str, keyring: Keyring, now: datetime, tomorrow: date
) -> None:
    store = await Store.open(sqlite_url, keyring)
    await live(store, now)
    before = await everything(store, now)
    await store.close()
    wrong = Keyring(keyring.house, (Epoch(1, keyring.newest.day, b"\x07" * 32),))
    store = await Store.open(sqlite_url, wrong)
    assert len(PEOPLE) > FEW
    with pytest.raises(WrongKeyring, match="Most"):
        await store.turn(tomorrow)
    await store.close()
    store = await Store.open(sqlite_url, keyring)
    assert await everything(store, now) == before
    await store.close()


async def test_an_epoch_nobody_knows_stops_the_turn(store: Store, now: datetime, tomorrow: date) -> None:
    await live(store, now)
    async with store.transaction() as work:
        await work._connection.execute(text("UPDATE cases SET epoch = 77"))
    with pytest.raises(WrongKeyring):
        await store.turn(tomorrow)
    assert 77 in await epochs_of(store)
    await live(store, now, range(3))


async def test_a_reader_keeps_the_log_and_the_turn_says_so(
    sqlite_store: Store, tmp_path: Path, now: datetime, tomorrow: date
) -> None:
    await live(sqlite_store, now)
    with closing(sqlite3.connect(tmp_path / "gza.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM house").fetchone()
        turned = await sqlite_store.turn(tomorrow)
        assert (turned.done, turned.log_cut) == (True, False)
        assert not await sqlite_store.cut_log()
        await live(sqlite_store, now, range(3))  # nobody else waits
    assert await sqlite_store.cut_log()
    assert (tmp_path / "gza.db-wal").stat().st_size == 0


def lying(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_what_was_found_and_wrapped_under_the_old_epoch_lies_in_no_file(
    sqlite_store: Store, keyring: Keyring, tmp_path: Path, now: datetime, tomorrow: date
) -> None:
    await live(sqlite_store, now)
    async with sqlite_store.transaction() as work:
        columns = ("blind_index FROM conversation", "wrapped FROM conversation", "blind_index FROM footprint")
        columns += ("body FROM footprint", "body FROM cases", "wrapped FROM transcript")
        gone = {
            bytes(value)[-32:]
            for column in columns
            for value in (await work._connection.execute(text(f"SELECT {column}"))).scalars()
        }
    assert len(gone) == 30 * 3 + 5 * 2 + 30 - 30  # both tables have the same blind indexes
    await sqlite_store.turn(tomorrow)
    files = lying(tmp_path)
    assert [piece for piece in gone if piece in files] == []
    old = keyring.epochs[0].to_line().split()[3].encode()
    assert old not in files
