"""A house without Telegram, and what runs in it by the clock."""

import pytest

from bot.keeping.daily import Daily
from tests.fakes.house import house
from tests.fakes.nights import Wall


@pytest.fixture
async def home(tmp_path):
    async with house(tmp_path) as opened:
        yield opened


@pytest.fixture
def daily(home):
    return Daily(home.store, home.conversing, Wall())
