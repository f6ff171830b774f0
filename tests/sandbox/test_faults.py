"""Bad days on demand."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.faults import Fault, FaultKind


async def send(wire, nino):
    return await wire.call("sendMessage", chat_id=nino.id, text="x")


async def test_a_connection_dropped_before_acting_leaves_nothing(telegram, wire, nino):
    telegram.faults.expect(Fault(FaultKind.DROP_BEFORE))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await send(wire, nino)
    assert [bubble.author for bubble in nino.sees()] == ["person"]
    assert [call.code for call in telegram.calls.of("sendMessage")] == [0]


async def test_a_connection_dropped_after_acting_leaves_the_message(telegram, wire, nino):
    telegram.faults.expect(Fault(FaultKind.DROP_AFTER))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await send(wire, nino)
    assert [bubble.text for bubble in await nino.hears()] == ["x"]


async def test_the_server_may_be_restarting(telegram, wire, nino):
    telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, times=2))
    answers = [await send(wire, nino) for _ in range(3)]
    assert [answer.status for answer in answers] == [500, 500, 200]
    assert answers[0].error == "Internal Server Error: restart"


async def test_html_may_come_instead_of_json(telegram, wire, nino):
    telegram.faults.expect(Fault(FaultKind.HTML))
    with pytest.raises(aiohttp.ContentTypeError):
        await send(wire, nino)


async def test_an_answer_may_be_late(telegram, wire, nino, clock):
    telegram.faults.expect(Fault(FaultKind.DELAY, seconds=20))
    waiting = asyncio.create_task(send(wire, nino))
    with pytest.raises(TimeoutError):
        await nino.hears(within=0.05)
    clock.advance(20)
    assert (await waiting).status == 200


async def test_a_fault_may_mean_one_method_and_one_chat(telegram, wire, nino):
    giorgi = telegram.world.person("Giorgi")
    giorgi.says("/start")
    telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, method="sendMessage", chat_id=giorgi.id))
    assert (await wire.call("getMe")).status == 200
    assert (await send(wire, nino)).status == 200
    assert (await send(wire, giorgi)).status == 500


async def test_any_refusal_can_be_ordered(telegram, wire, nino):
    telegram.faults.expect(Fault(FaultKind.REFUSE, retry_after=35))
    telegram.faults.expect(Fault(FaultKind.REFUSE, code=400, description="Bad Request: TOPIC_CLOSED"))
    waiting, closed = await send(wire, nino), await send(wire, nino)
    assert (waiting.status, waiting.retry_after) == (429, "35")
    assert (closed.status, closed.error) == (400, "Bad Request: TOPIC_CLOSED")


async def test_the_bad_day_can_end_early(telegram, wire, nino):
    telegram.faults.expect(Fault(FaultKind.SERVER_ERROR, times=1000))
    telegram.faults.clear()
    assert (await send(wire, nino)).status == 200
