"""Say where each fact is used: which texts name it, and which nodes show its source. Reads, and judges nothing."""

from collections.abc import Iterator, Mapping

from dialogs.book import Book
from dialogs.inventory import text_ids
from dialogs.state import Place
from dialogs.texts import placeholders


def uses(book: Book) -> Mapping[str, tuple[str, ...]]:
    """For every fact the texts that name it in any language, then the nodes that list it under `info` alone."""
    found: dict[str, dict[str, None]] = {name: {} for name in book.sheet}
    for name, text in _named(book):
        found.get(name, {})[text] = None
    for name, place in _listed(book):
        texts = found.get(name, {})
        if texts.keys().isdisjoint(book.paragraphs(place)):
            texts[f"{place} (source)"] = None
    return {name: tuple(where) for name, where in found.items()}


def _named(book: Book) -> Iterator[tuple[str, str]]:
    for text in text_ids(book):
        for words in book.texts.values():
            for name in sorted(placeholders(words.get(text, ""))):
                yield name, text


def _listed(book: Book) -> Iterator[tuple[str, Place]]:
    for place in book.places():
        node = book.node(place)
        for name in node.info if node else ():
            yield name, place
