"""The gate: who answers what a person does, the book or the desk (design §5).

    BOT, CLOSED   the book; but a line after a talk is offered the way back to the consultant
    WAITING       the book answers buttons, commands and cries for help; all else is kept for the consultant
    HUMAN         the desk; of the book only SOS, hide, forget, privacy and language act, as fixed texts

Law: while a human has the conversation the bot is silent. It is decided here, in the core, and nowhere else.
"""

from collections.abc import Collection
from enum import Enum, auto

from bot.arrivals import Arrival
from bot.desk.cases import Case, Phase
from dialogs.book import Book
from dialogs.desk import CANCELLED
from dialogs.events import Chose, Event, Sent, Started, Wrote
from dialogs.hearing import hear, names_way
from dialogs.showing import row_label
from dialogs.state import Place, State

AGAIN = "desk_again"
"""The choice that asks for a human, wherever it stands."""
OURS = "desk_"
"""What the choices begin with that are the desk's own."""
ACTING = ("sos", "forget", "privacy", "language")
"""Commands whose texts show even while a human has the conversation; hide does what it does and says nothing."""
TYPED = (row_label("sos"), "shared.hide")
"""Buttons whose words act when they are typed, while a human has the conversation."""


class Way(Enum):
    """Who answers."""

    BOOK = auto()
    DESK = auto()
    FIXED = auto()
    """The book, as far as it leads to a fixed text."""
    NOBODY = auto()


def way(book: Book, case: Case | None, state: State, arrival: Arrival) -> Way:
    """Who answers an arrival of a person with this case and this state."""
    if isinstance(arrival.event, Chose) and arrival.event.choice.startswith(OURS):
        return Way.DESK if case is not None or arrival.event.choice == AGAIN else Way.BOOK
    if case is None or case.phase is Phase.CLOSED or case.told_end:
        return _afterwards(book, case, state, arrival)
    if arrival.edited:
        return Way.DESK
    return _waiting(book, state, arrival.event) if case.phase is Phase.WAITING else _talking(book, arrival.event)


def acting_scripts(book: Book) -> frozenset[str]:
    """The scripts of the book that act while a human has the conversation."""
    ways = (book.frame.commands.get(name) for name in ACTING)
    targets = (way.call or way.goto for way in ways if way is not None)
    return frozenset(book.target(target, book.menu).script for target in targets if target)


def lets_through(book: Book, place: Place | None) -> bool:
    """Whether what stands there may be shown while a human has the conversation."""
    return place is not None and place.script in acting_scripts(book)


def _afterwards(book: Book, case: Case | None, state: State, arrival: Arrival) -> Way:
    """After a talk a line that means nothing to the book may be meant for the consultant."""
    if arrival.edited:
        return Way.NOBODY
    if case is None or case.outcome == CANCELLED or state.place is None:
        return Way.BOOK
    match arrival.event:
        case Wrote(text) if not _is_understood(book, state, text):
            return Way.DESK
        case Sent(caption=caption) if not (caption and _is_understood(book, state, caption)):
            return Way.DESK
        case _:
            return Way.BOOK


def _is_understood(book: Book, state: State, text: str) -> bool:
    return state.place is not None and hear(book, state, state.place, text) is not None


def _waiting(book: Book, state: State, event: Event) -> Way:
    match event:
        case Wrote(text):
            return Way.BOOK if text.lstrip().startswith("/") or names_way(book, state, text) else Way.DESK
        case Sent():
            return Way.DESK
        case _:
            return Way.BOOK


def _talking(book: Book, event: Event) -> Way:
    match event:
        case Started() | Chose():
            return Way.FIXED
        case Wrote(text):
            return Way.FIXED if text.lstrip().startswith("/") or text.strip() in _typed(book) else Way.DESK
        case Sent():
            return Way.DESK


def _typed(book: Book) -> Collection[str]:
    return {book.texts[language].get(label, "/") for language in book.frame.languages for label in TYPED}
