"""All rows from one database into another: whichever the engines, of one moment, in nobody's way."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import Outgoing
from storage.copies.copying import copy, empty, number_letters_from, path_of, reading
from storage.copies.memory import in_memory
from storage.engine import make_engine
from storage.migrating import migrate
from storage.vault.archive import ArchivePrivate, Suite
from tests.fakes.lived import ANA, lived_in, rows

ARCHIVE = ArchivePrivate(Suite.X25519, b"\x07" * 32).public


async def copied_into(url, source, without=()):
    """What is in a database after a copy into it."""
    engine = make_engine(url)
    try:
        async with engine.begin() as target:
            await empty(target)
            await copy(source, target, without)
            return await rows(target)
    finally:
        await engine.dispose()


async def test_every_row_of_every_table_goes_over_whichever_the_engines(store, url, postgres_url, now, tmp_path):
    await lived_in(store, now, ARCHIVE)
    async with store.transaction() as work:
        await work.freeze("2026-Q3", b"what was published")
    other = f"sqlite+aiosqlite:///{tmp_path}/other.db"
    await migrate(other)
    async with reading(url) as source, in_memory() as memory, memory.engine.begin() as between:
        before = await rows(source)
        assert [name for name, found in before.items() if not found] == ["forgotten"]
        await copy(source, between)
        assert await rows(between) == before
        assert await copied_into(other, between) == before
    if url != postgres_url:
        async with reading(other) as source:
            assert await copied_into(postgres_url, source) == before


async def test_tables_can_stay_behind_and_progress_is_told(store, url, now):
    await lived_in(store, now)
    told = []
    async with reading(url) as source, in_memory() as memory, memory.engine.begin() as between:
        await copy(source, between, {"outbox", "seen_update"}, lambda *numbers: told.append(numbers))
        found = await rows(between)
    assert (found["outbox"], found["seen_update"]) == ([], [])
    assert told == sorted(told)
    assert told[-1] == (sum(map(len, found.values())),) * 2


async def test_what_is_read_is_one_moment_and_writers_do_not_wait_for_it(store, url, now):
    await lived_in(store, now)
    async with reading(url) as source:
        before = await rows(source)
        async with store.transaction() as work:
            (ana,) = (await work.conversations([ANA])).values()
            await work.post([Outgoing(ana, 1, "meanwhile")])
        assert await rows(source) == before
    async with store.transaction() as work:
        assert await work.waiting() == len(before["outbox"]) + 1


async def test_who_reads_cannot_write(store, url):
    async with reading(url) as source:
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            await source.execute(text("DELETE FROM record"))


async def test_letters_go_on_behind_a_number_and_never_before_one_they_had(store, now):
    async with store.transaction() as work:
        (ana,) = (await work.conversations([ANA])).values()
        await work.save([ana], now)
        for last in (1_000_000, 5):
            await number_letters_from(work._connection, last)
            await work.post([Outgoing(ana, 1, "a letter")])
        first, second = (await work._connection.execute(text("SELECT id FROM outbox ORDER BY id"))).scalars()
    assert 1_000_000 < first < second


def test_only_sqlite_has_a_file(tmp_path, sqlite_url):
    assert path_of(sqlite_url) == tmp_path / "gza.db"
    assert path_of("postgresql+asyncpg://somebody@somewhere/gza") is None
