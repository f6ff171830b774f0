"""What the store hands out and takes in. Plain frozen values; tables never leave these rooms.

Law: a Conversation lives as long as the transaction that loaded it: then its key is zeroed.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Self

from storage.vault.dek import Dek

ID = 16
"""Bytes in a conversation's id: random, so that it says nothing about when or who."""
HOUR = 3600
DELETABLE = timedelta(hours=48)
"""Telegram lets a bot delete what is younger (Bot API, deleteMessage); older ids are of no use and not kept."""


class Author(IntEnum):
    """Who wrote an entry of a transcript."""

    PERSON = 1
    CONSULTANT = 2
    BOT = 3
    NOTE = 4
    """What a consultant wrote for consultants."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What is known of a person beside the conversation; `ids` are (message id, unix hour), sorted, under 48 h old.

    `vanish`: the person wants the chat emptied of what is a day old; `discreet`: nothing shall be seen from outside.
    """

    language: str | None = None
    hidden: bool = False
    ids: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    vanish: bool = False
    discreet: bool = False

    def grown(self, message: int, at: datetime) -> Self:
        """The footprint with one more message at the person's side."""
        return replace(self, ids=tuple(sorted({*self.ids, (message, hour_of(at))})))

    def pruned(self, now: datetime) -> Self:
        """The footprint without what can no longer be deleted."""
        oldest = hour_of(now - DELETABLE)
        return replace(self, ids=tuple(sorted(pair for pair in self.ids if pair[1] >= oldest)))


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's conversation, open.

    `person` is an opaque signed 64-bit number. `damaged`: something stored about this person does not open, what is
    here is empty, and saving it replaces what was there. `epoch` is the keyring's, under which it is found. `touched`
    is the day (UTC) something last happened in it; None when it is saved: today.
    """

    id: bytes = field(repr=False)
    person: int = field(repr=False)
    dek: Dek = field(repr=False, compare=False)
    state: str | None = field(default=None, repr=False)
    revision: int = 0
    footprint: Footprint = field(default_factory=Footprint, repr=False)
    blocked: bool = False
    damaged: bool = False
    epoch: int = 1
    touched: date | None = field(default=None, compare=False)

    def renewed(self) -> Self:
        """A new conversation with the same person that shares nothing with this one."""
        return type(self)(id=secrets.token_bytes(ID), person=self.person, dek=Dek.new(), epoch=self.epoch)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A line for the transcript."""

    author: Author
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the transcript; the first is number 0."""

    sequence: int
    author: Author
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a published table: `value` of `table` in `period`, say Cell("2026-11", "band", "red").

    All three are words of the book and the calendar. Nothing that tells one person or case from another belongs here.
    """

    period: str
    table: str
    value: str


@dataclass(frozen=True, slots=True)
class Count:
    """How often a cell happened. Not `whole`: what was counted before did not open, and the number began anew."""

    cell: Cell
    number: int = 0
    whole: bool = True


class Kind(IntEnum):
    """What a record is about."""

    STAFF = 1
    INVITATION = 2
    SETTING = 3
    AUDIT = 4
    HOUSE = 5
    """What the house remembers of its own upkeep."""
    HOLD = 6
    """That something may not be deleted, and why."""
    RELEASE = 7
    """What a frozen release says, and the hashes of its files."""


@dataclass(frozen=True, slots=True)
class Record:
    """Something the house keeps about itself: `body`, opaque text, at a `key` that is its own among its kind.

    `revision` 0: never stored. Kind and revision are clear, the key is not.
    """

    kind: Kind
    key: str = field(repr=False)
    body: str = field(repr=False)
    revision: int = 0


def hour_of(moment: datetime) -> int:
    """Whole hours since 1970."""
    return int(moment.timestamp()) // HOUR


def date_of(day: int) -> date:
    """The date of a day counted from 1970."""
    return date(1970, 1, 1) + timedelta(days=day)


def day_of(moment: datetime) -> int:
    """Whole days since 1970: all that clear columns know of time."""
    return hour_of(moment) // 24
