"""A letter as requests of the Bot API. Pure.

Texts are Telegram HTML, and links are never previewed: a preview would show a stranger what the chat is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import (
    CopyMessage,
    CreateForumTopic,
    DeleteForumTopic,
    DeleteMessages,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    GetUpdates,
    LeaveChat,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetMessageReaction,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReactionTypeEmoji,
    ReactionTypeUnion,
    ReplyParameters,
)

from bot.letters import NEW_BUBBLES, Deed, Letter, Rows

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
FILE_NAME = "card.png"
"""What a picture is called on its way; like the picture it says nothing about anybody."""

Call = TelegramMethod[Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in its chat a new bubble goes: as an answer to a message, into a forum topic."""

    reply: int | None = None
    thread: int | None = None


NOWHERE = Spot()


def calls(letter: Letter, spot: Spot = NOWHERE, content: bytes = b"") -> tuple[Call, ...]:
    """The requests that deliver the letter, in order; `content` is what its card was drawn to, or its frozen file.

    Raises ValueError for a letter that is none.
    """
    if letter.deed in NEW_BUBBLES:
        return (_new_bubble(letter, spot, content),)
    return tuple(_about(letter, spot))


def _new_bubble(letter: Letter, spot: Spot, content: bytes) -> Call:
    match letter.deed:
        case Deed.COPY:
            return _copy(letter, spot)
        case Deed.PHOTO:
            return _picture(letter, spot, content)
        case Deed.FILE:
            return _document(letter, spot, content)
    return _send(letter, spot)


def _about(letter: Letter, spot: Spot) -> Iterator[Call]:
    """Requests about what is there already."""
    match letter.deed:
        case Deed.EDIT:
            yield from (_edit(letter, message) for message in letter.target)
        case Deed.STRIP:
            yield from (EditMessageReplyMarkup(chat_id=letter.chat, message_id=number) for number in letter.target)
        case Deed.REACT:
            yield from (_reaction(letter, message) for message in letter.target)
        case Deed.DELETE if letter.target:
            yield deletion(letter.chat, letter.target)
        case Deed.CLOSE_TOPIC if spot.thread is not None:
            yield DeleteForumTopic(chat_id=letter.chat, message_thread_id=spot.thread)
        case Deed.LEAVE:
            yield LeaveChat(chat_id=letter.chat)


def deletion(chat: int, ids: tuple[int, ...]) -> DeleteMessages:
    """Delete 1-100 messages; those that are not there are skipped by Telegram."""
    return DeleteMessages(chat_id=chat, message_ids=list(ids))


def opening(chat: int, name: str) -> CreateForumTopic:
    """Make a forum topic; Telegram takes names of up to 128 signs."""
    return CreateForumTopic(chat_id=chat, name=name)


def captioning(letter: Letter, message: int) -> EditMessageCaption:
    """What an edit is for a bubble that has a caption and no text."""
    return EditMessageCaption(
        chat_id=letter.chat,
        message_id=message,
        caption=letter.text,
        parse_mode=ParseMode.HTML,
        reply_markup=_keyboard(letter.rows),
    )


def poll(offset: int | None, timeout: int, limit: int) -> GetUpdates:
    """Ask for updates from `offset` on, waiting up to `timeout` seconds (Telegram caps it at 50)."""
    return GetUpdates(offset=offset, timeout=timeout, limit=limit, allowed_updates=list(WANTED))


def _send(letter: Letter, spot: Spot) -> SendMessage:
    return SendMessage(
        chat_id=letter.chat,
        text=letter.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=_keyboard(letter.rows),
        reply_parameters=_reply(letter, spot),
        message_thread_id=spot.thread,
        disable_notification=letter.silent or None,
    )


def _copy(letter: Letter, spot: Spot) -> CopyMessage:
    if letter.source is None:
        raise ValueError("a copy of nothing")
    chat, message = letter.source
    return CopyMessage(
        chat_id=letter.chat,
        from_chat_id=chat,
        message_id=message,
        caption=letter.text or None,
        parse_mode=ParseMode.HTML,
        reply_markup=_keyboard(letter.rows),
        reply_parameters=_reply(letter, spot),
        message_thread_id=spot.thread,
        disable_notification=letter.silent or None,
    )


def _reaction(letter: Letter, message: int) -> SetMessageReaction:
    given: list[ReactionTypeUnion] = [ReactionTypeEmoji(emoji=letter.emoji)] if letter.emoji else []
    return SetMessageReaction(chat_id=letter.chat, message_id=message, reaction=given)


def _reply(letter: Letter, spot: Spot) -> ReplyParameters | None:
    """What a message answers; one that is gone by then is simply not quoted."""
    answered = spot.reply if letter.answers is None else letter.answers
    if answered is None:
        return None
    return ReplyParameters(message_id=answered, allow_sending_without_reply=True)


def _picture(letter: Letter, spot: Spot, picture: bytes) -> SendPhoto:
    return SendPhoto(
        chat_id=letter.chat,
        photo=BufferedInputFile(picture, FILE_NAME),
        caption=letter.text or None,
        parse_mode=ParseMode.HTML,
        reply_markup=_keyboard(letter.rows),
        reply_parameters=_reply(letter, spot),
        message_thread_id=spot.thread,
        disable_notification=letter.silent or None,
    )


def _document(letter: Letter, spot: Spot, content: bytes) -> SendDocument:
    if letter.frozen is None:
        raise ValueError("a file of nothing")
    return SendDocument(
        chat_id=letter.chat,
        document=BufferedInputFile(content, letter.frozen[1]),
        caption=letter.text or None,
        parse_mode=ParseMode.HTML,
        reply_markup=_keyboard(letter.rows),
        reply_parameters=_reply(letter, spot),
        message_thread_id=spot.thread,
        disable_notification=letter.silent or None,
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
