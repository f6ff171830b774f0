"""Letters on their way, as the conversing side sees them: posted, superseded, withdrawn, cancelled, counted.

Law: inside a lane ids give the order; a letter is sealed under its conversation's key for a random tag of its own row,
so that bodies cannot be exchanged. What voids a person's letters never touches one in another chat.
"""

import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy import insert as insert_plainly
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.errors import VaultError
from storage.letters import Outgoing
from storage.model import Conversation
from storage.packing import open_letter, seal_letter
from storage.statements import portions
from storage.tables import OutboxRow, Status
from storage.vault.ring import Ring

TAG_BITS = 63
"""As many as a signed 64-bit column holds."""
O = OutboxRow  # noqa: E741 — one letter for a table in a query, as in SQL
OWN = col(O.lane) == col(O.conversation)
"""A letter to the person."""
NOT_BINDING = col(O.binding).is_(other=False)


async def post(connection: AsyncConnection, ring: Ring, letters: Sequence[Outgoing]) -> None:
    """Add letters in this order. One statement."""
    await connection.execute(insert_plainly(O), [_row(ring, letter) for letter in letters])


def _row(ring: Ring, letter: Outgoing) -> dict[str, object]:
    tag = secrets.randbits(TAG_BITS)
    conversation = letter.conversation
    return {
        "conversation": conversation.id,
        "lane": conversation.id if letter.chat is None else ring.lane(letter.chat),
        "tag": tag,
        "urgency": int(letter.urgency),
        "status": int(Status.PENDING),
        "scripted": letter.scripted,
        "binding": letter.binding,
        "not_before": 0,
        "attempts": 0,
        "body": seal_letter(conversation.dek, conversation.id, tag, letter.body),
    }


async def supersede(connection: AsyncConnection, conversations: Collection[Conversation]) -> None:
    """Void the scripted letters to these people; one in flight is never sent again. Two statements."""
    for portion in portions([conversation.id for conversation in conversations]):
        chosen = OWN & col(O.conversation).in_(portion) & col(O.scripted) & NOT_BINDING
        await connection.execute(delete(O).where(chosen, col(O.status) == Status.PENDING))
        in_flight = update(O).where(chosen, col(O.status) == Status.SENDING)
        await connection.execute(in_flight.values(status=Status.SUPERSEDED))


async def withdraw(connection: AsyncConnection, ring: Ring, conversations: Collection[Conversation], chat: int) -> None:
    """Delete what waits for that chat about these people: something newer takes its place. One statement.

    What is binding stays: a newer card takes no deletion's place.
    """
    await _delete_waiting(connection, conversations, col(O.lane) == ring.lane(chat))


async def cancel(
    connection: AsyncConnection, ring: Ring, conversations: Collection[Conversation], chat: int | None
) -> None:
    """Delete what waits for these people, or for that chat about them, unless it is binding. Two statements.

    What is in flight may arrive, and is never sent again.
    """
    lane = OWN if chat is None else col(O.lane) == ring.lane(chat)
    await _delete_waiting(connection, conversations, lane)
    for portion in portions([conversation.id for conversation in conversations]):
        flying = col(O.conversation).in_(portion) & (col(O.status) == Status.SENDING) & NOT_BINDING
        await connection.execute(update(O).where(flying, lane).values(status=Status.SUPERSEDED))


async def withdraw_all(connection: AsyncConnection, ring: Ring, chats: Collection[int]) -> None:
    """Delete what waits for these chats, whoever it is about, unless it is binding. Two statements.

    What is in flight may arrive, and is never sent again.
    """
    lanes = col(O.lane).in_([ring.lane(chat) for chat in chats]) & NOT_BINDING
    await connection.execute(delete(O).where(lanes, col(O.status) == Status.PENDING))
    flying = update(O).where(lanes, col(O.status) == Status.SENDING)
    await connection.execute(flying.values(status=Status.SUPERSEDED))


async def _delete_waiting(
    connection: AsyncConnection, conversations: Collection[Conversation], which: ColumnElement[bool]
) -> None:
    for portion in portions([conversation.id for conversation in conversations]):
        chosen = col(O.conversation).in_(portion) & (col(O.status) == Status.PENDING) & NOT_BINDING
        await connection.execute(delete(O).where(chosen, which))


async def promised(connection: AsyncConnection, conversations: Collection[Conversation]) -> list[str]:
    """What is binding and on its way to these people, in its order; what does not open is left out. One statement."""
    keys = {conversation.id: conversation.dek for conversation in conversations}
    found: list[str] = []
    for portion in portions(list(keys)):
        chosen = OWN & col(O.conversation).in_(portion) & col(O.binding)
        query = select(col(O.conversation), col(O.tag), col(O.body)).where(chosen).order_by(col(O.id))
        for conversation, tag, body in await connection.execute(query):
            with suppress(VaultError):
                found.append(open_letter(keys[conversation], conversation, tag, body))
    return found


async def waiting(connection: AsyncConnection) -> int:
    """How many letters there are."""
    return (await connection.execute(select(func.count()).select_from(O))).scalar_one()
