"""The whole bot at work in this process, every part wired as for production, with the stand-in for Telegram."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bench.leaps import Leaps, leaping, rest
from bot.app import App, assembled
from bot.clock import TBILISI
from bot.sandbox.clock import Clock
from bot.sandbox.standin import StandIn
from bot.settings import Settings
from bot.telegram.budgets import Budgets, Errand

NOON = datetime(2026, 11, 23, 12, tzinfo=TBILISI).timestamp()
"""A working day at noon: the desk is open."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A running bot, and the time it shares with Telegram."""

    app: App
    telegram: StandIn
    clock: Leaps

    async def settled(self) -> None:
        """Wait until nothing is left to be delivered."""
        await rest(lambda: self.at_rest and self.app.courier.next_look() is None)

    @property
    def at_rest(self) -> bool:
        """Whether all updates are taken and nothing is on its way."""
        return self.telegram.waiting_updates == 0 and self.app.courier.at_rest


class Unlimited(Budgets):
    """No limits of our own."""

    def take(self, errand: Errand, now: float) -> float | None:  # noqa: ARG002
        """Go."""
        return None

    def put_back(self, errand: Errand, now: float) -> None:
        """Nothing was taken."""


@asynccontextmanager
async def stage(home: Path, clock: Clock, step: float = 0.0, *, limits: bool = True) -> AsyncIterator[Stage]:
    """Run the bot on a clock that leaps from noon on, within Telegram's limits or as if there were none.

    `home` is a folder of its own; `step` as for `Leaps`.
    """
    clock.advance(NOON - clock.now())
    async with StandIn(clock=clock) as telegram:
        telegram.limits.enforced = limits
        settings = Settings(
            bot_token=SecretStr(telegram.token),
            bot_api_url=telegram.url,
            data_dir=home / "data",
            keyring_dir=home / "keyring",
            log_level="ERROR",
        )
        leaps = Leaps(clock, step)
        async with assembled(settings, leaps) as app, _running(Stage(app, telegram, leaps)) as running:
            yield running


@asynccontextmanager
async def _running(one: Stage) -> AsyncIterator[Stage]:
    stop, courier = asyncio.Event(), one.app.courier
    if not one.telegram.limits.enforced:
        courier._boarding.budgets = Unlimited()  # noqa: SLF001  # nobody else should ever be able to
    work = asyncio.create_task(one.app.run(stop))
    time = asyncio.create_task(leaping(one.clock, lambda: one.at_rest, courier.next_look, courier.wake))
    try:
        await one.telegram.poller_rests()
        yield one
    finally:
        time.cancel()
        stop.set()
        await work
