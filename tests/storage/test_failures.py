"""Whose fault it is when a write fails: nobody's (Busy, everything again) or some data's (BadData, who)."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import BadData, Busy, Conversation, DatabaseDamaged, Keyring, Outgoing, Store, Transaction
from tests.fakes.postgres import Postgres, name_of

PEOPLE = range(30, 40)


async def conversations(work: Transaction, people: Sequence[int] = PEOPLE) -> list[Conversation]:
    return list((await work.conversations(people)).values())


async def write(store: Store, now: datetime, people: Sequence[int] = PEOPLE, words: str = "words") -> None:
    async with store.transaction() as work:
        found = [replace(one, state=words) for one in await conversations(work, people)]
        await work.save(found, now)
        await work.post([Outgoing(one, 1, words) for one in found])


async def letters(store: Store) -> int:
    async with store.transaction() as work:
        return await work.waiting()


async def test_a_locked_file_is_busy_and_works_again_when_freed(
    sqlite_store: Store, tmp_path: Path, now: datetime
) -> None:
    with closing(sqlite3.connect(tmp_path / "gza.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy):
            await write(sqlite_store, now)
        other.execute("ROLLBACK")
    await write(sqlite_store, now)
    assert await letters(sqlite_store) == len(PEOPLE)


async def test_opening_a_locked_file_is_busy(sqlite_url: str, keyring: Keyring, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "gza.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy):
            await Store.open(sqlite_url, keyring)


async def test_a_full_disk_is_busy_and_loses_nothing(sqlite_store: Store, now: datetime) -> None:
    await write(sqlite_store, now)
    async with sqlite_store.transaction() as work:
        await work._connection.execute(text("PRAGMA max_page_count = 1"))  # SQLite keeps what is in use
    with pytest.raises(Busy):
        await write(sqlite_store, now, range(100, 200))
    async with sqlite_store.transaction() as work:
        await work._connection.execute(text("PRAGMA max_page_count = 1000000"))
    assert await letters(sqlite_store) == len(PEOPLE)
    await write(sqlite_store, now, range(100, 200))
    assert await letters(sqlite_store) == len(PEOPLE) + 100


async def test_a_directory_that_is_not_there_is_busy(tmp_path: Path, keyring: Keyring) -> None:
    with pytest.raises(Busy):
        await Store.open(f"sqlite+aiosqlite:///{tmp_path}/nowhere/gza.db", keyring)


async def test_a_file_that_is_no_database_is_damage(tmp_path: Path, sqlite_url: str, keyring: Keyring) -> None:
    (tmp_path / "gza.db").write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    with pytest.raises(DatabaseDamaged):
        await Store.open(sqlite_url, keyring)


async def test_a_killed_backend_is_busy_and_the_next_try_works(
    postgres_url: str, server: Postgres, keyring: Keyring, now: datetime
) -> None:
    store = await Store.open(postgres_url, keyring)
    await write(store, now)
    kill = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name_of(postgres_url)}'"

    async def cut_off() -> None:
        async with store.transaction() as work:
            found = await conversations(work)
            await server.command(kill)
            await work.save(found, now)

    with pytest.raises(Busy):
        await cut_off()
    await write(store, now)
    await server.command(kill)  # while nobody works: the pool holds dead connections now
    for _ in range(2):
        try:
            await write(store, now)
        except Busy:
            continue
        break
    assert await letters(store) == 3 * len(PEOPLE)
    await store.close()


async def test_a_server_that_is_not_there_is_busy(tmp_path: Path, keyring: Keyring) -> None:
    with pytest.raises(Busy):
        await Store.open(f"postgresql+asyncpg://postgres@/postgres?host={tmp_path}", keyring)


async def test_a_deadlock_is_busy(postgres_url: str, keyring: Keyring, now: datetime) -> None:
    """Ours lock in order; something else might not. Who is chosen as the victim may simply try again."""
    store = await Store.open(postgres_url, keyring)
    async with store.transaction() as work:
        await work.save(await conversations(work, [1, 2]), now)
    met = asyncio.Barrier(2)

    async def cross(first: int, second: int) -> str:
        try:
            async with store.transaction() as work:
                await conversations(work, [first])
                await met.wait()
                await conversations(work, [second])
        except Busy:
            return "busy"
        return "through"

    assert sorted(await asyncio.gather(cross(1, 2), cross(2, 1))) == ["busy", "through"]
    await store.close()


async def test_only_the_culprits_are_named_and_the_others_go_through(store: Store, now: datetime) -> None:
    """Half a surrogate pair fits no encoding; a chat program has sent one before."""
    async with store.transaction() as work:
        found = await conversations(work)
        bad = [replace(one, state="\ud83d") if one.person in (33, 37) else one for one in found]
        with pytest.raises(BadData) as caught:
            await work.save(bad, now)
        assert caught.value.people == {33, 37}
        await work.save([one for one in bad if one not in caught.value.culprits], now)
    async with store.transaction() as work:
        revisions = {one.person: one.revision for one in await conversations(work)}
    assert [person for person, revision in revisions.items() if revision == 0] == [33, 37]


async def test_a_letter_the_database_refuses_is_named(store: Store, now: datetime) -> None:
    """A conversation that was never saved has no row for its letters to belong to."""
    async with store.transaction() as work:
        *saved, stranger = await conversations(work)
        await work.save(saved, now)
        post = [Outgoing(one, 1, "words") for one in (*saved, stranger)]
        with pytest.raises(BadData) as caught:
            await work.post(post)
        assert caught.value.culprits == (post[-1],)
        await work.post(post[:-1])
        assert await work.waiting() == len(saved)


async def test_a_letter_too_big_for_its_column_is_named(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        found = await conversations(work)
        await work.save(found, now)
        post = [Outgoing(one, 2**70 if one.person == 35 else 1, "words") for one in found]
        with pytest.raises(BadData) as caught:
            await work.post(post)
    assert caught.value.people == {35}


async def test_bad_data_uncaught_writes_nothing(store: Store, now: datetime) -> None:
    with pytest.raises(BadData):
        await write(store, now, words="\ud83d")
    assert await letters(store) == 0


async def test_errors_quote_nothing_that_was_to_be_written(store: Store, now: datetime) -> None:
    with pytest.raises(BadData) as caught:
        await write(store, now, words="secret \ud83d")
    assert "secret" not in repr(caught.value) + str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_an_error_in_the_body_undoes_everything_and_passes_unchanged(store: Store, now: datetime) -> None:
    async def stumble() -> None:
        async with store.transaction() as work:
            await work.save(await conversations(work), now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stumble()
    async with store.transaction() as work:
        assert {one.revision for one in await conversations(work)} == {0}


async def test_a_cancelled_transaction_leaves_the_store_usable(store: Store, now: datetime) -> None:
    begun = asyncio.Event()

    async def slow() -> None:
        async with store.transaction() as work:
            await work.save(await conversations(work), now)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(slow())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await letters(store) == 0
    await write(store, now)
    async with store.transaction() as work:
        assert {one.revision for one in await conversations(work)} == {1}


async def test_a_sound_database_has_nothing_to_complain_about(store: Store, now: datetime) -> None:
    await write(store, now)
    assert await store.check() == []


async def test_a_torn_page_is_reported(sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime) -> None:
    store = await Store.open(sqlite_url, keyring)
    await write(store, now, range(1000, 1100))
    await store.close()
    file = tmp_path / "gza.db"
    torn = bytearray(file.read_bytes())
    with closing(sqlite3.connect(file)) as look:
        (page,) = look.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'outbox'").fetchone()
    torn[(page - 1) * 4096 + 3 : (page - 1) * 4096 + 40] = b"\xff" * 37
    file.write_bytes(torn)
    store = await Store.open(sqlite_url, keyring)
    assert await store.check() != []
    await store._engine.dispose()
