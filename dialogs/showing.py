"""Turn places into bubbles, and say what is on offer at a place.

Law: what `on_offer` names and what the buttons of a bubble name are the same, so a tap on a button just shown is
always accepted. Only the last bubble of a step has buttons. It moves nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dialogs import checking, listing
from dialogs.book import Book
from dialogs.checking import Answered
from dialogs.effects import Offer, Show
from dialogs.marks import Tick, tally, ticks
from dialogs.model import SWITCHES, Choice
from dialogs.state import Place, State
from dialogs.stays import Stay

BACK = "back"
"""The one row that is no command: it leads to wherever the person was before."""
MENU = "menu"
LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Back:
    """The way one place back."""


Way = Choice | Back | Tick | Answered


def row_label(name: str) -> str:
    """Text id of the label of a row under every bubble."""
    return f"row.{name}"


def on_offer(book: Book, state: State, place: Place) -> Mapping[str, Way]:
    """What a tap or a typed label may mean here, by choice id; the place's own choices come first."""
    fixed = (name for row in _always(book, state, place) for name in row)
    own = ticks(state, place, book.node(place)) | checking.ways(book, place) | _own(book, state, place)
    return {name: _row(book, name) for name in fixed} | own


def labels(book: Book, state: State, place: Place) -> Mapping[str, str]:
    """Text id of each label on offer, by choice id."""
    return {offer.choice: offer.label for offer in question(book, state, place).buttons}


def bubbles(book: Book, state: State, places: tuple[Place, ...]) -> tuple[Show, ...]:
    """One bubble for each place that says something, the last with its buttons."""
    *passed, last = places
    told = (_told(book, state, place) for place in passed if book.paragraphs(place))
    return (*told, question(book, state, last))


def question(book: Book, state: State, place: Place, before: tuple[str, ...] = ()) -> Show:
    """The bubble of the place where the person stands, perhaps with paragraphs in front of it."""
    node = book.node(place)
    offers = (*_ticks(book, state, place), *_offers(book, state, place))
    return Show(
        language=state.language,
        paragraphs=(*before, *book.paragraphs(place)),
        facts=_facts(book, place),
        offers=offers,
        always=_beside(rows(book, state, place), offers),
        nonce=state.nonce,
        lines=listing.lines(book, state, place),
        tally=tally(book, state, place.script),
        stays=_stays(book, state, place),
        numbers=listing.numbers(book, state, place),
        picture=node.picture if node else False,
    )


def aside(book: Book, state: State, place: Place, text: str) -> Show:
    """A line beside a bubble that stays in the chat: its words are not said again, and its buttons go on working."""
    return Show(state.language, (text,), always=rows(book, state, place), nonce=state.nonce)


def keeps(book: Book, place: Place) -> bool:
    """Whether the bubble of a place must stay in the chat."""
    node = book.node(place)
    return node is not None and node.keep


def _told(book: Book, state: State, place: Place) -> Show:
    return replace(question(book, state, place), offers=(), always=())


def _facts(book: Book, place: Place) -> tuple[str, ...]:
    node = book.node(place)
    return node.info if node else ()


def _own(book: Book, state: State, place: Place) -> dict[str, Choice]:
    """The place's own choices, without those that do not apply now. A consultant must know what language to write."""
    node = book.node(place)
    return {
        name: choice
        for name, choice in ((node.choose or {}) if node else {}).items()
        if (choice.when is None or checking.applies(book, state, place, choice.when))
        and (choice.do != "handover" or state.language)
    }


def _offers(book: Book, state: State, place: Place) -> tuple[Offer, ...]:
    asked = checking.question(book, place)
    answers = (Offer(name, book.label(place, name)) for name in (asked.answers if asked else ()))
    own = _own(book, state, place).items()
    return (*answers, *(Offer(name, book.label(place, name), _is_on(state, choice)) for name, choice in own))


def _is_on(state: State, choice: Choice) -> bool | None:
    """The tick on a switch; None for any other choice."""
    return choice.do in state.switches if choice.do in SWITCHES else None


def _ticks(book: Book, state: State, place: Place) -> tuple[Offer, ...]:
    offered = ticks(state, place, book.node(place)).items()
    return tuple(Offer(name, f"{tick.mark}.short", ticked=not tick.on) for name, tick in offered)


def _stays(book: Book, state: State, place: Place) -> tuple[Stay, ...]:
    node = book.node(place)
    return state.stays if node and node.ask == "stays" else ()


def rows(book: Book, state: State, place: Place) -> tuple[tuple[Offer, ...], ...]:
    """The fixed rows, without what leads nowhere here."""
    doubts = (checking.ALWAYS,) if checking.question(book, place) else ()
    names = (*doubts, *_always(book, state, place))
    return tuple(tuple(Offer(name, row_label(name)) for name in row) for row in names)


def _beside(rows: tuple[tuple[Offer, ...], ...], own: Iterable[Offer]) -> tuple[tuple[Offer, ...], ...]:
    """Fixed rows without what stands among a bubble's own choices."""
    names = {offer.choice for offer in own}
    left = (tuple(offer for offer in row if offer.choice not in names) for row in rows)
    return tuple(row for row in left if row)


def _always(book: Book, state: State, place: Place) -> tuple[tuple[str, ...], ...]:
    """The fixed rows by name."""
    hidden = _leading_nowhere(book, state, place)
    rows = book.frame.always if state.language else book.frame.alone
    left = (tuple(name for name in row if name not in hidden) for row in rows)
    return tuple(row for row in left if row)


def _leading_nowhere(book: Book, state: State, place: Place) -> set[str]:
    nowhere = {BACK: not state.trail, MENU: place == book.menu, LANGUAGE: place == book.start}
    return {name for name, is_so in nowhere.items() if is_so}


def _row(book: Book, name: str) -> Way:
    return Back() if name == BACK else book.frame.commands[name]
