"""What becomes of each kind of thing that is not text.

Law: nothing is stored but the word for it and its caption; a copy is made from chat to chat. What may show who and
where somebody is passes only after they said yes. What cannot be copied is refused, with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Passing(Enum):
    """How something gets from the person to the consultant."""

    COPIED = "copied"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


PASSING: Mapping[str, Passing] = {
    "voice": Passing.COPIED,
    "video_note": Passing.COPIED,
    "photo": Passing.COPIED,
    "video": Passing.COPIED,
    "animation": Passing.COPIED,
    "sticker": Passing.COPIED,
    "audio": Passing.COPIED,
    "document": Passing.CONFIRMED,
    "contact": Passing.CONFIRMED,
    "location": Passing.CONFIRMED,
    "venue": Passing.CONFIRMED,
    "unsupported": Passing.REFUSED,
}
"""The table: kinds as intake names them."""
CAPTIONED = frozenset({"photo", "video", "animation", "audio", "document", "voice"})
"""Kinds that carry words below them (Bot API, copyMessage)."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is not text: its kind, the message it is, and the words below it."""

    kind: str
    message: int
    caption: str = field(default="", repr=False)


def passing(kind: str) -> Passing:
    """How a kind passes; what is not in the table is refused."""
    return PASSING.get(kind, Passing.REFUSED)
