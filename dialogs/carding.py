"""The words of a card: a title and the lines of a list, plain, ready to stand on a picture."""

import html
import re
from datetime import date

from dialogs.book import Book
from dialogs.effects import Line, Show
from dialogs.rendering import paragraph
from dialogs.speaking import computed

_BOLD = re.compile(r"</?b>")


def card_of(book: Book, show: Show, today: date) -> tuple[str, ...]:
    """The first paragraph as title, then the lines without their ticks; empty where either is missing.

    Before a language is chosen it is the first of the book: a card that is sent on speaks one language.
    """
    language = show.language or book.frame.languages[0]
    values = computed(book, show, language, today)
    title = [words for text in show.paragraphs[:1] if (words := paragraph(book, text, language, values))]
    lines = [words for line in show.lines if (words := _whole(book, line, language))]
    return tuple(plain(words) for words in (*title, *lines)) if title and lines else ()


def plain(words: str) -> str:
    """Telegram HTML as a person reads it: without the bold, and with every sign as itself."""
    return html.unescape(_BOLD.sub("", words))


def _whole(book: Book, line: Line, language: str) -> str | None:
    """A line is shown whole or not at all, as in the bubble."""
    parts = [paragraph(book, text, language) for text in (line.text, line.more) if text]
    return " ".join(part for part in parts if part) if all(parts) else None
