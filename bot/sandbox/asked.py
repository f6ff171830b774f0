"""What the control plane may be asked for, typed: one small form a deed.

Law: an unknown field is an error, so that a typing mistake in a test does not pass unseen.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.chats import Standing
from bot.sandbox.faults import FaultKind
from bot.sandbox.shapes import Kind


class Asked(BaseModel):
    """Any request to the control plane."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(Asked):
    """A deed that needs no words."""


class NewPerson(Asked):
    """POST /sim/people."""

    name: str = Field(min_length=1, max_length=64)
    language_code: str | None = "en"


class Said(Asked):
    """POST …/say. `person` only in a group."""

    text: str
    person: int | None = None
    thread: int | None = None
    reply_to: int | None = None


class Tapped(Asked):
    """POST …/tap. `person` only in a group."""

    message_id: int
    data: str
    person: int | None = None


class Edited(Asked):
    """POST …/edit. `person` only in a group."""

    message_id: int
    text: str
    person: int | None = None


class Sent(Asked):
    """POST …/send."""

    kind: Literal[
        Kind.VOICE,
        Kind.PHOTO,
        Kind.STICKER,
        Kind.DOCUMENT,
        Kind.CONTACT,
        Kind.LOCATION,
        Kind.VIDEO,
        Kind.VIDEO_NOTE,
        Kind.AUDIO,
        Kind.ANIMATION,
        Kind.VENUE,
        Kind.POLL,
        Kind.DICE,
    ]
    caption: str = ""
    person: int | None = None
    thread: int | None = None
    reply_to: int | None = None


class SentAlbum(Asked):
    """POST …/album: a photo for each caption."""

    captions: list[str] = Field(min_length=2, max_length=10)
    person: int | None = None


class Trouble(Asked):
    """POST /sim/faults."""

    kind: FaultKind
    method: str | None = None
    times: int = Field(1, ge=1)
    chat_id: int | None = None
    seconds: float = 0.0
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None


class Moved(Asked):
    """POST /sim/clock: seconds."""

    advance: float = Field(ge=0)


class Rules(Asked):
    """POST /sim/limits."""

    enforced: bool


class NewGroup(Asked):
    """POST /sim/groups: made by `creator`, with the bot in it."""

    title: str = Field(min_length=1, max_length=128)
    creator: int
    forum: bool = False
    supergroup: bool = False


class Joined(Asked):
    """POST /sim/groups/{id}/members: also changes the standing of who is in it already."""

    person: int
    standing: Standing = Standing.MEMBER
    anonymous: bool = False


class BotStanding(Asked):
    """POST /sim/groups/{id}/bot."""

    standing: Standing
