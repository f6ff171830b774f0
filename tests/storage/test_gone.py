"""A keyring that has lived and a database that is not there: a disk was not mounted, and no key may be lost by that."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage import DatabaseMissing, Keyring, Store
from storage.copies.backup import read_backup, write_backup
from storage.copies.restoring import restore
from storage.copies.returning import Wanted, known
from storage.migrating import migrate
from storage.vault.ring import Ring
from tests.fakes.postgres import Postgres


@pytest.fixture(autouse=True)
def schema() -> None:
    """It comes there as on any other day."""


async def lived(url: str, keyring: Keyring, now: datetime, *, how: str = "seen") -> Keyring:
    """A house with somebody in it: the keyring has seen a time, or been turned."""
    store = await Store.open(url, keyring)
    async with store.transaction() as work:
        await work.save((await work.conversations([1])).values(), now)
        if how == "seen":
            await work.raise_high_water(now)
    if how == "turned":
        await store.turn(keyring.newest.day + timedelta(days=1))
    await store.close()
    return keyring.again()


async def is_bare(url: str) -> bool:
    """Whether nothing was ever made there."""
    if url.startswith("sqlite"):
        return not list(Path(make_url(url).database or "").parent.iterdir())
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda plain: inspect(plain).get_table_names())
    await engine.dispose()
    return names == []


@pytest.fixture
async def bare(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> str:
    """The address of a database that nobody ever made, on the same engine."""
    if url.startswith("sqlite"):
        (tmp_path / "mount").mkdir()
        return f"sqlite+aiosqlite:///{tmp_path}/mount/gza.db"
    server: Postgres = request.getfixturevalue("server")
    return await server.database()


@pytest.mark.parametrize("how", ["seen", "turned"])
async def test_a_keyring_that_has_lived_is_given_no_new_database_and_nothing_is_made(
    url: str, bare: str, keyring: Keyring, now: datetime, how: str
) -> None:
    keyring = await lived(url, keyring, now, how=how)
    for _ in range(2):
        with pytest.raises(DatabaseMissing, match="mount DATA_DIR, or restore a backup"):
            await Store.open(bare, keyring)
    assert await is_bare(bare)
    assert keyring.again() == keyring
    await (await Store.open(url, keyring)).close()


async def test_a_database_that_was_made_and_belongs_to_nobody_is_none(
    url: str, bare: str, keyring: Keyring, now: datetime
) -> None:
    keyring = await lived(url, keyring, now)
    await migrate(bare)
    with pytest.raises(DatabaseMissing):
        await Store.open(bare, keyring)


async def test_an_empty_file_is_no_database(sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime) -> None:
    keyring = await lived(sqlite_url, keyring, now)
    (tmp_path / "empty.db").touch()
    with pytest.raises(DatabaseMissing):
        await Store.open(f"sqlite+aiosqlite:///{tmp_path}/empty.db", keyring)


async def test_a_first_start_that_was_killed_before_anybody_came_is_begun_again(url: str, keyring: Keyring) -> None:
    await migrate(url)
    await (await Store.open(url, keyring)).close()


@pytest.mark.parametrize("saved", ["the keyring", "the house key"])
async def test_a_backup_comes_back_where_there_is_no_database(
    url: str, bare: str, keyring: Keyring, now: datetime, saved: str
) -> None:
    """Its disk is lost; or so is the whole machine, and only the house key stands on the recovery sheet."""
    keyring = await lived(url, keyring, now, how="turned")
    folder = (keyring.directory or Path()).parent
    ring, file = Ring.of(keyring), folder / "a.gza"
    await write_backup(url, ring, file, lambda *_: None)
    if saved == "the house key":
        shutil.rmtree(folder / "keyring")
        anew = Keyring.create(folder / "other").newest
        keyring = Keyring(keyring.house, (anew,))
        ring = Ring.of(keyring)
    wanted = Wanted(read_backup(file, ring, None), await known(bare, ring), now)
    done = await restore(wanted, bare, keyring, lambda *_: None)
    assert (done.faults, done.fit.alive) == ((), saved == "the keyring")
    store = await Store.open(bare, keyring)
    assert store.finished is None
    await store.close()
