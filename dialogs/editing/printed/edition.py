"""What one page is printed from: the book, a language, the day, and the words around it."""

from dataclasses import dataclass
from datetime import date

from dialogs.book import Book
from dialogs.editing.printed.words import Words
from dialogs.speaking import words_of


@dataclass(frozen=True, slots=True)
class Edition:
    """The book in one language on one day, framed in `words`."""

    book: Book
    language: str
    words: Words
    today: date

    def label(self, text: str, languages: tuple[str, ...] = ()) -> str:
        """The words of a label, in several languages where a phone shows several."""
        return " · ".join(dict.fromkeys(words_of(self.book, text, name) for name in languages or (self.language,)))
