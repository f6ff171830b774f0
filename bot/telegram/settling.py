"""What a failure makes of a row in the outbox. Pure.

Law (design §8): a scripted row is repeated until Telegram says yes or no; so are edits and deletes, which do no harm
twice. What a consultant wrote is never said twice by us: if nobody knows whether it arrived, the consultant decides.
What nobody waits for, a reaction say, never holds up what lies behind it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.letters import NEW_BUBBLES, Deed, Letter
from bot.telegram.failures import Blocked, DeliveryError, Later, Never, Reason, Unknown
from bot.telegram.resolving import Found
from storage import Due, Landed, Outcome, Settled

FIRST_BACKOFF = 0.5
MOST_BACKOFF = 60.0
MOST_JITTER = 0.25
"""Seconds by which parked chats are spread, so that they do not all come back in one instant."""
GOLDEN = 0.618
ANEW = (Reason.GONE, Reason.WORDLESS, Reason.REFUSED, Reason.UNDRAWN, Reason.UNOPENED)
PASSING = (Deed.STRIP, Deed.REACT, Deed.LEAVE)
"""Old buttons and a reaction too few do no harm; what waits behind them is somebody's answer."""
MOST_CLOSINGS = 5
"""How often the deletion of a topic is tried with an unknown end: words lie in it, but the next case waits behind."""


def delivered(due: Due, found: Found, chat: int = 0, message: int | None = None) -> Outcome:
    """How the row is settled when Telegram said yes; the new `message` lies in `chat`.

    Only a bubble in the person's own chat belongs to their footprint: another chat's numbers mean nothing there.
    """
    line = found.letter.line
    landed = Landed(line, chat, message) if line is not None and message is not None else None
    own = message if due.lane == due.conversation else None
    return Outcome(due.id, Settled.DELIVERED, own, landed=landed, emptied=found.emptied, emptied_in=found.letter.chat)


def failed(due: Due, found: Found, failure: DeliveryError, now: datetime) -> Outcome:
    """How the row is settled when Telegram did not say yes.

    What may not be deleted any more is not asked for again; all that may be is gone by then.
    """
    outcome = outcome_of(due, found.letter, failure, now)
    locked = isinstance(failure, Never) and failure.reason is Reason.LOCKED
    return replace(outcome, emptied=found.emptied, emptied_in=found.letter.chat) if locked else outcome


def with_topic(outcome: Outcome, made: Landed | None) -> tuple[Outcome, ...]:
    """The topic made on the way is written down too: with the outcome, or beside it when that has a line of its own."""
    if made is None:
        return (outcome,)
    if outcome.landed is None:
        return (replace(outcome, landed=made),)
    return outcome, Outcome(outcome.id, outcome.result, landed=made)


def outcome_of(due: Due, letter: Letter, failure: DeliveryError, now: datetime) -> Outcome:
    """How the row is settled after this failure."""
    match failure:
        case Later(after=after):
            return put_off(due, after + jitter(due.id), now)
        case Blocked() | Never():
            own = due.lane == due.conversation
            return Outcome(due.id, Settled.BLOCKED if own and isinstance(failure, Blocked) else Settled.DROPPED)
        case Unknown() if _given_up(due, letter):
            return Outcome(due.id, Settled.DROPPED)
        case Unknown() if letter.deed in NEW_BUBBLES and not due.scripted:
            return Outcome(due.id, Settled.UNCERTAIN)
        case _:
            return put_off(due, backoff(due.attempts), now)


def _given_up(due: Due, letter: Letter) -> bool:
    """Whether an unknown end is left unknown."""
    return letter.deed in PASSING or (letter.deed is Deed.CLOSE_TOPIC and due.attempts >= MOST_CLOSINGS)


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
    """Whether an edit, a picture or a file was refused for good: its words, if any, come as a new bubble instead."""
    told = letter.deed in (Deed.EDIT, Deed.PHOTO, Deed.FILE) and (letter.instead or letter.text) != ""
    return told and isinstance(failure, Never) and failure.reason in ANEW
