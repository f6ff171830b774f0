"""What a waiting conversation is about, in words that tell nobody anything: topic, band, and whether it is grave.

Law: read from places and choice ids alone; a topic is never finer than a script, so that a card in a group gives
nobody away.
"""

from collections.abc import Iterator

from dialogs import checking
from dialogs.book import Book
from dialogs.desk import OTHER
from dialogs.model import Band
from dialogs.state import Place, State

GRAVE: frozenset[Band] = frozenset({"red", "minor", "emergency"})
"""Bands that do not wait."""
GRAVE_SCRIPTS = frozenset({"sos", "minors"})
"""The scripts for danger and for children; whoever comes from there does not wait either."""
MINOR = "minor"
"""The answer to a question for the age, and the page of `sos` for whoever says that they are under 18."""


def topic(book: Book, state: State) -> str:
    """The topic id of what the person was reading last; `other` where that has none."""
    topics = book.desk.topics if book.desk else {}
    return next((topics[script] for script in _behind(state) if script in topics), OTHER)


def grave(book: Book, state: State) -> bool:
    """Whether somebody should look soon: by the answers of any self-check, or by what was read on the way here."""
    judged = (checking.verdict(book, state, name).band for name, script in book.scripts.items() if script.verdicts)
    return not GRAVE.isdisjoint(judged) or not GRAVE_SCRIPTS.isdisjoint(_behind(state))


def minor(state: State) -> bool:
    """Whether somebody under 18 is meant: by an answer, or by what was read on the way here."""
    read = (place.script == "minors" or place.node == MINOR for place in _places(state))
    return any(answer == MINOR for _, answer in state.answers) or any(read)


def band(book: Book, state: State) -> Band | None:
    """What the latest self-check came to; None where there is none, or none that is done."""
    script = checking.latest(book, state)
    done = script is not None and checking.is_done(book, state, script)
    return checking.verdict(book, state, script).band if script and done else None


def _behind(state: State) -> Iterator[str]:
    """The scripts the person stands in and came through, the latest first."""
    return (place.script for place in _places(state))


def _places(state: State) -> Iterator[Place]:
    here = (state.place,) if state.place else ()
    return iter((*here, *reversed(state.trail), *reversed(state.stack)))
