"""From one epoch to the newest, row by row: what in each table is sealed, wrapped or found by the epoch.

Law: what lies under a conversation's own key is not touched, for it names no epoch. What does not open and so cannot be
found anew is deleted, with all that belongs to it; a case or transcript that does not open stays as damaged as it was.
Most of the work is done before anybody has to wait for it, and only where the row is still what it was then.
"""

import asyncio
import json
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped
from sqlmodel import col

from storage.errors import VaultError
from storage.statements import portions
from storage.stored import COLUMNS, Stored, open_stored
from storage.tables import CaseRow, ConversationRow, FootprintRow, Row, TranscriptRow
from storage.vault.places import Place, Purpose
from storage.vault.ring import Ring
from storage.vault.sealing import lock, unlock, unpad

PORTION = 250
"""Rows that are read, and made anew, at once: so long nobody else has a say."""

Column = Mapped[Any]
New = tuple[bytes, ...]
Connect = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class Living(NamedTuple):
    """A table whose rows are under an epoch. `columns` begin with its key; those of `changed` change with the epoch.

    Each time anything that matters here is written, the `telling` column changes. `anew` gives the new values of
    `changed` and raises VaultError for what does not open. `found`: it is looked for by the epoch's blind index.
    """

    table: type[Row]
    columns: tuple[Column, ...]
    telling: str
    changed: tuple[str, ...]
    anew: Callable[..., New]
    found: bool

    def column(self, name: str) -> Column:
        """A column of the table."""
        return col(getattr(self.table, name))

    @property
    def name(self) -> str:
        """What the table is called."""
        return str(self.table.__tablename__)

    @property
    def key(self) -> Column:
        """The column a row is told from the others by."""
        return self.columns[0]


class Ready(NamedTuple):
    """A row that waits to be moved: it has this key, told itself by this when it was read, and gets these values."""

    key: bytes
    told: bytes
    new: New | None


class Moved(NamedTuple):
    """How many rows went, and how many did not open."""

    whole: int
    lost: int


async def prepare(connect: Connect, ring: Ring, living: Living) -> list[Ready]:
    """Make all rows of a table anew, each portion in a transaction of its own. Nothing is written."""
    ready, last = list[Ready](), b""
    while True:
        async with connect() as connection:
            portion = await _portion(connection, ring, living, last)
        if not portion:
            return ready
        ready += [one for row in portion if (one := _ready(ring, living, row)).new is not None]
        last = portion[-1][0]
        await asyncio.sleep(0)


async def _portion(connection: AsyncConnection, ring: Ring, living: Living, after: bytes) -> Sequence[Sequence[Any]]:
    epoch, telling = living.column("epoch"), living.column(living.telling)
    older = [one for one in ring.epochs if one != ring.newest]
    waiting = select(*living.columns, telling).where(epoch.in_(older), living.key > after)
    return (await connection.execute(waiting.order_by(living.key).limit(PORTION))).all()


def _ready(ring: Ring, living: Living, row: Sequence[Any]) -> Ready:
    *values, told = row
    try:
        return Ready(row[0], told, living.anew(ring, *values))
    except VaultError:
        return Ready(row[0], told, None)


async def move(connection: AsyncConnection, ring: Ring, living: Living, ready: Collection[Ready]) -> Moved:
    """Put every row of a table under the newest epoch: what is ready and still the same, then what is left."""
    whole, lost, last = await _write(connection, ring, living, ready), 0, b""
    while portion := await _portion(connection, ring, living, last):
        rest = [_ready(ring, living, row) for row in portion]
        broken = [one.key for one in rest if one.new is None]
        await _write(connection, ring, living, [one for one in rest if one.new is not None])
        await _give_up(connection, ring, living, broken)
        whole, lost, last = whole + len(rest) - len(broken), lost + len(broken), portion[-1][0]
    return Moved(whole, lost)


