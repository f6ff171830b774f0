"""What a made-up person does at their side of the chat, one thing after the other.

Law: they press only what the bubble before them offers, as a real person could; where they stand is read from what the
house has stored of them, so nothing here can be mistaken about what the engine did.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bot.demo.people import Visitor
from bot.desk.asking import CANCEL
from bot.errors import GzaError
from dialogs import checking
from dialogs.book import Book
from dialogs.events import Chose, Event, Started, Wrote
from dialogs.state import State

CAMPAIGN = "c_"
"""What the word of a campaign's link begins with (design §10)."""
STORY, REPLY = "ეს გამოგონილი ამბავია.", "გასაგებია, გმადლობთ."
"""All that anybody here ever writes: that it is a made-up story, and thanks."""


class Lost(GzaError):
    """What is played does not fit the book; the text says where."""


@dataclass(slots=True)
class Visit:
    """Somebody in the chat. `state` is where they stand now, None before their first word."""

    one: Visitor
    chance: Random
    state: State | None = None
    moves: Iterator[Event] | None = None

    def does(self, book: Book) -> Event | None:
        """The next thing, from the first word to the last; None when they have done everything."""
        self.moves = self.moves or self._moves(book)
        return next(self.moves, None)

    def taps(self, choice: str) -> Chose:
        """Press a button of the bubble before them."""
        if self.state is None:
            raise Lost(f"What is played does not fit the book: nobody offers {choice}.")
        return Chose(choice, self.state.nonce)

    def _moves(self, book: Book) -> Iterator[Event]:
        yield Started(f"{CAMPAIGN}{self.one.campaign}" if self.one.campaign else "")
        yield self.taps(self.one.language)
        for choice in self.one.taps:
            yield self.taps(choice)
        if self.one.walk is not None:
            yield from self._walk(book, self.one.walk)
        if self.one.ending is not None:
            yield self.taps("human")
            yield self.taps("write")
            yield Wrote(STORY)

    def _walk(self, book: Book, script: str) -> Iterator[Event]:
        """The check, from the main menu to its verdict."""
        if self.one.taps:
            yield self.taps("menu")
        for choice in ("check", script, "begin"):
            yield self.taps(choice)
        while self.state is not None and self.state.place is not None:
            asked = checking.question(book, self.state.place)
            if asked is None:
                return
            answer = self.one.answer(self.state.place.node, asked.answers, self.chance)
            self.one.answers[str(self.state.place)] = answer
            yield self.taps(answer)


def cancels() -> Chose:
    """Somebody does not want to wait any longer."""
    return Chose(CANCEL[1], CANCEL[2])


def answers(*, agrees: bool) -> Chose:
    """Whether somebody agrees that their case is passed on."""
    return Chose("desk_yes" if agrees else "desk_no", 0)
