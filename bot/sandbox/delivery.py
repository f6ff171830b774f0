"""Which updates the bot gets for what happens in its chats.

Law: private chats always; in groups only what privacy mode lets through: commands, replies to the bot, service
messages, and everything when the bot is an administrator.
Source: core.telegram.org/bots/features, "Privacy mode".
It will not: tell the bot what it did itself, except service messages (tdlib/telegram-bot-api does not skip those).
"""

from bot.sandbox.chats import Chat, Group, Member, PrivateChat, Standing
from bot.sandbox.ledger import Ledger
from bot.sandbox.messages import Message
from bot.sandbox.people import Someone
from bot.sandbox.shapes import SERVICE, Json


def deliver(ledger: Ledger, chat: Chat, message: Message, *, edited: bool = False) -> None:
    """Queue the update for a message, if the bot is to see it."""
    if not _is_seen(ledger, chat, message):
        return
    ledger.queue.add("edited_message" if edited else "message", ledger.wire(chat, message))


def _is_seen(ledger: Ledger, chat: Chat, message: Message) -> bool:
    if isinstance(chat, PrivateChat) or message.content.kind in SERVICE:
        return True
    if not isinstance(chat, Group):
        return False
    bot = chat.members.get(ledger.bot.id)
    if bot is None or bot.standing in {Standing.LEFT, Standing.KICKED}:
        return False
    return bot.standing is Standing.ADMINISTRATOR or _is_for_bot(ledger, chat, message)


def _is_for_bot(ledger: Ledger, chat: Chat, message: Message) -> bool:
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    return message.content.words.text.startswith("/") or (replied is not None and replied.sender == ledger.bot)


def deliver_standing(ledger: Ledger, chat: Chat, actor: Someone, old: Json, new: Json) -> None:
    """The bot's own place in a chat changed: `my_chat_member`."""
    body: Json = {
        "chat": chat.to_json(),
        "from": actor.to_json(),
        "date": int(ledger.clock.now()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    ledger.queue.add("my_chat_member", body)


def member_json(member: Member) -> Json:
    """As `ChatMember` on the wire."""
    fields: Json = {"user": member.who.to_json(), "status": member.standing.value}
    match member.standing:
        case Standing.KICKED:
            fields["until_date"] = 0
        case Standing.CREATOR:
            fields["is_anonymous"] = member.anonymous
        case Standing.ADMINISTRATOR:
            fields |= _admin_fields(member)
        case _:
            pass
    return fields


_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
    "can_send_welcome_messages",
)


def _admin_fields(member: Member) -> Json:
    held = {right.value for right in member.rights} | {"can_manage_chat"}
    fields: Json = {right: right in held for right in _ADMIN_RIGHTS}
    return fields | {"can_be_edited": False, "is_anonymous": member.anonymous}
