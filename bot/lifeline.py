"""When nothing can be committed: a static text with the numbers, straight to whoever asks for help (design §2.3).

The one exception to "nothing is said that was not committed". Law: only after five seconds without a commit, only to
who asks for SOS by command, button or an urgent key phrase, and once per chat in ten minutes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.arrivals import Arrival, Incoming
from bot.letters import Deed, Letter
from dialogs.book import Book
from dialogs.effects import Show
from dialogs.events import Chose, Event, Wrote
from dialogs.rendering import render
from dialogs.understanding import understand

PATIENCE = 5.0
"""Seconds without a commit after which the direct text is allowed."""
ONCE_IN = 600.0
"""Seconds in which one chat gets the direct text once."""
MOST_REMEMBERED = 10_000


@dataclass(slots=True)
class Lifeline:
    """Remembers since when commits fail and whom it has answered. Times are seconds of a clock that only grows."""

    text: str
    book: Book
    failing_since: float | None = None
    _answered: dict[int, float] = field(default_factory=dict)

    def take_over(self, book: Book) -> None:
        """Use a newly published book: its numbers and its key phrases."""
        self.book, self.text = book, static_text(book)

    def committed(self) -> None:
        """A commit succeeded: the direct way is closed again."""
        self.failing_since = None

    def failed(self, begun: float) -> None:
        """A commit that was tried from `begun` on failed."""
        self.failing_since = begun if self.failing_since is None else self.failing_since

    def due(self, arrivals: Iterable[Incoming], now: float) -> list[Letter]:
        """The letters that must go out although nothing can be committed; none before patience is over."""
        if self.failing_since is None or now - self.failing_since < PATIENCE:
            return []
        people = sorted(calling(self.book, arrivals))
        due = [person for person in people if now - self._answered.get(person, -ONCE_IN) >= ONCE_IN]
        self._answered = dict(list((self._answered | dict.fromkeys(due, now)).items())[-MOST_REMEMBERED:])
        return [Letter(Deed.SEND, person, self.text) for person in due]

    def unreached(self, person: int) -> None:
        """The letter did not arrive: the next call may try again at once."""
        self._answered.pop(person, None)


def static_text(book: Book) -> str:
    """The text in all languages, made once at the start, while everything still works."""
    paragraphs = ("sos.static",)
    today = min(fact.checked_on for fact in book.facts.values())
    return render(book, Show(language=None, paragraphs=paragraphs), today).text


def calling(book: Book, arrivals: Iterable[Incoming]) -> set[int]:
    """Who calls for help: by the SOS command or button, or with an urgent key phrase in any language."""
    return {arrival.person for arrival in arrivals if isinstance(arrival, Arrival) and _calls(book, arrival.event)}


def _calls(book: Book, event: Event) -> bool:
    match event:
        case Chose(choice="sos"):
            return True
        case Wrote(text):
            return text.strip().lower().partition("@")[0] == "/sos" or _urgent(book, text)
        case _:
            return False


def _urgent(book: Book, text: str) -> bool:
    meaning = understand(book.lexicon, text, None)
    return meaning is not None and meaning.level in ("A", "B")
