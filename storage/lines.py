"""Where each line of a case lies, at the person's side and in a consultant's room, to find one from the other.

Law: what is found by a message is proved by what is sealed: a row whose blind index was changed or moved is not found,
so that a reply never reaches the wrong person. A line that does not open is left out, never raised.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, delete, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.casework import Line, Spot
from storage.errors import VaultError
from storage.model import Conversation
from storage.packing import OpenLine, open_line, seal_line
from storage.statements import insert_into, portions
from storage.tables import ConversationRow, LineRow
from storage.vault.dek import Dek
from storage.vault.ring import Ring

T, C = LineRow, ConversationRow
Lines = Select[bytes, int, bytes, bytes, bytes]
Key = tuple[bytes, int]
"""Conversation id and number of a line."""
BY_KEY = tuple_(col(T.conversation), col(T.number))
WITH_DEK = (
    select(col(T.conversation), col(T.number), col(T.body), col(C.wrapped), col(C.commitment))
    .join(C, col(C.id) == col(T.conversation))
    .order_by(col(T.conversation), col(T.number))
)


async def add(connection: AsyncConnection, ring: Ring, lines: Iterable[tuple[Conversation, Line]]) -> None:
    """Write lines, over what lies under their numbers. One statement, none for none."""
    await write(connection, [row(ring, one.dek, one.id, one.person, line) for one, line in lines])


def row(ring: Ring, dek: Dek, conversation: bytes, chat: int, line: Line) -> dict[str, Any]:
    """The row of a line; `chat` is the person's."""
    return {
        "conversation": conversation,
        "number": line.number,
        "person_index": None if line.person is None else ring.placed(chat, line.person),
        "room_index": None if line.room is None else ring.placed(*line.room),
        "body": seal_line(dek, conversation, chat, line),
    }


async def write(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows, in the order in which everyone locks them. One statement, none for none."""
    if not rows:
        return
    insert = insert_into(connection, T)
    changed = {name: insert.excluded[name] for name in ("person_index", "room_index", "body")}
    statement = insert.on_conflict_do_update(index_elements=["conversation", "number"], set_=changed)
    await connection.execute(statement, sorted(rows, key=lambda one: (one["conversation"], one["number"])))


async def of(connection: AsyncConnection, these: Collection[Conversation]) -> dict[bytes, list[Line]]:
    """The lines of open conversations, by number. One statement."""
    deks = {one.id: one.dek for one in these}
    found: dict[bytes, list[Line]] = {one: [] for one in deks}
    for portion in portions(deks):
        query = select(col(T.conversation), col(T.number), col(T.body)).where(col(T.conversation).in_(portion))
        for conversation, number, body in await connection.execute(query.order_by(col(T.conversation), col(T.number))):
            if (one := opened(deks[conversation], conversation, number, body)) is not None:
                found[conversation].append(one.line)
    return found


async def bodies(connection: AsyncConnection, keys: Collection[Key]) -> dict[Key, bytes]:
    """The sealed lines that are there. One statement."""
    found: dict[Key, bytes] = {}
    for portion in portions(keys, each=2):
        query = select(col(T.conversation), col(T.number), col(T.body)).where(BY_KEY.in_(portion))
        found |= {(conversation, number): body for conversation, number, body in await connection.execute(query)}
    return found


async def by_id(connection: AsyncConnection, ring: Ring, conversations: Collection[bytes]) -> dict[bytes, list[Line]]:
    """The lines of conversations that are not open here, by number. One statement."""
    found: dict[bytes, list[Line]] = {one: [] for one in conversations}
    for portion in portions(found):
        for conversation, one in await _all(connection, ring, WITH_DEK.where(col(T.conversation).in_(portion))):
            if one is not None:
                found[conversation].append(one.line)
    return found


async def at(connection: AsyncConnection, ring: Ring, spots: Collection[Spot]) -> dict[Spot, Key]:
    """The lines that lie at these places. One statement."""
    wanted, found = set(spots), dict[Spot, Key]()
    for portion in portions([ring.placed(*spot) for spot in wanted], each=2):
        query = WITH_DEK.where(or_(col(T.person_index).in_(portion), col(T.room_index).in_(portion)))
        for conversation, one in await _all(connection, ring, query):
            if one is not None:
                found |= dict.fromkeys(wanted.intersection(one.spots), (conversation, one.line.number))
    return found


async def lost(connection: AsyncConnection, ring: Ring) -> int:
    """How many lines do not open. One statement."""
    return sum(one is None for _, one in await _all(connection, ring, WITH_DEK))


async def _all(connection: AsyncConnection, ring: Ring, query: Lines) -> list[tuple[bytes, OpenLine | None]]:
    """Conversation id and line of every row; each conversation's key is unwrapped once and shredded at once."""
    deks: dict[bytes, Dek | None] = {}
    rows = (await connection.execute(query)).all()
    for conversation, _, _, wrapped, commitment in rows:
        if conversation not in deks:
            deks[conversation] = _unwrapped(ring, wrapped, conversation, commitment)
    found = [(row[0], opened(deks[row[0]], row[0], row[1], row[2])) for row in rows]
    for dek in _held(deks.values()):
        dek.shred()
    return found


def _unwrapped(ring: Ring, wrapped: bytes, conversation: bytes, commitment: bytes) -> Dek | None:
    try:
        return ring.unwrap(wrapped, conversation, commitment)
    except VaultError:
        return None


def _held(deks: Iterable[Dek | None]) -> Iterator[Dek]:
    return (dek for dek in deks if dek is not None)


def opened(dek: Dek | None, conversation: bytes, number: int, body: bytes) -> OpenLine | None:
    """The line; None when it, or its conversation, does not open."""
    try:
        return None if dek is None else open_line(dek, conversation, number, body)
    except VaultError:
        return None


async def drop(connection: AsyncConnection, conversation: bytes, numbers: Collection[int] | None) -> None:
    """Delete lines of a conversation, all for None. One statement."""
    if numbers is None:
        await connection.execute(delete(T).where(col(T.conversation) == conversation))
    else:
        await drop_all(connection, [(conversation, number) for number in numbers])


async def drop_all(connection: AsyncConnection, keys: Collection[Key]) -> None:
    """Delete lines of any conversations. One statement, none for none."""
    for portion in portions(keys, each=2):
        await connection.execute(delete(T).where(BY_KEY.in_(portion)))
