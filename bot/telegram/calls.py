"""A letter as requests of the Bot API. Pure.

Texts are Telegram HTML, and links are never previewed: a preview would show a stranger what the chat is about.
"""

from typing import Any, assert_never

from aiogram.enums import ParseMode
from aiogram.methods import (
    DeleteMessages,
    EditMessageReplyMarkup,
    EditMessageText,
    GetUpdates,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.letters import Deed, Letter, Rows

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
FILE_NAME = "card.png"
"""What a picture is called on its way; like the picture it says nothing about anybody."""

Call = TelegramMethod[Any]


def calls(letter: Letter, picture: bytes = b"") -> tuple[Call, ...]:
    """The requests that deliver the letter, in order; `picture` is what its card was drawn to.

    Raises ValueError for a letter that is none.
    """
    match letter.deed:
        case Deed.SEND:
            return (_send(letter),)
        case Deed.EDIT:
            return tuple(_edit(letter, message) for message in letter.target)
        case Deed.STRIP:
            return tuple(EditMessageReplyMarkup(chat_id=letter.chat, message_id=number) for number in letter.target)
        case Deed.DELETE:
            return (deletion(letter.chat, letter.target),) if letter.target else ()
        case Deed.PHOTO:
            return (_picture(letter, picture),)
        case _:
            assert_never(letter.deed)


def deletion(chat: int, ids: tuple[int, ...]) -> DeleteMessages:
    """Delete 1-100 messages; those that are not there are skipped by Telegram."""
    return DeleteMessages(chat_id=chat, message_ids=list(ids))


def poll(offset: int | None, timeout: int, limit: int) -> GetUpdates:
    """Ask for updates from `offset` on, waiting up to `timeout` seconds (Telegram caps it at 50)."""
    return GetUpdates(offset=offset, timeout=timeout, limit=limit, allowed_updates=list(WANTED))


def _send(letter: Letter) -> SendMessage:
    return SendMessage(
        chat_id=letter.chat,
        text=letter.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=_keyboard(letter.rows),
    )


def _picture(letter: Letter, picture: bytes) -> SendPhoto:
    return SendPhoto(
        chat_id=letter.chat,
        photo=BufferedInputFile(picture, FILE_NAME),
        caption=letter.text or None,
        parse_mode=ParseMode.HTML,
        reply_markup=_keyboard(letter.rows),
    )


def _edit(letter: Letter, message: int) -> EditMessageText:
    return EditMessageText(
        chat_id=letter.chat,
        message_id=message,
        text=letter.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=_keyboard(letter.rows),
    )


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    buttons = [[InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in rows]
    return InlineKeyboardMarkup(inline_keyboard=buttons)
