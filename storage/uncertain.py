"""Letters whose fate nobody knows: found after a crash, told to whoever wrote them, sent again or given up.

Law: a letter that is not scripted is never repeated by itself (design §8). It stays, uncertain, and holds nobody up,
until somebody decides; a decision about a letter that is not uncertain any more changes nothing.
"""

from collections.abc import Collection

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.delivery import COLUMNS, Head, opened
from storage.letters import Due, Unfinished
from storage.statements import portions
from storage.tables import ConversationRow, OutboxRow, Status
from storage.vault.ring import Ring

O = OutboxRow  # noqa: E741 — one letter for a table in a query, as in SQL
IN_DOUBT = col(O.status) == Status.UNCERTAIN


async def unfinished(connection: AsyncConnection, ring: Ring) -> Unfinished:
    """What a crash left in flight: scripted letters wait again, others become uncertain, voided ones go.

    Their number, without the voided, and the uncertain ones, opened. Three statements.
    """
    await connection.execute(delete(O).where(col(O.status) == Status.SUPERSEDED))
    lost = await _sent_without_a_script(connection, ring)
    after = case((col(O.scripted), Status.PENDING.value), else_=Status.UNCERTAIN.value)
    left = update(O).where(col(O.status) == Status.SENDING)
    return Unfinished((await connection.execute(left.values(status=after))).rowcount, lost)


async def _sent_without_a_script(connection: AsyncConnection, ring: Ring) -> list[Due]:
    query = (
        select(*COLUMNS)
        .join(ConversationRow, col(ConversationRow.id) == col(O.conversation))
        .where(col(O.status) == Status.SENDING, col(O.scripted).is_(other=False))
        .order_by(col(O.id))
        .with_for_update(of=O)
    )
    return [opened(ring, Head(*row)) for row in await connection.execute(query)]


async def uncertain(connection: AsyncConnection, ids: Collection[int]) -> dict[int, bytes]:
    """The conversation ids of those of these letters that are uncertain. One statement."""
    found: dict[int, bytes] = {}
    for portion in portions(ids):
        query = select(col(O.id), col(O.conversation)).where(col(O.id).in_(portion), IN_DOUBT)
        found |= {row.id: row.conversation for row in await connection.execute(query)}
    return found


async def again(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Let uncertain letters wait again, each before what was posted after it. One statement."""
    for portion in portions(ids):
        chosen = update(O).where(col(O.id).in_(portion), IN_DOUBT)
        await connection.execute(chosen.values(status=Status.PENDING, not_before=0))


async def give_up_all(connection: AsyncConnection, conversations: Collection[bytes]) -> None:
    """Delete the uncertain letters of these conversations. One statement."""
    for portion in portions(conversations):
        await connection.execute(delete(O).where(col(O.conversation).in_(portion), IN_DOUBT))


async def give_up(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Delete uncertain letters: nobody wants to know any more. One statement."""
    for portion in portions(ids):
        await connection.execute(delete(O).where(col(O.id).in_(portion), IN_DOUBT))
