"""How much may be said where, and when. Pure: the caller brings the time, in seconds that only grow.

Telegram's limits (bots/faq, and tdlib's maintainers for what the pages leave out): about one request a second in a
private chat with short bursts; 20 a minute in a group, where all topics, edits and topic operations share one count;
30 a second for messages nobody asked for. Replies have no published limit across chats; when Telegram shows one all
the same, by refusing several chats at once, everything but SOS shares the budget of the unasked for a while.
Law: nothing is taken unless everything is free, or a busy chat would eat the budget of all the others.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from bot.letters import Deed, Letter, Urgency
from bot.telegram.meters import Bucket, Meter, Window

PRIVATE_EVERY = 1.0
PRIVATE_BURST = 3
GROUP_MOST = 18
"""Of Telegram's 20, so that a late arrival of one request next to a punctual one stays within them."""
GROUP_SECONDS = 60.0
COMMON_EVERY = 1 / 25
COMMON_BURST = 5
"""With 25 in a second no second holds more than 30."""
STORM_CHATS = 3
STORM_SECONDS = 5.0
"""So many chats refused within so many seconds: the limit is the whole bot's."""
CAUTION = 60.0
"""Seconds after such a storm in which replies share the common budget: measured, 600 people in a rush against a limit
of 30 a second meet 20 times fewer refusals so."""
FORGET_EVERY = 60.0


class Family(Enum):
    """Requests that Telegram counts together."""

    SPEAK = auto()
    DELETE = auto()
    REACT = auto()


@dataclass(frozen=True, slots=True)
class Errand:
    """What one request costs."""

    chat: int
    family: Family
    urgency: Urgency

    @classmethod
    def of(cls, letter: Letter, urgency: int) -> "Errand":
        """The cost of delivering a letter."""
        return cls(letter.chat, _family(letter), Urgency(urgency))


class Budgets:
    """All counts of one bot. Holds a count only while something in it is recent."""

    def __init__(self) -> None:
        self._meters: dict[tuple[int, Family], Meter] = {}
        self._common = Bucket(COMMON_EVERY, COMMON_BURST)
        self._parked: dict[int, float] = {}
        self._refusals: deque[tuple[float, int, float]] = deque()
        self._paused = float("-inf")
        self._careful_until = float("-inf")
        self._forgot_at = float("-inf")

    def take(self, errand: Errand, now: float) -> float | None:
        """None: taken, go. Otherwise nothing is taken, and this is when to ask again."""
        free = self._free_at(errand, now)
        if free > now:
            return free
        self._meter(errand).take(now)
        if self._shares(errand, now):
            self._common.take(now)
        return None

    def topic_made(self, errand: Errand, now: float) -> None:
        """A forum topic was made on the way of this errand: one message more of its group."""
        self._meter(errand).take(now)

    def put_back(self, errand: Errand, now: float) -> None:
        """Undo a `take` of this errand at `now`, because it did not go after all."""
        self._meter(errand).put_back()
        if self._shares(errand, now):
            self._common.put_back()

    def refused(self, chat: int, after: float, now: float) -> bool:
        """Telegram answered 429: park the chat for `after` seconds. True if this pauses the whole bot.

        The bot pauses for the shortest of the waits: one chat's hours must not silence everybody, SOS included.
        """
        self._parked[chat] = max(self._parked.get(chat, now), now + after)
        self._refusals.append((now, chat, after))
        while self._refusals[0][0] <= now - STORM_SECONDS:
            self._refusals.popleft()
        if len({chat for _, chat, _ in self._refusals}) < STORM_CHATS:
            return False
        self._paused = max(self._paused, now + min(after for _, _, after in self._refusals))
        self._careful_until = self._paused + CAUTION
        return True

    def paused_until(self, now: float) -> float:
        """When the bot may speak again; `now` if it may."""
        return max(self._paused, now)

    def common_until(self, errand: Errand, now: float) -> float:
        """When the budget this errand shares with all others like it has room, to whomever; `now` if it has."""
        return self._common.free_at(now) if self._shares(errand, now) else now

    def forget(self, now: float) -> None:
        """Drop what no longer limits anything: whom we wrote to is nobody's business afterwards."""
        if now - self._forgot_at < FORGET_EVERY:
            return
        self._forgot_at = now
        self._meters = {key: meter for key, meter in self._meters.items() if not meter.idle(now)}
        self._parked = {chat: until for chat, until in self._parked.items() if until > now}

    def _free_at(self, errand: Errand, now: float) -> float:
        return max(
            self.paused_until(now),
            self._parked.get(errand.chat, now),
            self._meter(errand).free_at(now),
            self.common_until(errand, now),
        )

    def _shares(self, errand: Errand, now: float) -> bool:
        careful = now < self._careful_until and errand.urgency is not Urgency.SOS
        return careful or errand.urgency is Urgency.UNASKED

    def _meter(self, errand: Errand) -> Meter:
        key = (errand.chat, errand.family)
        if key not in self._meters:
            self._meters[key] = _new_meter(errand)
        return self._meters[key]


def _family(letter: Letter) -> Family:
    match letter.deed:
        case Deed.DELETE | Deed.LEAVE:
            return Family.DELETE
        case Deed.REACT if letter.chat > 0:
            return Family.REACT
        case _:
            return Family.SPEAK


def _new_meter(errand: Errand) -> Meter:
    # Group ids are negative; deleting is not speaking, and what a limit on it would be nobody has published.
    if errand.chat < 0 and errand.family is Family.SPEAK:
        return Window(GROUP_MOST, GROUP_SECONDS)
    return Bucket(PRIVATE_EVERY, PRIVATE_BURST)
