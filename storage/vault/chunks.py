"""A long file sealed in pieces, so that none of them can be changed, moved, left out, added or cut off unnoticed.

    chunk = version (1) · nonce (12) · AES-256-GCM of 1 MiB, of what is left in the last · tag (16)

Law: each piece is bound to the backup it belongs to, to its number, and to whether it is the last; the key is that of
one file and opens no other. Nonces are made here, at random: a file of a terabyte has a million.
"""

from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

from storage.vault.dek import Dek
from storage.vault.places import Purpose, bind, number
from storage.vault.sealing import NONCE, TAG, lock, unlock

SIZE = 1 << 20
OVERHEAD = 1 + NONCE + TAG
"""Bytes that sealing adds to a piece."""


def sealed(dek: Dek, backup: bytes, plain: BinaryIO) -> Iterator[bytes]:
    """The chunks of a file. An empty one has one chunk too, or its loss would not be noticed."""
    for at, last, piece in _pieces(plain, SIZE):
        yield lock(dek.cipher(Purpose.BACKUP), _binding(backup, at, last=last), piece)


def opened(dek: Dek, backup: bytes, stored: BinaryIO) -> Iterator[bytes]:
    """Undo `sealed`. Raises Tampered or UnknownVersion, when it meets the fault: use nothing before the end."""
    for at, last, chunk in _pieces(stored, SIZE + OVERHEAD):
        yield unlock(dek.cipher(Purpose.BACKUP), _binding(backup, at, last=last), chunk)


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[int, bool, bytes]]:
    """Number, whether nothing follows, and the piece: at least one."""
    piece = file.read(size)
    for at in count():
        following = file.read(size)
        yield at, not following, piece
        if not following:
            return
        piece = following


def _binding(backup: bytes, at: int, *, last: bool) -> bytes:
    return bind(Purpose.BACKUP, backup, number(at), bytes((last,)))
