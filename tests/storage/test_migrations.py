from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage import Author, Cell, Keyring, NewEntry, NewerDatabase, Outgoing, Store, StoredCase
from storage.engine import make_migrating_engine
from storage.migrating import config, migrate
from storage.packing import seal_entry
from storage.tables import Row
from storage.vault.heads import head_of
from storage.vault.sealing import tag_of


@pytest.fixture(autouse=True)
def schema() -> None:
    """It comes there as on any other day."""


async def on(url: str, work: Callable[[Connection], object]) -> object:
    engine = make_migrating_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def differences(connection: Connection) -> list[object]:
    return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Row.metadata)


EXPECTED = set(Row.metadata.tables)


async def test_the_migrations_lead_to_exactly_the_tables(url: str) -> None:
    await migrate(url)
    assert await on(url, differences) == []
    assert await on(url, tables) == EXPECTED | {"alembic_version"}


async def test_migrating_twice_changes_nothing(url: str) -> None:
    await migrate(url)
    await migrate(url)
    assert await on(url, differences) == []


async def test_down_to_nothing_and_up_again(url: str) -> None:
    await migrate(url)
    await on(url, lambda connection: command.downgrade(config(connection), "base"))
    assert await on(url, tables) == {"alembic_version"}
    await migrate(url)
    assert await on(url, differences) == []


async def test_a_newer_database_is_refused_and_not_touched(url: str, keyring: Keyring) -> None:
    await migrate(url)
    await on(url, lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    await on(url, lambda connection: connection.execute(text("CREATE TABLE of_tomorrow (id INTEGER)")))
    with pytest.raises(NewerDatabase) as caught:
        await Store.open(url, keyring)
    assert "install that version" in str(caught.value)
    assert await on(url, tables) == EXPECTED | {"alembic_version", "of_tomorrow"}
    assert await on(url, lambda c: c.execute(text("SELECT count(*) FROM house")).scalar()) == 0


async def begun(url: str, keyring: Keyring, now: datetime, *letters: str) -> None:
    """A person with a state and these letters."""
    store = await Store.open(url, keyring)
    async with store.transaction() as work:
        (one,) = (await work.conversations([7])).values()
        await work.save([replace(one, state="as it was")], now)
        await work.post([Outgoing(one, 1, letter) for letter in letters])
    await store.close()


async def back_to(url: str, revision: str) -> None:
    await on(url, lambda connection: command.downgrade(config(connection), revision))


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004"])
async def test_a_database_of_an_older_schema_keeps_what_it_holds_and_does_the_new_from_then_on(
    url: str, keyring: Keyring, now: datetime, revision: str
) -> None:
    await begun(url, keyring, now, "first", "second")
    await back_to(url, revision)
    store = await Store.open(url, keyring)
    async with store.transaction() as work:
        ana = (await work.conversations([7]))[7]
        assert ana.state == "as it was"
        (letter,) = await work.due(now, 9, [])
        assert (letter.body, letter.lane) == ("first", ana.id)
        assert await work.waiting() == 2
        assert await work.counts() == {}
        await work.count({Cell("2026-11", "band", "red"): 1})
        await work.save_cases([StoredCase(ana.id, "a case")])
    await store.close()
    assert await on(url, differences) == []


async def test_a_talk_that_was_open_under_the_older_schema_reads_on_and_grows(
    url: str, keyring: Keyring, now: datetime
) -> None:
    """It keeps the key and the name it was sealed under: those of its conversation."""
    await begun(url, keyring, now)
    store = await Store.open(url, keyring)
    async with store.transaction() as work:
        ana = (await work.conversations([7]))[7]
        lines = [seal_entry(ana.dek, ana.id, number, 1, f"line {number}") for number in range(2)]
        head = head_of(ana.dek, ana.id, 2, tag_of(lines[-1]))
    await store.close()
    await back_to(url, "0003")
    await on(url, lambda connection: told_by_the_older_program(connection, ana.id, lines, head))

    store = await Store.open(url, keyring)
    async with store.transaction() as work:
        ana = (await work.conversations([7]))[7]
        await work.append(ana, [NewEntry(Author.PERSON, "line 2")])
        assert [entry.body for entry in await work.transcript(ana)] == ["line 0", "line 1", "line 2"]
    await store.close()


def told_by_the_older_program(connection: Connection, number: bytes, lines: list[bytes], head: bytes) -> None:
    entry = text("INSERT INTO entry (conversation, sequence, author, body) VALUES (:one, :sequence, 1, :body)")
    rows = [{"one": number, "sequence": sequence, "body": body} for sequence, body in enumerate(lines)]
    connection.execute(entry, rows)
    counted = text("UPDATE conversation SET entries = :entries, head = :head")
    connection.execute(counted, {"entries": len(lines), "head": head})


async def test_giving_letters_their_lane_uses_no_number_again(url: str, keyring: Keyring, now: datetime) -> None:
    """Not even that of the last letter, when it had gone before: a late outcome would settle another letter."""
    await begun(url, keyring, now, "first", "last")
    await on(url, lambda connection: connection.execute(text("DELETE FROM outbox")))
    await back_to(url, "0002")
    await begun(url, keyring, now, "new")
    assert await on(url, lambda c: c.execute(text("SELECT id FROM outbox")).scalar()) == 3


async def test_a_migration_that_fails_leaves_nothing_behind(sqlite_url: str) -> None:
    """All steps are one transaction, on SQLite too, where Alembic by itself does without."""
    await on(sqlite_url, lambda connection: connection.execute(text("CREATE TABLE outbox (id INTEGER)")))
    with pytest.raises(Exception, match="outbox"):
        await migrate(sqlite_url)
    assert await on(sqlite_url, tables) == {"outbox"}
