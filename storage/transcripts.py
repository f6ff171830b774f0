"""Sealed lines between a person and a consultant, and the proof that none is missing, moved or changed.

Law: an entry is bound to its number and author; the head binds their count and the last tag; before a transcript is
read or continued its end is checked, so that we never put our seal on a cut one.
"""

import hmac
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.errors import BadData, Tampered
from storage.model import Author, Conversation, Entry, NewEntry
from storage.packing import open_entry, seal_entry
from storage.statements import portions
from storage.tables import ConversationRow, EntryRow
from storage.vault.dek import Dek
from storage.vault.heads import head_of
from storage.vault.sealing import tag_of


class Sealed(NamedTuple):
    """An entry as it is stored."""

    sequence: int
    author: int
    body: bytes


COLUMNS = tuple(col(getattr(EntryRow, name)) for name in Sealed._fields)


class Head(NamedTuple):
    """What the conversation's row says of its transcript."""

    entries: int
    mac: bytes


class Grown(NamedTuple):
    """A transcript with its new lines."""

    conversation: Conversation
    start: int
    lines: Sequence[Sealed]


async def append(connection: AsyncConnection, additions: Iterable[tuple[Conversation, Sequence[NewEntry]]]) -> None:
    """Add entries at the ends of transcripts. Four statements.

    Raises Tampered when one of them is not whole, and BadData naming the conversations that were never saved or whose
    entries fit no encoding. Then nothing was written.
    """
    added = _together(additions)
    heads = await _heads(connection, added)
    last = await _last_lines(connection, heads)
    grown, culprits = [], []
    for key, (conversation, entries) in added.items():
        try:
            grown.append(_grown(conversation, heads[key], last.get(key, []), entries))
        except (KeyError, UnicodeEncodeError):
            culprits.append(conversation)
    if culprits:
        raise BadData(tuple(culprits))
    await _write(connection, [one for one in grown if one.lines])


def _together(
    additions: Iterable[tuple[Conversation, Sequence[NewEntry]]],
) -> dict[bytes, tuple[Conversation, list[NewEntry]]]:
    """What is added to each conversation, in order, also when it is named twice."""
    added: dict[bytes, tuple[Conversation, list[NewEntry]]] = {}
    for conversation, entries in additions:
        added.setdefault(conversation.id, (conversation, []))[1].extend(entries)
    return added


def _grown(conversation: Conversation, head: Head, last: Sequence[Sealed], entries: Sequence[NewEntry]) -> Grown:
    check_head(conversation.dek, conversation.id, head, last)
    lines = [
        Sealed(number, int(entry.author), _sealed(conversation, number, entry))
        for number, entry in enumerate(entries, head.entries)
    ]
    return Grown(conversation, head.entries, lines)


def _sealed(conversation: Conversation, number: int, entry: NewEntry) -> bytes:
    return seal_entry(conversation.dek, conversation.id, number, int(entry.author), entry.body)


async def _write(connection: AsyncConnection, grown: Sequence[Grown]) -> None:
    if not grown:
        return
    rows = [{"conversation": one.conversation.id, **line._asdict()} for one in grown for line in one.lines]
    await connection.execute(insert(EntryRow), rows)
    row = ConversationRow
    chosen = update(row).where(col(row.id) == bindparam("number"))
    heads = chosen.values(entries=bindparam("count"), head=bindparam("mac"))
    await connection.execute(heads, [_head_row(one) for one in grown])


def _head_row(one: Grown) -> dict[str, object]:
    count, last = one.start + len(one.lines), tag_of(one.lines[-1].body)
    mac = head_of(one.conversation.dek, one.conversation.id, count, last)
    return {"number": one.conversation.id, "count": count, "mac": mac}


async def clear(connection: AsyncConnection, conversation: Conversation) -> None:
    """Delete all entries; the transcript begins anew. Two statements."""
    row = ConversationRow
    await connection.execute(delete(EntryRow).where(col(EntryRow.conversation) == conversation.id))
    chosen = update(row).where(col(row.id) == conversation.id)
    await connection.execute(chosen.values(entries=0, head=head_of(conversation.dek, conversation.id, 0, b"")))


async def transcript(connection: AsyncConnection, conversation: Conversation) -> list[Entry]:
    """All entries, proved whole. Two statements. Raises VaultError."""
    row = ConversationRow
    query = select(col(row.entries), col(row.head)).where(col(row.id) == conversation.id)
    head = (await connection.execute(query)).one_or_none()
    lines = await _lines(connection, conversation)
    if head is None:
        raise Tampered("A conversation has lost its transcript.")
    return opened(conversation.dek, conversation.id, Head(*head), lines)


def opened(dek: Dek, conversation: bytes, head: Head, lines: Sequence[Sealed]) -> list[Entry]:
    """Open lines as one transcript. Raises VaultError when anything about them is not as it was sealed."""
    if len(lines) != head.entries or any(line.sequence != number for number, line in enumerate(lines)):
        raise Tampered("A transcript has lost lines, or has some that are not its own.")
    check_head(dek, conversation, head, lines)
    return [_entry(dek, conversation, line) for line in lines]


def _entry(dek: Dek, conversation: bytes, line: Sealed) -> Entry:
    body = open_entry(dek, conversation, line.sequence, line.author, line.body)  # proves the author to be one of ours
    return Entry(line.sequence, Author(line.author), body)


def check_head(dek: Dek, conversation: bytes, head: Head, lines: Sequence[Sealed]) -> None:
    """Raise Tampered unless the head names this count and this last line."""
    last = tag_of(lines[-1].body) if lines else b""
    if not hmac.compare_digest(head.mac, head_of(dek, conversation, head.entries, last)):
        raise Tampered("A transcript was cut or changed: its head does not fit.")


async def _heads(connection: AsyncConnection, conversations: Collection[bytes]) -> dict[bytes, Head]:
    """The heads of those that are stored, locked."""
    row, found = ConversationRow, dict[bytes, Head]()
    for portion in portions(conversations):
        query = select(col(row.id), col(row.entries), col(row.head)).where(col(row.id).in_(portion))
        stored = await connection.execute(query.order_by(col(row.id)).with_for_update())
        found |= {key: Head(entries, mac) for key, entries, mac in stored}
    return found


async def _last_lines(connection: AsyncConnection, conversations: Collection[bytes]) -> dict[bytes, list[Sealed]]:
    """Of each the line its head names, and whatever lies behind that."""
    row, found = EntryRow, dict[bytes, list[Sealed]]()
    for portion in portions(conversations):
        query = (
            select(*COLUMNS, col(row.conversation))
            .join(ConversationRow, col(ConversationRow.id) == col(row.conversation))
            .where(col(row.conversation).in_(portion), col(row.sequence) >= col(ConversationRow.entries) - 1)
            .order_by(col(row.conversation), col(row.sequence))
        )
        for *line, key in await connection.execute(query):
            found.setdefault(key, []).append(Sealed(*line))
    return found


async def _lines(connection: AsyncConnection, conversation: Conversation) -> list[Sealed]:
    query = select(*COLUMNS).where(col(EntryRow.conversation) == conversation.id).order_by(col(EntryRow.sequence))
    return [Sealed(*found) for found in await connection.execute(query)]
