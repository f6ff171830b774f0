"""Seal and open: padding, AES-256-GCM, and a version byte in front.

    blob = version (1) · nonce (12) · ciphertext of the padded text · tag (16)
    padded = length (4) · text · zeros, in sizes of 512, 2,048, 16,384 and multiples of the last

Law: the nonce is 96 random bits made here. A counter would repeat after a restored backup; at the 10^4 messages a
conversation can have, two random ones meet with probability 10^-21 (NIST SP 800-38D allows 2^32 per key).
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import Tampered, UnknownVersion
from storage.vault.places import VERSION, Place

NONCE, TAG, PREFIX = 12, 16, 4
SIZES = (512, 2048, 16384)
"""Telegram's longest text is 4,096 characters, 12,288 bytes in Georgian: one of three sizes tells little."""


def seal(cipher: AESGCM, place: Place, text: bytes) -> bytes:
    """Seal a text for its place."""
    return lock(cipher, place.binding(), pad(text))


def open_sealed(cipher: AESGCM, place: Place, blob: bytes) -> bytes:
    """Open a blob at its place. Raises Tampered or UnknownVersion."""
    return unpad(unlock(cipher, place.binding(), blob))


def lock(cipher: AESGCM, binding: bytes, plain: bytes | bytearray) -> bytes:
    """Version byte, fresh nonce, ciphertext and tag."""
    nonce = secrets.token_bytes(NONCE)
    return bytes((VERSION,)) + nonce + cipher.encrypt(nonce, plain, binding)


def unlock(cipher: AESGCM, binding: bytes, blob: bytes) -> bytes:
    """Undo `lock`. Raises Tampered or UnknownVersion."""
    require_version(blob)
    try:
        return cipher.decrypt(blob[1 : 1 + NONCE], blob[1 + NONCE :], binding)
    except (InvalidTag, ValueError):  # ValueError: cut so short that not even a nonce is left
        raise Tampered("Something sealed was changed or moved: it does not open.") from None


def require_version(blob: bytes) -> None:
    """Refuse what is empty or begins with another version."""
    if not blob:
        raise Tampered("Something sealed is empty.")
    if blob[0] != VERSION:
        raise UnknownVersion("Something was sealed by a newer program: update this one.")


def tag_of(blob: bytes) -> bytes:
    """The authentication tag of a blob: its last 16 bytes."""
    return blob[-TAG:]


def pad(text: bytes) -> bytes:
    """The text behind its length, filled up to the next size."""
    return (len(text).to_bytes(PREFIX, "big") + text).ljust(padded_size(len(text)), b"\0")


def padded_size(length: int) -> int:
    """How many bytes a text of `length` bytes takes before sealing."""
    whole = length + PREFIX
    largest = SIZES[-1]
    return next((size for size in SIZES if whole <= size), -(-whole // largest) * largest)


def unpad(padded: bytes) -> bytes:
    """Undo `pad`. Raises Tampered when the length does not fit: only who holds the key could have made that."""
    length = int.from_bytes(padded[:PREFIX], "big")
    if len(padded) != padded_size(length):
        raise Tampered("Something sealed has a length that does not fit it.")
    return padded[PREFIX : PREFIX + length]
