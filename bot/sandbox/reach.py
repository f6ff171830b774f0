"""Whether the bot can find a chat, write into it, and do there what it asks for.

Law: the first reason Telegram would name is the one that is named.
Source: tdlib/telegram-bot-api Client.cpp check_chat, check_message_thread; td's error texts.
"""

from bot.sandbox.chats import Chat, Group, Member, PrivateChat, Right, Standing
from bot.sandbox.ledger import Ledger
from bot.sandbox.messages import Message
from bot.sandbox.refusals import bad_request, forbidden, upgraded
from bot.sandbox.shapes import ChatKind

GENERAL_TOPIC = 1


def find_chat(ledger: Ledger, chat_id: int | str | None) -> Chat:
    """The chat with this id, if the bot ever met it. Raises a refusal."""
    if chat_id is None or chat_id == "":
        raise bad_request("chat_id is empty")
    chat = ledger.chats.get(_number(chat_id))
    if chat is None or (isinstance(chat, PrivateChat) and not _was_met(ledger, chat)):
        raise bad_request("chat not found")
    if isinstance(chat, Group) and chat.upgraded_to is not None:
        raise upgraded(chat.upgraded_to)
    return chat


def _number(chat_id: int | str) -> int:
    try:
        return int(chat_id)
    except ValueError:
        return 0


def _was_met(ledger: Ledger, chat: PrivateChat) -> bool:
    """A bot knows who wrote to it and who shares a group with it."""
    return chat.started or any(
        isinstance(other, Group) and chat.id in other.members and ledger.bot.id in other.members
        for other in ledger.chats.values()
    )


def writable(ledger: Ledger, chat_id: int | str | None) -> Chat:
    """The chat, open for the bot's words. Raises a refusal."""
    chat = find_chat(ledger, chat_id)
    if isinstance(chat, PrivateChat):
        _check_person(chat)
    elif isinstance(chat, Group):
        _check_membership(ledger, chat)
    return chat


def _check_person(chat: PrivateChat) -> None:
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")


def _check_membership(ledger: Ledger, group: Group) -> None:
    place = f"the {group.kind.value} chat"
    bot = group.members.get(ledger.bot.id)
    if bot is None or bot.standing is Standing.LEFT:
        raise forbidden(f"bot is not a member of {place}")
    if bot.standing is Standing.KICKED:
        raise forbidden(f"bot was kicked from {place}")


def open_thread(ledger: Ledger, chat: Chat, thread_id: int | None) -> int | None:
    """The topic a message goes to; None is the chat itself or General. Raises a refusal."""
    if thread_id is None or thread_id == 0:
        return None
    if not isinstance(chat, Group) or not chat.is_forum or thread_id not in chat.topics:
        raise bad_request("message thread not found")
    if chat.topics[thread_id].closed and not has_right(ledger, chat, Right.MANAGE_TOPICS):
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def bot_member(ledger: Ledger, group: Group) -> Member:
    """The bot's place in a group it is in."""
    return group.members[ledger.bot.id]


def has_right(ledger: Ledger, group: Group, right: Right) -> bool:
    """Whether the bot is an administrator who may do this."""
    bot = bot_member(ledger, group)
    return bot.standing is Standing.ADMINISTRATOR and right in bot.rights


def forum(ledger: Ledger, chat_id: int | str | None) -> Group:
    """A group with topics. Raises a refusal."""
    chat = writable(ledger, chat_id)
    if not isinstance(chat, Group) or chat.kind is not ChatKind.SUPERGROUP:
        raise bad_request("the chat is not a supergroup forum")
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def find_message(chat: Chat, message_id: int | None, purpose: str) -> Message:
    """A message that still exists. `purpose` completes "message to ... not found". Raises a refusal."""
    message = chat.messages.get(message_id or 0)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message
