"""A whole office; and a desk that was begun before, on SQLite and in PostgreSQL, with two workers each."""

import shutil

import pytest

from tests.fakes.begun import begin
from tests.fakes.office import office
from tests.fakes.village import village


@pytest.fixture
async def desk(tmp_path):
    async with office(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def begun(server, template):
    with begin(server, template) as made:
        yield made


@pytest.fixture
async def on_sqlite(begun, tmp_path):
    shutil.copytree(begun.home, tmp_path / "home")
    async with village(tmp_path / "home", workers=2) as made:
        made.recalls(begun.memory)
        yield made


@pytest.fixture
async def on_postgres(server, begun):
    async with server.copy(begun.template) as url, village(begun.home, url, workers=2) as made:
        made.recalls(begun.memory)
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def made(request):
    """Two workers on one store, on both engines."""
    return request.getfixturevalue(f"on_{request.param}")
