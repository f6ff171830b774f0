"""Stores on real engines: a file of SQLite, a database of PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import Keyring, Store
from storage.migrating import migrate
from tests.fakes.postgres import Postgres, name_of, postgres

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "keyring")


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def template(server: Postgres) -> Iterator[str]:
    """A database with the schema, to copy others from."""

    async def make() -> str:
        url = await server.database()
        await migrate(url)
        return name_of(url)

    name = asyncio.run(make())
    yield name
    asyncio.run(server.drop(server.at(name)))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/gza.db"


@pytest.fixture
async def postgres_url(server: Postgres, template: str) -> AsyncIterator[str]:
    url = await server.database(template)
    yield url
    await server.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(url: str, keyring: Keyring) -> AsyncIterator[Store]:
    """Each test that asks for it runs on both engines."""
    opened = await Store.open(url, keyring)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_store(sqlite_url: str, keyring: Keyring) -> AsyncIterator[Store]:
    opened = await Store.open(sqlite_url, keyring)
    yield opened
    await opened.close()
