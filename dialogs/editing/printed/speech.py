"""The words of the book as they stand in a bubble: bold where it is bold, facts as links to where they come from."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dialogs.book import Book
from dialogs.editing.printed.elements import Piece, element, group
from dialogs.rendering import bold_is_balanced
from dialogs.review.limits import bare
from dialogs.speaking import spoken, words_of
from dialogs.texts import placeholders

_BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)
_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def paragraph(book: Book, text: str, language: str, hidden: str) -> Element:
    """One paragraph, with `hidden` above it when people do not see it."""
    said = group("p", spoken_pieces(book, text, language), lang=language)
    if all(book.facts[name].confirmed for name in facts_named(book, text, language)):
        return said
    return element("div", element("strong", hidden), said, class_="hidden")


def spoken_pieces(book: Book, text: str, language: str) -> Iterator[Piece]:
    """The words of a text with their bold parts and their facts."""
    words = words_of(book, text, language)
    parts = _BOLD.split(words) if bold_is_balanced(words) else [bare(words)]
    for index, part in enumerate(parts):
        pieces = _filled(book, part, language)
        yield from [group("b", pieces)] if index % 2 else pieces


def first_line(book: Book, text: str, language: str) -> str:
    """How a text begins, without markup."""
    return "".join(group("p", spoken_pieces(book, text, language)).itertext()).split("\n")[0]


def facts_named(book: Book, text: str, language: str) -> list[str]:
    """The facts a text names."""
    named = placeholders(words_of(book, text, language))
    return [name for name in book.facts if name in named]


def _filled(book: Book, words: str, language: str) -> Iterator[Piece]:
    for index, part in enumerate(_NAME.split(words)):
        yield _named(book, part, language) if index % 2 else part


def _named(book: Book, name: str, language: str) -> Element:
    """A fact by its value; one that is hidden, or a value worked out in the chat, by its name."""
    fact = book.facts.get(name)
    if fact is None:
        return element("code", f"{{{name}}}")
    if not fact.confirmed:
        return element("a", f"{{{name}}}", href=f"#fact.{name}", class_="waiting")
    return element("a", spoken(book, fact, language), href=f"#fact.{name}", class_="fact")
