"""Looks at the desk again and again, because time alone changes it: somebody waits too long, a reminder is due."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.attending import Attending
from bot.clock import Clock
from bot.letters import Letter
from bot.logs import log, place_of
from storage import Busy

ROUND = 10.0
"""Seconds between two looks: the shortest wait of the desk is ten minutes."""


@dataclass(slots=True)
class Rounds:
    """Runs beside intake and courier. `say` says from memory, `wake` tells the courier that letters wait."""

    attending: Attending
    clock: Clock
    say: Callable[[Sequence[Letter]], None]
    wake: asyncio.Event

    async def run(self) -> None:
        """Do the rounds for ever; ends by cancellation."""
        while True:
            await self.once()
            await asyncio.sleep(ROUND)

    async def once(self) -> None:
        """One look; a store that cannot be written now is looked at in the next."""
        try:
            self.say(await self.attending.look_round(self.clock.now()))
        except Busy as error:
            log.warning("rounds.waiting", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  # a fault of ours in one look must not end the letters of all
            log.error("rounds.stumbled", error=type(error).__name__, where=place_of(error))
        self.wake.set()
