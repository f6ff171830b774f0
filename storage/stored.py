"""A conversation's row as it is stored, and what opening it proves.

Law: key, state, person, epoch and blind index must all belong together; else the row is damaged, whatever of it
still opens.
"""

from typing import NamedTuple

from sqlmodel import col

from storage.errors import Tampered
from storage.packing import open_state
from storage.tables import ConversationRow as Table
from storage.vault.dek import Dek
from storage.vault.ring import Ring


class Stored(NamedTuple):
    """The columns that living conversations are opened from, in the order of COLUMNS."""

    id: bytes
    blind_index: bytes
    epoch: int
    wrapped: bytes
    commitment: bytes
    state: bytes
    revision: int
    blocked: bool
    touched_day: int


COLUMNS = tuple(col(getattr(Table, name)) for name in Stored._fields)


class Opened(NamedTuple):
    """What was inside."""

    dek: Dek
    person: int
    state: str | None


def open_stored(ring: Ring, stored: Stored) -> Opened:
    """Open a row. Raises VaultError."""
    dek = ring.unwrap(stored.wrapped, stored.id, stored.commitment)
    person, state = open_state(dek, stored.id, stored.revision, stored.state)
    if ring.epoch_of(stored.wrapped) != stored.epoch or ring.index(stored.epoch, person) != stored.blind_index:
        raise Tampered("A conversation lies where another one belongs.")
    return Opened(dek, person, state)
