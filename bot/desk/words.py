"""What the desk says, out of the catalogues, as Telegram HTML: `desk.` to people, `staff.` to staff."""

import html
from datetime import datetime

from bot.clock import TBILISI
from bot.letters import Rows
from dialogs.book import Book
from dialogs.rendering import paragraph, tap_data
from dialogs.speaking import words_of

Button = tuple[str, str, int]
"""Text id of the label, the verb that comes back, and the number that names what it is about."""
BANDS = {"red": "■■■", "orange": "■■□", "yellow": "■□□", "none": "□□□", "emergency": "■■■", "minor": "■■■"}
"""A band in shapes, as people see it too."""


def say(book: Book, language: str, text: str, /, **values: str) -> str:
    """A text in a language, with its values; the id itself where the catalogues have no such text."""
    escaped = {name: html.escape(value, quote=False) for name, value in values.items()}
    return paragraph(book, text, language, escaped) or ""


def plain(book: Book, language: str, text: str, /, **values: str) -> str:
    """The same for what takes no markup: a label, a note above the chat."""
    return html.unescape(say(book, language, text, **values)).replace("<b>", "").replace("</b>", "")


def keys(book: Book, language: str, *rows: tuple[Button, ...]) -> Rows:
    """Rows of buttons."""
    return tuple(
        tuple((words_of(book, label, language), tap_data(verb, about)) for label, verb, about in row) for row in rows
    )


def quoted(text: str) -> str:
    """Somebody's own words, as they are."""
    return html.escape(text, quote=False)


def clock(moment: datetime) -> str:
    """The time of day in Tbilisi."""
    return f"{moment.astimezone(TBILISI):%H:%M}"


def day_and_clock(moment: datetime, now: datetime) -> str:
    """The same, with the date when that is another day."""
    here, today = moment.astimezone(TBILISI), now.astimezone(TBILISI).date()
    return f"{here:%H:%M}" if here.date() == today else f"{here:%d.%m %H:%M}"
