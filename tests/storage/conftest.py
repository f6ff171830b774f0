"""Stores on real engines: a file of SQLite, a database of PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage import Keyring, Store
from tests.fakes.backed import House, copied, lived_houses
from tests.fakes.cheap import ready_made
from tests.fakes.postgres import Postgres

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def schema() -> Iterator[None]:
    """The schema is there already; tests of how it comes there take this back."""
    with ready_made():
        yield


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "keyring")


@pytest.fixture
def tomorrow(keyring: Keyring) -> date:
    return keyring.newest.day + timedelta(days=1)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/gza.db"


@pytest.fixture
async def postgres_url(server: Postgres, template: str) -> AsyncIterator[str]:
    async with server.copy(template) as url:
        yield url


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


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return lived_houses(tmp_path_factory.mktemp)


@pytest.fixture
async def home(lived: dict[str, Path], tmp_path: Path) -> AsyncIterator[House]:
    """With an archive key, and backed up; on SQLite alone, where the engine makes no difference."""
    async with copied(lived["home"], tmp_path) as house:
        await house.back_up()
        yield house


@pytest.fixture
async def plain(lived: dict[str, Path], tmp_path: Path) -> AsyncIterator[House]:
    """Without an archive key, and not backed up yet; on SQLite alone."""
    async with copied(lived["plain"], tmp_path) as house:
        yield house
