import pytest

from bot.sandbox.clock import MovableClock
from bot.sandbox.standin import StandIn
from tests.fakes.telegram import wire_to


@pytest.fixture
def clock():
    return MovableClock()


@pytest.fixture
async def telegram(clock):
    async with StandIn(clock=clock) as standing_in:
        yield standing_in


@pytest.fixture
async def wire(telegram):
    async with wire_to(telegram) as client:
        yield client


@pytest.fixture
def nino(telegram):
    """Nino wrote /start, and nothing of it waits in the queue any more."""
    person = telegram.world.person("Nino", "ka")
    person.says("/start")
    telegram.forget_updates()
    return person
