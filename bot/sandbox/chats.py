"""Chats: what lies in them and who may do what there.

Law: a chat knows its messages by id and counts every change, so that whoever watches can wait for the next.
It will not: decide what is allowed; the rules do.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.sandbox.clock import Bell
from bot.sandbox.messages import Message
from bot.sandbox.people import Someone
from bot.sandbox.shapes import ChatKind, Json


class Standing(StrEnum):
    """What somebody is in a group; the word is `ChatMember.status`."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Standing.CREATOR, Standing.ADMINISTRATOR, Standing.MEMBER})


class Right(StrEnum):
    """The admin rights that some method asks for."""

    MANAGE_TOPICS = "can_manage_topics"
    DELETE_MESSAGES = "can_delete_messages"
    PIN_MESSAGES = "can_pin_messages"
    INVITE_PEOPLE = "can_invite_users"


@dataclass(slots=True)
class Member:
    """Somebody's place in a group."""

    who: Someone
    standing: Standing = Standing.MEMBER
    rights: frozenset[Right] = frozenset()
    anonymous: bool = False


@dataclass(slots=True)
class Topic:
    """One thread of a forum."""

    thread_id: int
    name: str
    icon_color: int
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A place where messages lie."""

    id: int
    kind: ChatKind
    title: str
    messages: dict[int, Message] = field(default_factory=dict)
    version: int = 0
    changed: Bell = field(default_factory=Bell)

    def touch(self, message: Message | None = None) -> None:
        """Something changed here: count it and wake who watches."""
        self.version += 1
        if message is not None:
            message.version = self.version
        self.changed.ring()

    def to_json(self) -> Json:
        """As `Chat` on the wire."""
        return {"id": self.id, "type": self.kind.value, "title": self.title}


@dataclass(slots=True)
class PrivateChat(Chat):
    """The chat of one person with the bot."""

    person: Someone = field(kw_only=True)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    toast: str | None = None
    toast_version: int = 0

    def to_json(self) -> Json:
        """As `Chat` on the wire: people have a first name, not a title."""
        return {"id": self.id, "type": self.kind.value, "first_name": self.title}

    def show(self, toast: str | None) -> None:
        """The note after a tap; None takes it away."""
        self.toast = toast
        self.touch()
        self.toast_version = self.version


@dataclass(slots=True)
class Group(Chat):
    """A group; with topics it is a forum."""

    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    upgraded_to: int | None = None
    last_message_id: int = 0

    def to_json(self) -> Json:
        """As `Chat` on the wire."""
        fields: Json = {"id": self.id, "type": self.kind.value, "title": self.title}
        return fields | {"is_forum": True} if self.is_forum else fields

    def drop_topic(self, thread_id: int) -> None:
        """Take a topic out with all that was said in it. Raises KeyError."""
        del self.topics[thread_id]
        kept = {key: one for key, one in self.messages.items() if one.thread_id != thread_id}
        self.messages = kept
        self.touch()