async def _write(connection: AsyncConnection, ring: Ring, living: Living, rows: Collection[Ready]) -> int:
    """Write those that are still what they were; how many. The rows go past SQLAlchemy, which is slow with so many."""
    if not rows:
        return 0
    values = [(*(one.new or ()), ring.newest, one.key, one.told) for one in rows]
    if connection.dialect.name == "sqlite":
        return (await connection.exec_driver_sql(_one_by_one(living), values)).rowcount
    columns = tuple([list(column) for column in zip(*values, strict=True)])
    return (await connection.exec_driver_sql(_all_at_once(living), columns)).rowcount


def _one_by_one(living: Living) -> str:
    changed = ", ".join(f"{name} = ?" for name in (*living.changed, "epoch"))
    return f"UPDATE {living.name} SET {changed} WHERE {living.key.key} = ? AND {living.telling} = ?"  # noqa: S608


def _all_at_once(living: Living) -> str:
    """PostgreSQL takes the columns as arrays, several times faster than row after row."""
    names = (*living.changed, "epoch", "key_then", "told")
    arrays = ", ".join(f"${at}::{'bigint' if name == 'epoch' else 'bytea'}[]" for at, name in enumerate(names, 1))
    changed = ", ".join(f"{name} = new.{name}" for name in (*living.changed, "epoch"))
    return (
        f"UPDATE {living.name} AS old SET {changed} FROM unnest({arrays}) AS new({', '.join(names)}) "  # noqa: S608
        f"WHERE old.{living.key.key} = new.key_then AND old.{living.telling} = new.told"
    )


async def _give_up(connection: AsyncConnection, ring: Ring, living: Living, keys: Sequence[bytes]) -> None:
    for portion in portions(keys):
        here = living.key.in_(portion)
        if living.found:
            await connection.execute(delete(living.table).where(here))
        else:
            await connection.execute(update(living.table).where(here).values(epoch=ring.newest))


def _conversation(ring: Ring, *row: Any) -> New:  # noqa: ANN401 — a row has columns of many types
    stored = Stored(*row)
    dek, person, _ = open_stored(ring, stored)
    wrapped = ring.wrap(dek, stored.id, ring.newest)
    dek.shred()
    return ring.index(ring.newest, person), wrapped


def _transcript(ring: Ring, number: bytes, wrapped: bytes, commitment: bytes) -> New:
    return (ring.rewrap(wrapped, number, commitment),)


def _footprint(ring: Ring, index: bytes, epoch: int, body: bytes) -> New:
    """The padded text goes over as it is; of what stands in it only the person is read."""
    padded = unlock(ring.epochs[epoch].footprint, Place(Purpose.FOOTPRINT, index, epoch).binding(), body)
    there = ring.index(ring.newest, json.loads(unpad(padded))["person"])
    place = Place(Purpose.FOOTPRINT, there, ring.newest)
    return there, lock(ring.epochs[ring.newest].footprint, place.binding(), padded)


def _case(ring: Ring, conversation: bytes, epoch: int, revision: int, body: bytes) -> New:
    place = Place(Purpose.CASE, conversation, revision).binding()
    padded = unlock(ring.epochs[epoch].case, place, body)
    return (lock(ring.epochs[ring.newest].case, place, padded),)


def _columns(table: type[Row], *names: str) -> tuple[Column, ...]:
    return tuple(col(getattr(table, name)) for name in names)


CONVERSATIONS = Living(
    ConversationRow,
    COLUMNS,
    telling="wrapped",
    changed=("blind_index", "wrapped"),
    anew=_conversation,
    found=True,
)
TRANSCRIPTS = Living(
    TranscriptRow,
    _columns(TranscriptRow, "id", "wrapped", "commitment"),
    telling="wrapped",
    changed=("wrapped",),
    anew=_transcript,
    found=False,
)
FOOTPRINTS = Living(
    FootprintRow,
    _columns(FootprintRow, "blind_index", "epoch", "body"),
    telling="body",
    changed=("blind_index", "body"),
    anew=_footprint,
    found=True,
)
CASES = Living(
    CaseRow,
    _columns(CaseRow, "conversation", "epoch", "revision", "body"),
    telling="body",
    changed=("body",),
    anew=_case,
    found=False,
)
ALL = (CONVERSATIONS, TRANSCRIPTS, FOOTPRINTS, CASES)
"""Every table that anything alive is in."""
