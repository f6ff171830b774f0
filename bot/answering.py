"""One arrival and one conversation in, the conversation afterwards and its letters out. Pure.

Law: what a person did is answered from the state alone; an exception condemns that arrival and nothing else.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from bot.arrivals import Arrival
from bot.discretion import covered, hushed
from bot.letters import Deed, Letter, Urgency
from dialogs import engine
from dialogs.book import Book
from dialogs.carding import card_of, plain
from dialogs.effects import Count, Effect, Forget, HandOver, Hide, Show, Strip, Switch
from dialogs.events import Chose, Started
from dialogs.model import SWITCHES
from dialogs.rendering import Bubble, render, says_something
from dialogs.state import State
from storage import Conversation, Footprint

MOST_DELETED_AT_ONCE = 100
"""Telegram's limit for one deleteMessages."""
MOST_IN_CAPTION = 1024
"""Telegram's limit for the words under a picture, in signs, markup not counted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one arrival comes to. `supersedes` voids the unsent scripted letters before it; `forget` erases first.

    `hides`: nothing more may be said before the person writes; `hands_over`: they asked for a human.
    `counts` are the (table, value) that happened once more.
    """

    conversation: Conversation
    letters: tuple[Letter, ...]
    urgency: Urgency
    supersedes: bool = False
    forget: bool = False
    hides: bool = False
    hands_over: bool = False
    counts: tuple[tuple[str, str], ...] = ()


def answer(book: Book, conversation: Conversation, arrival: Arrival, today: date, nonce: int) -> Answer:
    """Step the conversation; `nonce` begins the numbering of a new one, so that old buttons fit nothing."""
    state = state_of(conversation, nonce)
    taken = engine.step(book, state, arrival.event)
    switched = switched_by(conversation.footprint, taken.effects)
    known = replace(conversation, footprint=switched)
    letters = tuple(letter for effect in taken.effects for letter in _letters(book, known, arrival, effect, today))
    sos = _in_sos(book, taken.state) and taken.state.nonce != state.nonce
    hides = any(isinstance(effect, Hide) for effect in taken.effects)
    forgets = any(isinstance(effect, Forget) for effect in taken.effects)
    footprint = _after(switched, arrival, taken.state.language, hides=hides)
    return Answer(
        conversation=replace(conversation, state=taken.state.to_json(), footprint=footprint, blocked=False),
        letters=hushed(footprint, letters),
        urgency=Urgency.SOS if sos or hides else Urgency.DIALOGUE,
        supersedes=sos or hides or forgets,
        forget=forgets,
        hides=hides,
        hands_over=any(isinstance(effect, HandOver) for effect in taken.effects),
        counts=tuple(cell for effect in taken.effects if isinstance(effect, Count) for cell in effect.cells),
    )


def taken_up(book: Book, conversation: Conversation, arrival: Arrival, day: date) -> Conversation:
    """The conversation as an arrival finds it on this `day` (UTC, as it is stored).

    Words of a later day than the last find it at the menu: who types them may be somebody else with the phone.
    """
    if conversation.state is None or conversation.touched is None or conversation.touched >= day:
        return conversation
    if isinstance(arrival.event, Chose):
        return conversation
    return replace(conversation, state=engine.rested(book, State.from_json(conversation.state)).to_json())


def sorry(book: Book, conversation: Conversation, today: date) -> Letter:
    """What a person reads whose update could not be answered: that it was our fault, and the lines of a human."""
    return _fixed(book, conversation, "error.sorry", today)


def state_of(conversation: Conversation, nonce: int) -> State:
    """Where somebody stands; `nonce` begins the numbering of a new conversation."""
    if conversation.state is None:
        footprint = conversation.footprint
        return State(nonce, language=footprint.language, switches=_on(footprint))
    return State.from_json(conversation.state)


def switched_by(footprint: Footprint, effects: Iterable[Effect]) -> Footprint:
    """The footprint with the switches as they are after these effects."""
    for effect in effects:
        match effect:
            case Switch("vanish", on):
                footprint = replace(footprint, vanish=on)
            case Switch("discreet", on):
                footprint = replace(footprint, discreet=on)
    return footprint


def _on(footprint: Footprint) -> frozenset[str]:
    return frozenset(name for name in SWITCHES if getattr(footprint, name))


