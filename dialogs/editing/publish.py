"""Publish the book: note which places people may stand on from now on, once the book is clean.

The list is written last and in one step; the running bot watches it and takes the new book over between two batches.
"""

from collections.abc import Callable
from pathlib import Path

from dialogs.book import Book
from dialogs.loader import BOOK, LOCALES
from dialogs.review import running
from dialogs.writing import replace_text


def run(write: Callable[[str], None], directory: Path = BOOK, locales: Path = LOCALES) -> int:
    """Check, then publish; 1 and nothing written when there is a finding."""
    if running.run(write, None, directory, locales):
        write("Nothing is published.")
        return 1
    book = running.examine(directory, locales).book
    publish(book, directory)
    write(f"Published {len(tuple(book.places()))} nodes. A running bot takes the book over within seconds.")
    return 0


def publish(book: Book, directory: Path) -> None:
    """Write the list of places of a clean book. It is written even when unchanged: its date is the signal."""
    lines = sorted(f"{place}\n" for place in book.places())
    replace_text(running.published_path(directory), "".join(lines))
