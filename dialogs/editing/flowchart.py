"""Draw nodes and ways as Mermaid, which many editors and web pages draw.

Law: one can follow it with a finger. From any question one may come to any other and to every verdict; drawn are the
questions in the order they stand, and the verdicts after the last of them.
"""

from collections.abc import Iterator

from dialogs import checking
from dialogs.book import Book
from dialogs.inventory import node_path
from dialogs.review.ways import Way, ways_of_node
from dialogs.speaking import words_of
from dialogs.state import Place


def flowchart(book: Book, places: list[Place], language: str) -> Iterator[str]:
    """The nodes, then the ways between them."""
    yield "flowchart TD"
    for place in places:
        yield f'    {_id(place)}["{place}"]'
    for place in places:
        for way in ways_of_node(book, place):
            if not _is_walked(way, place):
                yield _arrow(place, way.target, _words(book, place, way, language), call=way.call)
        yield from _walked(book, place)


def _is_walked(way: Way, place: Place) -> bool:
    return way.where in {(*node_path(place), "walk"), (*node_path(place), "question")}


def _walked(book: Book, place: Place) -> Iterator[str]:
    """From a walk to the first question, from a question to the next, from the last to the verdicts."""
    node, asked = book.node(place), checking.questions(book, place.script)
    if node is None or not (node.walk or node.question):
        return
    ahead = asked if node.walk else asked[asked.index(place) + 1 :]
    if ahead:
        yield _arrow(place, ahead[0])
        return
    for band, target in book.scripts[place.script].verdicts.items():
        yield _arrow(place, book.target(target, place), band)


def _words(book: Book, place: Place, way: Way, language: str) -> str:
    """What stands on the button of a way, if it has one."""
    is_choice = way.where[:-1] == (*node_path(place), "choose")
    return words_of(book, book.label(place, way.where[-1]), language) if is_choice else ""


def _arrow(place: Place, target: Place, words: str = "", *, call: bool = False) -> str:
    label = f'|"{words.replace(chr(34), "#quot;")}"|' if words else ""
    return f"    {_id(place)} {'-.->' if call else '-->'}{label} {_id(target)}"


def _id(place: Place) -> str:
    return f"{place.script}_{place.node}"
