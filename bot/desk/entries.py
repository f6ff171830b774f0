"""What a line of a transcript is, inside its seal."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from storage import Author, NewEntry


class Kind(StrEnum):
    """What an entry is."""

    SUMMARY = "summary"
    LINE = "line"
    EDIT = "edit"
    MEDIA = "media"
    NOTE = "note"
    UNDONE = "undone"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Said:
    """One entry: its kind, its words, when (to the minute), and the number of the line it is.

    Of media only the caption is kept, after the word for what it was.
    """

    kind: Kind
    text: str
    at: datetime
    line: int | None = None
    media: str = ""

    def sealed_as(self, author: Author) -> NewEntry:
        """The entry to be sealed."""
        stored = {**asdict(self), "at": self.at.isoformat(timespec="minutes")}
        return NewEntry(author, json.dumps(stored, ensure_ascii=False, separators=(",", ":")))

    @classmethod
    def opened(cls, body: str) -> Self:
        """Read an entry. Raises ValueError or KeyError."""
        stored = json.loads(body)
        at = datetime.fromisoformat(stored["at"])
        return cls(Kind(stored["kind"]), stored["text"], at, stored["line"], stored["media"])
