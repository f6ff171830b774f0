"""Inline keyboards, as Telegram takes them.

Law: callback data is 1-64 bytes, at most 100 buttons and 8 in a row, every button does something.
Source: schema InlineKeyboardButton; td ReplyMarkup.cpp; tdlib/telegram-bot-api get_inline_keyboard_button.
It will not: keep reply keyboards; Telegram returns them in no answer.
"""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Json

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
MAX_IN_A_ROW = 8

Rows = tuple[tuple[Json, ...], ...]


def inline_rows(markup: object) -> Rows:
    """The buttons to keep with the message; nothing for the other kinds of markup. Raises a refusal."""
    if not isinstance(markup, InlineKeyboardMarkup):
        return ()
    rows = tuple(tuple(_button(button) for button in row) for row in markup.inline_keyboard if row)
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _button(button: InlineKeyboardButton) -> Json:
    if not button.text:
        raise bad_request("inline keyboard button text must be non-empty")
    shown = button.model_dump(exclude_none=True)
    if not any(value != "" for name, value in shown.items() if name not in _LOOKS):
        sentence = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {sentence}")
    if button.callback_data is not None and len(button.callback_data.encode()) > MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return shown


_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
