"""List every text id a book uses, in the order an editor reads it: the frame first, then script by script.

One list serves the reviewer (what is missing, what nobody uses) and the catalogues (what stands where).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from dialogs.assess import BANDS
from dialogs.book import Book
from dialogs.checking import ALWAYS, question
from dialogs.desk import is_button
from dialogs.listing import FACETS, TOPICS
from dialogs.model import SWITCHES
from dialogs.reading import Where
from dialogs.registered import SAYINGS
from dialogs.rendering import SHARED, STEP
from dialogs.showing import row_label
from dialogs.speaking import COUNTED, FEES, PERIODS, UNITS
from dialogs.state import Place


class Use(Enum):
    """What a text is for.

    A line the program adds by itself, a paragraph of a bubble, a line of a checklist, the words on a button or on one
    with a tick before them, a number with its unit, what a question is called in a list of answers, or a line about a
    company.
    """

    LINE = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    LABEL = auto()
    TICK = auto()
    UNIT = auto()
    SHORT = auto()
    SAYING = auto()


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
    yield from _of_check(book)
    yield from _of_offers(book)
    yield from _of_desk(book)


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
    for name, choice in ((node.choose or {}) if node else {}).items():
        use = Use.TICK if choice.do in SWITCHES else Use.LABEL
        yield Mention(book.label(place, name), use, (*path, "choose", name))
    asked = question(book, place)
    if asked:
        yield Mention(f"{place}.short", Use.SHORT, path)
        for answer in asked.answers:
            yield Mention(book.label(place, answer), Use.LABEL, (*path, "question", "answers"))


def _of_check(book: Book) -> Iterator[Mention]:
    """What is said around questions and verdicts, wherever a script asks."""
    asking = [script for script in book.scripts.values() if script.verdicts]
    if not asking:
        return
    for name in ALWAYS:
        yield Mention(row_label(name), Use.LABEL, ())
    yield Mention(STEP, Use.LINE, ())
    for name in COUNTED:
        yield Mention(f"unit.{name}", Use.UNIT, ())
    briefs = (*(f"brief.{script.script}" for script in asking), "brief.begun")
    for text in (*briefs, *(f"band.{band}" for band in BANDS)):
        yield Mention(text, Use.LINE, ())
    for name in book.rules.signs:
        yield Mention(f"sign.{name}", Use.ITEM, ("rules", "signs", name))
        yield Mention(f"why.{name}", Use.ITEM, ("rules", "signs", name))


def _of_offers(book: Book) -> Iterator[Mention]:
    """What lists name: points of an offer, what an ad says, what is known of a company."""
    nodes = [node for place in book.places() if (node := book.node(place))]
    lists, asks = {node.list for node in nodes}, {node.ask for node in nodes}
    if lists & {"gaps", "card", "unsaid"}:
        yield from (Mention(f"gap.{topic}", Use.ITEM, ()) for topic in TOPICS)
    if "asks" in lists:
        yield from (Mention(f"ask.{topic}", Use.ITEM, ()) for topic in TOPICS)
    if "said" in lists:
        yield from (Mention(f"ad.{topic}", Use.ITEM, ()) for topic in TOPICS if topic in FACETS)
        yield from (Mention(text, Use.LINE, ()) for text in (*FEES.values(), *PERIODS.values()))
    if "company" in asks:
        yield from (Mention(text, Use.SAYING, ()) for text in SAYINGS.values())


def _of_desk(book: Book) -> Iterator[Mention]:
    """What the desk says to people and to staff, and what it calls things."""
    if book.desk is None:
        return
    for text, key in book.desk.codes():
        yield Mention(text, Use.LABEL, ("desk", key))
    for name in book.desk.replies:
        yield Mention(f"reply.{name}", Use.LINE, ("desk", "replies", name))
        yield Mention(f"reply.{name}.title", Use.LABEL, ("desk", "replies", name))
    for text in book.desk.said:
        yield Mention(text, Use.LABEL if is_button(text) else Use.LINE, ("desk", "said", text))
