"""Ways to speak with the stand-in: raw HTTP, aiogram's Bot, python-telegram-bot's Bot.

For tests that need no bot program of ours, or want to see exactly what is on the wire.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import telegram as second_opinion
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.sandbox.standin import StandIn


@dataclass(frozen=True)
class Answer:
    """One HTTP answer of the Bot API."""

    status: int
    body: dict[str, Any]
    retry_after: str | None

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def error(self) -> str:
        assert not self.body["ok"], self.body
        assert self.body["error_code"] == self.status
        return self.body["description"]


def uploaded(telegram: StandIn, shown: Any) -> bytes:
    """What lies behind the picture or the document of a bubble."""
    data = telegram._ledger.files.content(shown.url.rpartition("/")[2])
    assert data is not None
    return data


class Wire:
    """Calls methods by name, as JSON, and hides nothing."""

    def __init__(self, telegram: StandIn, http: aiohttp.ClientSession) -> None:
        self.telegram = telegram
        self.http = http

    async def call(self, method: str, **parameters: Any) -> Answer:
        address = f"{self.telegram.url}/bot{self.telegram.token}/{method}"
        async with self.http.post(address, json=parameters) as response:
            return Answer(response.status, await response.json(), response.headers.get("Retry-After"))

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        return (await self.call("getUpdates", **parameters)).result

    async def sim(self, path: str, **body: Any) -> Any:
        """POST to the control plane."""
        async with self.http.post(f"{self.telegram.url}/sim/{path}", json=body) as response:
            return await response.json()

    async def look(self, path: str) -> Any:
        """GET from the control plane."""
        async with self.http.get(f"{self.telegram.url}/sim/{path}") as response:
            return await response.json()


@asynccontextmanager
async def wire_to(telegram: StandIn) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession() as http:
        yield Wire(telegram, http)


@asynccontextmanager
async def aiogram_bot(telegram: StandIn) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.token, session=session) as bot:
        yield bot


@asynccontextmanager
async def ptb_bot(telegram: StandIn) -> AsyncIterator[second_opinion.Bot]:
    async with second_opinion.Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        yield bot
