"""Erases what is over, kind by kind, each in a transaction of its own: one that fails holds up no other.

Law: what is held by law stays; nothing here looks at the clock, it is told the time.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.clock import TBILISI
from bot.keeping import upkeep
from bot.keeping.retention import deadlines, held, old_lines, unused
from bot.releasing import fixed, shelf
from bot.releasing.spent import LOST, old, spent
from storage import Kind, Store, Transaction


async def swept(store: Store, name: str, now: datetime) -> int:
    """Erase what is over of this kind (see KINDS); how much it was. Raises storage.Busy."""
    async with store.transaction() as work:
        return await KINDS[name](work, now)


async def _conversations(work: Transaction, now: datetime) -> int:
    return await work.expire(deadlines(now).conversations)


async def _footprints(work: Transaction, now: datetime) -> int:
    return await work.expire_footprints(now)


async def _archives(work: Transaction, now: datetime) -> int:
    kept = held(await work.records((Kind.HOLD,)))
    return 0 if kept is None else await work.expire_archives(deadlines(now).today, kept)


async def _forgotten(work: Transaction, now: datetime) -> int:
    return await work.forget_the_forgotten(deadlines(now).forgotten)


async def _updates(work: Transaction, now: datetime) -> int:
    return await work.forget_updates(deadlines(now).updates)


async def _audit(work: Transaction, now: datetime) -> int:
    old = old_lines(await work.records((Kind.AUDIT,)), deadlines(now).audit)
    if old:
        await work.drop(old)
    return len(old)


async def _invitations(work: Transaction, now: datetime) -> int:
    old = unused(await work.records((Kind.INVITATION,)), now)
    if old:
        await work.drop(old)
    return len(old)


async def _counts(work: Transaction, now: datetime) -> int:
    """What was published long enough ago; then what does not open goes too, for it may be of that.

    It is remembered, since a sum may be too low. Raises storage.Tampered, and nothing goes, when a release of it does
    not open any more: nobody could ever say again what was published.
    """
    past, length = await shelf.releases(work), (await fixed.read(work)).length
    long_ago = old([one.release for one in past], deadlines(now).counts)
    if not long_ago:
        return 0
    over = spent(await work.counts(), long_ago, length)
    for one in past:
        if over and one.release in long_ago:
            await shelf.files(work, one)
    lost = None in await work.lost_counts()
    if lost:
        await upkeep.remember(work, LOST, day=now.astimezone(TBILISI).date().isoformat())
    return await work.drop_counts(over) if over or lost else 0


KINDS: Mapping[str, Callable[[Transaction, datetime], Awaitable[int]]] = {
    "conversations": _conversations,
    "footprints": _footprints,
    "archives": _archives,
    "forgotten": _forgotten,
    "updates": _updates,
    "audit": _audit,
    "invitations": _invitations,
    "counts": _counts,
}
"""Everything that lives for a time, in the order it is swept: a conversation before its footprint."""
