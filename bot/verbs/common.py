"""What the verbs have in common: the settings, and work that awaits."""

import asyncio
from collections.abc import Coroutine
from datetime import date, datetime

from bot.clock import TBILISI
from bot.logs import configure
from bot.settings import Settings


def today() -> date:
    """The date in Tbilisi."""
    return datetime.now(TBILISI).date()


def settings() -> Settings:
    """What the operator set; logging goes by it from now on. Raises SettingsError."""
    read = Settings.read()
    configure(read.log_level)
    return read


def serve(work: Coroutine[None, None, None]) -> None:
    """Do it to the end."""
    asyncio.run(work)
