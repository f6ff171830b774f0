"""What intake makes of Telegram's updates: the little the rest of the house needs to know of each."""

from dataclasses import dataclass
from datetime import datetime

from dialogs.events import Event


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person did something. `person` is also the private chat's id.

    `below` is the message id of what the person sent, `tapped` that of the bubble whose button was tapped, `callback`
    the id Telegram wants answered. `sent` is when it was sent, as far as Telegram says.
    """

    update: int
    person: int
    event: Event
    below: int | None = None
    tapped: int | None = None
    callback: str | None = None
    sent: datetime | None = None


@dataclass(frozen=True, slots=True)
class Barrier:
    """The person blocked (`blocked` true) or unblocked the bot."""

    update: int
    person: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class Unneeded:
    """Nothing for us: a group, a channel, a poll, an edit of what was already understood."""

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


Incoming = Arrival | Barrier | Unneeded | Condemned
