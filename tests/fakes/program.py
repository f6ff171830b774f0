"""The real program as a real process, started quickly and killable at any moment.

A fork server imports the program and reads the book once; every start is then a fork, as real to kill as any other
process, but without the seconds that these take.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from storage import Keyring, Store

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["bot.app", "bot.__main__", "tests.fakes.preloaded"])
TOKEN = "4242:AA-token-that-must-never-be-seen"
"""What the stand-in must be told too: `StandIn(token=TOKEN)`."""


def _live(environment: dict[str, str], home: str, output: str, verb: tuple[str, ...]) -> None:
    """The child: its own environment, directory (there may be no `.env`) and output; then what `gza` does."""
    from bot.__main__ import main

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(home)
    with Path(output).open("ab", buffering=0) as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.argv = ["gza", *verb]
    main()


@dataclass
class Program:
    """One home (data, keyring, output) in which the program is started and ended as often as a test likes."""

    home: Path
    api: str
    environment: dict[str, str] = field(default_factory=dict)
    name: str = "output"
    verb: tuple[str, ...] = ("run",)
    _process: ForkServerProcess | None = None

    @property
    def output(self) -> Path:
        return self.home / f"{self.name}.log"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def keyring(self) -> Path:
        return self.home / "keyring"

    @property
    def process(self) -> ForkServerProcess:
        assert self._process is not None, "it was never started"
        return self._process

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def start(self) -> None:
        assert not self.alive, "one after the other"
        settings = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self.api,
            "DATA_DIR": str(self.data),
            "KEYRING_DIR": str(self.keyring),
            "TMPDIR": str(self.home / "tmp"),
            "PATH": os.environ["PATH"],
            "LOG_LEVEL": "DEBUG",
            **self.environment,
        }
        (self.home / "tmp").mkdir(parents=True, exist_ok=True)
        life = (settings, str(self.home), str(self.output), self.verb)
        self._process = _CONTEXT.Process(target=_live, args=life, daemon=True)
        self._process.start()

    def kill(self) -> None:
        """Like pulling the plug on the process: no handler runs."""
        self._signal(signal.SIGKILL)
        self.process.join()

    async def stop(self, within: float = 20.0) -> int:
        """Like `systemctl stop`. Returns the exit code."""
        self._signal(signal.SIGTERM)
        return await self.ended(within)

    async def ended(self, within: float = 20.0) -> int:
        """Wait until it ends. Returns the exit code."""
        await asyncio.to_thread(self.process.join, within)
        assert self.process.exitcode is not None, "the program did not end"
        return self.process.exitcode

    @contextlib.asynccontextmanager
    async def left_behind(self) -> AsyncIterator[Store]:
        """The database as it lies there after the end, opened with the keyring that lies there."""
        assert not self.alive, "it still writes"
        store = await Store.open(f"sqlite+aiosqlite:///{self.data / 'gza.db'}", Keyring.load(self.keyring))
        try:
            yield store
        finally:
            await store.close()

    def _signal(self, number: signal.Signals) -> None:
        assert self.alive, f"the program ended by itself: {self.output.read_text()[-2000:]}"
        assert self.process.pid is not None
        os.kill(self.process.pid, number)


@contextlib.contextmanager
def program(
    home: Path, api: str, name: str = "output", verb: tuple[str, ...] = ("run",), **environment: str
) -> Iterator[Program]:
    """A program for a while; killed at the end if it still lives."""
    made = Program(home, api, environment, name, verb)
    try:
        yield made
    finally:
        if made.alive:
            made.kill()
