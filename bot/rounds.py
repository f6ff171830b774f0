"""Looks at the desk again and again, because time alone changes it: somebody waits too long, a reminder is due.

The chats of those who want it are emptied of what is old on the same rounds.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.attending import Attending
from bot.clock import Clock
from bot.letters import Letter
from bot.logs import log, place_of
from bot.vanishing import Vanishing
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
    vanishing: Vanishing = field(init=False)

    def __post_init__(self) -> None:
        self.vanishing = Vanishing(self.attending.store)

    async def run(self) -> None:
        """Do the rounds for ever; ends by cancellation."""
        while True:
            await self.once()
            await asyncio.sleep(ROUND)

    async def once(self) -> None:
        """One look; a store that cannot be written now is looked at in the next."""
        now = self.clock.now()
        await self._look(self._at_desk(now))
        await self._look(self.vanishing.look_round(now))
        self.wake.set()

    async def _at_desk(self, now: datetime) -> None:
        self.say(await self.attending.look_round(now))

    async def _look(self, looking: Coroutine[None, None, object]) -> None:
        """A fault of ours in one look must not end the other, nor the letters of all."""
        try:
            await looking
        except Busy as error:
            log.warning("rounds.waiting", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  # whatever it is, the next look comes
            log.error("rounds.stumbled", error=type(error).__name__, where=place_of(error))
