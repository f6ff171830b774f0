"""Telegram's update → arrival. Decides nothing, and no update can hurt it.

Each update is parsed alone: Telegram adds kinds and fields at any time, and one that does not parse must not take the
other ninety-nine with it. Nothing here looks at `Update.event_type`: its cache would keep people's words in memory.
"""

from collections.abc import Mapping
from typing import Any, TypeGuard

from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update
from pydantic import ValidationError

from bot.arrivals import Arrival, Barrier, Condemned, Incoming, Unneeded
from bot.logs import place_of
from dialogs.events import Chose, Event, Sent, Started, Wrote
from dialogs.rendering import parse_tap

MEDIA = ("voice", "video_note", "photo", "video", "animation", "sticker", "document", "audio", "contact", "location")
GONE = ("kicked", "left")
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
        return _message(update.update_id, update.message)
    if update.callback_query:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member:
        return _member(update.update_id, update.my_chat_member)
    return Unneeded(update.update_id)


def _message(number: int, message: Message) -> Incoming:
    if message.chat.type != "private" or (message.from_user and message.from_user.is_bot):
        return Unneeded(number)
    event = _event(message)
    if event is None:
        return Unneeded(number)
    sent = message.date if message.date.tzinfo else None
    return Arrival(number, _checked(message.chat.id), event, below=_checked(message.message_id), sent=sent)


def _event(message: Message) -> Event | None:
    """The event in what was sent; None for service notes such as a pinned line."""
    if message.text is not None:
        return Started() if message.text.split(maxsplit=1)[:1] == ["/start"] else Wrote(message.text)
    kind = next((kind for kind in MEDIA if getattr(message, kind, None)), None)
    return Sent(kind, message.caption or "") if kind else None


def _tap(number: int, query: CallbackQuery) -> Incoming:
    below = query.message
    if below is not None and below.chat.type != "private":
        return Unneeded(number)
    choice, nonce = parse_tap(query.data or "") or ("", -1)
    tapped = _checked(below.message_id) if below else None
    return Arrival(number, _checked(query.from_user.id), Chose(choice, nonce), tapped=tapped, callback=query.id)


def _member(number: int, change: ChatMemberUpdated) -> Incoming:
    if change.chat.type != "private":
        return Unneeded(number)
    return Barrier(number, _checked(change.chat.id), change.new_chat_member.status in GONE)


def _kind(raw: Mapping[str, Any]) -> str:
    """The first known kind, never a word that came from outside."""
    return next((kind for kind in Update.model_fields if kind in raw and kind != "update_id"), "unknown")


def _person(raw: Mapping[str, Any]) -> int | None:
    """Whom to answer though the update does not parse: only a private chat of a plain message or tap."""
    for path in (("message", "chat"), ("callback_query", "from")):
        inner: object = raw
        for key in path:
            inner = inner.get(key) if isinstance(inner, Mapping) else None
        if isinstance(inner, Mapping) and inner.get("type", "private") == "private":
            number = inner.get("id")
            return number if _is_number(number) else None
    return None


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value < LARGEST


def _checked(number: int) -> int:
    if not _is_number(number):
        raise ValueError("a number larger than Telegram's")
    return number
