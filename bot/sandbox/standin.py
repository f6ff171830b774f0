"""The whole stand-in as one thing to start and stop.

Law: it listens on 127.0.0.1 only, writes no access log (the token is in every address), and leaves nothing behind.
"""

import asyncio
import secrets
from typing import Self

from aiohttp import web

from bot.sandbox.calls import Calls
from bot.sandbox.clock import Clock, FlowingClock, first_ring
from bot.sandbox.control import Control
from bot.sandbox.exhibiting import add_documents, add_pictures
from bot.sandbox.faults import Faults
from bot.sandbox.gate import Gate
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import Limits
from bot.sandbox.people import Someone
from bot.sandbox.server import BotApi
from bot.sandbox.world import World

LOOPBACK = "127.0.0.1"
TOKEN = "4200000001:a-token-of-the-sandbox-and-of-nothing-else"  # noqa: S105 - it opens nothing
USERNAME = "gza_sandbox_bot"
STOP_WITHIN = 0.2
MOST_UPLOADED = 50 * 1024 * 1024
"""Bytes of one request, as on Telegram's own server."""
LUCK = 900_000_000
"""A bot keeps update ids and people over the stand-in's restarts, so each start gives out other numbers."""


class StandIn:
    """Telegram on this machine: `async with StandIn() as telegram`, or `await start()` and `await stop()`.

    `port` 0 takes any free one. Without a clock it is the machine's, which `/sim/clock` may push ahead.
    """

    def __init__(self, *, clock: Clock | None = None, token: str = TOKEN, port: int = 0) -> None:
        self.token = token
        self.clock: Clock = clock or FlowingClock()
        bot = Someone(int(token.partition(":")[0]), "Gza", is_bot=True, username=USERNAME)
        self._ledger = Ledger(self.clock, bot, secrets.randbelow(LUCK))
        self._gate = Gate(self._ledger)
        self.world = World(self._ledger)
        self.app = web.Application(client_max_size=MOST_UPLOADED)
        BotApi(self._gate, token).add_to(self.app)
        Control(self._gate, self.world).add_to(self.app)
        add_pictures(self.app, self._ledger.files.gallery)
        add_documents(self.app, self._ledger.files.cabinet)
        self.app.on_startup.append(self._open)
        self.app.on_shutdown.append(self._close)
        self._port = port
        self._runner: web.AppRunner | None = None
        self.url = ""

    @property
    def calls(self) -> Calls:
        """What the bot asked for so far."""
        return self._gate.calls

    @property
    def faults(self) -> Faults:
        """Trouble to come."""
        return self._gate.faults

    @property
    def limits(self) -> Limits:
        """The budgets; `limits.enforced = False` switches them off."""
        return self._ledger.limits

    @property
    def waiting_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._ledger.queue)

    async def poller_rests(self, *, more_than: int = 0, within: float = 5.0) -> int:
        """Wait (real seconds) until a poller has come to rest more often than this; how often by now.

        A poller comes to rest when it has all that waits, and again each time it was woken for nothing. The first
        rest says that the bot is up. Raises TimeoutError.
        """
        polling = self._gate.polling
        async with asyncio.timeout(within):
            while polling.rests <= more_than:
                await first_ring((polling.rested,), None)
        return polling.rests

    def forget_updates(self) -> None:
        """Drop what the bot has not confirmed, as `drop_pending_updates` does."""
        self._ledger.queue.forget()

    async def start(self) -> None:
        """Listen. `url` is the address afterwards. Raises OSError when the port is taken."""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=STOP_WITHIN)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self._port).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Let whoever waits go, and close."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _open(self, _app: web.Application) -> None:
        self._gate.polling.open()

    async def _close(self, _app: web.Application) -> None:
        self._gate.polling.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.stop()
