"""Houses with a summer that is over: on SQLite and in PostgreSQL."""

import asyncio
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import pytest

from bot.operating import mending
from storage import Keyring, Store
from tests.fakes.cheap import cheap
from tests.fakes.operator import Operator
from tests.fakes.publishing import OCTOBER, SUMMER, cells, count


@pytest.fixture(scope="session")
def summer():
    return cells(SUMMER, 120)


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


@pytest.fixture
def operator(home):
    (home / "data").mkdir()
    (home / "gza.db").rename(home / "data" / "gza.db")
    with cheap():
        yield Operator(home)


@pytest.fixture
def today(monkeypatch):
    """The day the operator's machine says it is."""

    class Day(datetime):
        day_ = OCTOBER

        @classmethod
        def now(cls, zone=None):
            return cls.day_.astimezone(zone)

    monkeypatch.setattr(mending, "datetime", Day)
    return Day
