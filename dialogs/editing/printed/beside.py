"""What stands beside the scripts: the rows under every bubble, the commands, the program's own lines, the facts."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dialogs.editing.printed.card import standing
from dialogs.editing.printed.edition import Edition
from dialogs.editing.printed.elements import element, group
from dialogs.editing.printed.keys import Leads, key, link, way
from dialogs.editing.printed.speech import paragraph
from dialogs.inventory import Use, mentions
from dialogs.model import Fact
from dialogs.showing import BACK, row_label
from dialogs.speaking import spoken, spoken_date
from dialogs.state import Place

_NOWHERE = Place("", "")
"""Commands stand in no script; their targets are always `script.node`."""


def beside(edition: Edition) -> Iterator[Element]:
    """The sections after the scripts."""
    words = edition.words
    yield element("section", element("h2", words.rows), group("nav", _rows(edition), class_="keys"), id="rows")
    yield element("section", element("h2", words.commands), group("table", _commands(edition)), id="commands")
    yield element("section", element("h2", words.alone), group("div", _lines(edition), class_="cards"), id="alone")
    yield element("section", element("h2", words.facts), group("table", _facts(edition)), id="facts")


def _rows(edition: Edition) -> Iterator[Element]:
    frame = edition.book.frame
    for name in dict.fromkeys(name for row in (*frame.always, *frame.alone) for name in row):
        leads = Leads(edition.words.back) if name == BACK else way(edition, frame.commands[name], _NOWHERE)
        yield key(edition.label(row_label(name)), leads)


def _commands(edition: Edition) -> Iterator[Element]:
    frame = edition.book.frame
    for name, choice in frame.commands.items():
        typed = (name, *(alias for alias, command in frame.aliases.items() if command == name))
        leads = link(way(edition, choice, _NOWHERE))
        yield element("tr", element("td", " ".join(f"/{word}" for word in typed)), element("td", leads))


def _lines(edition: Edition) -> Iterator[Element]:
    """Texts the program adds or sends by itself, and how it counts."""
    found = (mention.text for mention in mentions(edition.book) if mention.use in {Use.LINE, Use.UNIT, Use.SAYING})
    for text in dict.fromkeys(found):
        said = paragraph(edition.book, text, edition.language, edition.words.hidden)
        head = element("header", element("h3", text))
        yield element("article", head, element("div", said, class_="bubble"), class_="card")


def _facts(edition: Edition) -> Iterator[Element]:
    words = edition.words
    heads = (words.fact, words.value, words.standing, words.source, words.source_date, words.checked, words.until)
    yield group("tr", (element("th", head) for head in (*heads, words.note)))
    for name, fact in edition.book.facts.items():
        yield _fact(edition, name, fact)


def _fact(edition: Edition, name: str, fact: Fact) -> Element:
    checked, until = (spoken_date(day, edition.language) for day in (fact.checked_on, fact.valid_until))
    value = spoken(edition.book, fact, edition.language)
    cells = (element("code", name), value, standing(fact, edition), fact.source, fact.source_date)
    return group("tr", (element("td", cell) for cell in (*cells, checked, until, fact.note)), id=f"fact.{name}")
