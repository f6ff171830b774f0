"""What a sealed blob is bound to, so that it opens at its own place and nowhere else.

Law: only what never changes is bound. Every field is length-prefixed, so that no two places share their bytes.
"""

from dataclasses import dataclass
from enum import StrEnum

VERSION = 1
"""First byte of every blob and first field of every binding."""


class Purpose(StrEnum):
    """What a blob is. Each purpose has its own derived key too."""

    ENTRY = "entry"
    STATE = "state"
    LETTER = "letter"
    FOOTPRINT = "footprint"
    WRAP = "wrap"
    HEAD = "head"
    COMMIT = "commit"
    INDEX = "index"
    FINGERPRINT = "fingerprint"
    CELL = "cell"
    COUNT = "count"
    LANE = "lane"
    CASE = "case"
    LINE = "line"
    PLACED = "placed"
    RECORD_INDEX = "record_index"
    RECORD = "record"
    RELEASE_INDEX = "release_index"
    RELEASE = "release"
    ARCHIVE = "archive"
    ARCHIVE_KEY = "archive_key"
    BACKUP = "backup"
    WITNESS = "witness"
    CLOCK = "clock"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text belongs.

    `owner` is the conversation's id (an entry's: its transcript's; a footprint's, a count's, a record's and a
    release's: its blind index); `sequence` the entry's or line's number, the revision of a state, case or record, the
    letter's tag, the footprint's epoch; `author` only entries have.
    """

    purpose: Purpose
    owner: bytes
    sequence: int = 0
    author: int = 0

    def binding(self) -> bytes:
        """The associated data."""
        return bind(self.purpose, self.owner, number(self.sequence), number(self.author))


def number(value: int) -> bytes:
    """A number as it is bound: signed, as wide as a column can be, so that none read from a table fails to fit."""
    return value.to_bytes(8, "big", signed=True)


def bind(purpose: Purpose, *fields: bytes) -> bytes:
    """Version, purpose and fields, each behind its length in two bytes."""
    return STARTS[purpose] + b"".join([len(part).to_bytes(2, "big") + part for part in fields])


STARTS = {purpose: bytes((0, 1, VERSION, 0, len(purpose))) + purpose.value.encode() for purpose in Purpose}
"""Version and purpose behind their lengths: made once, because a batch binds a thousand places."""
LABELS = {purpose: f"gza/v{VERSION}/{purpose}".encode() for purpose in Purpose}
"""The label under which the key for each purpose is derived."""
