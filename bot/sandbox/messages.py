"""One message: who said what, when, and with which buttons.

Law: what is on the wire is made here, and only from what Telegram would send.
It will not: know the chat's rules.
"""

from dataclasses import dataclass, field

from bot.sandbox.formatted import Formatted
from bot.sandbox.keyboards import Rows
from bot.sandbox.people import Someone
from bot.sandbox.shapes import CAPTIONED, Json, Kind


@dataclass(frozen=True, slots=True)
class Content:
    """What a message is: its words, or a thing with a caption. `thing` is the value of the field named by the kind."""

    kind: Kind
    words: Formatted = field(default_factory=Formatted)
    thing: object = None

    def to_json(self) -> Json:
        """The fields of the message that carry it."""
        if self.kind is Kind.TEXT:
            return self.words.to_json("text", "entities")
        fields: Json = {self.kind.value: self.thing, **_beside(self.kind, self.thing)}
        if self.kind in CAPTIONED:
            fields |= self.words.to_json("caption", "caption_entities")
        return fields


@dataclass(slots=True)
class Message:
    """A message in a chat."""

    message_id: int
    sender: Someone
    date: float
    content: Content
    keyboard: Rows = ()
    thread_id: int | None = None
    reply_to: int | None = None
    album: str | None = None
    edited_at: float | None = None
    anonymous: bool = False
    protected: bool = False
    forwarded_from: Json | None = None
    reaction: str | None = None
    hidden: bool = False
    version: int = 0

    def to_json(self, chat: Json, *, reply: Json | None = None) -> Json:
        """As `Message` on the wire, lying in this chat."""
        fields: Json = {
            "message_id": self.message_id,
            "from": self.sender.to_json(),
            "chat": chat,
            "date": int(self.date),
        }
        self._add_where(fields, chat)
        if reply is not None:
            fields["reply_to_message"] = reply
        if self.edited_at is not None:
            fields["edit_date"] = int(self.edited_at)
        if self.album is not None:
            fields["media_group_id"] = self.album
        fields |= self.content.to_json()
        if self.keyboard:
            fields["reply_markup"] = {"inline_keyboard": [list(row) for row in self.keyboard]}
        return fields

    def _add_where(self, fields: Json, chat: Json) -> None:
        if self.anonymous:
            fields["sender_chat"] = chat
        if self.thread_id is not None:
            fields |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.protected:
            fields["has_protected_content"] = True
        if self.forwarded_from is not None:
            fields["forward_origin"] = self.forwarded_from


def _beside(kind: Kind, thing: object) -> Json:
    """What Telegram says once more for older programs: an animation is a document too, a venue a location."""
    if not isinstance(thing, dict) or kind not in (Kind.VENUE, Kind.ANIMATION):
        return {}
    if kind is Kind.VENUE:
        return {"location": thing["location"]}
    return {"document": {name: thing[name] for name in ("file_id", "file_unique_id", "file_size")}}
