"""The page of one language: its head, the contents, the scripts card by card, and what stands beside them."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from xml.etree.ElementTree import Element

from babel import Locale, UnknownLocaleError

from dialogs.book import Book
from dialogs.editing.printed.beside import beside
from dialogs.editing.printed.card import card
from dialogs.editing.printed.edition import Edition
from dialogs.editing.printed.elements import Piece, document, element, group
from dialogs.editing.printed.judged import sections, verdicts
from dialogs.editing.printed.speech import first_line
from dialogs.editing.printed.words import words_for
from dialogs.model import Node
from dialogs.speaking import spoken_date
from dialogs.state import Place

_STYLE = Path(__file__).with_name("style.css")
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may load nothing, whatever is written in it."""


def page(book: Book, language: str, today: date) -> str:
    """The whole file."""
    framed_in, words = words_for(language)
    edition = Edition(book, language, words, today)
    title = f"{words.title} · {_name(language)}"
    day = element("p", f"{words.day}: {spoken_date(today, framed_in)}")
    main = group("main", chain(_scripts(edition), sections(edition), beside(edition)))
    body = element("body", element("header", element("h1", title), day), _contents(edition), main)
    return document(element("html", _head(title), body, lang=framed_in))


def _head(title: str) -> Element:
    return element(
        "head",
        element("meta", charset="utf-8"),
        Element("meta", {"http-equiv": "Content-Security-Policy", "content": _CLOSED}),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", _STYLE.read_text(encoding="utf-8")),
    )


def _contents(edition: Edition) -> Element:
    words = edition.words
    scripts = (_entry(edition, script) for script in edition.book.scripts)
    judged = {section.attrib["id"]: section.findtext("h2", "") for section in sections(edition)}
    others = judged | {"rows": words.rows, "commands": words.commands, "alone": words.alone, "facts": words.facts}
    rest = (element("li", element("a", title, href=f"#{name}")) for name, title in others.items())
    return element("nav", element("h2", words.contents), group("ol", chain(scripts, rest)), class_="contents")


def _entry(edition: Edition, script: str) -> Element:
    """A script in the contents: its name, how it begins, and its nodes."""
    book = edition.book
    texts = book.paragraphs(Place(script, book.scripts[script].start))[:1]
    begins = "".join(first_line(book, text, edition.language) for text in texts)
    nodes = group("small", _nodes(script, book.scripts[script].nodes))
    link = element("a", script, href=f"#{script}")
    return element("li", link, " ", element("span", begins, lang=edition.language), nodes)


def _nodes(script: str, nodes: dict[str, Node]) -> Iterator[Piece]:
    for node in nodes:
        yield element("a", node, href=f"#{script}.{node}")
        yield " "


def _scripts(edition: Edition) -> Iterator[Element]:
    for script, found in edition.book.scripts.items():
        cards = (card(edition, Place(script, name), node) for name, node in found.nodes.items())
        head = verdicts(edition, found)
        yield element("section", element("h2", script), *head, group("div", cards, class_="cards"), id=script)


def _name(language: str) -> str:
    try:
        return Locale.parse(language).get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
