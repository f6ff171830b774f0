"""deleteMessage and deleteMessages.

Law: only what is younger than 48 hours; in groups only one's own, unless one may delete; in bulk, ids not found
are skipped.
Source: schema deleteMessage, deleteMessages; td MessagesManager::delete_messages.
"""

from aiogram.methods import DeleteMessage, DeleteMessages

from bot.sandbox.chats import Chat, Group, Right
from bot.sandbox.ledger import Ledger
from bot.sandbox.messages import Message
from bot.sandbox.methods.registry import answers
from bot.sandbox.reach import find_chat, find_message, has_right
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Kind

DELETABLE_FOR = 48 * 3600.0
MOST_IDS = 100


def checked_ids(ids: list[int]) -> list[int]:
    """1-100 ids. Raises a refusal."""
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST_IDS:
        raise bad_request("too many message identifiers specified")
    return ids


def _check_deletable(ledger: Ledger, chat: Chat, message: Message) -> None:
    if message.content.kind is Kind.TOPIC_CREATED or not _is_allowed(ledger, chat, message):
        raise bad_request("message can't be deleted")
    if ledger.clock.now() - message.date >= DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")


def _is_allowed(ledger: Ledger, chat: Chat, message: Message) -> bool:
    if not isinstance(chat, Group) or message.sender == ledger.bot:
        return True
    return ledger.bot.id in chat.members and has_right(ledger, chat, Right.DELETE_MESSAGES)


def _remove(chat: Chat, messages: list[Message]) -> None:
    for message in messages:
        del chat.messages[message.message_id]
    if messages:
        chat.touch()


@answers(DeleteMessage)
def delete_one(ledger: Ledger, request: DeleteMessage) -> bool:
    """One message, at both sides. Works in the chat of a person who blocked the bot."""
    chat = find_chat(ledger, request.chat_id)
    message = find_message(chat, request.message_id, "delete")
    _check_deletable(ledger, chat, message)
    _remove(chat, [message])
    return True


@answers(DeleteMessages)
def delete_many(ledger: Ledger, request: DeleteMessages) -> bool:
    """All of them or, when one may not be deleted, none."""
    chat = find_chat(ledger, request.chat_id)
    ids = checked_ids(request.message_ids)
    messages = [chat.messages[one] for one in dict.fromkeys(ids) if one in chat.messages]
    for message in messages:
        _check_deletable(ledger, chat, message)
    _remove(chat, messages)
    return True
