"""Where one can go from where: the book as a graph. Only reads; a target that is nowhere is left to the reader."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialogs.book import Book
from dialogs.checking import questions
from dialogs.inventory import node_path
from dialogs.model import Choice
from dialogs.reading import Where
from dialogs.state import Place


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a target; `call` ones come back by `return`."""

    target: Place
    where: Where
    call: bool = False


def ways_of_node(book: Book, place: Place) -> Iterator[Way]:
    """The ways on from one node."""
    node = book.node(place)
    if node is None:
        return
    path = node_path(place)
    if node.goto:
        yield Way(book.target(node.goto, place), (*path, "goto"))
    if node.call:
        yield Way(book.target(node.call, place), (*path, "call"), call=True)
    for name, choice in (node.choose or {}).items():
        yield from _ways_of_choice(book, choice, place, (*path, "choose", name))
    if node.walk or node.question:
        yield from _ways_of_walk(book, place, (*path, "walk" if node.walk else "question"))


def ways_of_frame(book: Book) -> Iterator[Way]:
    """The ways in: start, home, menu, commands and key phrases. Their targets are always `script.node`."""
    for key, target in (("start", book.start), ("home", book.home), ("menu", book.menu)):
        yield Way(target, ("frame", key))
    if book.frame.ads:
        yield Way(book.target(book.frame.ads.shown, book.menu), ("frame", "ads"), call=True)
    nowhere = Place("", "")
    for name, choice in book.frame.commands.items():
        yield from _ways_of_choice(book, choice, nowhere, ("frame", "commands", name))
    for intent, choice in _intents(book).items():
        yield from _ways_of_choice(book, choice, nowhere, ("intents", intent, "way"))


def all_ways(book: Book) -> Iterator[Way]:
    """Every way of the book."""
    yield from ways_of_frame(book)
    for place in book.places():
        yield from ways_of_node(book, place)


def reached(book: Book, roots: Iterable[Place]) -> frozenset[Place]:
    """The roots and everything one can walk to from them."""
    seen: set[Place] = set()
    ahead = list(roots)
    while ahead:
        place = ahead.pop()
        if place not in seen:
            seen.add(place)
            ahead += [way.target for way in ways_of_node(book, place)]
    return frozenset(seen)


def circle(book: Book, place: Place) -> tuple[Place, ...]:
    """The nodes that lead from `place` back to it without ever waiting for the person; empty without such a circle."""
    walked = [place]
    while (ahead := _next(book, walked[-1])) and ahead not in walked:
        walked.append(ahead)
    return tuple(walked) if ahead == place else ()


def _next(book: Book, place: Place) -> Place | None:
    node = book.node(place)
    if node is None or node.waits or node.walk:
        return None  # a walk ends at a question, or at a verdict that asks nothing
    return next((way.target for way in ways_of_node(book, place)), None)


def _ways_of_walk(book: Book, place: Place, where: Where) -> Iterator[Way]:
    """From any question one may come to any other of the script, and to every verdict."""
    for question in questions(book, place.script):
        yield Way(question, where)
    for target in book.scripts[place.script].verdicts.values():
        yield Way(book.target(target, place), where)


def _ways_of_choice(book: Book, choice: Choice, here: Place, where: Where) -> Iterator[Way]:
    target = choice.goto or choice.call
    if target:
        yield Way(book.target(target, here), where, call=choice.call is not None)


def _intents(book: Book) -> dict[str, Choice]:
    by_sound = (phrases for sounds in book.lexicon.phrases.values() for phrases in sounds.values())
    return {phrase.meaning.intent: phrase.meaning.way for phrases in by_sound for phrase in phrases}
