"""Print a script as an editor reads it: every node with its real words and its buttons, or as a flowchart.

What is printed is what is written, not what one person would see: paragraphs hidden for want of a confirmed fact are
shown and say so.
"""

import html
from collections.abc import Callable, Iterator

from dialogs.book import Book
from dialogs.inventory import node_path
from dialogs.model import Choice, Node
from dialogs.rendering import UNTICKED, paragraph
from dialogs.review.limits import bare
from dialogs.review.ways import ways_of_node
from dialogs.speaking import words_of
from dialogs.state import Place


def run(book: Book, script: str | None, language: str, write: Callable[[str], None], *, mermaid: bool = False) -> int:
    """Print one script, or all of them; 1 when there is no such script or language."""
    if script is not None and script not in book.scripts:
        write(f"There is no script {script}; there are {', '.join(book.scripts)}.")
        return 1
    if language not in book.frame.languages:
        write(f"The book has no {language}; it has {', '.join(book.frame.languages)}.")
        return 1
    places = [place for place in book.places() if script in {None, place.script}]
    lines = flowchart(book, places, language) if mermaid else reading(book, places, language)
    for line in lines:
        write(line)
    return 0


def reading(book: Book, places: list[Place], language: str) -> Iterator[str]:
    """The nodes one after the other: heading, bubble, buttons with where they lead."""
    for place in places:
        node = book.node(place)
        if node:
            yield f"=== {place}"
            yield from _bubble(book, place, language)
            yield from _checklist(book, place, language)
            yield from _onward(book, place, node, language)
            yield ""


def flowchart(book: Book, places: list[Place], language: str) -> Iterator[str]:
    """The same as Mermaid, which many editors and web pages draw."""
    yield "flowchart TD"
    for place in places:
        yield f'    {_id(place)}["{place}"]'
    for place in places:
        for way in ways_of_node(book, place):
            label = ""
            if way.where[:-1] == (*node_path(place), "choose"):
                words = words_of(book, book.label(place, way.where[-1]), language)
                label = f'|"{words.replace(chr(34), "#quot;")}"|'
            arrow = "-.->" if way.call else "-->"
            yield f"    {_id(place)} {arrow}{label} {_id(way.target)}"


def _bubble(book: Book, place: Place, language: str) -> Iterator[str]:
    for index, text in enumerate(book.paragraphs(place)):
        if index:
            yield ""
        words = paragraph(book, text, language)
        written = words_of(book, text, language)
        yield (
            html.unescape(bare(words)) if words is not None else f"{bare(written)}\n  (hidden: a fact is not confirmed)"
        )


def _checklist(book: Book, place: Place, language: str) -> Iterator[str]:
    for line in book.lines(place):
        yield f"{UNTICKED} {bare(words_of(book, line, language))} [{words_of(book, f'{line}.short', language)}]"


def _onward(book: Book, place: Place, node: Node, language: str) -> Iterator[str]:
    if node.info:
        yield f"  (source of {', '.join(node.info)})"
    for name, choice in (node.choose or {}).items():
        yield f"* {words_of(book, book.label(place, name), language)} -> {_where(choice)}"
    ways = {"->": node.goto, "-> call": node.call, "-> return": node.returns or None, "(end)": node.end or None}
    for sign, target in ways.items():
        if target is not None:
            yield f"{sign} {target}" if isinstance(target, str) else sign


def _where(choice: Choice) -> str:
    if choice.returns:
        return "return"
    if choice.do:
        return choice.do
    target = choice.goto or f"call {choice.call}"
    return f"{target}, in {choice.language}" if choice.language else target


def _id(place: Place) -> str:
    return f"{place.script}_{place.node}"
