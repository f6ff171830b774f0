"""The long tests begin first, some on every core, so that none waits for another at the end.

The tests of a file stay together, so that what they share is made once and not once for every core.
"""

import asyncio
import os
from itertools import chain

import pytest
import structlog

from tests.fakes.postgres import name_of, postgres


@pytest.fixture(autouse=True)
def as_it_came():
    """A verb that ran in this process says how much is logged; the next test must not inherit it."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def server():
    """One for all that need one."""
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def template(server):
    """A database with the schema, to copy others from."""
    from storage.migrating import migrate

    async def make():
        url = await server.database()
        await migrate(url)
        return name_of(url)

    name = asyncio.run(make())
    yield name
    asyncio.run(server.drop(server.at(name)))


def pytest_collection_modifyitems(items):
    files = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    cores = [[] for _ in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))]
    for file in sorted(files, key=lambda path: ("proofs" not in path.parts, -len(files[path]))):
        min(cores, key=len).extend(files[file])
    items[:] = chain(*cores)
