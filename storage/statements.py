"""How the rooms of the store speak SQL: upserts on both engines, and sets cut to what an engine takes at once.

Law: a call makes a fixed number of statements whatever the size of its set; only beyond the engines' limit on
parameters (SQLite 32,766, PostgreSQL's protocol 32,767) does it take another round.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import BadData, Concerning
from storage.failures import is_bad_data
from storage.tables import Row

Thing = TypeVar("Thing", bound=Concerning)
Value = TypeVar("Value")
MOST = 30_000


def insert_into(connection: AsyncConnection, table: type[Row]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the engine's own dialect."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def portions(values: Collection[Value], each: int = 1) -> Iterator[list[Value]]:
    """The values in lists an engine takes at once, when a value takes `each` parameters; none for none."""
    rest = iter(values)
    while portion := list(islice(rest, MOST // each)):
        yield portion


async def write_or_blame(
    connection: AsyncConnection, write: Callable[[Sequence[Thing]], Awaitable[None]], things: Sequence[Thing]
) -> None:
    """Write a set; when the data make that fail, find out whose.

    Raises BadData naming the culprits, and then nothing of the set has been written. Whatever else goes wrong passes.
    """
    if things and not await _written(connection, write, things):
        culprits = await _culprits(connection, write, things)
        raise BadData(culprits or tuple(things))


async def _culprits(
    connection: AsyncConnection, write: Callable[[Sequence[Thing]], Awaitable[None]], things: Sequence[Thing]
) -> tuple[Thing, ...]:
    search = await connection.begin_nested()
    culprits = tuple([thing for thing in things if not await _written(connection, write, [thing])])
    await search.rollback()
    return culprits


async def _written(
    connection: AsyncConnection, write: Callable[[Sequence[Thing]], Awaitable[None]], things: Sequence[Thing]
) -> bool:
    try:
        async with connection.begin_nested():
            await write(things)
    except Exception as error:
        if is_bad_data(error):
            return False
        raise
    return True
