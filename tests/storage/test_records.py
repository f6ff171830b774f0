"""What the house keeps of itself: read by kind, never written over unread, used once where once is meant."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from storage import Busy, Keyring, Kind, Record, Stale, Store
from storage.keyring import Epoch

NINO = Record(Kind.STAFF, "5000000001", "manager")
GIO = Record(Kind.STAFF, "5000000002", "consultant")
CODE = Record(Kind.INVITATION, "5000000001", "consultant")
DESK = Record(Kind.SETTING, "desk", "-1001234567890")


async def keep(store: Store, *records: Record) -> None:
    async with store.transaction() as work:
        await work.keep(records)


async def drop(store: Store, *records: Record) -> None:
    async with store.transaction() as work:
        await work.drop(records)


async def read(store: Store, *kinds: Kind) -> list[Record]:
    async with store.transaction() as work:
        return await work.records(kinds or tuple(Kind))


async def lost(store: Store) -> int:
    async with store.transaction() as work:
        return await work.lost_records()


async def test_records_are_read_by_kind_in_the_order_of_their_keys(store: Store) -> None:
    await keep(store, DESK, GIO, CODE, NINO)
    assert await read(store, Kind.STAFF) == [replace(NINO, revision=1), replace(GIO, revision=1)]
    assert [record.kind for record in await read(store, Kind.SETTING, Kind.INVITATION)] == [
        Kind.INVITATION,
        Kind.SETTING,
    ]
    assert await read(store, Kind.AUDIT) == []


async def test_keeping_or_dropping_none_is_nothing(store: Store) -> None:
    await keep(store)
    await drop(store)
    async with store.transaction() as work:
        assert await work.records([]) == []


async def test_the_same_key_is_another_record_among_another_kind(store: Store) -> None:
    await keep(store, NINO, CODE)
    await drop(store, replace(CODE, revision=1))
    assert await read(store) == [replace(NINO, revision=1)]


async def test_a_record_read_is_kept_over_itself(store: Store) -> None:
    await keep(store, NINO, GIO)
    await keep(store, replace(NINO, body="consultant", revision=1), DESK)
    assert [(record.key, record.body, record.revision) for record in await read(store)] == [
        ("5000000001", "consultant", 2),
        ("5000000002", "consultant", 1),
        ("desk", "-1001234567890", 1),
    ]


@pytest.mark.parametrize("revision", [0, 2])
async def test_what_another_changed_is_not_written_over(store: Store, revision: int) -> None:
    """Nor is anything else of the same set written."""
    await keep(store, NINO)
    with pytest.raises(Busy):
        await keep(store, GIO, replace(NINO, body="removed", revision=revision))
    assert await read(store) == [replace(NINO, revision=1)]


async def test_what_another_deleted_does_not_come_back(store: Store) -> None:
    await keep(store, NINO)
    await drop(store, replace(NINO, revision=1))
    with pytest.raises(Busy):
        await keep(store, replace(NINO, revision=1))
    assert await read(store) == []


@pytest.mark.parametrize("revision", [0, 1, 3])
async def test_an_invitation_is_used_once(store: Store, revision: int) -> None:
    await keep(store, CODE)
    await keep(store, replace(CODE, revision=1))
    async with store.transaction() as work:
        with pytest.raises(Stale):
            await work.drop([replace(CODE, revision=revision)])
    await drop(store, replace(CODE, revision=2))
    for again in (0, 2):
        with pytest.raises(Busy):
            await drop(store, replace(CODE, revision=again))


async def test_of_two_who_use_an_invitation_in_one_moment_one_is_busy(postgres_url: str, keyring: Keyring) -> None:
    workers = [await Store.open(postgres_url, keyring) for _ in range(2)]
    await keep(workers[0], CODE)
    used = replace(CODE, revision=1)
    for act in (lambda worker: drop(worker, used), lambda worker: keep(worker, NINO)):
        async with workers[0].transaction() as work:
            await (work.drop([used]) if await work.records([Kind.INVITATION]) else work.keep([NINO]))
            slower = asyncio.create_task(act(workers[1]))
            await asyncio.sleep(0.3)
            assert not slower.done()
        with pytest.raises(Busy):
            await slower
    assert await read(workers[0]) == [replace(NINO, revision=1)]
    for worker in workers:
        await worker.close()


async def test_records_outlive_every_epoch(sqlite_url: str, keyring: Keyring, now: datetime) -> None:
    store = await Store.open(sqlite_url, keyring)
    await keep(store, NINO)
    await store.close()
    store = await Store.open(sqlite_url, Keyring(keyring.house, (Epoch(9, now.date(), b"\x09" * 32),)))
    assert await read(store) == [replace(NINO, revision=1)]
    await store.close()


HARM = {
    "changed": "UPDATE record SET body = :zeros WHERE kind = 1",
    "another revision": "UPDATE record SET revision = 5 WHERE kind = 1",
    "another kind": "UPDATE record SET kind = 4 WHERE kind = 1",
    "a kind there is not": "UPDATE record SET kind = 99 WHERE kind = 1",
    "another's body": "UPDATE record SET body = (SELECT o.body FROM record o WHERE o.kind = 3) WHERE kind = 1",
}


@pytest.mark.parametrize("harm", HARM)
async def test_a_record_that_does_not_open_is_no_record_is_told_and_can_be_made_anew(store: Store, harm: str) -> None:
    """Nobody becomes staff by a changed row, and a lost one keeps nobody out for ever."""
    await keep(store, NINO, DESK)
    statement = HARM[harm]
    async with store.transaction() as work:
        await work._connection.execute(text(statement), {"zeros": bytes(541)} if ":zeros" in statement else {})
    assert await read(store) == [replace(DESK, revision=1)]
    assert await lost(store) == 1
    (doubt,) = await store.check()
    assert doubt.startswith("records: 1 ")
    with pytest.raises(Busy):
        await drop(store, replace(NINO, revision=1))
    await keep(store, NINO)
    assert await read(store, Kind.STAFF) == [replace(NINO, revision=1)]
    assert await lost(store) == 0


async def test_beside_its_kind_a_record_says_nothing_in_clear(store: Store) -> None:
    await keep(store, NINO, CODE)
    async with store.transaction() as work:
        result = await work._connection.execute(text("SELECT * FROM record"))
        assert list(result.keys()) == ["blind_index", "kind", "revision", "body"]
        assert {(len(row.blind_index), len(row.body)) for row in result} == {(32, 541)}


def test_a_record_shows_neither_key_nor_body() -> None:
    assert "secret" not in repr(Record(Kind.STAFF, "secret", "secret"))
