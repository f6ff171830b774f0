"""What lies inside the sealed columns, and at which place each is sealed.

    state      person (8 bytes, signed) · text; no text is no state
    footprint  JSON: person, language, hidden, ids as [message, hour]
    letter     the body as it was given
    entry      the body as it was given
    count      JSON: period, table, value, number, whole

The person is inside, so that the turn can find everyone anew and a row under another's index is noticed; the cell is,
so that the counts can be read.
"""

import json
from dataclasses import asdict

from storage.errors import WrongKey
from storage.model import Cell, Count, Footprint
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
    text = json.dumps(fields, separators=(",", ":")).encode()
    return seal(ring.epochs[epoch].footprint, Place(Purpose.FOOTPRINT, index, epoch), text)


def open_footprint(ring: Ring, epoch: int, index: bytes, blob: bytes) -> Footprint:
    """Open a footprint. Raises VaultError; WrongKey when its epoch is not on the keyring."""
    if epoch not in ring.epochs:
        raise WrongKey("A footprint lies under an epoch that is not on the keyring.")
    fields = json.loads(open_sealed(ring.epochs[epoch].footprint, Place(Purpose.FOOTPRINT, index, epoch), blob))
    ids = tuple((message, hour) for message, hour in fields["ids"])
    return Footprint(fields["language"], fields["hidden"], ids)


def seal_letter(dek: Dek, conversation: bytes, tag: int, body: str) -> bytes:
    """Seal a letter for the row with that tag."""
    return seal(dek.cipher(Purpose.LETTER), Place(Purpose.LETTER, conversation, tag), body.encode())


def open_letter(dek: Dek, conversation: bytes, tag: int, blob: bytes) -> str:
    """Open a letter. Raises VaultError."""
    return open_sealed(dek.cipher(Purpose.LETTER), Place(Purpose.LETTER, conversation, tag), blob).decode()


def seal_entry(dek: Dek, conversation: bytes, sequence: int, author: int, body: str) -> bytes:
    """Seal one line of a transcript."""
    return seal(dek.cipher(Purpose.ENTRY), Place(Purpose.ENTRY, conversation, sequence, author), body.encode())


def open_entry(dek: Dek, conversation: bytes, sequence: int, author: int, blob: bytes) -> str:
    """Open one line of a transcript. Raises VaultError."""
    return open_sealed(dek.cipher(Purpose.ENTRY), Place(Purpose.ENTRY, conversation, sequence, author), blob).decode()


def seal_count(ring: Ring, index: bytes, count: Count) -> bytes:
    """Seal a count under the house key, for the blind index it lies at."""
    fields = {**asdict(count.cell), "number": count.number, "whole": count.whole}
    text = json.dumps(fields, separators=(",", ":")).encode()
    return seal(ring.counts, Place(Purpose.COUNT, index), text)


def open_count(ring: Ring, index: bytes, blob: bytes) -> Count:
    """Open a count. Raises VaultError."""
    fields = json.loads(open_sealed(ring.counts, Place(Purpose.COUNT, index), blob))
    return Count(Cell(fields["period"], fields["table"], fields["value"]), fields["number"], fields["whole"])
