"""Everything stored about one person, as rows: to change a copy in memory and open it the way the store does."""

from dataclasses import dataclass

from sqlalchemy import text

from storage import transcripts
from storage.errors import WrongKey
from storage.packing import open_footprint, open_letter
from storage.proving import Head, Sealed, opened
from storage.stored import Stored, open_stored
from storage.vault.archive import ArchivePrivate, Suite
from storage.vault.dek import Dek
from storage.vault.places import Purpose, bind
from storage.vault.ring import Ring

CUSTODIANS = ArchivePrivate.new(Suite.X25519)


@dataclass(frozen=True)
class Case:
    """Everything stored about one person."""

    stored: Stored
    talk: transcripts.Stored
    archived: bytes
    head: Head
    lines: tuple[Sealed, ...]
    letters: tuple[tuple[int, bytes], ...]
    footprint: tuple[bytes, int, bytes]


async def read(connection):
    async def rows(sql: str, **values):
        return [tuple(row) for row in await connection.execute(text(sql), values)]

    cases = []
    for row in await rows(f"SELECT {','.join(Stored._fields)} FROM conversation"):
        stored = Stored(*row)
        columns = ",".join(transcripts.Stored._fields)
        (found,) = await rows(f"SELECT {columns}, archived FROM transcript WHERE conversation = :c", c=stored.id)
        talk, archived = transcripts.Stored(*found[:-1]), found[-1]
        lines = await rows(
            "SELECT sequence, author, body FROM entry WHERE transcript = :t ORDER BY sequence", t=talk.id
        )
        letters = await rows("SELECT tag, body FROM outbox WHERE conversation = :c", c=stored.id)
        (footprint,) = await rows(
            "SELECT blind_index, epoch, body FROM footprint WHERE blind_index = :i", i=stored.blind_index
        )
        head = Head(talk.entries, talk.head)
        whole = tuple(Sealed(*line) for line in lines)
        cases.append(Case(stored, talk, archived, head, whole, tuple(letters), footprint))
    return cases


def open_case(ring: Ring, case: Case) -> None:
    """Everything the store opens. Raises VaultError."""
    dek, _, _ = open_stored(ring, case.stored)
    opened(transcripts._open(ring, case.talk).dek, case.talk.id, case.head, case.lines)
    archived = Dek(CUSTODIANS.open(case.archived, bind(Purpose.ARCHIVE, case.talk.id)))
    if archived.commitment(case.talk.id) != case.talk.commitment:
        raise WrongKey
    for tag, body in case.letters:
        open_letter(dek, case.stored.id, tag, body)
    index, epoch, body = case.footprint
    open_footprint(ring, epoch, index, body)
