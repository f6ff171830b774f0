"""`kill -9`, two hundred times in the turn: nobody is lost, and no second secret outlives the next start.

This file runs itself as a program of its own, which forks for every kill: a child turns a copy of one database and one
keyring and dies, its parent starts again and reads everything. First at each step there is; then at moments that chance
chooses, every other time twice: in the turn, and in the start that finishes it. It is a crash of the program that is
proved here, not one of the machine.
"""

import asyncio
import gc
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import aiosqlite
from sqlalchemy import Engine, event

from storage import Author, Keyring, NewEntry, Outgoing, Store, StoredCase, keyfiles, moving
from storage import store as rooms
from storage.turning import living_epochs

KILLS = 200
PEOPLE, TALKING = range(1, 9), range(1, 3)
TODAY = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
TURNED = date(2099, 1, 1)
STEPS: list[tuple[object, str]] = [
    (keyfiles, "sweep"),
    (keyfiles, "_write"),
    (keyfiles, "_zero"),
    (keyfiles, "_sync_directory"),
    (os, "open"),
    (os, "fchmod"),
    (os, "fsync"),
    (Path, "replace"),
]
ROOT = Path(__file__).parents[2]


def test_two_hundred_kills_in_the_turn_lose_nobody_and_leave_no_second_secret() -> None:
    seed = secrets.randbits(32)
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        command = [sys.executable, __file__, folder, str(seed)]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=170)
    assert ran.returncode == 0, f"seed {seed}\n{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}"
    kills, steps = (int(word) for word in ran.stdout.split())
    assert kills >= KILLS
    assert steps > len(STEPS) * 2 + 20, "the steps were not met"


class Steps:
    """Counts every step that the turn takes, and dies at one of them."""

    def __init__(self, last: int) -> None:
        self.count, self.last = 0, last

    def step(self) -> None:
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def watch(self) -> None:
        for whose, name in STEPS:
            setattr(whose, name, self._around(getattr(whose, name)))
        aiosqlite.Connection.commit = self._around_async(aiosqlite.Connection.commit)  # type: ignore[method-assign]
        aiosqlite.Connection._execute = self._around_async(  # type: ignore[method-assign]
            aiosqlite.Connection._execute, only="wal_checkpoint"
        )
        event.listen(Engine, "before_cursor_execute", lambda *_: self.step())

    def _around(self, done: Callable[..., object]) -> Callable[..., object]:
        def around(*given: object, **more: object) -> object:
            self.step()
            result = done(*given, **more)
            self.step()
            return result

        return around

    def _around_async(self, done: Callable[..., Coroutine[object, object, object]], only: str = "") -> object:
        async def around(*given: object, **more: object) -> object:
            if only not in str(given):
                return await done(*given, **more)
            self.step()
            result = await done(*given, **more)
            self.step()
            return result

        return around


async def no_look(_url: str) -> None:
    """The schema is there and today's, and looking for it takes longer than a turn."""


def address(home: Path) -> str:
    return f"sqlite+aiosqlite:///{home}/gza.db"


async def begin(home: Path) -> None:
    """Everybody has a state, a footprint and a letter that waits; some talk with a consultant."""
    store = await Store.open(address(home), Keyring.create(home / "keyring"))
    async with store.transaction() as work:
        found = (await work.conversations(PEOPLE)).values()
        them = [replace(one, state=f"{one.person}", footprint=replace(one.footprint, language="ka")) for one in found]
        await work.save(them, TODAY)
        await work.post([Outgoing(one, 1, f"letter to {one.person}") for one in them])
        talking = [one for one in them if one.person in TALKING]
        await work.save_cases([StoredCase(one.id, f"case of {one.person}") for one in talking])
        await work.append_all([(one, [NewEntry(Author.PERSON, f"line of {one.person}")]) for one in talking])
    await store.close()


