"""Updates waiting to be fetched.

Law: an update is repeated until a later offset confirms it; it disappears by itself when it is too old.
Source: td TQueue.cpp; tdlib/telegram-bot-api Client.cpp do_get_updates, add_update (24 h; callback queries 150 s).
It will not: order by anything but arrival.
"""

import math
from collections import deque
from dataclasses import dataclass

from bot.sandbox.clock import Bell, Clock
from bot.sandbox.shapes import Json

DAY = 86_400.0
TAP_LIFETIME = 150.0
MOST_WAITING = 100_000
FAR_AHEAD = 10
SILENT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds a bot gets only when it asks for them by name (Client.h, allowed_update_types_)."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One update, and when it will no longer be worth delivering."""

    update_id: int
    kind: str
    body: Json
    expires: float

    def to_json(self) -> Json:
        """As `Update` on the wire."""
        return {"update_id": self.update_id, self.kind: self.body}


class UpdateQueue:
    """The updates nobody has confirmed yet."""

    def __init__(self, clock: Clock, first_id: int) -> None:
        self.arrived = Bell()
        self._clock = clock
        self._next_id = first_id
        self._waiting: deque[Waiting] = deque()
        self._wanted: frozenset[str] | None = None
        self._soonest = math.inf

    def __len__(self) -> int:
        self._drop_expired()
        return len(self._waiting)

    @property
    def wanted(self) -> frozenset[str] | None:
        """The kinds asked for; None is Telegram's default."""
        return self._wanted

    def want(self, kinds: list[str] | None) -> None:
        """Which kinds shall come from now on; an empty list is Telegram's default, None changes nothing."""
        if kinds is not None:
            self._wanted = frozenset(kinds) or None

    def add(self, kind: str, body: Json) -> int | None:
        """Queue an update; its id, or None when nobody wants this kind or the queue is full."""
        if not self._is_wanted(kind) or len(self._waiting) >= MOST_WAITING:
            return None
        lifetime = TAP_LIFETIME if kind == "callback_query" else DAY
        update = Waiting(self._next_id, kind, body, self._clock.now() + lifetime)
        self._next_id += 1
        self._waiting.append(update)
        self._soonest = min(self._soonest, update.expires)
        self.arrived.ring()
        return update.update_id

    def jump_to(self, update_id: int) -> None:
        """The next update has this id: after a quiet week Telegram starts again anywhere."""
        self._next_id = update_id

    def forget(self) -> None:
        """Drop all that waits (`drop_pending_updates`)."""
        self._waiting.clear()

    def fetch(self, offset: int, limit: int) -> list[Waiting]:
        """Confirm what lies before the offset; the first updates that remain. A negative offset counts from the end."""
        self._drop_expired()
        if offset < 0:
            self._keep_last(-offset)
        elif self._is_plausible(offset):
            self._confirm_before(offset)
        return [self._waiting[index] for index in range(min(limit, len(self._waiting)))]

    def _is_wanted(self, kind: str) -> bool:
        return kind not in SILENT_BY_DEFAULT if self._wanted is None else kind in self._wanted

    def _is_plausible(self, offset: int) -> bool:
        """An offset far from the queue confirms nothing and reads from its head (TQueue::get, "sanity checks")."""
        head = self._waiting[0].update_id if self._waiting else self._next_id
        return head - MOST_WAITING <= offset <= self._next_id + FAR_AHEAD

    def _keep_last(self, count: int) -> None:
        while len(self._waiting) > count:
            self._waiting.popleft()

    def _confirm_before(self, offset: int) -> None:
        while self._waiting and self._waiting[0].update_id < offset:
            self._waiting.popleft()

    def _drop_expired(self) -> None:
        now = self._clock.now()
        if now >= self._soonest:
            self._waiting = deque(update for update in self._waiting if update.expires > now)
            self._soonest = min((update.expires for update in self._waiting), default=math.inf)
