"""Sealing to the archive: who holds the public half can put something in, only the custodians can take it out.

    blob = version (1) · suite (1) · HPKE (RFC 9180, base mode): encapsulation · ciphertext · tag (16)
    line = gza-archive 1 <suite> <base64 of the public half> <check>

Law: a server knows nothing but the public half. HPKE does not say who sealed: whoever opens must check the commitment
of what comes out. All that a blob belongs to is bound in `info`; suite and key are bound by HPKE itself.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from storage.errors import ArchiveKeyError, Shredded, Tampered, UnknownVersion, WrongKey
from storage.keyfiles import checked
from storage.vault.carried import bytes_of, carried, words_of, written
from storage.vault.places import VERSION

NAME = "gza-archive"
HEADER = 2
"""Version byte and suite in front of what HPKE made."""
SEED, LATTICE = 64, 1184
"""Bytes of an ML-KEM-768 seed and of its public half."""
PRIVATE_WORDS = ("gza-custodian", "gza-restore", "PRIVATE KEY", "SECRET-KEY")
"""What stands in files that hold a private half, ours and others'."""


class Suite(IntEnum):
    """How is sealed. Always HKDF-SHA256 and AES-256-GCM; the number names the way the key is agreed."""

    X25519 = 1
    HYBRID = 2
    """X25519 and ML-KEM-768 together: holds while one of the two does, also against a quantum computer."""


PUBLIC = {Suite.X25519: 32, Suite.HYBRID: LATTICE + 32}
PRIVATE = {Suite.X25519: 32, Suite.HYBRID: SEED + 32}
HPKE = {
    Suite.X25519: hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM),
    Suite.HYBRID: hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM),
}


@dataclass(frozen=True, slots=True)
class ArchiveKey:
    """The public half. Nothing about it is secret."""

    suite: Suite
    public: bytes

    def to_line(self) -> str:
        """The line that is carried to the server, without its end."""
        return carried(NAME, str(int(self.suite)), written(self.public))

    @classmethod
    def from_line(cls, text: str) -> Self:
        """Read the line. Raises ArchiveKeyError with what to do; a private half is refused as what it is."""
        if _is_private(text):
            raise ArchiveKeyError(
                "This holds a private half and must not be on this machine: take it away, "
                f"and give the line that begins with {NAME} instead."
            )
        suite, public = words_of(text, NAME, 2)
        return cls.from_bytes(bytes((int(suite) if suite in {"1", "2"} else 0,)) + bytes_of(public))

    def to_bytes(self) -> bytes:
        """Suite and key, as a column holds them."""
        return bytes((self.suite,)) + self.public

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Undo `to_bytes`, and seal something for a try. Raises ArchiveKeyError."""
        with suppress(ValueError):
            found = cls(Suite(raw[0] if raw else 0), raw[1:])
            if len(found.public) == PUBLIC[found.suite]:
                found.seal(b"", b"")
                return found
        raise ArchiveKeyError("This is no archive key we can seal to: make the keys anew with `gza custodians`.")

    def seal(self, secret: bytes | bytearray, info: bytes) -> bytes:
        """Seal something small for the place that `info` names."""
        return bytes((VERSION, self.suite)) + HPKE[self.suite].encrypt(secret, _public(self), info=info)

    @property
    def fingerprint(self) -> str:
        """Four short words that two people can compare by voice."""
        digest = hashlib.sha256(self.to_bytes()).hexdigest()
        return " ".join(digest[start : start + 4] for start in range(0, 16, 4))


class ArchivePrivate:
    """The private half, in a bytearray that can be zeroed. It has no printable form and no line of its own."""

    __slots__ = ("_secret", "suite")

    def __init__(self, suite: Suite, secret: bytes | bytearray) -> None:
        """Take a copy of `secret`. Raises ArchiveKeyError when its size does not fit the suite."""
        if len(secret) != PRIVATE[suite]:
            raise ArchiveKeyError("This private half has a wrong size: it was not made by this program.")
        self.suite = suite
        self._secret = bytearray(secret)

    @classmethod
    def new(cls, suite: Suite) -> Self:
        """A new random one: every string of the right size is a key."""
        return cls(suite, secrets.token_bytes(PRIVATE[suite]))

    @property
    def public(self) -> ArchiveKey:
        """The half that servers may know. Raises Shredded."""
        secret = self.secret()
        if self.suite is Suite.X25519:
            return ArchiveKey(self.suite, _x25519(secret).public_key().public_bytes_raw())
        lattice, curve = _lattice(secret).public_key(), _x25519(secret[SEED:]).public_key()
        return ArchiveKey(self.suite, lattice.public_bytes_raw() + curve.public_bytes_raw())

    def open(self, blob: bytes, info: bytes) -> bytes:
        """Undo `seal`. Raises Tampered, WrongKey, UnknownVersion; Shredded after `wipe`."""
        self._require_ours(blob)
        try:
            return HPKE[self.suite].decrypt(blob[HEADER:], self._key(), info=info)
        except (InvalidTag, ValueError):  # ValueError: cut so short that no encapsulation is left, or none of a key
            raise Tampered("Something in the archive was changed, moved, or sealed to another archive key.") from None

    def secret(self) -> bytearray:
        """The key itself, for the custodians' files. Raises Shredded."""
        if not self._secret:
            raise Shredded("The archive's private half has been wiped: open it again with two custodians.")
        return self._secret

    def wipe(self) -> None:
        """Zero the key."""
        self._secret[:] = bytes(len(self._secret))
        self._secret.clear()

    def _require_ours(self, blob: bytes) -> None:
        if len(blob) < HEADER:
            raise Tampered("Something in the archive is cut short.")
        if blob[0] != VERSION or blob[1] not in set(Suite):
            raise UnknownVersion("Something in the archive was sealed by a newer program: update this one.")
        if blob[1] != self.suite:
            raise WrongKey("Something in the archive was sealed to another kind of archive key: take those custodians.")

    def _key(self) -> X25519PrivateKey | hpke.MLKEM768X25519PrivateKey:
        secret = self.secret()
        if self.suite is Suite.X25519:
            return _x25519(secret)
        return hpke.MLKEM768X25519PrivateKey(_lattice(secret), _x25519(secret[SEED:]))

    def __repr__(self) -> str:
        return "ArchivePrivate(…)"


def _public(key: ArchiveKey) -> X25519PublicKey | hpke.MLKEM768X25519PublicKey:
    if key.suite is Suite.X25519:
        return X25519PublicKey.from_public_bytes(key.public)
    lattice = MLKEM768PublicKey.from_public_bytes(key.public[:LATTICE])
    return hpke.MLKEM768X25519PublicKey(lattice, X25519PublicKey.from_public_bytes(key.public[LATTICE:]))


def _x25519(secret: bytearray) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(secret)


def _lattice(secret: bytearray) -> MLKEM768PrivateKey:
    return MLKEM768PrivateKey.from_seed_bytes(secret[:SEED])


def _is_private(text: str) -> bool:
    """Whether a file of ours or somebody's private key lies before us, a house key among them."""
    if any(word in text for word in PRIVATE_WORDS):
        return True
    with suppress(ValueError):
        return bool(checked(text, fields=0))
    return False
