"""What became of a letter, told: to the log always, to whoever keeps the lines in the transaction that settles it.

Law: the log says deed, attempts and a reason word, nothing else; who is told is told only of ends, and a fault in the
telling never holds up the letters.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence

from bot.letters import Deed, Letter, Told
from bot.logs import log, place_of
from bot.telegram.boarding import Passenger, read
from bot.telegram.failures import DeliveryError, Reason
from bot.telegram.settling import reason_of
from storage import Busy, Due, Outcome, Settled, Transaction

OnSettled = Callable[[Transaction, Sequence[Told]], Awaitable[None]]


class Untellable(Exception):
    """Whoever was told failed: the transaction is spoilt, and is repeated without telling."""


async def nobody(work: Transaction, told: Sequence[Told]) -> None:
    """Nobody keeps lines."""


def told_of(due: Due, letter: Letter, outcome: Outcome, reason: str) -> Told | None:
    """What to tell of this outcome; None when the letter names no line or has not come to an end."""
    if letter.line is None or outcome.result is Settled.LATER:
        return None
    return Told(due.conversation, due.id, letter, outcome.result, reason)


def left_uncertain(rows: Iterable[Due]) -> list[Told]:
    """What to tell of the letters of which a crash left nobody knowing."""
    opened = ((due, read(due)) for due in rows)
    return [
        Told(due.conversation, due.id, letter, Settled.UNCERTAIN, Reason.UNKNOWN)
        for due, letter in opened
        if letter is not None and letter.line is not None
    ]


async def tell(on_settled: OnSettled, work: Transaction, told: Sequence[Told]) -> None:
    """Tell; raises Untellable for a fault of whoever is told, and lets the store's own troubles through."""
    if not told:
        return
    try:
        await on_settled(work, told)
    except Busy:
        raise
    except Exception as error:  # noqa: BLE001  # a fault of ours in one place must not stop all letters
        log.error("courier.untold", error=type(error).__name__, where=place_of(error), count=len(told))
        raise Untellable from None


def report(passenger: Passenger, failure: DeliveryError, outcome: Outcome) -> None:
    """Say what became of a letter that did not arrive."""
    deed, attempts, error = passenger.letter.deed, passenger.due.attempts, type(failure).__name__
    match outcome.result:
        case Settled.DROPPED:
            say = log.info if deed is Deed.REACT else log.error
            say("courier.dropped", deed=deed, attempts=attempts, reason=reason_of(failure))
        case Settled.LATER:
            log.info("courier.put_off", deed=deed, attempts=attempts, error=error)
        case _:
            log.warning("courier.undelivered", deed=deed, attempts=attempts, error=error)
