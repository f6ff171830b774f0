"""Who works at the desk, and how somebody comes to.

Law: an invitation is used once, within 48 hours, and is kept as its hash alone; there is always a manager left. A
name is what colleagues see; the person who is helped reads it only where the consultant wants to be named.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import TypeAdapter

LIFE = timedelta(hours=48)
"""How long an invitation can be used."""
PAYLOAD = "i_"
"""What a /start of an invitation begins with (design §10)."""


class Role(StrEnum):
    """What somebody may do at the desk."""

    CONSULTANT = "consultant"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff; `person` is their account and their private chat with the bot.

    `tag` names them in buttons. `room` is their own forum group, None for the plain room. `current` is the token of
    the case that a line without a reply goes to; `preview` the state of the book they walk through as a person would.
    """

    person: int
    tag: str
    role: Role
    name: str
    language: str
    on_duty: bool = True
    room: int | None = None
    current: int | None = None
    preview: str | None = None

    @property
    def is_manager(self) -> bool:
        """Whether they manage."""
        return self.role is Role.MANAGER

    def to_json(self) -> str:
        """The stored form."""
        return _STAFF.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> "Staff":
        """Read the stored form. Raises ValueError."""
        return _STAFF.validate_json(text)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A way in for one person, known by the hash of its code. `by` made it: None for the operator."""

    hash: str
    role: Role
    until: datetime
    by: int | None = None

    def to_json(self) -> str:
        """The stored form."""
        return _INVITATION.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> "Invitation":
        """Read the stored form. Raises ValueError."""
        return _INVITATION.validate_json(text)


_STAFF, _INVITATION = TypeAdapter(Staff), TypeAdapter(Invitation)


def hash_of(code: str) -> str:
    """What is kept of an invitation's code, which is random and long, so that a plain hash tells nothing of it."""
    return hashlib.sha256(code.encode()).hexdigest()


def invitation(code: str, role: Role, now: datetime, by: int | None = None) -> Invitation:
    """An invitation for whoever brings this code within two days."""
    return Invitation(hash_of(code), role, now + LIFE, by)


def link(bot: str, code: str) -> str:
    """What the invited person presses."""
    return f"https://t.me/{bot}?start={PAYLOAD}{code}"


def code_in(payload: str) -> str | None:
    """The code in what came with a /start."""
    return payload.removeprefix(PAYLOAD) if payload.startswith(PAYLOAD) else None


def is_last_manager(staff: Iterable[Staff], one: Staff) -> bool:
    """Whether nobody would manage without them."""
    return one.is_manager and not any(other.is_manager for other in staff if other.person != one.person)
