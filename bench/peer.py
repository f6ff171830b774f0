"""The peer of the desk: a relay as one writes it with aiogram in an hour. It copies both ways and keeps all in memory.

It has no rooms, no marks and no transcript; what Telegram refuses it sends again when the time that Telegram named has
passed, in order within a chat. Whatever it holds is gone when the process ends.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import Message

from bot.sandbox.standin import StandIn

Sleep = Callable[[float], Awaitable[None]]


class Relay:
    """Copies what a person says to where their consultant reads, and an answer there to whose line it answers."""

    def __init__(self, rooms: Mapping[int, int], sleep: Sleep) -> None:
        self.under_way = 0
        self._rooms, self._sleep = rooms, sleep
        self._whose: dict[tuple[int, int], int] = {}
        self._order: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def relay(self, message: Message) -> None:
        """What the dispatcher calls for every message."""
        person = message.chat.id
        answered = message.reply_to_message
        if person in self._rooms:
            copy = await self._copied(message, self._rooms[person])
            self._whose[self._rooms[person], copy] = person
        elif answered is not None and (whose := self._whose.get((person, answered.message_id))):
            await self._copied(message, whose)

    async def _copied(self, message: Message, chat: int) -> int:
        async with self._order[chat]:
            while True:
                try:
                    return await self._once(message, chat)
                except TelegramRetryAfter as refusal:
                    await self._sleep(refusal.retry_after)

    async def _once(self, message: Message, chat: int) -> int:
        self.under_way += 1
        try:
            return (await message.copy_to(chat)).message_id
        finally:
            self.under_way -= 1


@asynccontextmanager
async def relaying(telegram: StandIn, rooms: Mapping[int, int], sleep: Sleep) -> AsyncIterator[Relay]:
    """Run the relay against the stand-in. `rooms` says by person in which chat they are read."""
    relay, dispatcher = Relay(rooms, sleep), Dispatcher()
    dispatcher.message()(relay.relay)
    bot = Bot(telegram.token, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.url)))
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    try:
        await telegram.poller_rests()
        yield relay
    finally:
        await dispatcher.stop_polling()
        await polling
        await bot.session.close()
