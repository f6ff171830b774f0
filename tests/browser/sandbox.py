"""Stand-in and page together, as `gza sandbox` serves them, but without a bot, and with a plug that can be pulled."""

import contextlib
from collections.abc import AsyncIterator
from typing import Self

from aiohttp import web

from bot.sandbox.serving import add_page
from bot.sandbox.standin import StandIn


class Sandbox:
    def __init__(self) -> None:
        self._port = 0
        self._begin()

    def _begin(self) -> None:
        self.standin = StandIn()
        self.standin.limits.enforced = False
        add_page(self.standin.app)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    @property
    def api(self) -> str:
        return f"{self.address}bot{self.standin.token}"

    async def start(self, *, anew: bool = False) -> None:
        """Listen, on the same port as before; `anew` forgets everybody, as a new process does."""
        if anew:
            self._begin()
        self._runner = web.AppRunner(self.standin.app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self._runner.cleanup()

    @classmethod
    @contextlib.asynccontextmanager
    async def running(cls) -> AsyncIterator[Self]:
        sandbox = cls()
        await sandbox.start()
        try:
            yield sandbox
        finally:
            await sandbox.stop()
