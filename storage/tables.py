"""The tables. What is about a person is sealed; what is clear is what the queries need, and no time finer than a day.

Law: ids are 64 bit (`int` alone is 32 bit on PostgreSQL). No column is named `index` or `count`: rows are tuples and
have those. Tables without rowid, where random keys would otherwise be stored beside the order of arrival.
"""

from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, Integer, LargeBinary, MetaData, SmallInteger
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Migrations need to call constraints by name, the same on both engines."""
BIG = BigInteger().with_variant(Integer(), "sqlite")
"""64 bit on both; SQLite gives numbers by itself only to a column of type INTEGER."""
CONVERSATION = "conversation.id"


class Status(IntEnum):
    """Where a letter is on its way."""

    PENDING = 0
    SENDING = 1
    UNCERTAIN = 2
    SUPERSEDED = 3
    """Voided while it was being sent: it may arrive, and is never sent again."""


class Row(SQLModel):
    """The common ground of all tables."""

    metadata = MetaData(naming_convention=NAMES)


def _bytes(**options: Any) -> Any:  # noqa: ANN401 — SQLModel's Field is typed so
    return Field(sa_column=Column(LargeBinary, nullable=False, **options))


def _number(**options: Any) -> Any:  # noqa: ANN401 — the same
    return Field(sa_column=Column(BigInteger, nullable=False, **options))


def _part() -> Any:  # noqa: ANN401 — the same
    """Key, or part of the key, of what belongs to a conversation and is erased with it."""
    return Field(sa_column=Column(LargeBinary, ForeignKey(CONVERSATION, ondelete="CASCADE"), primary_key=True))


class ConversationRow(Row, table=True):
    """`wrapped` holds the DEK, `commitment` says which; `state` is sealed."""

    __tablename__ = "conversation"
    __table_args__ = {"sqlite_with_rowid": False}

    id: bytes = _bytes(primary_key=True)
    blind_index: bytes = _bytes(unique=True)
    epoch: int = _number()
    wrapped: bytes = _bytes()
    commitment: bytes = _bytes()
    state: bytes = _bytes()
    revision: int = _number()
    blocked: bool
    touched_day: int


class TranscriptRow(Row, table=True):
    """What a person and consultants wrote, under a key of its own. `head` seals the number of `entries`.

    Open: it belongs to a conversation, and `wrapped` holds its key. Sealed: it belongs to nobody, only `archived` holds
    its key, for the custodians, and it goes after `until_day`.
    """

    __tablename__ = "transcript"
    __table_args__ = {"sqlite_with_rowid": False}

    id: bytes = _bytes(primary_key=True)
    conversation: bytes | None = Field(
        default=None, sa_column=Column(LargeBinary, ForeignKey(CONVERSATION, ondelete="CASCADE"), unique=True)
    )
    epoch: int | None = Field(default=None, sa_column=Column(BigInteger))
    wrapped: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    commitment: bytes = _bytes()
    archived: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    entries: int = _number()
    head: bytes = _bytes()
    until_day: int | None = None


class EntryRow(Row, table=True):
    """One sealed line of a transcript."""

    __tablename__ = "entry"
    __table_args__ = {"sqlite_with_rowid": False}

    transcript: bytes = Field(
        sa_column=Column(LargeBinary, ForeignKey("transcript.id", ondelete="CASCADE"), primary_key=True)
    )
    sequence: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    author: int = Field(sa_column=Column(SmallInteger, nullable=False))
    body: bytes = _bytes()


class ForgottenRow(Row, table=True):
    """The random id of something that was erased at a person's wish, so that a restored backup erases it again."""

    __tablename__ = "forgotten"
    __table_args__ = {"sqlite_with_rowid": False}

    id: bytes = _bytes(primary_key=True)
    day: int


class FootprintRow(Row, table=True):
    """Language, `hidden` and young message ids, sealed under the epoch; it may outlive the conversation."""

    __tablename__ = "footprint"
    __table_args__ = {"sqlite_with_rowid": False}

    blind_index: bytes = _bytes(primary_key=True)
    epoch: int = _number()
    body: bytes = _bytes()


class OutboxRow(Row, table=True):
    """One letter. Ids are never used twice, so that a late outcome cannot settle another letter.

    `conversation` says whose key seals it; `lane` the chat it waits for, which is the same for a letter to the person.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "conversation", "id"),
        Index(None, "lane", "id"),
        Index(None, "status", "urgency", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_column=Column(BIG, Identity(), primary_key=True))
    conversation: bytes = Field(
        sa_column=Column(LargeBinary, ForeignKey(CONVERSATION, ondelete="CASCADE"), nullable=False)
    )
    lane: bytes = _bytes()
    tag: int = _number()
    urgency: int = Field(sa_column=Column(SmallInteger, nullable=False))
    status: int = Field(sa_column=Column(SmallInteger, nullable=False))
    scripted: bool
    binding: bool
    not_before: int = _number()
    attempts: int
    body: bytes = _bytes()


class CaseRow(Row, table=True):
    """The case of a conversation, sealed under the epoch."""

    __tablename__ = "cases"
    __table_args__ = {"sqlite_with_rowid": False}

    conversation: bytes = _part()
    epoch: int = _number()
    revision: int = _number()
    body: bytes = _bytes()


class LineRow(Row, table=True):
    """Where one line of a case lies, sealed under the DEK, and two blind indexes to find it by its messages."""

    __tablename__ = "line"
    __table_args__ = (
        Index(None, "person_index"),
        Index(None, "room_index"),
        {"sqlite_with_rowid": False},
    )

    conversation: bytes = _part()
    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    person_index: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    room_index: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    body: bytes = _bytes()


class RecordRow(Row, table=True):
    """One record of the house, sealed under the house key; its key lies inside."""

    __tablename__ = "record"
    __table_args__ = (Index(None, "kind"), {"sqlite_with_rowid": False})

    blind_index: bytes = _bytes(primary_key=True)
    kind: int = Field(sa_column=Column(SmallInteger, nullable=False))
    revision: int = _number()
    body: bytes = _bytes()


class CountRow(Row, table=True):
    """One cell of the statistics, sealed under the house key. No column grows with the number or says when."""

    __tablename__ = "counts"
    __table_args__ = {"sqlite_with_rowid": False}

    blind_index: bytes = _bytes(primary_key=True)
    body: bytes = _bytes()


class ReleaseRow(Row, table=True):
    """One release of the statistics, frozen: all its files, sealed under the house key. Never written over."""

    __tablename__ = "release"
    __table_args__ = {"sqlite_with_rowid": False}

    blind_index: bytes = _bytes(primary_key=True)
    body: bytes = _bytes()


class SeenUpdateRow(Row, table=True):
    """An update that was taken, for 48 hours."""

    __tablename__ = "seen_update"
    __table_args__ = {"sqlite_with_rowid": False}

    bot: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    hour: int


class ClockRow(Row, table=True):
    """The latest time that was trusted, in seconds since 1970, and what proves that we wrote it. One row."""

    __tablename__ = "clock"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    high_water: int = _number()
    mac: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class HouseRow(Row, table=True):
    """Whose keyring this database belongs to, the epoch all of it is under, and the key archives are sealed to."""

    __tablename__ = "house"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    fingerprint: bytes = _bytes()
    created_day: int
    epoch: int = _number()
    archive: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    archive_mac: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
