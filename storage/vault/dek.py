"""The key of one conversation or transcript (DEK): made at random, derived from, zeroed. It has no printable form.

Law: neither the key nor one derived from it ever lies in `bytes`, which cannot be zeroed: it is made, opened and
derived straight into a bytearray. What a cipher holds of it is wiped by the library when the cipher goes.
"""

import hmac
import os
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from storage.errors import Shredded
from storage.vault.places import LABELS, Purpose, bind

SIZE = 32


class Dek:
    """32 random bytes in a bytearray, which unlike bytes can be zeroed. Ciphers are made once and kept."""

    __slots__ = ("_ciphers", "_key")

    def __init__(self, key: bytes | bytearray) -> None:
        """Take over `key`: a bytearray is kept and zeroed in the end, of bytes a copy is taken."""
        self._key = key if isinstance(key, bytearray) else bytearray(key)
        self._ciphers: dict[Purpose, AESGCM] = {}

    @classmethod
    def new(cls) -> Self:
        """A new random key."""
        key = bytearray(SIZE)
        source = os.open("/dev/urandom", os.O_RDONLY | os.O_CLOEXEC)  # `secrets` and os.urandom give bytes
        try:
            while os.readv(source, [key]) != SIZE:
                pass
        finally:
            os.close(source)
        return cls(key)

    def cipher(self, purpose: Purpose) -> AESGCM:
        """The cipher for one purpose. Raises Shredded."""
        cipher = self._ciphers.get(purpose)
        if cipher is None:
            key = self.expand(purpose)
            cipher = self._ciphers[purpose] = AESGCM(key)
            zero(key)
        return cipher

    def expand(self, purpose: Purpose) -> bytearray:
        """The key for one purpose: HKDF-Expand (RFC 5869) of a key that is uniformly random. Raises Shredded.

        Whoever asks for it zeroes it.
        """
        key = bytearray(SIZE)
        HKDFExpand(SHA256(), SIZE, LABELS[purpose]).derive_into(self.secret(), key)
        return key

    def mac(self, purpose: Purpose, text: bytes) -> bytes:
        """HMAC-SHA256 of a text under the key for one purpose. Raises Shredded."""
        key = self.expand(purpose)
        digest = hmac.digest(key, text, "sha256")
        zero(key)
        return digest

    def commitment(self, owner: bytes) -> bytes:
        """What only this key gives for this conversation or transcript: AES-GCM alone does not commit to its key."""
        return self.mac(Purpose.COMMIT, bind(Purpose.COMMIT, owner))

    def secret(self) -> bytearray:
        """The key itself, for wrapping. Raises Shredded."""
        if not self._key:
            raise Shredded("This conversation's key has been shredded: load the conversation again.")
        return self._key

    def shred(self) -> None:
        """Zero the key and drop what was derived from it."""
        zero(self._key)
        self._key.clear()
        self._ciphers.clear()

    def __repr__(self) -> str:
        return "Dek(…)"


def zero(key: bytearray) -> None:
    """Overwrite a key where it lies."""
    key[:] = bytes(len(key))
