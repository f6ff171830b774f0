"""A frozen release: there byte by byte, once and never over another, and what was changed never passes for it."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Busy, Cell, Keyring, Kind, Record, Stale, Store, Tampered, Transaction, VaultError
from storage.copies.returning import BACKED, LOST, UNSURE, known
from storage.keyring import Epoch
from storage.packing import open_release, seal_release
from storage.vault.ring import Ring
from tests.fakes.backed import House
from tests.fakes.lived import ANA, CELL, forget, lived_in

SUMMER, AUTUMN = "2026-Q3", "2026-Q4"
CONTENT = bytes(range(256)) * 4000
LIST, NO_FILES = '{"files": {"a": "0"}, "sha256": "1"}', {"files": {}, "sha256": "1"}
CHANGES, TRIES = 2_000, 500
JULY, OCTOBER = Cell("2026-07", "band", "red"), Cell("2026-10", "band", "red")


async def freeze(store: Store, name: str, content: bytes = CONTENT) -> None:
    async with store.transaction() as work:
        await work.freeze(name, content)


async def count_and_freeze(store: Store) -> None:
    async with store.transaction() as work:
        await work.count({JULY: 1})
        await work.freeze(SUMMER, b"better numbers")


async def freeze_and_fail(store: Store) -> None:
    async with store.transaction() as work:
        await work.freeze(SUMMER, CONTENT)
        _ = 1 / 0


async def frozen(store: Store, name: str) -> bytes | None:
    async with store.transaction() as work:
        return await work.frozen(name)


async def sql(store: Store, query: str, **values: object) -> list[tuple[object, ...]]:
    async with store.transaction() as work:
        found = await work._connection.execute(text(query), values)
        return [tuple(row) for row in found] if found.returns_rows else []


@pytest.fixture
def ring(keyring: Keyring) -> Ring:
    return Ring.of(keyring)


@pytest.fixture
async def another(url: str, store: Store, keyring: Keyring) -> AsyncIterator[Store]:
    """A second worker on the same database."""
    opened = await Store.open(url, keyring)
    yield opened
    await opened.close()


async def test_nothing_is_frozen_in_a_new_house(store: Store) -> None:
    assert await frozen(store, SUMMER) is None
    async with store.transaction() as work:
        assert await work.releases() == 0


async def test_what_was_frozen_is_there_byte_by_byte(store: Store) -> None:
    await freeze(store, SUMMER)
    await freeze(store, AUTUMN, b"")
    assert await frozen(store, SUMMER) == CONTENT
    assert await frozen(store, AUTUMN) == b""
    async with store.transaction() as work:
        assert await work.releases() == 2


async def test_a_release_is_never_written_over_and_what_else_the_transaction_did_is_undone(store: Store) -> None:
    await freeze(store, SUMMER)
    with pytest.raises(Busy):
        await count_and_freeze(store)
    assert await frozen(store, SUMMER) == CONTENT
    async with store.transaction() as work:
        assert await work.counts() == {}
        with pytest.raises(Stale):
            await work.freeze(SUMMER, CONTENT)


async def test_of_two_workers_who_freeze_one_release_at_once_one_does(store: Store, another: Store) -> None:
    done = await asyncio.gather(freeze(store, SUMMER, b"one"), freeze(another, SUMMER, b"two"), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Busy", "NoneType"]
    assert await frozen(store, SUMMER) == (b"one" if done[0] is None else b"two")


async def test_what_was_not_committed_was_not_frozen(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        await freeze_and_fail(store)
    assert await frozen(store, SUMMER) is None


async def test_it_outlives_the_turn(store: Store, keyring: Keyring) -> None:
    await freeze(store, SUMMER)
    await store.turn(keyring.newest.day.replace(year=2027))
    assert await frozen(store, SUMMER) == CONTENT


async def test_neither_name_nor_content_is_in_the_clear(store: Store) -> None:
    await freeze(store, SUMMER, b"a canary of numbers")
    ((index, body),) = await sql(store, "SELECT blind_index, body FROM release")
    assert b"canary" not in bytes(body)
    assert b"2026" not in bytes(index) + bytes(body)


async def test_one_that_was_exchanged_with_another_does_not_pass_for_it(store: Store) -> None:
    await freeze(store, SUMMER, b"one")
    await freeze(store, AUTUMN, b"two")
    bodies = dict(await sql(store, "SELECT blind_index, body FROM release"))
    (one, two) = bodies
    for index, other in ((one, two), (two, one)):
        query = "UPDATE release SET body = :body WHERE blind_index = :index"
        await sql(store, query, body=bodies[other], index=index)
    for name in (SUMMER, AUTUMN):
        with pytest.raises(Tampered):
            await frozen(store, name)
    assert await store.check() == ["releases: 2 did not open, and cannot be sent or exported"]


async def test_one_that_was_changed_is_still_not_written_over(store: Store) -> None:
    await freeze(store, SUMMER)
    await sql(store, "UPDATE release SET body = :body", body=b"\x01" + bytes(600))
    with pytest.raises(Busy):
        await freeze(store, SUMMER)
    with pytest.raises(Tampered):
        await frozen(store, SUMMER)


def test_every_changed_byte_and_every_cut_is_noticed(ring: Ring) -> None:
    index, chance = ring.release_index(SUMMER), random.Random(7)
    sealed = seal_release(ring, index, CONTENT[:3000])
    for _ in range(CHANGES):
        spoilt = bytearray(sealed)
        spoilt[chance.randrange(len(sealed))] ^= 1 << chance.randrange(8)
        with pytest.raises(VaultError):
            open_release(ring, index, bytes(spoilt))
    for _ in range(TRIES):
        with pytest.raises(VaultError):
            open_release(ring, index, sealed[: chance.randrange(len(sealed))])
    assert open_release(ring, index, sealed) == CONTENT[:3000]


def test_another_house_opens_nothing_of_it(ring: Ring, keyring: Keyring) -> None:
    index = ring.release_index(SUMMER)
    stranger = Ring.of(Keyring(b"h" * 32, (Epoch(1, keyring.newest.day, b"e" * 32),)))
    assert stranger.release_index(SUMMER) != index
    with pytest.raises(Tampered):
        open_release(stranger, index, seal_release(ring, index, CONTENT))


async def test_only_the_counts_that_are_named_go(store: Store) -> None:
    async with store.transaction() as work:
        await work.count({JULY: 3, OCTOBER: 4})
        assert await work.drop_counts([JULY, Cell("2026-08", "band", "red")]) == 1
        assert await work.counts() == {OCTOBER: 4}
        assert await work.drop_counts([]) == 0


async def test_with_them_goes_every_count_that_does_not_open(store: Store, ring: Ring) -> None:
    async with store.transaction() as work:
        await work.count({JULY: 3, OCTOBER: 4})
    index = ring.cell_index("2026-07", "band", "red")
    await sql(
        store, "UPDATE counts SET body = :body WHERE blind_index = :index", body=b"\x01" + bytes(540), index=index
    )
    async with store.transaction() as work:
        assert await work.drop_counts([]) == 1
        assert await work.counts() == {OCTOBER: 4}
        assert await work.lost_counts() == []


# Backups


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
