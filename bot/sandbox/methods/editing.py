"""editMessageText, editMessageCaption, editMessageReplyMarkup.

Law: a bot edits its own messages, however old; an edit that changes nothing is an error; edits cost like sends.
Source: td MessagesManager can_edit_message (no time limit for bots), edit_message_text.
"""

from aiogram.methods import EditMessageCaption, EditMessageReplyMarkup, EditMessageText

from bot.sandbox.chats import Chat
from bot.sandbox.formatted import Formatted, caption_of, text_of
from bot.sandbox.keyboards import Rows, inline_rows
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import Family
from bot.sandbox.messages import Content, Message
from bot.sandbox.methods.registry import answers
from bot.sandbox.reach import find_message, writable
from bot.sandbox.refusals import bad_request
from bot.sandbox.requests import plain
from bot.sandbox.shapes import CAPTIONED, SERVICE, Json, Kind

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _own_message(ledger: Ledger, chat_id: int | str | None, message_id: int | None) -> tuple[Chat, Message]:
    chat = writable(ledger, chat_id)
    message = find_message(chat, message_id, "edit")
    if message.sender != ledger.bot or message.content.kind in SERVICE or message.forwarded_from is not None:
        raise bad_request("message can't be edited")
    return chat, message


def _change(ledger: Ledger, chat: Chat, message: Message, words: Formatted, rows: Rows) -> Json:
    if (message.content.words, message.keyboard) == (words, rows):
        raise bad_request(NOT_MODIFIED)
    ledger.limits.charge(chat.id, chat.kind, Family.WRITING)
    if words != message.content.words:
        message.edited_at = ledger.clock.now()
    message.content = Content(message.content.kind, words, message.content.thing)
    message.keyboard = rows
    chat.touch(message)
    return ledger.wire(chat, message)


@answers(EditMessageText)
def edit_text(ledger: Ledger, request: EditMessageText) -> Json:
    """New words and new buttons; buttons not given are taken away."""
    words = text_of(request.text, plain(request.parse_mode), request.entities)
    rows = inline_rows(request.reply_markup)
    chat, message = _own_message(ledger, request.chat_id, request.message_id)
    if message.content.kind is not Kind.TEXT:
        raise bad_request("there is no text in the message to edit")
    return _change(ledger, chat, message, words, rows)


@answers(EditMessageCaption)
def edit_caption(ledger: Ledger, request: EditMessageCaption) -> Json:
    """New words under a picture or file."""
    words = caption_of(request.caption, plain(request.parse_mode), request.caption_entities)
    rows = inline_rows(request.reply_markup)
    chat, message = _own_message(ledger, request.chat_id, request.message_id)
    if message.content.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    return _change(ledger, chat, message, words, rows)


@answers(EditMessageReplyMarkup)
def edit_buttons(ledger: Ledger, request: EditMessageReplyMarkup) -> Json:
    """Only the buttons."""
    rows = inline_rows(request.reply_markup)
    chat, message = _own_message(ledger, request.chat_id, request.message_id)
    return _change(ledger, chat, message, message.content.words, rows)
