"""Letters on their way, as the courier sees them: which is due, which is being sent.

Law: of each lane only the first letter can be due, and none while one before it is being sent, whatever conversation
either is about; an uncertain letter stays where it is and the lane goes on behind it (design §8).
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.errors import VaultError
from storage.letters import Due
from storage.packing import open_letter
from storage.statements import portions
from storage.tables import ConversationRow, OutboxRow, Status
from storage.vault.ring import Ring

HOLDS_UP = (Status.PENDING, Status.SENDING, Status.SUPERSEDED)
"""A letter in one of these holds up those behind it."""


class Head(NamedTuple):
    """The first letter of a lane and what its key is wrapped in, in the order of COLUMNS."""

    id: int
    conversation: bytes
    lane: bytes
    tag: int
    urgency: int
    attempts: int
    scripted: bool
    body: bytes
    wrapped: bytes
    commitment: bytes


COLUMNS = tuple(
    col(getattr(ConversationRow if name in ("wrapped", "commitment") else OutboxRow, name)) for name in Head._fields
)


def _first_in_lane() -> ColumnElement[bool]:
    before = aliased(OutboxRow)
    same_lane = col(before.lane) == col(OutboxRow.lane)
    holding = select(col(before.id)).where(
        same_lane, col(before.id) < col(OutboxRow.id), col(before.status).in_(HOLDS_UP)
    )
    return not_(holding.exists())


DUE = (
    select(*COLUMNS)
    .join(ConversationRow, col(ConversationRow.id) == col(OutboxRow.conversation))
    .where(col(OutboxRow.status) == Status.PENDING, col(OutboxRow.not_before) <= bindparam("now"))
    .where(col(OutboxRow.lane).not_in(bindparam("busy", expanding=True)), _first_in_lane())
    .order_by(col(OutboxRow.urgency), col(OutboxRow.id))
    .limit(bindparam("most"))
    .with_for_update(of=OutboxRow, skip_locked=True)
)
"""Which letters are due. Built once: building it takes longer than asking."""


async def due(connection: AsyncConnection, ring: Ring, now: datetime, limit: int, busy: Collection[bytes]) -> list[Due]:
    """The letters whose turn has come, the most urgent first. One statement.

    On PostgreSQL the rows stay locked until the commit that marks them, so that nobody supersedes one in between.
    """
    given = {"now": int(now.timestamp() * 1000), "busy": list(busy), "most": limit}
    return [opened(ring, Head(*row)) for row in await connection.execute(DUE, given)]


def opened(ring: Ring, head: Head) -> Due:
    """The letter, without its body when that does not open."""
    body = _body(ring, head)
    return Due(head.id, head.conversation, head.urgency, body, head.attempts, head.scripted, head.lane)


def _body(ring: Ring, head: Head) -> str | None:
    try:
        dek = ring.unwrap(head.wrapped, head.conversation, head.commitment)
        text = open_letter(dek, head.conversation, head.tag, head.body)
    except VaultError:
        return None
    dek.shred()
    return text


async def mark_sending(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Say, before the request leaves, that it may arrive. One statement."""
    for portion in portions(ids):
        chosen = update(OutboxRow).where(col(OutboxRow.id).in_(portion))
        await connection.execute(chosen.values(status=Status.SENDING))
