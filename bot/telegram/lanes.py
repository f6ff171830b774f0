"""Which lanes and chats the courier must leave alone just now. Pure; times are seconds that only grow.

A lane is *aloft* from the commit that marks its row as sending until the commit that settles it, so that order holds;
a chat is taken only while a request is in flight, since a group that moved is still written to by its old lane.
A lane whose chat has no budget is *held*: its row stays pending and can still be superseded.
"""

import heapq
from dataclasses import dataclass, field
from typing import NamedTuple

LOOK_AGAIN = 1.0
"""Seconds after which a held row is read anew at the latest: its lane may begin with something else by then."""


class _Hold(NamedTuple):
    chat: int
    until: float


@dataclass(slots=True)
class Lanes:
    """The courier's memory of what is under way; a restart needs none of it."""

    _aloft: set[bytes] = field(default_factory=set)
    _chats: set[int] = field(default_factory=set)
    _held: dict[bytes, _Hold] = field(default_factory=dict)
    _alarms: list[float] = field(default_factory=list)

    def occupied(self, now: float) -> set[bytes]:
        """Lanes whose rows need not be looked at in the look that begins now; it answers the alarms of until now."""
        while self._alarms and self._alarms[0] <= now:
            heapq.heappop(self._alarms)
        self._held = {lane: hold for lane, hold in self._held.items() if self._holds(hold, now)}
        return self._aloft | self._held.keys()

    def free(self, chat: int) -> bool:
        """Whether nothing is in flight to this chat."""
        return chat not in self._chats

    def depart(self, lane: bytes, chat: int) -> None:
        """A request goes out."""
        self._aloft.add(lane)
        self._chats.add(chat)

    def land(self, chat: int) -> None:
        """Its answer is there; the row is not settled yet."""
        self._chats.discard(chat)

    def keep(self, lane: bytes) -> None:
        """The row does not go, but waits to be settled all the same."""
        self._aloft.add(lane)

    def settle(self, lane: bytes) -> None:
        """What became of the row is committed: the next one may follow."""
        self._aloft.discard(lane)

    def hold(self, lane: bytes, chat: int, until: float, now: float) -> None:
        """The chat has no budget before `until`."""
        self._held[lane] = _Hold(chat, min(until, now + LOOK_AGAIN))

    def remind(self, at: float) -> None:
        """A row that was put off is due again then."""
        heapq.heappush(self._alarms, at)

    def next_look(self) -> float | None:
        """When something changes by time alone; None if nothing will. An alarm that nobody looked at yet is overdue."""
        times = [hold.until for hold in self._held.values() if self.free(hold.chat)]
        return min([*times, *self._alarms[:1]], default=None)

    def _holds(self, hold: _Hold, now: float) -> bool:
        return hold.until > now or not self.free(hold.chat)
