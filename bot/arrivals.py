"""What intake makes of Telegram's updates: the little the rest of the house needs to know of each.

Law: what people call themselves and what they wrote shows in no repr, so that no log can pick it up by accident.
"""

from dataclasses import dataclass, field
from datetime import datetime

from dialogs.events import Event


@dataclass(frozen=True, slots=True)
class Replied:
    """The message that is answered: its id, its words or caption, and `text` or the kind of what it is."""

    message: int
    text: str = field(default="", repr=False)
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody did something. In a private chat `person` is also the chat's id.

    `below` is the message id of what was sent, `tapped` that of the bubble whose button was tapped, `callback`
    the id Telegram wants answered. `sent` is when it was sent, as far as Telegram says.
    `chat` is 0 for the private chat with `person` and a group's (negative) id otherwise; `thread` is the forum topic.
    `reply` is what the message answers; for a tap, what the tapped bubble answers.
    `edited`: an earlier message has these words now. `album` is common to the pictures sent as one.
    `name` is the first name of whoever acts, kept of staff alone. `anonymous`: a group's admin who hides as the group,
    so that `person` is nobody.
    """

    update: int
    person: int
    event: Event
    below: int | None = None
    tapped: int | None = None
    callback: str | None = None
    sent: datetime | None = None
    chat: int = 0
    thread: int | None = None
    reply: Replied | None = None
    edited: bool = False
    album: str | None = None
    name: str = field(default="", repr=False)
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Barrier:
    """The person blocked (`blocked` true) or unblocked the bot."""

    update: int
    person: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The group `old` became a supergroup and is `new` from now on."""

    update: int
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Joined:
    """`by` let the bot into a group, or gave it other rights there (`inside`), or put it out."""

    update: int
    chat: int
    by: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Unneeded:
    """Nothing for us: a channel, a service note, what a bot wrote."""

    update: int


@dataclass(frozen=True, slots=True)
class Condemned:
    """It could not be read or answered. `person` is offered a human when we know whom to answer.

    What is kept for the log is the kind of update, the type of the error and where it was raised.
    """

    update: int
    kind: str
    error: str
    where: str
    person: int | None = None


Incoming = Arrival | Barrier | Moved | Joined | Unneeded | Condemned
