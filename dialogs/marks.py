"""Keep what a person ticked and which quiz answers were right, as ids of places and lines, never as words.

A line of a checklist is marked by `script.node.line`, a question answered right by its own place `script.node`.
"""

from dataclasses import dataclass, replace

from dialogs import checking, counting
from dialogs.book import Book
from dialogs.effects import Tally
from dialogs.model import Choice, Node
from dialogs.state import Place, State

OFF = "_off"
"""Ending of the choice that takes a tick off again: naming the wanted outcome makes a double tap harmless."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The way that ticks a line, or takes the tick off."""

    mark: str
    on: bool


def ticks(state: State, place: Place, node: Node | None) -> dict[str, Tick]:
    """The ways a checklist offers, by choice id: each line to what it is not yet."""
    lines = [(line, f"{place}.{line}") for line in (node.tick if node else ())]
    return {line + OFF * (mark in state.marks): Tick(mark, mark not in state.marks) for line, mark in lines}


def ticked(state: State, tick: Tick) -> State:
    """The same conversation with the line ticked, or not."""
    return replace(state, marks=state.marks | {tick.mark} if tick.on else state.marks - {tick.mark})


def answered(state: State, here: Place, node: Node | None, way: Choice) -> State:
    """The conversation after a choice of this node: a right answer counts until another is given."""
    choices = (node.choose or {}).values() if node else ()
    if way not in choices:
        return checking.noted(state, here.script, way.note) if node and node.question else state
    kept = checking.without(_without_script(state, here.script), here.script) if way.clear else state
    kept = checking.noted(kept, here.script, way.note)
    if not any(choice.mark for choice in choices):
        return kept
    return ticked(kept, Tick(str(here), way.mark))


def forgotten(state: State) -> State:
    """The conversation without ticks, marks, dates and answers, as a person wants it who hides."""
    return replace(state, marks=frozenset(), stays=(), answers=(), ad=(), counted=counting.hidden(state))


def tally(book: Book, state: State, script: str) -> Tally | None:
    """What is done of a script, or None for a script without marks."""
    every = frozenset(_marks(book, script))
    return Tally(len(every & state.marks), len(every)) if every else None


def _marks(book: Book, script: str) -> list[str]:
    found: list[str] = []
    for name, node in book.scripts[script].nodes.items():
        place = f"{script}.{name}"
        found += [f"{place}.{line}" for line in node.tick]
        found += [place] if any(choice.mark for choice in (node.choose or {}).values()) else []
    return found


def _without_script(state: State, script: str) -> State:
    marks = frozenset(mark for mark in state.marks if not mark.startswith(f"{script}."))
    return replace(state, marks=marks, stays=())
