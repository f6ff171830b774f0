"""A release in a few sentences: what stands under a picture in Telegram."""

from bot.statistics.published import Release
from dialogs.book import Book


def short(release: Release, book: Book, language: str) -> str:
    """Title and a few sentences, at most 900 signs of plain text; escape it where it is sent as HTML."""
    raise NotImplementedError
