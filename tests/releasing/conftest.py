"""Houses with a summer that is over: on SQLite and in PostgreSQL."""

import asyncio
import shutil
import tempfile
from pathlib import Path

import pytest

from storage import Keyring, Store
from storage.migrating import migrate
from tests.fakes.cheap import cheap
from tests.fakes.postgres import name_of, postgres
from tests.fakes.publishing import SUMMER, cells, count


@pytest.fixture(scope="session")
def summer():
    return cells(SUMMER, 120)


@pytest.fixture(scope="session")
def server():
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def begun(summer):
    """A house with a summer, made once."""

    async def make(folder):
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/gza.db", Keyring.create(folder / "keyring"))
        await count(store, summer)
        await store.close()

    with tempfile.TemporaryDirectory() as folder, cheap():
        asyncio.run(make(Path(folder)))
        yield Path(folder)


@pytest.fixture
def home(begun, tmp_path):
    return Path(shutil.copytree(begun, tmp_path / "home"))


@pytest.fixture
async def store(home):
    """On SQLite, where the engine makes no difference."""
    with cheap():
        opened = await Store.open(f"sqlite+aiosqlite:///{home}/gza.db", Keyring.load(home / "keyring"))
        yield opened
        await opened.close()


@pytest.fixture(scope="session")
def template(server):
    async def make():
        url = await server.database()
        await migrate(url)
        return name_of(url)

    return asyncio.run(make())


async def workers_on(url, folder, counts):
    keyring = Keyring.create(folder / "keyring")
    two = [await Store.open(url, keyring) for _ in "ab"]
    await count(two[0], counts)
    yield two
    for one in two:
        await one.close()


@pytest.fixture
async def on_sqlite(tmp_path, summer):
    async for two in workers_on(f"sqlite+aiosqlite:///{tmp_path}/gza.db", tmp_path, summer):
        yield two


@pytest.fixture
async def on_postgres(server, template, tmp_path, summer):
    url = await server.database(template)
    async for two in workers_on(url, tmp_path, summer):
        yield two
    await server.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def workers(request):
    """Two workers on one house, on both engines."""
    return request.getfixturevalue(f"on_{request.param}")
