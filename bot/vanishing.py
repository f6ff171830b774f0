"""Rolling vanish: who has asked for it finds nothing in the chat that is older than a day, whoever wrote it.

Law: an id leaves the footprint in the transaction that posts its deletion, so none is lost and none is kept for
nothing. It goes by the clock even while that is in doubt: a clock that is ahead empties a chat early, one that is not
believed would let words stand that somebody wanted gone. Only who has blocked the bot waits: once they let it in,
everything goes (`bot.batch`). The person hears nothing of it: nothing is said. Whose conversation is over gets none
that lives anew: the row that carries the letter is as old as one may be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot import filing
from bot.letters import Deed, Letter, Urgency
from dialogs.lifetimes import CONVERSATION, VANISH
from storage import Conversation, Footprint, Outgoing, Store, Transaction

EVERY = timedelta(minutes=10)
"""How often it is looked."""
RESERVE = timedelta(hours=1)
"""So much earlier than the day is over: hours are all that is known of a message, and the deletion takes its turn."""
AT_ONCE = 100
"""Messages of one deleteMessages (Bot API)."""
HOUR = 3600


def due(footprint: Footprint, now: datetime) -> tuple[int, ...]:
    """The ids that have to go now, newest first."""
    newest = int((now - VANISH.age + RESERVE).timestamp()) // HOUR
    return tuple(sorted((number for number, hour in footprint.ids if hour <= newest), reverse=True))


def without(footprint: Footprint, gone: Iterable[int]) -> Footprint:
    """The footprint without these ids."""
    left = set(gone)
    return replace(footprint, ids=tuple(pair for pair in footprint.ids if pair[0] not in left))


def letters(person: int, ids: tuple[int, ...]) -> tuple[Letter, ...]:
    """The deletions of these ids."""
    firsts = range(0, len(ids), AT_ONCE)
    return tuple(Letter(Deed.DELETE, person, target=ids[first : first + AT_ONCE]) for first in firsts)


@dataclass(slots=True)
class Vanishing:
    """The store, and when it was looked last."""

    store: Store
    _looked: datetime | None = field(default=None, init=False)

    async def look_round(self, now: datetime) -> int:
        """Delete what is due, if it is time to look; how many people's chats. Raises storage.Busy: nothing was done."""
        if self._looked is not None and timedelta(0) <= now - self._looked < EVERY:
            return 0
        async with self.store.transaction() as work:
            chats = await _emptied(work, now)
        self._looked = now
        return chats


async def _emptied(work: Transaction, now: datetime) -> int:
    wanting = {person for person, footprint in (await work.vanishing()).items() if due(footprint, now)}
    if not wanting:
        return 0
    staff = (await filing.read(work)).desk.staff  # a private chat that has become a desk is emptied by its own rules
    known = await work.conversations(wanting - staff.keys())
    going = {person: due(one.footprint, now) for person, one in known.items() if _is_open(one)}
    oldest = now.astimezone(UTC).date() - CONVERSATION.age
    trimmed = _trimmed(known, {person: ids for person, ids in going.items() if ids}, oldest)
    if trimmed:
        await work.save(trimmed, now)
        await work.post([row for one in trimmed for row in _rows(one, going[one.person])])
    return len(trimmed)


def _is_open(conversation: Conversation) -> bool:
    """Whether it is still wanted, now that nobody else can change it, and can be done."""
    return conversation.footprint.vanish and not conversation.blocked and not conversation.damaged


def _trimmed(
    known: Mapping[int, Conversation], going: Mapping[int, tuple[int, ...]], oldest: date
) -> list[Conversation]:
    """Those who have no conversation any more get a row of the oldest day that is kept: the next midnight takes it."""
    people = ((known[person], ids) for person, ids in sorted(going.items()))
    return [replace(one, footprint=without(one.footprint, ids), touched=one.touched or oldest) for one, ids in people]


def _rows(conversation: Conversation, ids: tuple[int, ...]) -> list[Outgoing]:
    urgency = Urgency.CARD  # not with the unasked: an answer in this chat waits behind it
    return [
        Outgoing(conversation, urgency, letter.to_json(), scripted=True, binding=True)
        for letter in letters(conversation.person, ids)
    ]