async def everything(store: Store) -> dict[int, object]:
    """All that can be read of everybody."""
    async with store.transaction() as work:
        found = await work.conversations(PEOPLE)
        cases = {case.conversation: case.body for case in await work.cases()}
        letters = {letter.conversation: letter.body for letter in await work.due(TODAY + timedelta(1), 100, [])}
        lines = {person: tuple(await work.transcript(found[person])) for person in TALKING}
        return {
            person: (one.state, one.footprint.language, cases.get(one.id), letters.get(one.id), lines.get(person))
            for person, one in found.items()
        }


async def turn(home: Path) -> None:
    store = await Store.open(address(home), Keyring.load(home / "keyring"))
    await store.turn(TURNED)
    await store.close()


async def start(home: Path) -> None:
    await (await Store.open(address(home), Keyring.load(home / "keyring"))).close()


async def prove(home: Path, before: dict[int, object]) -> None:
    """After the next start all is as it was, under one secret, and nothing of another lies anywhere."""
    store = await Store.open(address(home), Keyring.load(home / "keyring"))
    assert await everything(store) == before
    assert store.finished is None or store.finished.lost == 0
    (epoch,) = Keyring.load(home / "keyring").epochs
    async with store.transaction() as work:
        assert await living_epochs(work._connection) == {epoch.id}
        assert not await work.expire_footprints(TODAY)  # none is without its conversation
    await store.close()
    assert files(home) == {"gza.db", "house.key", "epochs"}


def files(home: Path) -> set[str]:
    return {file.name for file in home.rglob("*") if file.is_file()}


def forked(deed: Callable[[], object]) -> int:
    """Do something in a child; its number."""
    child = os.fork()
    if child == 0:
        try:
            deed()
        finally:
            os._exit(0)
    return child


def dies_at(home: Path, act: Callable[[Path], Coroutine[object, object, None]], last: int) -> bool:
    """Whether the child met that step."""

    def deed() -> None:
        steps = Steps(last)
        steps.watch()
        asyncio.run(act(home))

    _, status = os.waitpid(forked(deed), 0)
    return os.WIFSIGNALED(status)


def dies_after(home: Path, act: Callable[[Path], Coroutine[object, object, None]], seconds: float) -> None:
    child = forked(lambda: asyncio.run(act(home)))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    home = folder / "home"
    shutil.copytree(folder / "begun", home)
    yield home
    shutil.rmtree(home)


def at_each_step(folder: Path, before: dict[int, object]) -> int:
    """How many there were."""
    met, last = True, -1
    while met:
        last += 1
        with copied(folder) as home:
            met = dies_at(home, turn, last)
            asyncio.run(prove(home, before))
    return last


def at_any_moment(folder: Path, before: dict[int, object], kills: int, chance: random.Random) -> None:
    with copied(folder) as home:
        begun = time.monotonic()
        os.waitpid(forked(lambda: asyncio.run(turn(home))), 0)
        long = time.monotonic() - begun
    for number in range(kills):
        with copied(folder) as home:
            dies_after(home, turn, chance.uniform(0, long))
            if number % 2:
                dies_after(home, start, chance.uniform(0, long))
            asyncio.run(prove(home, before))


def main(folder: Path, seed: int) -> None:
    """Print how many kills there were and how many steps there are."""
    moving.PORTION = 3
    home = folder / "begun"
    home.mkdir()
    asyncio.run(begin(home))
    rooms.migrate = rooms.require_begun = no_look  # type: ignore[assignment]
    rooms.make_engine = cache(rooms.make_engine)  # all lives speak the same statements, and compiling them takes long

    async def read() -> dict[int, object]:
        store = await Store.open(address(home), Keyring.load(home / "keyring"))
        found = await everything(store)
        await store.close()
        return found

    before = asyncio.run(read())
    with copied(folder) as copy:
        asyncio.run(turn(copy))
    gc.freeze()  # so that the children share its pages
    steps = at_each_step(folder, before)
    more = max(KILLS - steps, 80)
    at_any_moment(folder, before, more, random.Random(seed))
    sys.stdout.write(f"{steps + more} {steps}\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(Path(sys.argv[1]), int(sys.argv[2]))
