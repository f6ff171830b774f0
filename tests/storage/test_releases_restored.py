"""Releases and counts come back from a backup, and nothing is published twice for it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Cell, Keyring, Kind, Record, Store, Transaction
from storage.copies.returning import BACKED, LOST, UNSURE, known
from tests.fakes.backed import House
from tests.fakes.freezing import CONTENT, sql
from tests.fakes.lived import ANA, CELL, forget, lived_in

SUMMER, AUTUMN = "2026-Q3", "2026-Q4"
LIST, NO_FILES = '{"files": {"a": "0"}, "sha256": "1"}', {"files": {}, "sha256": "1"}
JULY = Cell("2026-07", "band", "red")


async def at_home(store: Store, url: str, keyring: Keyring, now: datetime, folder: Path) -> House:
    await lived_in(store, now)
    return House(url, keyring, now, folder, store)


async def opened_again(house: House) -> tuple[bytes | None, bytes | None, list[str]]:
    """What of the two releases is there, and which are spoken of."""
    store = await Store.open(house.url, house.keyring)
    async with store.transaction() as work:
        found = await work.frozen(SUMMER), await work.frozen(AUTUMN)
        spoken = [record.key for record in await work.records([Kind.RELEASE])]
    await store.close()
    return *found, spoken


async def published(house: House, name: str, content: bytes) -> None:
    async with house.store.transaction() as work:
        await work.freeze(name, content)
        await work.keep([Record(Kind.RELEASE, name, LIST)])


async def test_a_backup_brings_releases_and_counts_back(
    store: Store, url: str, keyring: Keyring, now: datetime, tmp_path: Path
) -> None:
    house = await at_home(store, url, keyring, now, tmp_path)
    await published(house, SUMMER, CONTENT)
    await house.back_up()
    async with store.transaction() as work:
        await work._connection.execute(text("DELETE FROM release"))
        await work._connection.execute(text("DELETE FROM record"))
        await work.drop_counts([CELL])
    await store.close()
    house.next_day()
    assert (await house.put_back()).faults == ()
    assert await opened_again(house) == (CONTENT, None, [SUMMER])
    again = await Store.open(url, house.keyring)
    async with again.transaction() as work:
        assert await work.counts() == {CELL: 3}
    await again.close()


async def test_a_release_made_since_the_backup_stays_or_its_period_would_get_a_second_one(
    store: Store, url: str, keyring: Keyring, now: datetime, tmp_path: Path
) -> None:
    house = await at_home(store, url, keyring, now, tmp_path)
    await published(house, SUMMER, CONTENT)
    await house.back_up()
    await published(house, AUTUMN, b"published since")
    await store.close()
    await house.put_back()
    assert await opened_again(house) == (CONTENT, b"published since", [SUMMER, AUTUMN])


async def test_one_that_was_changed_since_the_backup_comes_back_as_it_was(
    store: Store, url: str, keyring: Keyring, now: datetime, tmp_path: Path
) -> None:
    house = await at_home(store, url, keyring, now, tmp_path)
    await published(house, SUMMER, CONTENT)
    await house.back_up()
    await sql(store, "UPDATE release SET body = :body", body=b"\x01" + bytes(600))
    await store.close()
    await house.put_back()
    assert await opened_again(house) == (CONTENT, None, [SUMMER])


async def test_what_was_forgotten_is_asked_of_a_database_without_releases_too(
    store: Store, url: str, keyring: Keyring, now: datetime, tmp_path: Path
) -> None:
    """An older program's database, before this one was ever started on it."""
    house = await at_home(store, url, keyring, now, tmp_path)
    await forget(store, ANA, now)
    await sql(store, "DROP TABLE release")
    there = await known(url, house.ring)
    assert there.readable
    assert there.forgotten
    assert there.published.rows == ()


# Published since the backup, and not all of it is known


@pytest.fixture
async def house(store: Store, url: str, keyring: Keyring, now: datetime, tmp_path: Path) -> House:
    """One with a release in its backup, that remembers the backup, and with a second release made since."""
    house = await at_home(store, url, keyring, now, tmp_path)
    await published(house, SUMMER, CONTENT)
    await house.back_up()
    async with store.transaction() as work:
        await work.keep([Record(Kind.HOUSE, BACKED, '{"at": "2026-11-26"}')])
    await published(house, AUTUMN, b"published since")
    return house


@asynccontextmanager
async def again(house: House) -> AsyncIterator[Transaction]:
    """Its database, opened anew."""
    store = await Store.open(house.url, house.keyring)
    async with store.transaction() as work:
        yield work
    await store.close()


async def bodies(house: House, kind: Kind) -> dict[str, dict[str, object]]:
    async with again(house) as work:
        return {one.key: json.loads(one.body) for one in await work.records([kind])}


async def without(house: House, what: str) -> None:
    """The last release, or its list, does not open any more."""
    index = {"release": house.ring.release_index(AUTUMN), "record": house.ring.record_index(Kind.RELEASE, AUTUMN)}[what]
    await sql(house.store, f"UPDATE {what} SET body = :body WHERE blind_index = :at", body=b"\x01", at=index)


async def test_one_whose_bytes_are_gone_stays_as_a_list_of_no_files_so_that_it_is_not_made_again(house: House) -> None:
    await without(house, "release")
    await house.store.close()
    done = await house.put_back()
    assert (done.faults, done.fit.published.gone, done.fit.published.sure) == ((), (AUTUMN,), True)
    assert await opened_again(house) == (CONTENT, None, [SUMMER, AUTUMN])
    assert (await bodies(house, Kind.RELEASE))[AUTUMN] == NO_FILES


async def test_a_backup_that_still_has_them_brings_them_back(house: House) -> None:
    await house.back_up(name="b.gza")
    await without(house, "release")
    await house.store.close()
    await house.put_back()
    (house.folder / "b.gza").replace(house.file)
    assert (await house.put_back()).fit.published.gone == ()
    assert await opened_again(house) == (CONTENT, b"published since", [SUMMER, AUTUMN])
    assert (await bodies(house, Kind.RELEASE))[AUTUMN] == json.loads(LIST)


async def test_one_without_its_list_does_not_come_back_for_nobody_knows_what_it_is_and_that_is_noted(
    house: House,
) -> None:
    await without(house, "record")
    await house.store.close()
    done = await house.put_back()
    assert (done.fit.published.gone, done.fit.published.sure) == ((), False)
    assert await opened_again(house) == (CONTENT, None, [SUMMER])
    assert UNSURE in await bodies(house, Kind.HOUSE)


async def test_what_was_counted_since_the_backup_is_noted_as_lost_with_the_day(house: House) -> None:
    await house.store.close()
    await house.put_back()
    said = await bodies(house, Kind.HOUSE)
    assert said[LOST] == {"day": house.now.date().isoformat()}
    assert UNSURE not in said


async def test_on_a_machine_that_is_new_nobody_knows_what_was_published_since_and_that_stays_noted(
    house: House,
) -> None:
    async with house.store.transaction() as work:  # as in a database that was begun before the backup was put back
        await work.drop([one for one in await work.records([Kind.HOUSE]) if one.key == BACKED])
    await house.store.close()
    assert not (await house.put_back()).fit.published.sure
    assert (await bodies(house, Kind.HOUSE))[UNSURE] == {"day": house.now.date().isoformat()}
    async with again(house) as work:
        await work.keep([Record(Kind.HOUSE, BACKED, '{"at": "2026-11-27"}')])
    assert not (await house.put_back()).fit.published.sure
