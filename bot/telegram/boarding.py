"""Which of the rows that are due may go now. Pure: budgets and lanes together, times that only grow.

Law: one request per chat, nothing without budget, and a row that may not go stays pending, untouched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.letters import Deed, Letter
from bot.telegram.budgets import Budgets, Errand
from bot.telegram.lanes import Lanes
from bot.telegram.resolving import Found, resolved
from storage import Due, Landed, Line

MOST_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Opened:
    """A row that is due, with its letter as it was written; None: it cannot be read."""

    due: Due
    written: Letter | None


@dataclass(frozen=True, slots=True)
class Passenger:
    """A row that goes now: its letter as it was `written`, and as it was found to be done."""

    due: Due
    written: Letter
    found: Found
    errand: Errand

    @property
    def letter(self) -> Letter:
        """What is asked of Telegram."""
        return self.found.letter


@dataclass(slots=True)
class Manifest:
    """One round, begun at `now`: who goes, for whom there is nothing to do, whose letter cannot be read.

    `closed`: nobody further back can go for the moment. `orphans` have landed about somebody who is erased by now.
    """

    now: float

    aboard: list[Passenger] = field(default_factory=list)
    vain: list[Passenger] = field(default_factory=list)
    unreadable: list[Due] = field(default_factory=list)
    closed: bool = False
    orphans: list[Landed] = field(default_factory=list)


@dataclass(slots=True)
class Boarding:
    """What the courier knows about chats and conversations; a restart needs none of it."""

    budgets: Budgets = field(default_factory=Budgets)
    lanes: Lanes = field(default_factory=Lanes)
    _anew: set[int] = field(default_factory=set)
    _latest: dict[bytes, int] = field(default_factory=dict)

    def admit(self, heads: Sequence[Opened], known: Mapping[bytes, Sequence[Line]], manifest: Manifest) -> None:
        """Sort the heads of the lanes, most urgent first, into the manifest; hold those whose chat has no budget.

        `known` are the lines of the conversations whose letters refer to some.
        """
        for head in heads:
            if head.written is None:
                manifest.unreadable.append(head.due)
                continue
            found = resolved(head.due, self._meant(head.due, head.written), known.get(head.due.conversation, ()))
            passenger = Passenger(head.due, head.written, found, Errand.of(found.letter, head.due.urgency))
            if found.vain:
                manifest.vain.append(passenger)
            elif self._nobody_further(passenger.errand, manifest.now):
                manifest.closed = True
                return
            else:
                self._board(passenger, manifest)

    def turn_back(self, manifest: Manifest) -> None:
        """The round did not happen: what it took of the budgets is given back."""
        for passenger in manifest.aboard:
            self.budgets.put_back(passenger.errand, manifest.now)

    def speak_anew(self, row: int) -> None:
        """The next time, this letter goes as a new bubble of its words: the old one is gone, or takes no words."""
        self._anew.add(row)

    def arrived(self, lane: bytes, message: int) -> None:
        """The newest bubble of a lane: a sweep that was committed while it was in flight does not name it."""
        self._latest.pop(lane, None)
        self._latest[lane] = message
        if len(self._latest) > MOST_REMEMBERED:
            self._latest.pop(next(iter(self._latest)))

    def done(self, row: int) -> None:
        """The row will not come again."""
        self._anew.discard(row)

    def _board(self, passenger: Passenger, manifest: Manifest) -> None:
        wait_until = self._wait_until(passenger.errand, manifest)
        if wait_until is None:
            manifest.aboard.append(passenger)
        else:
            self.lanes.hold(passenger.due.lane, passenger.letter.chat, wait_until, manifest.now)

    def _nobody_further(self, errand: Errand, now: float) -> bool:
        """Whether the common budget is empty: then all who are less urgent wait too, and none of them need be read."""
        until = self.budgets.common_until(errand, now)
        if until > now:
            self.lanes.remind(until)
        return until > now

    def _wait_until(self, errand: Errand, manifest: Manifest) -> float | None:
        """None: the budget is taken, it may go."""
        if not self.lanes.free(errand.chat) or any(one.letter.chat == errand.chat for one in manifest.aboard):
            return manifest.now
        return self.budgets.take(errand, manifest.now)

    def _meant(self, due: Due, letter: Letter) -> Letter:
        """The letter with what was learnt since it was written."""
        if letter.sweeps and due.lane in self._latest:
            return replace(letter, target=tuple({self._latest[due.lane], *letter.target}))
        return _in_words(letter) if due.id in self._anew else letter


def _in_words(letter: Letter) -> Letter:
    words = letter.instead or letter.text
    return replace(letter, deed=Deed.SEND, text=words, target=(), card=(), frozen=None, instead="")


def read(due: Due) -> Letter | None:
    """The letter in a row; None when it does not open, or is none of ours."""
    if due.body is None:
        return None
    try:
        return Letter.from_json(due.body)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
