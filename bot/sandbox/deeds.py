"""What people do through the control plane, one function a deed.

Law: in a private chat the chat is the person; in a group the request names who acts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.sandbox.asked import Asked, Edited, Nothing, Said, Sent, SentAlbum, Tapped
from bot.sandbox.group import Meeting
from bot.sandbox.person import Person
from bot.sandbox.shapes import Json

A = TypeVar("A", bound=Asked)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it, and where; `where` None is their private chat."""

    person: Person
    where: Meeting | None


@dataclass(frozen=True, slots=True)
class Deed:
    """A form and what is done with it."""

    form: type[Asked]
    act: Callable[[Actor, Any], Json]


def _say(actor: Actor, asked: Said) -> Json:
    said = actor.person.says(asked.text, actor.where, thread=asked.thread, reply_to=asked.reply_to)
    return {"message_id": said.message_id}


def _tap(actor: Actor, asked: Tapped) -> Json:
    return {"id": actor.person.presses(asked.message_id, asked.data, actor.where)}


def _edit(actor: Actor, asked: Edited) -> Json:
    actor.person.edits(asked.message_id, asked.text, actor.where)
    return {}


def _send(actor: Actor, asked: Sent) -> Json:
    sent = actor.person.sends(asked.kind, asked.caption, actor.where, thread=asked.thread, reply_to=asked.reply_to)
    return {"message_id": sent.message_id}


def _send_album(actor: Actor, asked: SentAlbum) -> Json:
    album = actor.person.sends_album(*asked.captions, where=actor.where)
    return {"message_ids": [message.message_id for message in album]}


def _block(actor: Actor, _asked: Nothing) -> Json:
    actor.person.blocks()
    return {}


def _unblock(actor: Actor, _asked: Nothing) -> Json:
    actor.person.unblocks()
    return {}


def _clear(actor: Actor, _asked: Nothing) -> Json:
    actor.person.clears()
    return {}


DEEDS = {
    "say": Deed(Said, _say),
    "tap": Deed(Tapped, _tap),
    "edit": Deed(Edited, _edit),
    "send": Deed(Sent, _send),
    "album": Deed(SentAlbum, _send_album),
    "block": Deed(Nothing, _block),
    "unblock": Deed(Nothing, _unblock),
    "clear": Deed(Nothing, _clear),
}
