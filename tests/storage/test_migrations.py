from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage import Cell, Keyring, NewerDatabase, Outgoing, Store, Transaction
from storage.checking import belongs
from storage.engine import make_engine, make_migrating_engine
from storage.migrating import config, migrate
from storage.tables import Row
from storage.vault.ring import Ring


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


async def test_a_database_of_the_first_schema_keeps_what_it_holds_and_counts_from_then_on(
    url: str, keyring: Keyring, now: datetime
) -> None:
    await migrate(url, "0001")
    ring, engine = Ring.of(keyring), make_engine(url)
    async with engine.begin() as connection:
        await belongs(connection, ring, now.date())
        work = Transaction(connection, ring)
        (one,) = (await work.conversations([7])).values()
        await work.save([replace(one, state="as it was")], now)
        await work.post([Outgoing(one, 1, "a letter")])
    await engine.dispose()
    store = await Store.open(url, keyring)
    async with store.transaction() as work:
        assert (await work.conversations([7]))[7].state == "as it was"
        assert await work.waiting() == 1
        assert await work.counts() == {}
        await work.count({Cell("2026-11", "band", "red"): 1})
    await store.close()
    assert await on(url, differences) == []


async def test_a_migration_that_fails_leaves_nothing_behind(sqlite_url: str) -> None:
    """All steps are one transaction, on SQLite too, where Alembic by itself does without."""
    await on(sqlite_url, lambda connection: connection.execute(text("CREATE TABLE outbox (id INTEGER)")))
    with pytest.raises(Exception, match="outbox"):
        await migrate(sqlite_url)
    assert await on(sqlite_url, tables) == {"outbox"}
