"""Walk the book: where a way leads, and on from there to the next node that waits for the person.

Law: a walk always ends at a node of today's book. What cannot be walked (a node gone for good, a circle, a return
with nowhere to return to) leads to the menu; while no language is chosen, the menu is the choice of language.
It shows nothing and understands nothing.

`call` remembers the place it leaves: for a choice or a command the node the person stands on; for a node's own
`call`, which is no place to stand on, the start of its script. `return` goes back there and drops the trail since.
The menu drops both ways back.
"""

from dataclasses import dataclass, replace

from dialogs import checking
from dialogs.book import Book
from dialogs.model import Choice, Node
from dialogs.state import MAX_STACK, MAX_TRAIL, Place, State

MAX_NODES_PER_STEP = 32
"""A walk over more nodes than this is a circle."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a walk ended, and the places it came through; the last one is where it waits."""

    state: State
    places: tuple[Place, ...]


def begin(book: Book, state: State) -> Walk:
    """Start: at home where a language is known, else at the choice of language."""
    fresh = replace(state, stack=(), trail=())
    return walk(book, fresh, book.home if state.language else book.start)


def follow(book: Book, state: State, here: Place, way: Choice) -> Walk:
    """Go where a choice, a command or a phrase leads from `here`. `do` is the caller's, not a way."""
    spoken = replace(state, language=_known(book, way.language) or state.language)
    if way.returns:
        return _return(book, spoken)
    there = _by_answer(book, state, here, way, book.target(way.goto or way.call or book.frame.menu, here))
    if there == here:
        return walk(book, spoken, there)
    left = replace(spoken, trail=(*spoken.trail, here)[-MAX_TRAIL:])
    return walk(book, _remembering(left, here) if way.call else left, there)


def on_from(book: Book, state: State, here: Place, script: str) -> Walk:
    """Go on from `here` with the questions of a script, or to its verdict."""
    left = replace(state, trail=(*state.trail, here)[-MAX_TRAIL:])
    return walk(book, left, checking.onward(book, state, script))


def back(book: Book, state: State) -> Walk:
    """One place back on the trail, out of the call where that is where it was made."""
    there = state.trail[-1] if state.trail else _way_out(book, state)
    stack = state.stack[:-1] if state.stack[-1:] == (there,) else state.stack
    return walk(book, replace(state, trail=state.trail[:-1], stack=stack), there)


def out_of(book: Book, state: State, script: str) -> State:
    """Back along the trail until out of a script: the place from which the person was led into it.

    A choice of language that was made lies behind nobody.
    """
    for _ in range(MAX_TRAIL + 1):  # after the last place of the trail comes the menu
        state = back(book, state).state
        if state.place and state.place.script != script and not (state.language and state.place == book.start):
            break
    return state


def leave(book: Book, state: State) -> State:
    """At the menu with no way back, as if nothing had been looked at."""
    return walk(book, state, _way_out(book, state)).state


def walk(book: Book, state: State, place: Place) -> Walk:
    """Enter a place and go on to the next node that waits. Nodes without a bubble are passed unseen."""
    places: list[Place] = []
    for _ in range(MAX_NODES_PER_STEP):
        place = _inside(book, state, place)
        places.append(place)
        node = book.node(place)
        if node is None or node.waits:
            return Walk(_arrived(book, state, place), tuple(places))
        state, place = _onward(book, state, place, node)
    out = _way_out(book, state)
    return Walk(_arrived(book, state, out), (out,))


def _onward(book: Book, state: State, place: Place, node: Node) -> tuple[State, Place]:
    if node.returns:
        return _popped(book, state)
    if node.walk:
        return state, checking.onward(book, state, place.script)
    if node.call:
        start = book.target(book.scripts[place.script].start, place)
        return _remembering(state, start), book.target(node.call, place)
    return state, book.target(node.goto or book.frame.menu, place)


def _by_answer(book: Book, state: State, here: Place, way: Choice, there: Place) -> Place:
    """Where a choice of the target has the name of an answer that is known, that choice is taken at once."""
    node = book.node(there)
    answer = checking.given(state, here.script).get(f"{here.script}.{way.by}") if way.by else None
    choice = ((node.choose or {}) if node else {}).get(answer or "")
    target = (choice.goto or choice.call) if choice else None
    return book.target(target, there) if target else there


def _return(book: Book, state: State) -> Walk:
    popped, there = _popped(book, state)
    return walk(book, popped, there)


def _popped(book: Book, state: State) -> tuple[State, Place]:
    """Where `return` goes, and the state without that memory and without the trail since."""
    if not state.stack:
        return state, _way_out(book, state)
    there = state.stack[-1]
    since = max((i for i, place in enumerate(state.trail) if place == there), default=len(state.trail))
    return replace(state, stack=state.stack[:-1], trail=state.trail[:since]), there


def _remembering(state: State, place: Place) -> State:
    return replace(state, stack=(*state.stack, place)[-MAX_STACK:])


def _arrived(book: Book, state: State, place: Place) -> State:
    """Stand there: nothing lies behind the menu, and no place lies behind itself."""
    if place == book.menu:
        return replace(state, place=place, stack=(), trail=())
    trail = state.trail[:-1] if state.trail[-1:] == (place,) else state.trail
    return replace(state, place=place, trail=trail)


def _inside(book: Book, state: State, place: Place) -> Place:
    resolved = book.resolve(place)
    return _way_out(book, state) if resolved == book.menu else resolved


def _way_out(book: Book, state: State) -> Place:
    return book.menu if state.language else book.start


def _known(book: Book, language: str | None) -> str | None:
    return language if language in book.frame.languages else None
