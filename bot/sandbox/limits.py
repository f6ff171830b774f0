"""How fast a bot may write before it is told to wait.

Law: private chats about one message a second with a small burst; a group 20 in any 60 s over all its topics, edits
and new topics included; typing 20 in 5 s and 40 in 30 s per chat.
Source: core.telegram.org/bots/faq; levlam in td#2592 and #3034; core.telegram.org/api/bots/ai.
It will not: wait for the bot, as the real server does up to 8 s; a test wants its 429 at once.
"""

import math
from collections import deque
from dataclasses import dataclass
from enum import Enum

from bot.sandbox.clock import Clock
from bot.sandbox.refusals import too_many_requests
from bot.sandbox.shapes import ChatKind


class Family(Enum):
    """Methods that share a budget."""

    WRITING = "writing"
    TYPING = "typing"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many in any so many seconds."""

    most: int
    seconds: float


GROUP = (Allowance(20, 60.0),)
TYPING = (Allowance(20, 5.0), Allowance(40, 30.0))
PRIVATE_BURST = 5


@dataclass(slots=True)
class _Bucket:
    """Private chats: one a second, a few saved up."""

    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until the next is allowed."""
        self.tokens = min(PRIVATE_BURST, self.tokens + now - self.at)
        self.at = now
        return max(0.0, 1.0 - self.tokens)


class Limits:
    """All budgets of the bot. `enforced` may be switched off; `whole_bot` is the broadcast limit, off by default."""

    def __init__(self, clock: Clock) -> None:
        self.enforced = True
        self.whole_bot: Allowance | None = None
        self._clock = clock
        self._buckets: dict[int, _Bucket] = {}
        self._recent: dict[tuple[int, Family], deque[float]] = {}

    def charge(self, chat_id: int, kind: ChatKind, family: Family, count: int = 1) -> None:
        """Spend on this chat. Raises the 429 refusal, and then nothing is spent."""
        if not self.enforced:
            return
        now = self._clock.now()
        wait = max(self._wait(chat_id, kind, family, now), self._whole_bot_wait(family, now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._spend(chat_id, kind, family, now, count)

    def _wait(self, chat_id: int, kind: ChatKind, family: Family, now: float) -> float:
        if family is Family.TYPING:
            return _sliding_wait(self._log(chat_id, family), TYPING, now)
        if kind is ChatKind.PRIVATE:
            return self._bucket(chat_id, now).wait(now)
        return _sliding_wait(self._log(chat_id, family), GROUP, now)

    def _whole_bot_wait(self, family: Family, now: float) -> float:
        if self.whole_bot is None or family is Family.TYPING:
            return 0.0
        return _sliding_wait(self._log(0, family), (self.whole_bot,), now)

    def _spend(self, chat_id: int, kind: ChatKind, family: Family, now: float, count: int) -> None:
        if kind is ChatKind.PRIVATE and family is Family.WRITING:
            self._bucket(chat_id, now).tokens -= count
        else:
            self._log(chat_id, family).extend([now] * count)
        if self.whole_bot is not None and family is Family.WRITING:
            self._log(0, family).extend([now] * count)

    def _bucket(self, chat_id: int, now: float) -> _Bucket:
        return self._buckets.setdefault(chat_id, _Bucket(PRIVATE_BURST, now))

    def _log(self, chat_id: int, family: Family) -> deque[float]:
        return self._recent.setdefault((chat_id, family), deque())


def _sliding_wait(recent: deque[float], allowances: tuple[Allowance, ...], now: float) -> float:
    """Seconds until every allowance has room for one more."""
    longest = max(allowance.seconds for allowance in allowances)
    while recent and recent[0] <= now - longest:
        recent.popleft()
    return max(_one_wait(recent, allowance, now) for allowance in allowances)


def _one_wait(recent: deque[float], allowance: Allowance, now: float) -> float:
    if len(recent) < allowance.most:
        return 0.0
    return max(0.0, recent[-allowance.most] + allowance.seconds - now)
