"""Tables, transactions and the vault: holds ciphertext, knows no dialogue and no Telegram.

What others may use is named here; tables, statements and sealed forms stay inside.
"""

from storage.casework import Line, Spot, StoredCase
from storage.errors import (
    BadData,
    Busy,
    DatabaseDamaged,
    DatabaseMissing,
    KeyringBroken,
    KeyringError,
    KeyringMissing,
    KeyringOpen,
    NewerDatabase,
    StorageError,
    Tampered,
    VaultError,
    WrongKeyring,
)
from storage.failures import Stale
from storage.keyring import Keyring
from storage.letters import Due, Landed, Outcome, Outgoing, Settled, Unfinished
from storage.model import Author, Cell, Conversation, Entry, Footprint, Kind, NewEntry, Record
from storage.store import Store
from storage.transaction import Transaction

__all__ = [
    "Author",
    "BadData",
    "Busy",
    "Cell",
    "Conversation",
    "DatabaseDamaged",
    "DatabaseMissing",
    "Due",
    "Entry",
    "Footprint",
    "Keyring",
    "KeyringBroken",
    "KeyringError",
    "KeyringMissing",
    "KeyringOpen",
    "Kind",
    "Landed",
    "Line",
    "NewEntry",
    "NewerDatabase",
    "Outcome",
    "Outgoing",
    "Record",
    "Settled",
    "Spot",
    "Stale",
    "StorageError",
    "Store",
    "StoredCase",
    "Tampered",
    "Transaction",
    "Unfinished",
    "VaultError",
    "WrongKeyring",
]
