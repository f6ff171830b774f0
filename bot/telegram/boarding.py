"""Which of the rows that are due may go now. Pure: budgets and lanes together, times that only grow.

Law: one request per chat, nothing without budget, and a row that may not go stays pending, untouched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.letters import Deed, Letter
from bot.telegram.budgets import Budgets, Errand
from bot.telegram.lanes import Lanes
from storage import Due

MOST_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Passenger:
    """A row that goes now, opened."""

    due: Due
    letter: Letter
    errand: Errand


@dataclass(slots=True)
class Manifest:
    """One round, begun at `now`: who goes, whose letter cannot be read.

    `closed`: nobody further back can go for the moment.
    """

    now: float

    aboard: list[Passenger] = field(default_factory=list)
    unreadable: list[Due] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class Boarding:
    """What the courier knows about chats and conversations; a restart needs none of it."""

    budgets: Budgets = field(default_factory=Budgets)
    lanes: Lanes = field(default_factory=Lanes)
    _anew: set[int] = field(default_factory=set)
    _latest: dict[bytes, int] = field(default_factory=dict)

    def admit(self, heads: Sequence[Due], manifest: Manifest) -> None:
        """Sort the heads of the lanes, most urgent first, into the manifest; hold those whose chat has no budget."""
        now = manifest.now
        for due in heads:
            letter = self._read(due)
            if letter is None:
                manifest.unreadable.append(due)
                continue
            errand = Errand.of(letter, due.urgency)
            if self._nobody_further(errand, now):
                manifest.closed = True
                return
            wait_until = self._wait_until(errand, manifest)
            if wait_until is None:
                manifest.aboard.append(Passenger(due, letter, errand))
            else:
                self.lanes.hold(due.conversation, letter.chat, wait_until, now)

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

    def _read(self, due: Due) -> Letter | None:
        if due.body is None:
            return None
        try:
            letter = Letter.from_json(due.body)
        except (ValueError, KeyError, TypeError):
            return None
        if letter.sweeps and due.conversation in self._latest:
            return replace(letter, target=tuple({self._latest[due.conversation], *letter.target}))
        return replace(letter, deed=Deed.SEND, target=(), card=()) if due.id in self._anew else letter