def _in_sos(book: Book, state: State) -> bool:
    sos = book.target(book.frame.commands["sos"].call or book.frame.menu, book.menu)
    return state.place is not None and state.place.script == sos.script


def _letters(
    book: Book, conversation: Conversation, arrival: Arrival, effect: Effect, today: date
) -> tuple[Letter, ...]:
    chat = conversation.person
    match effect:
        case Show() if not (effect.buttons or says_something(book, effect, today)):
            return ()
        case Show():
            shown = _shown(render(book, effect, today), chat, arrival.tapped if effect.in_place else None)
            return _pictured(shown, card_of(book, effect, today)) if effect.picture else (shown,)
        case Strip():
            return (Letter(Deed.STRIP, chat, target=(arrival.tapped,)),) if arrival.tapped else ()
        case Hide():
            gone = deletions(conversation, _touched(arrival))
            return (*gone, _fixed(book, conversation, "hide.cover", today))
        case Forget():
            return (_fixed(book, conversation, "forget.done", today),)
        case Count() | HandOver() | Switch():
            return ()
        case _:
            assert_never(effect)


def _fixed(book: Book, conversation: Conversation, text: str, today: date) -> Letter:
    bubble = render(book, Show(conversation.footprint.language, (text,)), today)
    return Letter(Deed.SEND, conversation.person, bubble.text)


def _shown(bubble: Bubble, chat: int, tapped: int | None) -> Letter:
    rows = tuple(tuple((button.label, button.data) for button in row) for row in bubble.rows)
    if tapped:
        return Letter(Deed.EDIT, chat, bubble.text, rows, (tapped,))
    return Letter(Deed.SEND, chat, bubble.text, rows)


def _pictured(shown: Letter, card: tuple[str, ...]) -> tuple[Letter, ...]:
    """The bubble under a picture of its card; words too long for that follow the picture as a bubble of their own.

    A bubble of words cannot be edited into a picture, so it is always a new one.
    """
    if not card:
        return (shown,)
    words = replace(shown, deed=Deed.SEND, target=())
    if len(plain(words.text)) > MOST_IN_CAPTION:
        return (Letter(Deed.PHOTO, words.chat, card=card), words)
    return (replace(words, deed=Deed.PHOTO, card=card),)


def deletions(conversation: Conversation, touched: Collection[int] = ()) -> tuple[Letter, ...]:
    """Everything we know to stand in the chat, newest first; the first letter also takes what is in flight now."""
    ids = sorted({number for number, _hour in conversation.footprint.ids} | set(touched), reverse=True)
    firsts = range(0, max(len(ids), 1), MOST_DELETED_AT_ONCE)
    return tuple(
        Letter(
            Deed.DELETE,
            conversation.person,
            target=tuple(ids[first : first + MOST_DELETED_AT_ONCE]),
            sweeps=first == 0,
        )
        for first in firsts
    )


def _touched(arrival: Arrival) -> set[int]:
    return {number for number in (arrival.below, arrival.tapped) if number is not None}


def noticed(conversation: Conversation, arrival: Arrival) -> Conversation:
    """The conversation with what the person did, where the book is not asked: they may be written to again."""
    footprint = _after(conversation.footprint, arrival, conversation.footprint.language, hides=False)
    return replace(conversation, footprint=footprint, blocked=False)


def resumed(book: Book, conversation: Conversation, state: State, today: date) -> Answer:
    """Back in the book after a talk: what stands at `state` is shown."""
    taken = engine.resumed(book, state)
    arrival = Arrival(0, conversation.person, Started())
    letters = [letter for effect in taken.effects for letter in _letters(book, conversation, arrival, effect, today)]
    said = covered(book, conversation.footprint, hushed(conversation.footprint, letters))  # nobody asked just now
    return Answer(replace(conversation, state=taken.state.to_json()), said, Urgency.DIALOGUE)


def _after(footprint: Footprint, arrival: Arrival, language: str | None, *, hides: bool) -> Footprint:
    """The footprint with what the person sent; after hiding nothing is left to delete."""
    if hides:
        return replace(footprint, hidden=True, ids=(), language=language)
    grown = footprint.grown(arrival.below, arrival.sent) if arrival.below and arrival.sent else footprint
    return replace(grown, hidden=False, language=language)
