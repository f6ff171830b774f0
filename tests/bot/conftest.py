"""A house without Telegram, and what runs in it by the clock."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.keeping.daily import Daily
from tests.fakes.house import house
from tests.fakes.keeper import KEYS, Desk
from tests.fakes.nights import Wall


@pytest.fixture
async def home(tmp_path):
    async with house(tmp_path) as opened:
        yield opened


@pytest.fixture
def daily(home):
    return Daily(home.store, home.conversing, Wall())


@pytest.fixture(scope="session")
def lived(tmp_path_factory):
    """Two such houses, without an archive key and with one, to copy others from."""
    folders = [tmp_path_factory.mktemp(name) for name in ("plain", "sealed")]
    return [asyncio.run(Desk(folder).lives(key)) for folder, key in zip(folders, KEYS, strict=True)]


@pytest.fixture
def plain(lived, tmp_path):
    return Desk(Path(shutil.copytree(lived[0], tmp_path / "house")))


@pytest.fixture
def sealed(lived, tmp_path):
    return Desk(Path(shutil.copytree(lived[1], tmp_path / "house")))
