"""A line about somebody who is erased while it is on its way to a room: it lands, and is taken away at once."""

import asyncio

import pytest

from bot.clock import SystemClock
from bot.letters import Deed, Letter, Urgency
from bot.sandbox.faults import Fault, FaultKind
from storage import Outgoing
from tests.fakes.postroom import PostRoom, heard, until


@pytest.fixture
async def room(tmp_path):
    async with PostRoom(tmp_path) as room:
        yield room


async def test_a_line_in_flight_to_a_room_does_not_outlive_whom_it_is_about(room):
    anna, nino = room.person("Anna"), room.person("Nino")
    room.telegram.faults.expect(Fault(FaultKind.DELAY, "sendMessage", seconds=0.3))
    letter = Letter(Deed.SEND, nino.id, "what Anna wrote", line=0)
    async with room.store.store.transaction() as work:
        known = await work.conversations([anna.id])
        await work.save(list(known.values()), SystemClock().now())
        await work.post([Outgoing(known[anna.id], Urgency.DIALOGUE, letter.to_json(), chat=nino.id)])
    delivering = asyncio.create_task(room.courier.drain())
    await until(lambda: room.courier._flights)

    async with room.store.store.transaction() as work:
        await work.erase((await work.conversations([anna.id])).values(), SystemClock().now())
    await delivering

    assert len(room.telegram.calls.of("sendMessage")) == 1
    assert heard(nino) == []
