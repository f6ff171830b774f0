"""Callback queries: a person tapped a button and waits for the answer.

Law: each is answered once, within 15 seconds; after that Telegram does not know it any more.
Source: tdlib/telegram-bot-api answerCallbackQuery; apps stop waiting after about 15 s, the strict end of what is seen.
"""

from dataclasses import dataclass

from bot.sandbox.clock import Clock
from bot.sandbox.refusals import bad_request

ANSWER_WITHIN = 15.0
MAX_ANSWER = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Tap:
    """One waiting query."""

    query_id: str
    person_id: int
    at: float


class Taps:
    """The queries nobody has answered yet."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[str, Tap] = {}
        self._count = 0

    def begin(self, person_id: int) -> Tap:
        """A new query of this person."""
        self._count += 1
        tap = Tap(f"{person_id << 20 | self._count}", person_id, self._clock.now())
        self._waiting[tap.query_id] = tap
        return tap

    def answer(self, query_id: str) -> Tap:
        """Take the query out. Raises a refusal when it is unknown, answered or too old."""
        tap = self._waiting.pop(query_id, None)
        if tap is None or self._clock.now() - tap.at > ANSWER_WITHIN:
            raise bad_request(TOO_OLD)
        return tap
