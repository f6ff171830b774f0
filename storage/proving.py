"""The proof that a transcript is whole: no line missing, moved, changed, or of somebody who was not there.

Law: an entry is bound to its transcript, its number and its author; the head binds their count and the last tag.
"""

import hmac
from collections.abc import Sequence
from typing import NamedTuple

from storage.errors import Tampered
from storage.model import Author, Entry
from storage.packing import open_entry
from storage.vault.dek import Dek
from storage.vault.heads import head_of
from storage.vault.sealing import tag_of


class Sealed(NamedTuple):
    """An entry as it is stored."""

    sequence: int
    author: int
    body: bytes


class Head(NamedTuple):
    """What the transcript's row says of its entries."""

    entries: int
    mac: bytes


def opened(dek: Dek, transcript: bytes, head: Head, lines: Sequence[Sealed]) -> list[Entry]:
    """Open lines as one transcript. Raises VaultError when anything about them is not as it was sealed."""
    if len(lines) != head.entries or any(line.sequence != number for number, line in enumerate(lines)):
        raise Tampered("A transcript has lost lines, or has some that are not its own.")
    check_head(dek, transcript, head, lines)
    return [_entry(dek, transcript, line) for line in lines]


def _entry(dek: Dek, transcript: bytes, line: Sealed) -> Entry:
    body = open_entry(dek, transcript, line.sequence, line.author, line.body)  # proves the author to be one of ours
    return Entry(line.sequence, Author(line.author), body)


def check_head(dek: Dek, transcript: bytes, head: Head, lines: Sequence[Sealed]) -> None:
    """Raise Tampered unless the head names this count and this last line."""
    last = tag_of(lines[-1].body) if lines else b""
    if not hmac.compare_digest(head.mac, head_of(dek, transcript, head.entries, last)):
        raise Tampered("A transcript was cut or changed: its head does not fit.")
