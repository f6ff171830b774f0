"""Out of the store of a locked house into the real one: everybody who was there meanwhile, one person at a time.

Law: a person is carried over whole or not at all, and one who cannot be hinders nobody else: what they wrote stays
where it lies, sealed. Whoever asked to be forgotten is forgotten first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot import filing, looking
from bot.clock import Guard
from bot.conversing import Conversing
from bot.desk.desk import Post
from bot.desk.needs import Needs
from bot.gathering import Gathering
from bot.letters import Letter, Urgency
from bot.locking.bringing import Brought, bring, forget
from bot.logs import log, place_of
from bot.looking import Looked
from bot.writing import write
from storage import Busy, Cell, Conversation, Due, Entry, Outcome, Settled, Store, Transaction, VaultError

TRIES = 30
"""How often something is tried while the database is busy, once a second."""
MOST = 1000
"""Letters taken out of the outbox at once."""

T = TypeVar("T")
Deed = Callable[[Gathering, Brought], bool]
"""What is done about one person; whether what they wrote is not needed any more where it lies."""


async def brought(store: Store, now: datetime) -> list[Brought]:
    """Everybody who is known in the store of a locked house. Their letters are taken out of its outbox.

    So whoever calls this sends them: `carry` does.
    """
    async with store.transaction() as work:
        await work.unfinished()
        filed, talks = await filing.read(work), await work.talks()
        people = await work.conversations(await work.everybody())
        known = [one for one in people.values() if not one.damaged and one.revision]
        letters, lines = await _letters(work, known, now), await work.lines(known)
        found = [
            Brought(
                one.person,
                one.state,
                one.footprint,
                one.blocked,
                filed.desk.cases.get(one.person),
                await _entries(work, one) if one.id in talks else (),
                tuple(lines.get(one.id, ())),
                tuple(letters.get(one.person, ())),
                talks.get(one.id),
                one.touched,
            )
            for one in known
        ]
    return sorted(found, key=lambda one: (one.case.asked_at if one.case else now, one.person))


async def _entries(work: Transaction, one: Conversation) -> tuple[Entry, ...]:
    try:
        return tuple(await work.transcript(one))
    except VaultError:
        log.error("transcript.damaged")
        return ()


async def _letters(work: Transaction, known: Sequence[Conversation], now: datetime) -> dict[int, list[Post]]:
    """What waits to be sent to them. It is gone there, so that it cannot be sent twice."""
    people = {one.id: one.person for one in known}
    found: dict[int, list[Post]] = {}
    while letters := await work.due(now + timedelta(days=1), MOST, ()):
        for due in letters:
            if due.conversation in people and (post := _post(due, people[due.conversation])) is not None:
                found.setdefault(post.about, []).append(post)
        await work.settle([Outcome(due.id, Settled.DROPPED) for due in letters], now)
    return found


def _post(due: Due, person: int) -> Post | None:
    """A letter as it is posted anew, unless it is about lines: those have other numbers now."""
    letter = Letter.from_json(due.body) if due.body is not None else None
    if letter is None or letter.refers or letter.chat != person:
        return None
    return Post(person, letter, Urgency(due.urgency), due.scripted)


async def carry(
    conversing: Conversing, everybody: Sequence[Brought], forgot: Collection[int], now: datetime
) -> list[Letter]:
    """Carry everybody over, and forget whoever asked for it; what is to be said from memory.

    `conversing` is on the real store, with the guard of the locked house, which has seen the last updates. The letters
    of whoever cannot be carried over are said from memory: what was to be deleted is deleted all the same.
    """
    said: list[Letter] = []
    for one, deed in [*((Brought(person), forget) for person in sorted(forgot)), *((one, bring) for one in everybody)]:
        try:
            said += await patiently(partial(_once, conversing, one, deed, now))
        except Exception as error:  # noqa: BLE001 — whatever it is, what they wrote stays sealed where it lies
            log.error("carrying.failed", error=type(error).__name__, where=place_of(error))
            said += [post.letter for post in one.posts]
    return said


async def carry_counts(here: Store, there: Store) -> None:
    """What was counted meanwhile counts. Once: whoever starts after a crash adopts what was said, and no numbers."""
    async with here.transaction() as work:
        counts = await work.counts()
    try:
        await patiently(partial(_added, there, counts))
    except Exception as error:  # noqa: BLE001 — people matter more than their number
        log.error("carrying.uncounted", error=type(error).__name__, where=place_of(error))


async def _added(there: Store, counts: Mapping[Cell, int]) -> None:
    async with there.transaction() as work:
        await work.count(counts)


async def patiently(deed: Callable[[], Awaitable[T]]) -> T:
    """Do it, again and again while the database is busy. Raises Busy when it stays so."""
    for _ in range(TRIES):
        try:
            return await deed()
        except Busy:
            await asyncio.sleep(1)
    return await deed()


async def _once(conversing: Conversing, one: Brought, deed: Deed, now: datetime) -> Sequence[Letter]:
    async with conversing.store.transaction() as work:
        time = _joined(conversing.guard, await work.high_water()).time(now)
        filed = await filing.read(work)
        case = filed.desk.cases.get(one.person)
        owner = {case.owner} if case is not None and case.owner is not None else set[int]()
        looked = Looked(await work.conversations({one.person} | owner))
        await looking.read_back(work, filed, looked, Needs(lines={one.person}, transcripts={one.person}))
        batch = Gathering(conversing.setting(now), looked.known, filed.desk, looked.found)
        if deed(batch, one) and one.talk is not None:
            await work.never_again([one.talk], time)
        await write(work, filed, batch, time)
    return batch.farewells


def _joined(guard: Guard, before: datetime | None) -> Guard:
    """What the locked house saw, and the latest time that was trusted before it."""
    return replace(guard, high_water=max((one for one in (guard.high_water, before) if one is not None), default=None))
