"""What can go wrong in the store, and what to do about it.

    StorageError
      + KeyringError
      |   + KeyringMissing     no keyring where it was looked for
      |   + KeyringOpen        others on this machine can read it
      |   + KeyringBroken      there, but not readable as a keyring
      + WrongKeyring           a keyring, but not this database's
      + NewerDatabase          written by a newer program
      + DatabaseDamaged        the engine itself says so
      + DatabaseMissing        the keyring has seen one, and there is none
      + Busy                   nothing was written; bring the whole batch again
      + BadData                these data make the write fail, however often it is tried
      + ArchiveKeyError        a line somebody carried (archive key, backup, restore) that cannot be used
      + CustodyError           custodians' files or passphrases that do not open the archive
      + VaultError
          + WrongKey           sealed under a key we do not hold
          + Tampered           does not open: changed, moved, cut short, or not ours
          + UnknownVersion     sealed by a program we do not know
          + Shredded           the key was destroyed; its conversation must be loaded again

Law: each text is one clear sentence and carries no id, no word of a person, no key and no driver's text.
"""

from typing import Protocol


class StorageError(Exception):
    """Something about the keyring, the database or the vault."""


class KeyringError(StorageError):
    """The keyring cannot be used."""


class KeyringMissing(KeyringError):
    """No keyring where it was looked for."""


class KeyringOpen(KeyringError):
    """The keyring is readable by others."""


class KeyringBroken(KeyringError):
    """A keyring that cannot be read."""


class WrongKeyring(StorageError):
    """The keyring belongs to another database, or to another day of this one."""


class NewerDatabase(StorageError):
    """The database was written by a newer program; this one must not touch it."""


class DatabaseDamaged(StorageError):
    """The database engine reports damage."""


class DatabaseMissing(StorageError):
    """The keyring has seen a database, and there is none now: a new one in its place would cost the keys of the old."""


class Busy(StorageError):
    """Locked, deadlocked, full disk or lost connection: nobody's fault, nothing was written, try the whole again."""


class ArchiveKeyError(StorageError):
    """A line that somebody carried here, with an archive key, a backup's head or its key, cannot be used."""


class CustodyError(StorageError):
    """The custodians' files or passphrases do not open the archive."""


class VaultError(StorageError):
    """Something sealed did not open."""


class WrongKey(VaultError):
    """Sealed under a key we do not hold."""


class Tampered(VaultError):
    """Does not open under its own key at its own place."""


class UnknownVersion(VaultError):
    """The first byte names a format this program does not know."""


class Shredded(VaultError):
    """The key has been zeroed: a conversation lives no longer than its transaction."""


class Concerning(Protocol):
    """Anything that is about one person."""

    @property
    def person(self) -> int:
        """Whom it is about."""


class BadData(StorageError):
    """These data make a write fail. `culprits` are the very objects that were passed; the others would go through."""

    def __init__(self, culprits: tuple[Concerning, ...]) -> None:
        """Name the culprits."""
        super().__init__("Some of these data cannot be written: write the others without them.")
        self.culprits = culprits

    @property
    def people(self) -> frozenset[int]:
        """Whose data they are."""
        return frozenset(culprit.person for culprit in self.culprits)
