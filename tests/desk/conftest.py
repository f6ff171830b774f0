"""A desk that was begun before, on a file of SQLite and in a database of PostgreSQL, with two workers each."""

import shutil

import pytest

from tests.fakes.begun import begin
from tests.fakes.postgres import postgres
from tests.fakes.village import village


@pytest.fixture(scope="session")
def server():
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def begun(server):
    with begin(server) as made:
        yield made


@pytest.fixture
async def on_sqlite(begun, tmp_path):
    shutil.copytree(begun.home, tmp_path / "home")
    async with village(tmp_path / "home", workers=2) as made:
        made.recalls(begun.memory)
        yield made


@pytest.fixture
async def on_postgres(server, begun):
    url = await server.database(begun.template)
    async with village(begun.home, url, workers=2) as made:
        made.recalls(begun.memory)
        yield made
    await server.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def made(request):
    """Two workers on one store, on both engines."""
    return request.getfixturevalue(f"on_{request.param}")
