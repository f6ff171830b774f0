"""List every text id a book uses, in the order an editor reads it: the frame first, then script by script.

One list serves the reviewer (what is missing, what nobody uses) and the catalogues (what stands where).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from dialogs.book import Book
from dialogs.reading import Where
from dialogs.rendering import SHARED
from dialogs.showing import row_label
from dialogs.speaking import UNITS
from dialogs.state import Place


class Use(Enum):
    """What a text is for.

    A line the program adds by itself, a paragraph of a bubble, a line of a checklist, the words on a button or on the
    button of such a line, or a number with its unit.
    """

    LINE = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    LABEL = auto()
    TICK = auto()
    UNIT = auto()


@dataclass(frozen=True, slots=True)
class Mention:
    """A text id and the place in the sources that asks for it."""

    text: str
    use: Use
    where: Where


def mentions(book: Book) -> Iterator[Mention]:
    """Every mention of a text, in reading order; a text used twice is mentioned twice."""
    yield from _of_frame(book)
    for place in book.places():
        yield from _of_node(book, place)


def text_ids(book: Book) -> tuple[str, ...]:
    """Every text id once, in reading order."""
    return tuple(dict.fromkeys(mention.text for mention in mentions(book)))


def node_path(place: Place) -> Where:
    """Where a node is written."""
    return ("scripts", place.script, "nodes", place.node)


def _of_frame(book: Book) -> Iterator[Mention]:
    frame = book.frame
    for rows, key in ((frame.always, "always"), (frame.alone, "alone")):
        for name in (name for row in rows for name in row):
            yield Mention(row_label(name), Use.LABEL, ("frame", key))
    for kind, text in frame.unclear.items():
        yield Mention(text, Use.LINE, ("frame", "unclear", kind))
    for text in frame.unasked:
        yield Mention(text, Use.LINE, ("frame", "unasked"))
    for text in SHARED:
        yield Mention(text, Use.LINE, ("frame",))
    for text in UNITS.values():
        yield Mention(text, Use.UNIT, ("frame",))


def _of_node(book: Book, place: Place) -> Iterator[Mention]:
    path = node_path(place)
    node = book.node(place)
    for text in book.paragraphs(place):
        yield Mention(text, Use.PARAGRAPH, path)
    for text in book.lines(place):
        yield Mention(text, Use.ITEM, path)
        yield Mention(f"{text}.short", Use.TICK, path)
    for choice in (node.choose or {}) if node else {}:
        yield Mention(book.label(place, choice), Use.LABEL, (*path, "choose", choice))
