"""Whose database it is, how its files lie there, and what opening refuses."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Author, Busy, DatabaseDamaged, Keyring, NewEntry, Store, WrongKeyring
from storage.keyring import Epoch


@pytest.fixture(autouse=True)
def schema() -> None:
    """It comes there as on any other day."""


async def begun(url: str, keyring: Keyring, now: datetime) -> None:
    store = await Store.open(url, keyring)
    async with store.transaction() as work:
        await work.save((await work.conversations([1])).values(), now)
    await store.close()


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.glob("gza.db*")}


async def test_another_s_keyring_is_refused(url: str, keyring: Keyring, tmp_path: Path, now: datetime) -> None:
    await begun(url, keyring, now)
    with pytest.raises(WrongKeyring, match="another database"):
        await Store.open(url, Keyring.create(tmp_path / "other"))
    await begun(url, keyring, now)


async def test_a_keyring_without_the_living_epoch_is_refused(url: str, keyring: Keyring, now: datetime) -> None:
    await begun(url, keyring, now)
    other_day = Keyring(keyring.house, (Epoch(2, now.date(), b"\x01" * 32),))
    with pytest.raises(WrongKeyring, match="epochs"):
        await Store.open(url, other_day)
    await begun(url, keyring, now)


async def test_a_keyring_older_than_the_last_turn_is_refused_though_nobody_lives_there(
    url: str, keyring: Keyring, now: datetime
) -> None:
    store = await Store.open(url, keyring)
    await store.turn(keyring.newest.day + timedelta(days=1))
    await store.close()
    with pytest.raises(WrongKeyring, match="older"):
        await Store.open(url, Keyring(keyring.house, keyring.epochs))
    await begun(url, keyring, now)


async def test_a_keyring_that_went_on_alone_fits_where_nobody_lives(url: str, keyring: Keyring, now: datetime) -> None:
    await (await Store.open(url, keyring)).close()
    later = Keyring(keyring.house, (Epoch(9, now.date(), b"\x01" * 32),))
    await begun(url, later, now)
    with pytest.raises(WrongKeyring):
        await Store.open(url, keyring)


async def test_a_living_transcript_needs_its_epoch_too(sqlite_url: str, keyring: Keyring, now: datetime) -> None:
    store = await Store.open(sqlite_url, keyring)
    async with store.transaction() as work:
        one = (await work.conversations([1]))[1]
        await work.save([one], now)
        await work.append(one, [NewEntry(Author.PERSON, "line")])
        await work._connection.execute(text("UPDATE transcript SET epoch = 3"))
    await store.close()
    with pytest.raises(WrongKeyring, match="epochs"):
        await Store.open(sqlite_url, keyring)


async def test_a_database_that_forgot_whose_it_is_is_damaged(
    sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime
) -> None:
    await begun(sqlite_url, keyring, now)
    with closing(sqlite3.connect(tmp_path / "gza.db", isolation_level=None)) as file:
        file.execute("DELETE FROM house")
    with pytest.raises(DatabaseDamaged):
        await Store.open(sqlite_url, keyring)


async def test_the_files_are_ours_alone(sqlite_store: Store, tmp_path: Path) -> None:
    assert modes(tmp_path) == {"gza.db": 0o600, "gza.db-shm": 0o600, "gza.db-wal": 0o600}


async def test_a_file_that_was_open_to_others_is_closed_to_them(
    sqlite_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    (tmp_path / "gza.db").touch(mode=0o644)
    store = await Store.open(sqlite_url, keyring)
    assert modes(tmp_path)["gza.db"] == 0o600
    await store.close()


async def test_every_connection_is_as_careful_as_the_first(sqlite_store: Store) -> None:
    """`check` compares every PRAGMA of storage/engine.py with what the connection says."""
    assert await sqlite_store.check() == []
    await sqlite_store._engine.dispose()
    assert await sqlite_store.check() == []


async def test_closing_cuts_the_log(sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime) -> None:
    await begun(sqlite_url, keyring, now)
    assert modes(tmp_path).keys() == {"gza.db"}


async def test_closing_says_so_when_a_reader_keeps_the_log(
    sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime
) -> None:
    store = await Store.open(sqlite_url, keyring)
    with closing(sqlite3.connect(tmp_path / "gza.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM house").fetchone()
        async with store.transaction() as work:
            await work.save((await work.conversations([1])).values(), now)
        with pytest.raises(Busy, match="log"):
            await store.close()
    await begun(sqlite_url, keyring, now)
