"""What lies inside the sealed columns, and at which place each is sealed.

    state      person (8 bytes, signed) · text; no text is no state
    footprint  JSON: person, language, hidden, ids as [message, hour]; vanish and discreet where they are on
    letter     the body as it was given
    entry      the body as it was given
    count      JSON: period, table, value, number, whole
    case       the body as it was given
    line       JSON: author, person and room as [chat, message] or null, digest in hex, reply, at
    record     JSON: key, body
    release    the content as it was given

The person is inside, so that the turn can find everyone anew and a row under another's index is noticed; so are the
cell, the key, and the chats of a line, so that they can be read and a row under another's index is noticed.
"""

import json
from dataclasses import asdict
from typing import NamedTuple

from storage.casework import Line, Spot
from storage.errors import Tampered, WrongKey
from storage.model import Author, Cell, Count, Footprint, Kind, Record
from storage.vault.dek import Dek
from storage.vault.places import Place, Purpose
from storage.vault.ring import Ring
from storage.vault.sealing import open_sealed, seal

PERSON = 8


def seal_state(dek: Dek, conversation: bytes, revision: int, person: int, state: str | None) -> bytes:
    """Seal a state for its revision."""
    text = person.to_bytes(PERSON, "big", signed=True) + (state or "").encode()
    return seal(dek.cipher(Purpose.STATE), Place(Purpose.STATE, conversation, revision), text)


def open_state(dek: Dek, conversation: bytes, revision: int, blob: bytes) -> tuple[int, str | None]:
    """Whose state it is, and the state. Raises VaultError."""
    text = open_sealed(dek.cipher(Purpose.STATE), Place(Purpose.STATE, conversation, revision), blob)
    return int.from_bytes(text[:PERSON], "big", signed=True), text[PERSON:].decode() or None


def seal_footprint(ring: Ring, epoch: int, index: bytes, person: int, footprint: Footprint) -> bytes:
    """Seal a footprint under the epoch, for the blind index it lies at."""
    fields = {"person": person, "language": footprint.language, "hidden": footprint.hidden, "ids": footprint.ids}
    fields |= {name: True for name in ("vanish", "discreet") if getattr(footprint, name)}
    text = json.dumps(fields, separators=(",", ":")).encode()
    return seal(ring.epochs[epoch].footprint, Place(Purpose.FOOTPRINT, index, epoch), text)


class OpenFootprint(NamedTuple):
    """A footprint, and whose it is."""

    person: int
    footprint: Footprint


def open_footprint(ring: Ring, epoch: int, index: bytes, blob: bytes) -> OpenFootprint:
    """Open a footprint. Raises VaultError; WrongKey when its epoch is not on the keyring."""
    if epoch not in ring.epochs:
        raise WrongKey("A footprint lies under an epoch that is not on the keyring.")
    fields = json.loads(open_sealed(ring.epochs[epoch].footprint, Place(Purpose.FOOTPRINT, index, epoch), blob))
    ids = tuple((message, hour) for message, hour in fields["ids"])
    wishes = (bool(fields.get(name)) for name in ("vanish", "discreet"))
    return OpenFootprint(fields["person"], Footprint(fields["language"], fields["hidden"], ids, *wishes))


def seal_letter(dek: Dek, conversation: bytes, tag: int, body: str) -> bytes:
    """Seal a letter for the row with that tag."""
    return seal(dek.cipher(Purpose.LETTER), Place(Purpose.LETTER, conversation, tag), body.encode())


def open_letter(dek: Dek, conversation: bytes, tag: int, blob: bytes) -> str:
    """Open a letter. Raises VaultError."""
    return open_sealed(dek.cipher(Purpose.LETTER), Place(Purpose.LETTER, conversation, tag), blob).decode()


def seal_entry(dek: Dek, transcript: bytes, sequence: int, author: int, body: str) -> bytes:
    """Seal one line of a transcript."""
    return seal(dek.cipher(Purpose.ENTRY), Place(Purpose.ENTRY, transcript, sequence, author), body.encode())


