"""What travels: JSON objects, and the kinds of things a message can be."""

from enum import StrEnum

Json = dict[str, object]
"""One JSON object on its way to or from the wire."""


class ChatKind(StrEnum):
    """Where a message lies; the word is the one in `chat.type`."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Kind(StrEnum):
    """What a message is; the word is the field that carries it."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"
    STICKER = "sticker"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    AUDIO = "audio"
    ANIMATION = "animation"
    CONTACT = "contact"
    LOCATION = "location"
    VENUE = "venue"
    POLL = "poll"
    DICE = "dice"
    TOPIC_CREATED = "forum_topic_created"
    TOPIC_EDITED = "forum_topic_edited"
    TOPIC_CLOSED = "forum_topic_closed"
    TOPIC_REOPENED = "forum_topic_reopened"
    JOINED = "new_chat_members"
    LEFT = "left_chat_member"
    GROUP_CREATED = "group_chat_created"
    MIGRATED_TO = "migrate_to_chat_id"
    MIGRATED_FROM = "migrate_from_chat_id"
    PINNED = "pinned_message"


SERVICE = frozenset(
    {
        Kind.TOPIC_CREATED,
        Kind.TOPIC_EDITED,
        Kind.TOPIC_CLOSED,
        Kind.TOPIC_REOPENED,
        Kind.JOINED,
        Kind.LEFT,
        Kind.GROUP_CREATED,
        Kind.MIGRATED_TO,
        Kind.MIGRATED_FROM,
        Kind.PINNED,
    },
)
"""Messages nobody wrote; always delivered to the bot, never copied or edited."""

CAPTIONED = frozenset({Kind.PHOTO, Kind.VOICE, Kind.DOCUMENT, Kind.VIDEO, Kind.AUDIO, Kind.ANIMATION})
"""Kinds that may carry a caption."""
