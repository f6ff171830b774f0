"""Letters as the store takes them in and hands them out: posted, due, settled. Plain frozen values.

Law: a letter belongs to a conversation, whose key seals it and with which it is erased, and to a lane, the order of one
chat; the two are the same for a letter to the person.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from storage.model import Conversation


class Settled(IntEnum):
    """What became of a letter."""

    DELIVERED = 1
    LATER = 2
    UNCERTAIN = 3
    DROPPED = 4
    BLOCKED = 5


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter for the outbox. `body` is opaque text; `scripted` letters are repeated when their fate is unknown.

    A scripted letter may be superseded unless it is `binding`: what was promised to be deleted is deleted. `chat` None:
    it goes to the person. Else it goes to that chat, in the chat's own order, and is still about this conversation:
    sealed under its key and gone with it.
    """

    conversation: Conversation
    urgency: int
    body: str = field(repr=False)
    scripted: bool = True
    binding: bool = False
    chat: int | None = field(default=None, repr=False)

    @property
    def person(self) -> int:
        """Whom it is about."""
        return self.conversation.person


@dataclass(frozen=True, slots=True)
class Due:
    """A letter whose turn has come. `body` None: it does not open. `scripted` as it was posted.

    `lane` names the chat it waits for: the person's own is called like the conversation.
    """

    id: int
    conversation: bytes = field(repr=False)
    urgency: int
    body: str | None = field(repr=False)
    attempts: int
    scripted: bool = True
    lane: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Landed:
    """A letter carried line `number` of its conversation, and is now this message in this chat."""

    number: int
    chat: int = field(repr=False)
    message: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the letter `id`: the `message` it is now at the person's side, or when to try again.

    `landed` says which line lies where now, `emptied` which lines have no message any more in the chat `emptied_in`.
    """

    id: int
    result: Settled
    message: int | None = field(default=None, repr=False)
    not_before: datetime | None = None
    landed: Landed | None = None
    emptied: tuple[int, ...] = ()
    emptied_in: int = field(default=0, repr=False)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What a crash left in flight: how many letters, and those whose fate nobody knows now."""

    count: int
    uncertain: list[Due]
