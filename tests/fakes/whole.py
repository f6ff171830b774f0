"""The whole bot in this process: every part wired as for production, the stand-in for Telegram, a clock that jumps."""

import asyncio
import sqlite3
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from unittest.mock import patch

from pydantic import SecretStr

from bot.app import App, assembled
from bot.clock import Clock
from bot.sandbox.clock import FlowingClock
from bot.sandbox.standin import StandIn
from bot.settings import Settings
from storage import Busy
from tests.fakes import real
from tests.fakes.cheap import cheap


class JumpingClock:
    """The machine's clock, but whoever sleeps on it is there at once; the stand-in's clock goes along."""

    def __init__(self, telegram: FlowingClock) -> None:
        self.telegram = telegram
        self.slept = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.telegram.now(), UTC)

    def monotonic(self) -> float:
        return time.monotonic() + self.slept

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.telegram.advance(seconds)
        await asyncio.sleep(0)


@dataclass
class Lockable:
    """The real store, which refuses every transaction while it is locked."""

    store: object
    locked: bool = False

    @asynccontextmanager
    async def transaction(self):
        if self.locked:
            raise Busy("locked")
        async with self.store.transaction() as work:
            yield work


@dataclass
class Whole:
    """A running bot. `store` is the one that conversing writes through."""

    app: App
    telegram: StandIn
    clock: Clock
    store: Lockable

    def person(self, name: str):
        return self.telegram.world.person(name)

    @property
    def updates_waiting(self) -> int:
        return self.telegram.waiting_updates


@asynccontextmanager
async def whole(home, make_clock=JumpingClock, *, alone=False):
    """`alone`: nobody else ever has the database; see `cheap`."""
    clock = FlowingClock()
    async with StandIn(clock=clock) as telegram:
        settings = Settings(
            bot_token=SecretStr(telegram.token),
            bot_api_url=telegram.url,
            data_dir=home / "data",
            keyring_dir=home / "keyring",
        )
        with cheap(alone=alone), patch("bot.app.load", real.book):
            async with _running(settings, telegram, make_clock(clock)) as running:
                yield running


@asynccontextmanager
async def _running(settings, telegram, clock):
    stop = asyncio.Event()
    async with assembled(settings, clock) as app:
        store = Lockable(app.store)
        app.housekeeping.conversing.store = store
        work = asyncio.create_task(app.run(stop))
        try:
            await telegram.poller_rests()
            yield Whole(app, telegram, clock, store)
        finally:
            stop.set()
            await work


def heard(person) -> list[str]:
    """What the bot wrote to this person, in order."""
    return [bubble.text for bubble in person.sees() if bubble.author == "bot"]


async def until(so, within: float = 30.0) -> None:
    """Let the others work until something is so. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not so():  # noqa: ASYNC110  # what is waited for happens in the stand-in, which has no event for it
            await asyncio.sleep(0.01)


@asynccontextmanager
async def lock_held(database):
    """Another program has the file for itself. In a thread: the bot must be able to finish what it is at."""
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    try:
        await asyncio.to_thread(other.execute, "BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()
