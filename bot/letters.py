"""What lies in the outbox: one request to Telegram, decided and committed, not yet delivered.

A letter is plain data with its own stored form, so that a restart, or a newer program, still delivers it.
"""

import json
from dataclasses import asdict, dataclass, fields
from enum import IntEnum, StrEnum
from typing import Self

from storage import Settled

Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Inline keyboard: rows of (label, callback data)."""
NOWHERE = "nowhere"
"""Why there was nothing to do for a letter: the line it is about lies nowhere in its chat."""
TOPIC = -3
"""The line of a conversation whose "message" is the forum topic it runs in."""


class Urgency(IntEnum):
    """Which chat goes first (design §8). Inside a chat the committed order is kept whatever the urgency."""

    SOS = 0
    DIALOGUE = 1
    CARD = 2
    UNASKED = 3


class Deed(StrEnum):
    """What the letter does where it goes."""

    SEND = "send"
    EDIT = "edit"
    STRIP = "strip"
    DELETE = "delete"
    PHOTO = "photo"
    COPY = "copy"
    REACT = "react"
    LEAVE = "leave"
    CLOSE_TOPIC = "close_topic"
    FILE = "file"


NEW_BUBBLES = frozenset({Deed.SEND, Deed.PHOTO, Deed.COPY, Deed.FILE})
"""Deeds that bring a new bubble: it has an id to remember, and done twice it is seen twice."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One request: `text` is Telegram HTML; `target` are the message ids an edit, strip or delete is about (1-100).

    `sweeps`: a delete that also takes the bubble that was in flight when it was written, whose id nobody knew yet.
    `card`: what a photo shows, title first; its `text` is then the caption, at most 1024 signs without the markup.
    `source`: the chat and message of which a copy is made; `text` is then its new caption, "" keeps the old one.
    `silent`: it arrives without a sound. `emoji`: what a reaction shows.
    `frozen`: the period of a release and the name of a file of it, which a file, or a photo without a card, brings.
    The letter does not hold its bytes: they are looked up when it departs. `instead` is said where that cannot be done.

    Lines: a letter names messages it cannot know yet by their number in the conversation, found when it departs.
    `line`: of a new bubble, the number it gets when it has landed; of an edit, strip, delete or reaction without
    `target`, the number it is about. An edit whose line lies nowhere in `chat` comes as a new bubble.
    `every`: a delete of all lines that lie in `chat`, with `before` only those older than that hour (since 1970).
    `reply`: the number of the line it answers; `answers`: the message in `chat` itself, where that is known.
    `topic`: the name of the forum topic it goes into, made if need be.
    """

    deed: Deed
    chat: int
    text: str = ""
    rows: Rows = ()
    target: tuple[int, ...] = ()
    sweeps: bool = False
    card: tuple[str, ...] = ()
    source: tuple[int, int] | None = None
    line: int | None = None
    every: bool = False
    before: int | None = None
    reply: int | None = None
    answers: int | None = None
    topic: str = ""
    silent: bool = False
    emoji: str = ""
    frozen: tuple[str, str] | None = None
    instead: str = ""

    @property
    def refers(self) -> bool:
        """Whether it names lines that must be looked up before it departs."""
        about = self.line is not None and self.deed not in NEW_BUBBLES and not self.target
        in_topic = self.topic != "" or self.deed is Deed.CLOSE_TOPIC
        return about or self.every or self.reply is not None or in_topic

    def to_json(self) -> str:
        """The stored form: what differs from an empty letter."""
        said = {name: value for name, value in asdict(self).items() if value != EMPTY.get(name)}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the stored form. Raises ValueError, KeyError or TypeError for one of a newer program."""
        raw = json.loads(text)
        raw["deed"] = Deed(raw["deed"])
        raw["rows"] = tuple(tuple((label, data) for label, data in row) for row in raw.get("rows", ()))
        lists = {name: tuple(raw[name]) for name in ("target", "card", "source", "frozen") if raw.get(name) is not None}
        return cls(**raw | lists)


EMPTY = {field.name: field.default for field in fields(Letter)}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a letter that names a line. `row` is its number in the outbox.

    `outcome` is an end: delivered, dropped, blocked or uncertain. `reason` is the word why it did not arrive, or "".
    """

    conversation: bytes
    row: int
    letter: Letter
    outcome: Settled
    reason: str = ""
