"""Lines whose letters arrived: each remembers the message it is now.

Law: the conversations are locked before, by whoever settles, so that no two writers lose each other's places. A line
that is not there yet, or does not open, begins with what is known: the bot wrote it, and where it lies.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import lines
from storage.casework import Line
from storage.errors import VaultError
from storage.letters import Landed
from storage.model import Author, hour_of
from storage.stored import Stored, open_stored
from storage.vault.dek import Dek
from storage.vault.ring import Ring


class Landing(NamedTuple):
    """A message that arrived, and the conversation its letter was about."""

    row: Stored
    landed: Landed


class Leaving(NamedTuple):
    """Lines whose messages in a chat are gone."""

    row: Stored
    chat: int
    numbers: tuple[int, ...]


async def leave(connection: AsyncConnection, ring: Ring, leavings: Sequence[Leaving]) -> None:
    """Forget lines that lay in a chat. One that has come to lie in another room meanwhile stays. Two statements."""
    if not leavings:
        return
    sealed = await lines.bodies(connection, {(one.row.id, number) for one in leavings for number in one.numbers})
    await lines.drop_all(connection, [key for one in leavings for key in _left(ring, one, sealed)])


def _left(ring: Ring, leaving: Leaving, sealed: dict[lines.Key, bytes]) -> list[lines.Key]:
    """Those that lie nowhere any more; what does not open is of no use either."""
    row = leaving.row
    try:
        dek, person, _ = open_stored(ring, row)
    except VaultError:
        return [(row.id, number) for number in leaving.numbers]
    there = {number: _line(dek, row.id, number, sealed, 0) for number in leaving.numbers}
    dek.shred()
    moved = {number for number, line in there.items() if line.room is not None and line.room[0] != leaving.chat}
    elsewhere = moved if leaving.chat != person else set()
    return [(row.id, number) for number in leaving.numbers if number not in elsewhere]


async def land(connection: AsyncConnection, ring: Ring, landings: Sequence[Landing], now: datetime) -> None:
    """Write where lines lie now. Two statements, none for none; a conversation that does not open is passed over."""
    sealed = await lines.bodies(connection, {(one.row.id, one.landed.number) for one in landings})
    by_row: dict[bytes, list[Landing]] = {}
    for one in landings:
        by_row.setdefault(one.row.id, []).append(one)
    written: list[dict[str, Any]] = []
    for together in by_row.values():
        written += _rows(ring, together, sealed, hour_of(now))
    await lines.write(connection, written)


def _rows(ring: Ring, landings: Sequence[Landing], sealed: dict[lines.Key, bytes], hour: int) -> list[dict[str, Any]]:
    """The rows of one conversation's lines."""
    row = landings[0].row
    try:
        dek, person, _ = open_stored(ring, row)
    except VaultError:
        return []
    found: dict[int, Line] = {}
    for _, landed in landings:
        line = found.get(landed.number) or _line(dek, row.id, landed.number, sealed, hour)
        found[landed.number] = _at(line, landed, person)
    rows = [lines.row(ring, dek, row.id, person, line) for line in found.values()]
    dek.shred()
    return rows


def _line(dek: Dek, conversation: bytes, number: int, sealed: dict[lines.Key, bytes], hour: int) -> Line:
    body = sealed.get((conversation, number))
    one = None if body is None else lines.opened(dek, conversation, number, body)
    return Line(number, Author.BOT, at=hour) if one is None else one.line


def _at(line: Line, landed: Landed, person: int) -> Line:
    if landed.chat == person:
        return replace(line, person=landed.message)
    return replace(line, room=(landed.chat, landed.message))
