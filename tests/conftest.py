"""The long tests begin first, some on every core, so that none waits for another at the end."""

import os

import pytest
import structlog


@pytest.fixture(autouse=True)
def as_it_came():
    """A verb that ran in this process says how much is logged; the next test must not inherit it."""
    yield
    structlog.reset_defaults()


def pytest_collection_modifyitems(items):
    cores = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if "proofs" in item.path.parts]
    short = [item for item in items if "proofs" not in item.path.parts]
    items[:] = [item for core in range(cores) for item in (*long[core::cores], *short[core::cores])]
