"""Every file of a release, by its name."""

from bot.statistics.published import Release
from dialogs.book import Book


def files(release: Release, book: Book) -> dict[str, bytes]:
    """The contents of every file by its name, in the order they are listed. A demonstration's say so by name."""
    raise NotImplementedError
