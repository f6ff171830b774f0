"""Starting, stopping, and leaving nothing behind."""

import asyncio
import logging

import pytest

from bot.sandbox.clock import FlowingClock
from bot.sandbox.standin import StandIn
from tests.fakes.telegram import wire_to


async def test_stopping_lets_a_waiting_poller_go():
    telegram = StandIn()
    await telegram.start()
    async with wire_to(telegram) as wire:
        poll = asyncio.create_task(wire.updates(timeout=50))
        await telegram.poller_rests()
        await telegram.stop()
        assert await poll == []


async def test_after_a_restart_everything_is_still_there():
    telegram = StandIn()
    async with telegram, wire_to(telegram) as wire:
        nino = telegram.world.person("Nino", "ka")
        nino.says("/start")
        assert len(await wire.updates()) == 1
    async with telegram, wire_to(telegram) as wire:
        (update,) = await wire.updates()
        poll = asyncio.create_task(wire.updates(timeout=50, offset=update["update_id"] + 1))
        await telegram.poller_rests()
        nino.says("still here")
        assert (await poll)[0]["message"]["text"] == "still here"


def test_a_new_start_gives_out_other_numbers():
    first, second = (StandIn().world.person("Nino").id for _ in range(2))
    assert first != second


async def test_a_port_in_use_is_an_error():
    async with StandIn() as first:
        port = int(first.url.rpartition(":")[2])
        second = StandIn(port=port)
        with pytest.raises(OSError, match=str(port)):
            await second.start()
        await second.stop()


async def test_a_flowing_clock_can_be_pushed_ahead():
    clock = FlowingClock()
    async with StandIn(clock=clock) as telegram, wire_to(telegram) as wire:
        poll = asyncio.create_task(wire.updates(timeout=50))
        await telegram.poller_rests()
        clock.advance(60)
        assert await poll == []


async def test_neither_words_nor_token_are_logged(telegram, wire, nino, caplog):
    caplog.set_level(logging.DEBUG)
    canary = "canary-5b1d"
    nino.says(canary)
    await wire.updates()
    await wire.call("sendMessage", chat_id=nino.id, text=canary)
    await wire.call("sendMessage", chat_id=nino.id, text=f"<x>{canary}", parse_mode="HTML")
    await wire.sim(f"chats/{nino.id}/say", text=canary)
    assert canary not in caplog.text
    assert telegram.token not in caplog.text
