"""Sealed lines between a person and a consultant, and the proof that none is missing, moved or changed.

Law: an entry is bound to its number and author; the head binds their count and the last tag; before a transcript is
read or continued its end is checked, so that we never put our seal on a cut one.
"""

import hmac
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.errors import BadData, Tampered
from storage.model import Author, Conversation, Entry, NewEntry
from storage.packing import open_entry, seal_entry
from storage.tables import ConversationRow, EntryRow
from storage.vault.dek import Dek
from storage.vault.heads import head_of
from storage.vault.sealing import tag_of


class Line(NamedTuple):
    """An entry as it is stored."""

    sequence: int
    author: int
    body: bytes


class Head(NamedTuple):
    """What the conversation's row says of its transcript."""

    entries: int
    mac: bytes


async def append(connection: AsyncConnection, conversation: Conversation, entries: Sequence[NewEntry]) -> None:
    """Add entries at the end. Four statements. Raises Tampered, or BadData when the conversation was never saved."""
    head = await _head(connection, conversation, lock=True)
    if head is None:
        raise BadData((conversation,))
    last = await _lines(connection, conversation, start=head.entries - 1)
    check_head(conversation.dek, conversation.id, head, last)
    if not entries:
        return
    lines = [
        Line(number, int(entry.author), _sealed(conversation, number, entry))
        for number, entry in enumerate(entries, head.entries)
    ]
    await connection.execute(insert(EntryRow), [{"conversation": conversation.id, **one._asdict()} for one in lines])
    count = head.entries + len(lines)
    mac = head_of(conversation.dek, conversation.id, count, tag_of(lines[-1].body))
    chosen = update(ConversationRow).where(col(ConversationRow.id) == conversation.id)
    await connection.execute(chosen.values(entries=count, head=mac))


def _sealed(conversation: Conversation, number: int, entry: NewEntry) -> bytes:
    return seal_entry(conversation.dek, conversation.id, number, int(entry.author), entry.body)


async def transcript(connection: AsyncConnection, conversation: Conversation) -> list[Entry]:
    """All entries, proved whole. Two statements. Raises VaultError."""
    head = await _head(connection, conversation, lock=False)
    lines = await _lines(connection, conversation, start=0)
    if head is None:
        raise Tampered("A conversation has lost its transcript.")
    return opened(conversation.dek, conversation.id, head, lines)


def opened(dek: Dek, conversation: bytes, head: Head, lines: Sequence[Line]) -> list[Entry]:
    """Open lines as one transcript. Raises VaultError when anything about them is not as it was sealed."""
    if len(lines) != head.entries or any(line.sequence != number for number, line in enumerate(lines)):
        raise Tampered("A transcript has lost lines, or has some that are not its own.")
    check_head(dek, conversation, head, lines)
    return [_entry(dek, conversation, line) for line in lines]


def _entry(dek: Dek, conversation: bytes, line: Line) -> Entry:
    body = open_entry(dek, conversation, line.sequence, line.author, line.body)  # proves the author to be one of ours
    return Entry(line.sequence, Author(line.author), body)


def check_head(dek: Dek, conversation: bytes, head: Head, lines: Sequence[Line]) -> None:
    """Raise Tampered unless the head names this count and this last line."""
    last = tag_of(lines[-1].body) if lines else b""
    if not hmac.compare_digest(head.mac, head_of(dek, conversation, head.entries, last)):
        raise Tampered("A transcript was cut or changed: its head does not fit.")


async def _head(connection: AsyncConnection, conversation: Conversation, *, lock: bool) -> Head | None:
    row = ConversationRow
    query = select(col(row.entries), col(row.head)).where(col(row.id) == conversation.id)
    found = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    return None if found is None else Head(found[0], found[1])


async def _lines(connection: AsyncConnection, conversation: Conversation, start: int) -> list[Line]:
    row = EntryRow
    query = (
        select(col(row.sequence), col(row.author), col(row.body))
        .where(col(row.conversation) == conversation.id, col(row.sequence) >= start)
        .order_by(col(row.sequence))
    )
    return [Line(*found) for found in await connection.execute(query)]
