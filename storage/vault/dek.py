"""The key of one conversation (DEK): made at random, derived from, zeroed. It has no printable form."""

import hmac
import secrets
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from storage.errors import Shredded
from storage.vault.places import LABELS, Purpose, bind

SIZE = 32


class Dek:
    """32 random bytes in a bytearray, which unlike bytes can be zeroed. Derived keys are made once and kept."""

    __slots__ = ("_ciphers", "_key")

    def __init__(self, key: bytes | bytearray) -> None:
        """Take a copy of `key`."""
        self._key = bytearray(key)
        self._ciphers: dict[Purpose, AESGCM] = {}

    @classmethod
    def new(cls) -> Self:
        """A new random key."""
        return cls(secrets.token_bytes(SIZE))

    def cipher(self, purpose: Purpose) -> AESGCM:
        """The cipher for one purpose. Raises Shredded."""
        cipher = self._ciphers.get(purpose)
        if cipher is None:
            cipher = self._ciphers[purpose] = AESGCM(self.expand(purpose))
        return cipher

    def expand(self, purpose: Purpose) -> bytes:
        """The key for one purpose: HKDF-Expand (RFC 5869) of a key that is uniformly random. Raises Shredded."""
        return HKDFExpand(SHA256(), SIZE, LABELS[purpose]).derive(self.secret())

    def commitment(self, conversation: bytes) -> bytes:
        """What only this key gives for this conversation: AES-GCM alone does not commit to its key."""
        return hmac.digest(self.expand(Purpose.COMMIT), bind(Purpose.COMMIT, conversation), "sha256")

    def secret(self) -> bytearray:
        """The key itself, for wrapping. Raises Shredded."""
        if not self._key:
            raise Shredded("This conversation's key has been shredded: load the conversation again.")
        return self._key

    def shred(self) -> None:
        """Zero the key and drop what was derived from it."""
        self._key[:] = bytes(len(self._key))
        self._key.clear()
        self._ciphers.clear()

    def __repr__(self) -> str:
        return "Dek(…)"
