"""What a failure makes of a row in the outbox. Pure.

Law (design §8): a scripted row is repeated until Telegram says yes or no; so are edits and deletes, which do no harm
twice. What a consultant wrote is never said twice by us: if nobody knows whether it arrived, the consultant decides.
"""

from datetime import datetime, timedelta

from bot.letters import NEW_BUBBLES, Deed, Letter
from bot.telegram.failures import Blocked, DeliveryError, Later, Never, Reason, Unknown
from storage import Due, Outcome, Settled

FIRST_BACKOFF = 0.5
MOST_BACKOFF = 60.0
MOST_JITTER = 0.25
"""Seconds by which parked chats are spread, so that they do not all come back in one instant."""
GOLDEN = 0.618
ANEW = (Reason.GONE, Reason.REFUSED, Reason.UNDRAWN)


def outcome_of(due: Due, letter: Letter, failure: DeliveryError, now: datetime) -> Outcome:
    """How the row is settled after this failure."""
    match failure:
        case Later(after=after):
            return put_off(due, after + jitter(due.id), now)
        case Blocked() if letter.chat > 0:
            return Outcome(due.id, Settled.BLOCKED)
        case Blocked() | Never():
            return Outcome(due.id, Settled.DROPPED)
        case Unknown() if letter.deed is Deed.STRIP:
            # Old buttons do no harm, but what waits behind this letter is the person's answer.
            return Outcome(due.id, Settled.DROPPED)
        case Unknown() if letter.deed in NEW_BUBBLES and not due.scripted:
            return Outcome(due.id, Settled.UNCERTAIN)
        case _:
            return put_off(due, backoff(due.attempts), now)


def put_off(due: Due, seconds: float, now: datetime) -> Outcome:
    """The row is pending again, and due in so many seconds."""
    return Outcome(due.id, Settled.LATER, not_before=now + timedelta(seconds=seconds))


def reason_of(failure: DeliveryError) -> Reason:
    """The word for the log when a row is dropped."""
    match failure:
        case Never(reason=reason):
            return reason
        case Unknown():
            return Reason.UNKNOWN
        case _:
            return Reason.NO_ENTRY


def backoff(attempts: int) -> float:
    """Seconds before the next try: 0.5, 1, 2, 4 … 60."""
    return min(MOST_BACKOFF, FIRST_BACKOFF * 2.0 ** min(attempts, 10))


def jitter(row: int) -> float:
    """A spread of up to a quarter of a second that needs no chance: multiples of the golden ratio lie evenly."""
    return row * GOLDEN % 1.0 * MOST_JITTER


def speaks_anew(letter: Letter, failure: DeliveryError) -> bool:
    """Whether an edit or a picture was refused for good: its words, if it has any, come as a new bubble instead."""
    told = letter.deed in (Deed.EDIT, Deed.PHOTO) and letter.text != ""
    return told and isinstance(failure, Never) and failure.reason in ANEW
