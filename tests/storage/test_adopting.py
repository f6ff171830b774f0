"""What a locked house leaves behind is taken over without any key, once, on both engines."""

import secrets
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Author, DatabaseDamaged, Keyring, NewEntry, Store
from storage.adopting import adopt, archive_key_of, is_there, shred
from storage.engine import make_engine
from storage.keyring import Epoch
from storage.vault.archive import ArchivePrivate, Suite

ANA, BEKA = 31, 32
UNTIL = date(2027, 2, 21)
PUBLIC = ArchivePrivate.new(Suite.X25519).public


@pytest.fixture
def left(tmp_path: Path) -> str:
    (tmp_path / "locked").mkdir()
    return f"sqlite+aiosqlite:///{tmp_path}/locked/gza.db"


async def locked(url: str, now: datetime, *lines: str, archive: bool = True) -> list[bytes]:
    """A house of the moment where this was written, and that is gone; the ids of its talks."""
    keys = Keyring(secrets.token_bytes(32), (Epoch(1, now.date(), secrets.token_bytes(32)),))
    store = await Store.open(url, keys)
    async with store.transaction() as work:
        if archive:
            await work.set_archive_key(PUBLIC)
        people = await work.conversations([ANA, BEKA])
        await work.save(list(people.values()), now)
        await work.append(people[ANA], [NewEntry(Author.PERSON, line) for line in lines])
        await work.entrust([people[ANA]])
        await work.fresh(7, [100, 101], now)
        talks = list((await work.talks()).values())
        assert await work.everybody() == {ANA, BEKA}
    await store.close()
    return talks


async def test_sealed_talks_are_copied_and_twice_is_once(store: Store, url: str, left: str, now: datetime) -> None:
    await locked(left, now, "one", "two")
    for _ in range(2):
        assert await adopt(left, url, UNTIL) == 1

    async with store.transaction() as work:
        assert [(one.until, one.entries) for one in await work.archives()] == [(UNTIL, 2)]
        lines = text("SELECT count(*) FROM entry")
        assert (await work._connection.execute(lines)).scalar() == 2
        keys = text("SELECT conversation, epoch, wrapped FROM transcript")
        assert (await work._connection.execute(keys)).all() == [(None, None, None)]


async def test_updates_that_were_taken_there_are_not_taken_again(
    store: Store, url: str, left: str, now: datetime
) -> None:
    await locked(left, now, "one")
    await adopt(left, url, UNTIL)

    async with store.transaction() as work:
        assert await work.fresh(7, [100, 101, 102], now) == {102}


async def test_what_came_here_already_is_not_copied(store: Store, url: str, left: str, now: datetime) -> None:
    talks = await locked(left, now, "one")
    async with store.transaction() as work:
        await work.never_again(talks, now)

    assert await adopt(left, url, UNTIL) == 0
    async with store.transaction() as work:
        assert await work.archives() == []


async def test_the_archive_key_is_read_without_the_keyring(store: Store, url: str) -> None:
    assert await archive_key_of(url) is None
    async with store.transaction() as work:
        await work.set_archive_key(PUBLIC)
    assert await archive_key_of(url) == PUBLIC

    async with store.transaction() as work:
        await work._connection.execute(text("UPDATE house SET archive = archive_mac"))
    assert await archive_key_of(url) is None


async def test_looking_for_an_archive_key_makes_no_database(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/none.db"

    assert await archive_key_of(url) is None
    assert not is_there(url)


async def test_a_database_of_something_else_has_no_archive_key(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/other.db"
    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE other (id INTEGER)"))
    await engine.dispose()

    assert await archive_key_of(url) is None


async def test_damage_is_said_and_nothing_is_lost(sqlite_store: Store, sqlite_url: str, left: str) -> None:
    with open(left.removeprefix("sqlite+aiosqlite:///"), "wb") as file:  # noqa: ASYNC230, PTH123 — nobody waits for it
        file.write(b"no database at all" * 1000)

    for _ in range(2):
        with pytest.raises(DatabaseDamaged, match="locked"):
            await adopt(left, sqlite_url, UNTIL)


def test_what_is_shredded_is_overwritten_and_gone(tmp_path: Path) -> None:
    place = tmp_path / "locked"
    shred(place)
    place.mkdir()
    (place / "gza.db").write_bytes(b"words" * 500_000)
    beside = tmp_path / "beside"
    beside.hardlink_to(place / "gza.db")
    shred(place)

    assert not place.exists()
    assert not any(beside.read_bytes())