def open_entry(dek: Dek, transcript: bytes, sequence: int, author: int, blob: bytes) -> str:
    """Open one line of a transcript. Raises VaultError."""
    return open_sealed(dek.cipher(Purpose.ENTRY), Place(Purpose.ENTRY, transcript, sequence, author), blob).decode()


def seal_count(ring: Ring, index: bytes, count: Count) -> bytes:
    """Seal a count under the house key, for the blind index it lies at."""
    fields = {**asdict(count.cell), "number": count.number, "whole": count.whole}
    text = json.dumps(fields, separators=(",", ":")).encode()
    return seal(ring.counts, Place(Purpose.COUNT, index), text)


def open_count(ring: Ring, index: bytes, blob: bytes) -> Count:
    """Open a count. Raises VaultError."""
    fields = json.loads(open_sealed(ring.counts, Place(Purpose.COUNT, index), blob))
    return Count(Cell(fields["period"], fields["table"], fields["value"]), fields["number"], fields["whole"])


def seal_case(ring: Ring, epoch: int, conversation: bytes, revision: int, body: str) -> bytes:
    """Seal a case under the epoch, for its revision."""
    return seal(ring.epochs[epoch].case, Place(Purpose.CASE, conversation, revision), body.encode())


def open_case(ring: Ring, epoch: int, conversation: bytes, revision: int, blob: bytes) -> str:
    """Open a case. Raises VaultError; WrongKey when its epoch is not on the keyring."""
    if epoch not in ring.epochs:
        raise WrongKey("A case lies under an epoch that is not on the keyring.")
    return open_sealed(ring.epochs[epoch].case, Place(Purpose.CASE, conversation, revision), blob).decode()


class OpenLine(NamedTuple):
    """A line, and every place where it lies, whole."""

    line: Line
    spots: tuple[Spot, ...]


def seal_line(dek: Dek, conversation: bytes, chat: int, line: Line) -> bytes:
    """Seal a line; `chat` is the person's."""
    fields = {
        "author": line.author,
        "person": None if line.person is None else [chat, line.person],
        "room": line.room,
        "digest": line.digest.hex(),
        "reply": line.reply,
        "at": line.at,
    }
    text = json.dumps(fields, separators=(",", ":")).encode()
    return seal(dek.cipher(Purpose.LINE), Place(Purpose.LINE, conversation, line.number), text)


def open_line(dek: Dek, conversation: bytes, number: int, blob: bytes) -> OpenLine:
    """Open a line. Raises VaultError."""
    fields = json.loads(open_sealed(dek.cipher(Purpose.LINE), Place(Purpose.LINE, conversation, number), blob))
    person, room = (None if spot is None else (spot[0], spot[1]) for spot in (fields["person"], fields["room"]))
    line = Line(
        number,
        Author(fields["author"]),
        None if person is None else person[1],
        room,
        bytes.fromhex(fields["digest"]),
        fields["reply"],
        fields["at"],
    )
    return OpenLine(line, tuple(spot for spot in (person, room) if spot is not None))


def seal_record(ring: Ring, index: bytes, revision: int, record: Record) -> bytes:
    """Seal a record under the house key, for the blind index it lies at and its revision."""
    text = json.dumps({"key": record.key, "body": record.body}, separators=(",", ":")).encode()
    return seal(ring.house.record, Place(Purpose.RECORD, index, revision), text)


def open_record(ring: Ring, index: bytes, kind: int, revision: int, blob: bytes) -> Record:
    """Open a record. Raises VaultError, also when it lies among another kind than its own."""
    fields = json.loads(open_sealed(ring.house.record, Place(Purpose.RECORD, index, revision), blob))
    if ring.record_index(kind, fields["key"]) != index:
        raise Tampered("A record lies among another kind than its own.")
    return Record(Kind(kind), fields["key"], fields["body"], revision)


def seal_release(ring: Ring, index: bytes, content: bytes) -> bytes:
    """Seal a release under the house key, for the blind index it lies at."""
    return seal(ring.house.release, Place(Purpose.RELEASE, index), content)


def open_release(ring: Ring, index: bytes, blob: bytes) -> bytes:
    """Open a release. Raises VaultError."""
    return open_sealed(ring.house.release, Place(Purpose.RELEASE, index), blob)
