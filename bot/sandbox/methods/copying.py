"""copyMessage(s) and forwardMessage(s).

Law: a copy leaves no trace of where it came from, a forward says it; ids strictly increase, at most 100.
Source: schema copyMessages; tdlib/telegram-bot-api get_message_ids.
"""

from itertools import pairwise

from aiogram.methods import CopyMessage, CopyMessages, ForwardMessage, ForwardMessages

from bot.sandbox.chats import Chat
from bot.sandbox.formatted import caption_of
from bot.sandbox.keyboards import inline_rows
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import Family
from bot.sandbox.messages import Content, Message
from bot.sandbox.methods.deleting import checked_ids
from bot.sandbox.methods.registry import answers
from bot.sandbox.methods.sending import replied
from bot.sandbox.reach import find_chat, find_message, open_thread, writable
from bot.sandbox.refusals import bad_request
from bot.sandbox.requests import plain, switched_on
from bot.sandbox.shapes import CAPTIONED, SERVICE, Json, Kind


def _source(ledger: Ledger, chat_id: int | str, message_id: int, purpose: str) -> Message:
    message = find_message(find_chat(ledger, chat_id), message_id, purpose)
    if message.content.kind in SERVICE or _is_quiz(message) or (message.protected and message.sender != ledger.bot):
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return message


def _is_quiz(message: Message) -> bool:
    """A quiz whose answer nobody told us (schema copyMessage)."""
    thing = message.content.thing
    return message.content.kind is Kind.POLL and isinstance(thing, dict) and thing["type"] == "quiz"


def _several(ledger: Ledger, request: CopyMessages | ForwardMessages, purpose: str) -> list[Message]:
    ids = checked_ids(request.message_ids)
    if any(later <= earlier for earlier, later in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    chat = find_chat(ledger, request.from_chat_id)
    found = [chat.messages[one] for one in ids if one in chat.messages]
    usable = [message for message in found if message.content.kind not in SERVICE]
    if not usable:
        raise bad_request(f"there are no messages to {purpose}")
    return usable


def _target(ledger: Ledger, chat_id: int | str, thread_id: int | None, count: int) -> tuple[Chat, int | None]:
    chat = writable(ledger, chat_id)
    thread = open_thread(ledger, chat, thread_id)
    ledger.limits.charge(chat.id, chat.kind, Family.WRITING, count)
    return chat, thread


def _origin(message: Message) -> Json:
    return {"type": "user", "sender_user": message.sender.to_json(), "date": int(message.date)}


def _place(ledger: Ledger, chat: Chat, thread: int | None, content: Content) -> Message:
    message = ledger.post(chat, ledger.bot, content)
    message.thread_id = thread
    return message


def _captioned(request: CopyMessage, content: Content) -> Content:
    if request.caption is None or content.kind not in CAPTIONED:
        return content
    words = caption_of(request.caption, plain(request.parse_mode), request.caption_entities)
    return Content(content.kind, words, content.thing)


@answers(CopyMessage)
def copy_one(ledger: Ledger, request: CopyMessage) -> Json:
    """The same content under the bot's name."""
    source = _source(ledger, request.from_chat_id, request.message_id, "copy")
    content, rows = _captioned(request, source.content), inline_rows(request.reply_markup)
    answered = replied(writable(ledger, request.chat_id), request.reply_parameters)
    chat, thread = _target(ledger, request.chat_id, request.message_thread_id, 1)
    message = _place(ledger, chat, thread, content)
    message.keyboard, message.protected, message.reply_to = rows, switched_on(request.protect_content), answered
    return {"message_id": message.message_id}


@answers(CopyMessages)
def copy_many(ledger: Ledger, request: CopyMessages) -> list[Json]:
    """Several; what cannot be found is skipped."""
    sources = _several(ledger, request, "copy")
    chat, thread = _target(ledger, request.chat_id, request.message_thread_id, len(sources))
    copies = [_place(ledger, chat, thread, source.content) for source in sources]
    return [{"message_id": copy.message_id} for copy in copies]


@answers(ForwardMessage)
def forward_one(ledger: Ledger, request: ForwardMessage) -> Json:
    """The same content, saying whose it was."""
    source = _source(ledger, request.from_chat_id, request.message_id, "forward")
    chat, thread = _target(ledger, request.chat_id, request.message_thread_id, 1)
    message = _place(ledger, chat, thread, source.content)
    message.forwarded_from = _origin(source)
    return ledger.wire(chat, message)


@answers(ForwardMessages)
def forward_many(ledger: Ledger, request: ForwardMessages) -> list[Json]:
    """Several; what cannot be found is skipped."""
    sources = _several(ledger, request, "forward")
    chat, thread = _target(ledger, request.chat_id, request.message_thread_id, len(sources))
    return [{"message_id": _forwarded(ledger, chat, thread, source).message_id} for source in sources]


def _forwarded(ledger: Ledger, chat: Chat, thread: int | None, source: Message) -> Message:
    message = _place(ledger, chat, thread, source.content)
    message.forwarded_from = _origin(source)
    return message
