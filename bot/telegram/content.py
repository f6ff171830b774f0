"""What a message says: its words, or the kind of what it is. Pure.

A kind is a word of ours for what people send. What the bot can do nothing with, a poll or a game, is `unsupported`:
who sent it is still answered. None is a service note, written by nobody.
"""

import re

from aiogram.types import InaccessibleMessage, Message

from bot.arrivals import Replied
from dialogs.events import Event, Sent, Started, Wrote

KINDS = (
    "voice",
    "video_note",
    "photo",
    "video",
    "animation",
    "sticker",
    "document",
    "audio",
    "contact",
    "venue",
    "location",
)
"""The first field that is there names the kind: Telegram adds a document to an animation, a location to a venue."""
STRANGE = (
    "poll",
    "dice",
    "game",
    "story",
    "paid_media",
    "checklist",
    "invoice",
    "rich_message",
    "live_photo",
    "giveaway",
    "passport_data",
)
UNSUPPORTED = "unsupported"
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
"""What a link can bring along (Telegram, deep links)."""


def event_of(message: Message) -> Event | None:
    """What somebody did by sending this; None for service notes."""
    if message.text is not None:
        return _said(message.text)
    kind = kind_of(message)
    return Sent(kind, message.caption or "") if kind else None


def changed(message: Message) -> Event | None:
    """What an edited message says now; None for what changes by itself, such as a live location. Never a start."""
    if message.text is not None:
        return Wrote(message.text)
    kind = kind_of(message)
    return Sent(kind, message.caption or "") if kind not in (None, "location", UNSUPPORTED) else None


def kind_of(message: Message) -> str | None:
    """The word for what the message is, if it is not text."""
    if message.location is not None and message.location.live_period is not None:
        return UNSUPPORTED
    found = next((kind for kind in KINDS if getattr(message, kind)), None)
    return found or (UNSUPPORTED if any(getattr(message, kind) for kind in STRANGE) else None)


def reply_of(message: Message | InaccessibleMessage | None) -> Replied | None:
    """The message that is answered. In a topic Telegram calls every line an answer to what opened the topic: none."""
    answered = message.reply_to_message if isinstance(message, Message) else None
    if answered is None:
        return None
    kind = "text" if answered.text is not None else kind_of(answered)
    return Replied(answered.message_id, answered.text or answered.caption or "", kind) if kind else None


def _said(text: str) -> Event:
    command, *words = text.split(maxsplit=2)[:2] or [""]
    if command != "/start":
        return Wrote(text)
    return Started(words[0] if words and PAYLOAD.fullmatch(words[0]) else "")
