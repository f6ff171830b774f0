"""Print the whole book as one page per language, for people who read it without a terminal, on a screen or on paper.

Law: a page needs nothing but itself: no network, no program. Everything written by people is put in as text, never as
markup. What is hidden from people stands there too, and says so.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from dialogs.book import Book
from dialogs.editing.printed.page import page
from dialogs.finding import shown_path
from dialogs.writing import replace_text


def run(book: Book, directory: Path, today: date, write: Callable[[str], None]) -> int:
    """Write `<language>.html` for each language of the book into `directory`, and say where. Raises OSError."""
    for language in book.frame.languages:
        path = directory / f"{language}.html"
        replace_text(path, page(book, language, today))
        write(f"written: {shown_path(path)}")
    return 0
