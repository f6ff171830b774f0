"""Stores in which something comes in between: another worker, or a lock."""

from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from storage import Busy, Store


@dataclass
class Read:
    """A store in which, once, something happens after the desk was read and before anything else of a batch is."""

    store: Store
    then: Callable | None = None

    @asynccontextmanager
    async def transaction(self):
        async with self.store.transaction() as work:
            yield work if self.then is None else _Interrupted(work, self)

    async def happens(self):
        then, self.then = self.then, None
        if then is not None:
            await then()


@dataclass
class Locked:
    """A store that is busy every other time: `when` says whether before anything or just before the commit."""

    store: Store
    when: str
    times: int = 0

    @asynccontextmanager
    async def transaction(self):
        self.times += 1
        if self.times % 2 and self.when == "before":
            raise Busy("locked")
        async with self.store.transaction() as work:
            yield work
            if self.times % 2:
                raise Busy("locked")


class _Interrupted:
    def __init__(self, work, read_) -> None:
        self.work, self.read = work, read_

    def __getattr__(self, name):
        return getattr(self.work, name)

    async def cases(self):
        found = await self.work.cases()
        await self.read.happens()
        return found
