"""Sealed lines between a person and a consultant, and the proof that none is missing, moved or changed.

Law: a transcript has a key of its own, so that whoever opens a talk opens nothing else of its person. An entry is bound
to its number and author; the head binds their count and the last tag; before a transcript is read or continued its end
is checked, so that we never put our seal on a cut one.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.archives import archive_key
from storage.errors import BadData, Tampered
from storage.model import ID, Conversation, Entry, NewEntry
from storage.packing import seal_entry
from storage.proving import Head, Sealed, check_head, opened
from storage.statements import portions
from storage.tables import ConversationRow, EntryRow, TranscriptRow
from storage.vault.archive import ArchiveKey
from storage.vault.dek import Dek
from storage.vault.heads import head_of
from storage.vault.places import Purpose, bind
from storage.vault.ring import Ring
from storage.vault.sealing import tag_of

T = TranscriptRow


COLUMNS = tuple(col(getattr(EntryRow, name)) for name in Sealed._fields)


class Open(NamedTuple):
    """An open transcript: its id, its own key, its head."""

    id: bytes
    dek: Dek
    head: Head


class Grown(NamedTuple):
    """A transcript with its new lines."""

    transcript: Open
    lines: Sequence[Sealed]


async def append(
    connection: AsyncConnection, ring: Ring, additions: Iterable[tuple[Conversation, Sequence[NewEntry]]]
) -> None:
    """Add entries at the ends of transcripts, begun where there is none. Four statements; five where all are new.

    Raises Tampered when one of them is not whole, and BadData naming the conversations that were never saved or whose
    entries fit no encoding. Then nothing was written.
    """
    added = _together(additions)
    transcripts = await _opened(connection, ring, added)
    last = await _last_lines(connection, [one.id for one in transcripts.values()])
    for one in transcripts.values():
        check_head(one.dek, one.id, one.head, last.get(one.id, []))
    begun = {key: _begin() for key in added if key not in transcripts}
    grown = _grow(added, transcripts | begun)
    culprits = (added.keys() - grown.keys()) | (begun.keys() - await _saved(connection, begun))
    if culprits:
        raise BadData(tuple(conversation for key, (conversation, _) in added.items() if key in culprits))
    written = {key: one for key, one in grown.items() if one.lines}
    new = {key: one for key, one in begun.items() if key in written}
    await _insert(connection, ring, new, {key: added[key][0].epoch for key in new})
    await _write(connection, list(written.values()))
    for one in (*transcripts.values(), *begun.values()):
        one.dek.shred()


def _together(
    additions: Iterable[tuple[Conversation, Sequence[NewEntry]]],
) -> dict[bytes, tuple[Conversation, list[NewEntry]]]:
    """What is added to each conversation, in order, also when it is named twice."""
    added: dict[bytes, tuple[Conversation, list[NewEntry]]] = {}
    for conversation, entries in additions:
        added.setdefault(conversation.id, (conversation, []))[1].extend(entries)
    return added


def _begin() -> Open:
    """A transcript nobody has written into yet."""
    number, dek = secrets.token_bytes(ID), Dek.new()
    return Open(number, dek, Head(0, head_of(dek, number, 0, b"")))


def _grow(
    added: Mapping[bytes, tuple[Conversation, list[NewEntry]]], transcripts: Mapping[bytes, Open]
) -> dict[bytes, Grown]:
    """The transcripts with their new lines, without those whose lines fit no encoding."""
    grown = dict[bytes, Grown]()
    for key, (_, entries) in added.items():
        with suppress(UnicodeEncodeError):
            grown[key] = _grown(transcripts[key], entries)
    return grown


def _grown(one: Open, entries: Sequence[NewEntry]) -> Grown:
    numbered = enumerate(entries, one.head.entries)
    return Grown(one, [Sealed(number, int(entry.author), _sealed(one, number, entry)) for number, entry in numbered])


def _sealed(one: Open, number: int, entry: NewEntry) -> bytes:
    return seal_entry(one.dek, one.id, number, int(entry.author), entry.body)


async def _insert(
    connection: AsyncConnection, ring: Ring, begun: Mapping[bytes, Open], epochs: Mapping[bytes, int]
) -> None:
    """The rows of new transcripts."""
    if begun:
        await connection.execute(insert(T), [_row(ring, key, one, epochs[key]) for key, one in begun.items()])


def _row(ring: Ring, conversation: bytes, one: Open, epoch: int) -> dict[str, object]:
    return {
        "id": one.id,
        "conversation": conversation,
        "epoch": epoch,
        "wrapped": ring.wrap(one.dek, one.id, epoch),
        "commitment": one.dek.commitment(one.id),
        "entries": one.head.entries,
        "head": one.head.mac,
    }


async def entrust(connection: AsyncConnection, ring: Ring, conversations: Collection[Conversation]) -> None:
    """Seal the keys of these transcripts for the custodians, if there are any. Three statements. Raises VaultError."""
    archive = await archive_key(connection, ring) if conversations else None
    found = await _opened(connection, ring, [one.id for one in conversations]) if archive is not None else {}
    if archive is None or not found:
        return
    chosen = update(T).where(col(T.id) == bindparam("number"), col(T.archived).is_(None))
    await connection.execute(
        chosen.values(archived=bindparam("sealed")), [_entrusted(archive, one) for one in found.values()]
    )


def _entrusted(archive: ArchiveKey, one: Open) -> dict[str, object]:
    sealed = archive.seal(one.dek.secret(), bind(Purpose.ARCHIVE, one.id))
    one.dek.shred()
    return {"number": one.id, "sealed": sealed}


async def _write(connection: AsyncConnection, grown: Sequence[Grown]) -> None:
    if not grown:
        return
    rows = [{"transcript": one.transcript.id, **line._asdict()} for one in grown for line in one.lines]
    await connection.execute(insert(EntryRow), rows)
    chosen = update(T).where(col(T.id) == bindparam("number"))
    heads = chosen.values(entries=bindparam("count"), head=bindparam("mac"))
    await connection.execute(heads, [_head_row(one) for one in grown])


def _head_row(one: Grown) -> dict[str, object]:
    number, dek, head = one.transcript
    count = head.entries + len(one.lines)
    return {"number": number, "count": count, "mac": head_of(dek, number, count, tag_of(one.lines[-1].body))}


async def clear(connection: AsyncConnection, conversation: Conversation) -> None:
    """Delete a transcript with its key; the next line begins a new one. One statement."""
    await connection.execute(delete(T).where(col(T.conversation) == conversation.id))


async def transcript(connection: AsyncConnection, ring: Ring, conversation: Conversation) -> list[Entry]:
    """All entries, proved whole. Two statements. Raises VaultError."""
    one = (await _opened(connection, ring, [conversation.id])).get(conversation.id)
    if one is None:
        return []
    query = select(*COLUMNS).where(col(EntryRow.transcript) == one.id).order_by(col(EntryRow.sequence))
    try:
        return opened(one.dek, one.id, one.head, [Sealed(*found) for found in await connection.execute(query)])
    finally:
        one.dek.shred()


class Stored(NamedTuple):
    """The columns an open transcript is opened from."""

    conversation: bytes
    id: bytes
    epoch: int
    wrapped: bytes
    commitment: bytes
    entries: int
    head: bytes


async def _opened(connection: AsyncConnection, ring: Ring, conversations: Collection[bytes]) -> dict[bytes, Open]:
    """The open transcripts of these conversations, locked. Raises VaultError."""
    found = dict[bytes, Open]()
    columns = [col(getattr(T, name)) for name in Stored._fields]
    for portion in portions(conversations):
        query = select(*columns).where(col(T.conversation).in_(portion)).order_by(col(T.id)).with_for_update()
        stored = [Stored(*row) for row in await connection.execute(query)]
        found |= {one.conversation: _open(ring, one) for one in stored}
    return found


def _open(ring: Ring, stored: Stored) -> Open:
    if ring.epoch_of(stored.wrapped) != stored.epoch:
        raise Tampered("A transcript lies where another one belongs.")
    dek = ring.unwrap(stored.wrapped, stored.id, stored.commitment)
    return Open(stored.id, dek, Head(stored.entries, stored.head))


async def _saved(connection: AsyncConnection, conversations: Collection[bytes]) -> set[bytes]:
    """Which of these conversations are stored."""
    found = set[bytes]()
    for portion in portions(conversations):
        query = select(col(ConversationRow.id)).where(col(ConversationRow.id).in_(portion))
        found.update((await connection.execute(query)).scalars())
    return found


async def _last_lines(connection: AsyncConnection, transcripts: Collection[bytes]) -> dict[bytes, list[Sealed]]:
    """Of each the line its head names, and whatever lies behind that."""
    row, found = EntryRow, dict[bytes, list[Sealed]]()
    for portion in portions(transcripts):
        query = (
            select(*COLUMNS, col(row.transcript))
            .join(T, col(T.id) == col(row.transcript))
            .where(col(row.transcript).in_(portion), col(row.sequence) >= col(T.entries) - 1)
            .order_by(col(row.transcript), col(row.sequence))
        )
        for *line, key in await connection.execute(query):
            found.setdefault(key, []).append(Sealed(*line))
    return found
