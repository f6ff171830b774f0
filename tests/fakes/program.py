"""The real program as a real process, started quickly and killable at any moment.

A fork server imports the program once; every start is then a fork, as real to kill as any other process, but without
the seconds that imports take.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["bot.app", "bot.__main__"])
TOKEN = "4242:AA-token-that-must-never-be-seen"


def _live(environment: dict[str, str], output: str) -> None:
    """The child: its own environment and output, then exactly what `gza run` does."""
    from bot.__main__ import gza, main

    os.environ.clear()
    os.environ.update(environment)
    with Path(output).open("ab", buffering=0) as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.argv = ["gza", "run"]
    assert gza
    main()


@dataclass
class Program:
    """One home (data, keyring, output) in which the program is started and ended as often as a test likes."""

    home: Path
    api: str
    environment: dict[str, str] = field(default_factory=dict)
    process: multiprocessing.context.ForkServerProcess | None = None

    @property
    def output(self) -> Path:
        return self.home / "output.log"

    @property
    def data(self) -> Path:
        return self.home / "data"

    def start(self) -> None:
        settings = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self.api,
            "DATA_DIR": str(self.data),
            "KEYRING_DIR": str(self.home / "keyring"),
            "TMPDIR": str(self.home / "tmp"),
            "PATH": os.environ["PATH"],
            "LOG_LEVEL": "DEBUG",
            **self.environment,
        }
        (self.home / "tmp").mkdir(parents=True, exist_ok=True)
        self.process = _CONTEXT.Process(target=_live, args=(settings, str(self.output)), daemon=True)
        self.process.start()

    def kill(self) -> None:
        """Like pulling the plug on the process: no handler runs."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.join()

    async def stop(self, within: float = 20.0) -> int:
        """Like `systemctl stop`. Returns the exit code."""
        os.kill(self.process.pid, signal.SIGTERM)
        return await self.ended(within)

    async def ended(self, within: float = 20.0) -> int:
        await asyncio.to_thread(self.process.join, within)
        assert self.process.exitcode is not None, "the program did not end"
        return self.process.exitcode


@contextlib.contextmanager
def program(home: Path, api: str, **environment: str) -> Iterator[Program]:
    made = Program(home, api, environment)
    try:
        yield made
    finally:
        if made.process is not None and made.process.is_alive():
            made.kill()
