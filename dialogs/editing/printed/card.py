"""One node as a card: its bubble as on a phone, its buttons as links to the cards they lead to, and its facts."""

import html
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dialogs.editing.printed.answers import answers, below, conditions, doubts, listed
from dialogs.editing.printed.edition import Edition
from dialogs.editing.printed.elements import element, group
from dialogs.editing.printed.keys import key, onward, way
from dialogs.editing.printed.speech import facts_named, paragraph, spoken_pieces
from dialogs.model import Fact, Node
from dialogs.rendering import UNTICKED, source_line
from dialogs.review.limits import bare
from dialogs.state import Place


def card(edition: Edition, place: Place, node: Node) -> Element:
    """The card of a node; the choice of language speaks all languages, as on the phone."""
    book = edition.book
    languages = book.frame.languages if place == book.start else (edition.language,)
    bubble = group("div", _said(edition, place, node, languages), class_="bubble")
    keys = group("nav", _keys(edition, place, node, languages), class_="keys")
    facts = group("ul", _facts(edition, place, node), class_="facts")
    above = conditions(edition, place, node.question) if node.question else ()
    return element("article", _head(edition, place, node), *above, bubble, keys, facts, class_="card", id=str(place))


def standing(fact: Fact, edition: Edition) -> Element:
    """Whether a fact is confirmed, as people say it."""
    words = edition.words
    said = {"verified": words.verified, "likely": words.likely, "unverified": words.unverified}
    return element("em", said[fact.confidence], class_=fact.confidence)


def _head(edition: Edition, place: Place, node: Node) -> Element:
    words = edition.words
    marks = {
        words.keeps: node.keep,
        words.asks: node.ask is not None,
        words.check.question: node.question is not None,
        words.check.picture: node.picture,
    }
    link = element("a", str(place), href=f"#{place}")
    return element("header", element("h3", link), *(element("small", mark) for mark, has in marks.items() if has))


def _said(edition: Edition, place: Place, node: Node, languages: tuple[str, ...]) -> Iterator[Element]:
    book = edition.book
    for language in languages:
        for text in book.paragraphs(place):
            yield paragraph(book, text, language, edition.words.hidden)
        lines = [element("p", f"{UNTICKED} ", *spoken_pieces(book, text, language)) for text in book.lines(place)]
        if lines:
            yield group("div", lines, lang=language)
        yield from listed(edition, node)
        source = source_line(book, node.info, language, edition.today)
        if source:
            yield element("p", html.unescape(bare(source)), class_="source", lang=language)


def _keys(edition: Edition, place: Place, node: Node, languages: tuple[str, ...]) -> Iterator[Element]:
    book = edition.book
    for line in book.lines(place):
        yield key(f"{UNTICKED} {edition.label(f'{line}.short', languages)}")
    if node.question:
        yield from answers(edition, place, node.question)
    for name, choice in (node.choose or {}).items():
        yield key(edition.label(book.label(place, name), languages), way(edition, choice, place))
    if node.question:
        yield doubts(edition, place)
        yield from below(edition, place, node.question)
    yield from onward(edition, place, node)


def _facts(edition: Edition, place: Place, node: Node) -> Iterator[Element]:
    book = edition.book
    texts = (*book.paragraphs(place), *book.lines(place))
    named = (name for text in texts for name in facts_named(book, text, edition.language))
    for name in dict.fromkeys((*node.info, *named)):
        fact = book.facts.get(name)
        if fact:
            link = element("a", name, href=f"#fact.{name}")
            yield element("li", link, f" {fact.source} ({fact.source_date}) ", standing(fact, edition))
