"""Tables, transactions and the vault: holds ciphertext, knows no dialogue and no Telegram.

What others may use is named here; tables, statements and sealed forms stay inside.
"""

from storage.errors import (
    BadData,
    Busy,
    DatabaseDamaged,
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
from storage.keyring import Keyring
from storage.model import (
    Author,
    Cell,
    Conversation,
    Due,
    Entry,
    Footprint,
    NewEntry,
    Outcome,
    Outgoing,
    Settled,
)
from storage.store import Store
from storage.transaction import Transaction

__all__ = [
    "Author",
    "BadData",
    "Busy",
    "Cell",
    "Conversation",
    "DatabaseDamaged",
    "Due",
    "Entry",
    "Footprint",
    "Keyring",
    "KeyringBroken",
    "KeyringError",
    "KeyringMissing",
    "KeyringOpen",
    "NewEntry",
    "NewerDatabase",
    "Outcome",
    "Outgoing",
    "Settled",
    "StorageError",
    "Store",
    "Tampered",
    "Transaction",
    "VaultError",
    "WrongKeyring",
]
