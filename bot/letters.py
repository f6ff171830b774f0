"""What lies in the outbox: one request to Telegram, decided and committed, not yet delivered.

A letter is plain data with its own stored form, so that a restart, or a newer program, still delivers it.
"""

import json
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from typing import Self

Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Inline keyboard: rows of (label, callback data)."""


class Urgency(IntEnum):
    """Which chat goes first (design §8). Inside a chat the committed order is kept whatever the urgency."""

    SOS = 0
    DIALOGUE = 1
    CARD = 2
    UNASKED = 3


class Deed(StrEnum):
    """What the letter does at the person's side."""

    SEND = "send"
    EDIT = "edit"
    STRIP = "strip"
    DELETE = "delete"
    PHOTO = "photo"


NEW_BUBBLES = frozenset({Deed.SEND, Deed.PHOTO})
"""Deeds that bring a new bubble: it has an id to remember, and done twice it is seen twice."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One request: `text` is Telegram HTML; `target` are the message ids an edit, strip or delete is about (1-100).

    `sweeps`: a delete that also takes the bubble that was in flight when it was written, whose id nobody knew yet.
    `card`: what a photo shows, title first; its `text` is then the caption, at most 1024 signs without the markup.
    """

    deed: Deed
    chat: int
    text: str = ""
    rows: Rows = ()
    target: tuple[int, ...] = ()
    sweeps: bool = False
    card: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The stored form."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the stored form."""
        raw = json.loads(text)
        rows = tuple(tuple((label, data) for label, data in row) for row in raw["rows"])
        target, sweeps, card = tuple(raw["target"]), raw.get("sweeps", False), tuple(raw.get("card", ()))
        return cls(Deed(raw["deed"]), raw["chat"], raw["text"], rows, target, sweeps, card)
