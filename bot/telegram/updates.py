"""Telegram's update → arrival. Decides nothing, and no update can hurt it.

Each update is parsed alone: Telegram adds kinds and fields at any time, and one that does not parse must not take the
other ninety-nine with it. Nothing here looks at `Update.event_type`: its cache would keep people's words in memory.
"""

from collections.abc import Mapping
from typing import Any, TypeGuard

from aiogram.types import CallbackQuery, ChatMemberUpdated, InaccessibleMessage, Message, Update
from pydantic import ValidationError

from bot.arrivals import Arrival, Barrier, Condemned, Incoming, Joined, Moved, Unneeded
from bot.logs import place_of
from bot.telegram.content import changed, event_of, reply_of
from dialogs.events import Chose
from dialogs.rendering import parse_tap

GONE = ("kicked", "left")
PRIVATE = "private"
GROUPS = ("group", "supergroup")
LARGEST = 2**52
"""Telegram's numbers have at most 52 significant bits (Bot API, Chat); a larger one is no number of Telegram's."""


def incoming(raw: object) -> Incoming | None:
    """Read one update; None when it has not even a number, so that there is nothing to confirm."""
    if not isinstance(raw, Mapping):
        return None
    number = raw.get("update_id")
    if not _is_number(number):
        return None
    try:
        return _read(Update.model_validate(raw))
    except (ValidationError, ValueError, TypeError, OverflowError, RecursionError) as error:
        return Condemned(number, _kind(raw), type(error).__name__, place_of(error), _person(raw))


def _read(update: Update) -> Incoming:
    if update.message:
        return _message(update.update_id, update.message, edited=False)
    if update.edited_message:
        return _message(update.update_id, update.edited_message, edited=True)
    if update.callback_query:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member:
        return _member(update.update_id, update.my_chat_member)
    return Unneeded(update.update_id)


def _message(number: int, message: Message, *, edited: bool) -> Incoming:
    if message.migrate_to_chat_id is not None:
        return Moved(number, _group(message.chat.id), _group(message.migrate_to_chat_id))
    who, event = message.from_user, changed(message) if edited else event_of(message)
    hidden = message.sender_chat is not None and message.sender_chat.id == message.chat.id
    named = None if who is None else who.id
    person = message.chat.id if message.chat.type == PRIVATE else named
    of_a_bot = who is not None and who.is_bot and not hidden
    if event is None or person is None or message.chat.type not in (PRIVATE, *GROUPS) or of_a_bot:
        return Unneeded(number)
    return Arrival(
        number,
        _checked(person),
        event,
        below=_checked(message.message_id),
        sent=message.date if message.date.tzinfo else None,
        chat=_place(message),
        thread=_thread(message),
        reply=reply_of(message),
        edited=edited,
        album=message.media_group_id,
        name=who.first_name if who else "",
        anonymous=hidden,
    )


def _tap(number: int, query: CallbackQuery) -> Incoming:
    below = query.message
    if below is not None and below.chat.type not in (PRIVATE, *GROUPS):
        return Unneeded(number)
    choice, nonce = parse_tap(query.data or "") or ("", -1)
    return Arrival(
        number,
        _checked(query.from_user.id),
        Chose(choice, nonce),
        tapped=_checked(below.message_id) if below else None,
        callback=query.id,
        chat=_place(below) if below else 0,
        thread=_thread(below),
        reply=reply_of(below),
        name=query.from_user.first_name,
    )


def _member(number: int, change: ChatMemberUpdated) -> Incoming:
    now = change.new_chat_member
    inside = now.status not in GONE and getattr(now, "is_member", True)
    if change.chat.type == PRIVATE:
        return Barrier(number, _checked(change.chat.id), now.status in GONE)
    if change.chat.type not in GROUPS:
        return Unneeded(number)
    return Joined(number, _group(change.chat.id), _checked(change.from_user.id), inside)


def _place(message: Message | InaccessibleMessage) -> int:
    """0 for a private chat, which has the number of its person; else the group's."""
    return 0 if message.chat.type == PRIVATE else _group(message.chat.id)


def _thread(message: Message | InaccessibleMessage | None) -> int | None:
    """The forum topic. Outside of forums the same field numbers chains of answers, which are nothing to us."""
    if not isinstance(message, Message) or message.chat.type == PRIVATE:
        return None
    return message.message_thread_id if message.is_topic_message else None


def _kind(raw: Mapping[str, Any]) -> str:
    """The first known kind, never a word that came from outside."""
    return next((kind for kind in Update.model_fields if kind in raw and kind != "update_id"), "unknown")


def _person(raw: Mapping[str, Any]) -> int | None:
    """Whom to answer though the update does not parse: only a private chat of a plain message or tap."""
    chat = _inside(raw, "message", "chat") or _inside(raw, "callback_query", "message", "chat")
    private = chat if chat is not None else _inside(raw, "callback_query", "from")
    if private is None or private.get("type", PRIVATE) != PRIVATE:
        return None
    number = private.get("id")
    return number if _is_number(number) else None


def _inside(raw: Mapping[str, Any], *path: str) -> Mapping[str, Any] | None:
    inner: object = raw
    for key in path:
        inner = inner.get(key) if isinstance(inner, Mapping) else None
    return inner if isinstance(inner, Mapping) else None


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value < LARGEST


def _checked(number: int) -> int:
    if not _is_number(number):
        raise ValueError("a number larger than Telegram's")
    return number


def _group(number: int) -> int:
    if number >= 0:
        raise ValueError("a group without a group's number")
    return -_checked(-number)
