"""A batch comes to the same as its updates one by one: states, footprints and letters alike."""

import asyncio
import itertools
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.arrivals import Barrier, Condemned, Unneeded
from dialogs.events import Chose, Sent, Started, Wrote
from tests.fakes.house import arrival, house

PEOPLE = (7_000_000_001, 7_000_000_002, 7_000_000_003)
CHOICES = ("ka", "travel", "ninety", "sos", "human", "menu", "back", "yes", "erase", "circle", "nonsense")
TEXTS = ("/start", "/menu", "/sos", "/hide", "/forget", "/help me", "in danger", "boom", "words " * 30)

events = st.one_of(
    st.just(Started()),
    st.builds(Chose, st.sampled_from(CHOICES), st.integers(1000, 1012)),
    st.builds(Wrote, st.sampled_from(TEXTS)),
    st.just(Sent("voice")),
)


@st.composite
def streams(draw):
    """Updates as Telegram may bring them: several people, twins, poison, what is not for us; one chat may dominate."""
    people = st.sampled_from(draw(st.sampled_from([PEOPLE, PEOPLE[:1]])))
    stream = []
    for number in range(1, draw(st.integers(1, 30)) + 1):
        person, below = draw(people), number + 100
        match draw(st.integers(0, 9)):
            case 0:
                stream.append(Condemned(number, "message", "ValidationError", "x:1", person))
            case 1:
                stream.append(Barrier(number, person, blocked=draw(st.booleans())))
            case 2:
                stream.append(Unneeded(number))
            case 3 if stream:
                stream.append(draw(st.sampled_from(stream)))
            case _:
                stream.append(arrival(number, person, draw(events), below=below, tapped=below))
    return stream


@pytest.fixture(scope="module")
def empty():
    """A home with a migrated database, copied for every stream."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(lived(Path(folder), []))
        yield Path(folder)


async def lived(home, batches):
    async with house(home) as opened:
        condemned = [one.update for batch in batches for one in await opened.tell(*batch)]
        people = [await opened.conversation(person) for person in PEOPLE]
        return people, await opened.letters(), condemned


def outcome(empty, batches):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(empty, home)
        return asyncio.run(lived(home, batches))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stream=streams(), data=st.data())
def test_a_batch_comes_to_the_same_as_its_updates_one_by_one(empty, stream, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, len(stream)), max_size=3)) | {0, len(stream)})
    batches = [stream[first:last] for first, last in itertools.pairwise(cuts)]

    assert outcome(empty, batches) == outcome(empty, [[one] for one in stream])
