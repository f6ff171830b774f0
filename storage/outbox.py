"""Letters on their way, as the conversing side sees them: posted, superseded, counted.

Law: inside a conversation ids give the order; a letter is sealed under its conversation's key for a random tag of
its own row, so that bodies cannot be exchanged.
"""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy import insert as insert_plainly
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.model import Conversation, Outgoing
from storage.packing import seal_letter
from storage.statements import portions
from storage.tables import OutboxRow, Status

TAG_BITS = 63
"""As many as a signed 64-bit column holds."""
O = OutboxRow  # noqa: E741 — one letter for a table in a query, as in SQL


async def post(connection: AsyncConnection, letters: Sequence[Outgoing]) -> None:
    """Add letters in this order. One statement."""
    await connection.execute(insert_plainly(O), [_row(letter) for letter in letters])


def _row(letter: Outgoing) -> dict[str, object]:
    tag = secrets.randbits(TAG_BITS)
    conversation = letter.conversation
    return {
        "conversation": conversation.id,
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
    """Void the scripted letters of these conversations; one in flight is never sent again. Two statements."""
    for portion in portions([conversation.id for conversation in conversations]):
        chosen = col(O.conversation).in_(portion) & col(O.scripted) & col(O.binding).is_(other=False)
        await connection.execute(delete(O).where(chosen, col(O.status) == Status.PENDING))
        in_flight = update(O).where(chosen, col(O.status) == Status.SENDING)
        await connection.execute(in_flight.values(status=Status.SUPERSEDED))


async def waiting(connection: AsyncConnection) -> int:
    """How many letters there are."""
    return (await connection.execute(select(func.count()).select_from(O))).scalar_one()
