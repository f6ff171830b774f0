"""Rules about the ways through the book: every one leads somewhere, everyone can leave, nobody is left behind."""

from collections.abc import Iterator

from dialogs.inventory import node_path
from dialogs.model import Node
from dialogs.reading import Where
from dialogs.review.manuscript import Manuscript, Remark
from dialogs.review.ways import Way, all_ways, circle, reached, ways_of_frame
from dialogs.speaking import CHECK, TALLY
from dialogs.state import Place
from dialogs.texts import placeholders

WAYS_OUT = ("menu", "human", "sos")
"""The rows every bubble must have (design: a way to the menu, a human and SOS from every node)."""


def unknown_target(manuscript: Manuscript) -> Iterator[Remark]:
    """A way leads to a node that is not there."""
    book = manuscript.book
    starts = (Way(Place(name, script.start), ("scripts", name, "start")) for name, script in book.scripts.items())
    for way in (*starts, *all_ways(book)):
        if book.node(way.target) is None:
            yield Remark(way.where, f"{way.where[-1]}: leads to {way.target}, which is no node")


def unreachable(manuscript: Manuscript) -> Iterator[Remark]:
    """No way leads to a node."""
    found = reached(manuscript.book, (way.target for way in ways_of_frame(manuscript.book)))
    for place in manuscript.book.places():
        if place not in found:
            yield Remark(node_path(place), f"{place}: no way leads here")


def endless(manuscript: Manuscript) -> Iterator[Remark]:
    """Nodes lead around in a circle without waiting for the person."""
    for place in manuscript.book.places():
        walked = circle(manuscript.book, place)
        if walked and place == min(walked, key=str):
            around = " → ".join(map(str, (*walked, place)))
            yield Remark(node_path(place), f"{place}: leads back to itself and never waits ({around})")


def nothing_to_show(manuscript: Manuscript) -> Iterator[Remark]:
    """All paragraphs of a node are hidden, because they name facts that are not confirmed."""
    for place, node in manuscript.nodes:
        for language in manuscript.languages:
            if not _says_something(manuscript, place, node, language):
                yield Remark(node_path(place), f"{place}: nothing is left to show in {language}")


def return_without_call(manuscript: Manuscript) -> Iterator[Remark]:
    """A `return` stands where no `call` ever leads."""
    called = reached(manuscript.book, (way.target for way in all_ways(manuscript.book) if way.call))
    for place, node in manuscript.nodes:
        for where in _returns(place, node) if place not in called else ():
            yield Remark(where, f"{place}: returns, but nothing calls it")


def no_way_out(manuscript: Manuscript) -> Iterator[Remark]:
    """The rows under every bubble lack the menu, a human or SOS; those before a language is chosen lack SOS."""
    frame = manuscript.book.frame
    for rows, key, needed in ((frame.always, "always", WAYS_OUT), (frame.alone, "alone", ("sos",))):
        there = {name for row in rows for name in row}
        for name in needed:
            if name not in there:
                yield Remark(("frame", key), f"{key}: has no {name}")


def crowded_row(manuscript: Manuscript) -> Iterator[Remark]:
    """A fixed row has more than two buttons, which no phone shows whole."""
    frame = manuscript.book.frame
    for key, rows in (("always", frame.always), ("alone", frame.alone)):
        for row in rows:
            if len(row) > 2:  # noqa: PLR2004 - two columns are the most a narrow phone shows (wording.md §3)
                yield Remark(("frame", key), f"{key}: the row {', '.join(row)} has more than two buttons")


def language_not_offered(manuscript: Manuscript) -> Iterator[Remark]:
    """The start offers no choice of a language, or a choice sets one the book does not have."""
    book = manuscript.book
    start = book.node(book.start)
    offered = {choice.language for choice in (start.choose or {}).values()} if start else set(book.frame.languages)
    for language in book.frame.languages:
        if language not in offered:
            yield Remark(node_path(book.start), f"{book.start}: does not offer {language}")
    for place, node in manuscript.nodes:
        for name, choice in (node.choose or {}).items():
            if choice.language and choice.language not in book.frame.languages:
                yield Remark((*node_path(place), "choose", name), f"{name}: the book has no {choice.language}")


def vanished(manuscript: Manuscript) -> Iterator[Remark]:
    """A published node is gone, and nothing says where its people go."""
    for name in sorted(manuscript.published):
        place = Place.parse(name)
        script = manuscript.book.scripts.get(place.script)
        if manuscript.book.node(place) is None and not (script and place.node in script.moved):
            where = ("scripts", place.script) if script else ()
            yield Remark(where, f"{place}: was published and is gone")


def moved_nowhere(manuscript: Manuscript) -> Iterator[Remark]:
    """A `moved` line carries people to a node that is not there, or away from one that is."""
    book = manuscript.book
    for name, script in book.scripts.items():
        for old, new in script.moved.items():
            here = Place(name, old)
            where = ("scripts", name, "moved", old)
            if book.node(here):
                yield Remark(where, f"{old}: is still a node, nobody needs to be moved")
            elif book.node(book.target(new, here)) is None:
                yield Remark(where, f"{old}: is moved to {new}, which is no node")


def _says_something(manuscript: Manuscript, place: Place, node: Node, language: str) -> bool:
    texts = [manuscript.words(language, text) for text in manuscript.book.paragraphs(place)]
    if None in texts:
        return True  # said by another rule: a text is missing
    if not texts:
        return bool(node.tick or node.list) or not node.waits
    if node.walk or node.list:
        return True
    shown = manuscript.confirmed | TALLY | CHECK | {"example"}
    return any(placeholders(words) <= shown for words in texts if words)


def _returns(place: Place, node: Node) -> Iterator[Where]:
    if node.returns:
        yield (*node_path(place), "return")
    for name, choice in (node.choose or {}).items():
        if choice.returns:
            yield (*node_path(place), "choose", name)
