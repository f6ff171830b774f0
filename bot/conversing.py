"""Up to a hundred arrivals become one transaction: dedupe, states, the desk, outbox, all or nothing (design §2.4).

Law: first everything is read, then everything is computed in memory (`bot.batch`), then everything is written
set-wise, so the number of statements does not grow with the batch. A `Busy` store is nobody's fault and passes
through: the caller brings the same arrivals again.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot import filing, forgetting, looking
from bot.arrivals import Arrival, Barrier, Condemned, Incoming
from bot.batch import Batch
from bot.clock import TBILISI, Guard
from bot.forgetting import Promise
from bot.gathering import Setting
from bot.letters import Deed, Letter
from bot.logs import log, place_of
from bot.writing import write
from dialogs.book import Book
from dialogs.effects import Show
from dialogs.rendering import render
from storage import BadData, Busy, Store


@dataclass(frozen=True, slots=True)
class Taken:
    """What is left to do after the commit: log the condemned, say what is said from memory.

    `toasts` are notes above the chat, by callback id; every other tap is answered without words. `forgotten` are
    people about whom nothing is stored any more; `unsure` those of whom that could not be seen yet.
    """

    condemned: Sequence[Condemned] = ()
    farewells: Sequence[Letter] = ()
    toasts: Mapping[str, str] = field(default_factory=dict, repr=False)
    forgotten: Collection[int] = ()
    unsure: Sequence[Promise] = ()


NONCES = 2**40
"""A new conversation begins its numbering somewhere below this, so that buttons of a forgotten one fit nothing."""


def random_nonce() -> int:
    """Where a new conversation's numbering begins."""
    return secrets.randbelow(NONCES)


@dataclass(slots=True)
class Conversing:
    """The store, the book of the moment and the bot's own id. `book` may be exchanged between two batches."""

    store: Store
    book: Book
    bot: int
    guard: Guard
    new_nonce: Callable[[], int] = random_nonce
    bot_name: str = ""
    reopen: timedelta = timedelta(hours=24)
    locked: bool = False

    async def take(self, arrivals: Sequence[Incoming], now: datetime) -> Taken:
        """Answer a batch in one transaction.

        Raises storage.Busy when the store cannot be written now: nothing happened, bring the same arrivals again.
        """
        self.guard.see(now, (arrival.sent for arrival in arrivals if isinstance(arrival, Arrival) and arrival.sent))
        try:
            return await self._batch(arrivals, now)
        except Busy:
            raise
        except Exception as error:  # noqa: BLE001 — a fault of ours may cost one update, never the whole queue
            if len(arrivals) > 1:
                return _together([await self.take([one], now) for one in arrivals])
            return await self._pass_over(arrivals[0], error, now)

    def setting(self, now: datetime, banned: frozenset[int] = frozenset()) -> Setting:
        """What a batch computed now stands in."""
        here = now.astimezone(TBILISI)
        return Setting(
            book=self.book,
            now=here,
            today=here.date(),
            day=now.astimezone(UTC).date(),
            new_nonce=self.new_nonce,
            chance=secrets.randbelow,
            banned=banned,
            bot_name=self.bot_name,
            reopen=self.reopen,
            locked=self.locked,
        )

    async def _batch(self, arrivals: Sequence[Incoming], now: datetime) -> Taken:
        banned: frozenset[int] = frozenset()
        while True:
            try:
                return await self._once(arrivals, now, banned)
            except BadData as error:
                culprits = frozenset(error.people) or _people(arrivals)
                if culprits <= banned:
                    raise
                banned |= culprits

    async def _pass_over(self, arrival: Incoming, error: Exception, now: datetime) -> Taken:
        """Take only the number of an update that cannot even be stored, and offer its person a human from memory."""
        async with self.store.transaction() as work:
            fresh = await work.fresh(self.bot, [arrival.update], self.guard.time(now))
        if not fresh:
            return Taken()
        condemned = Condemned(arrival.update, type(arrival).__name__, type(error).__name__, place_of(error))
        text = render(self.book, Show(None, ("error.sorry",)), now.date()).text
        return Taken((condemned,), [Letter(Deed.SEND, person, text) for person in _people((arrival,))])

    async def _once(self, arrivals: Sequence[Incoming], now: datetime, banned: frozenset[int]) -> Taken:
        time = self.guard.time(now)
        async with self.store.transaction() as work:
            fresh = await work.fresh(self.bot, [arrival.update for arrival in arrivals], time)
            todo = _first_of_each(arrivals, fresh)
            filed = await filing.read(work)
            looked = await looking.up(work, filed, todo, banned)
            batch = Batch(self.setting(max(now, time), banned), looked.known, filed.desk, looked.found)
            for arrival in todo:
                batch.add(arrival)
            await write(work, filed, batch, time)
            await work.raise_high_water(time)
        forgotten = [one.person for one in batch.forgotten]
        return await self._held(Taken(batch.condemned, batch.farewells, batch.toasts, forgotten), batch.promises)

    async def _held(self, taken: Taken, promises: Sequence[Promise]) -> Taken:
        """Say "done" of whom nothing is found any more; the others are looked for again by the caller."""
        try:
            done = await forgetting.kept(self.store, promises)
        except Busy:
            done = []
        said = [*taken.farewells, *(letter for promise in done for letter in promise.letters)]
        return replace(taken, farewells=said, unsure=[promise for promise in promises if promise not in done])


def _together(taken: Sequence[Taken]) -> Taken:
    condemned = [one for part in taken for one in part.condemned]
    toasts = {callback: words for part in taken for callback, words in part.toasts.items()}
    forgotten = [person for part in taken for person in part.forgotten]
    farewells = [letter for part in taken for letter in part.farewells]
    return Taken(condemned, farewells, toasts, forgotten, [promise for part in taken for promise in part.unsure])


def _first_of_each(arrivals: Iterable[Incoming], fresh: Collection[int]) -> list[Incoming]:
    """Arrivals never seen before, in the order they came, and of twins within the batch only the first."""
    first: dict[int, Incoming] = {}
    for arrival in arrivals:
        first.setdefault(arrival.update, arrival)
    return [arrival for number, arrival in first.items() if number in fresh]


def _people(arrivals: Iterable[Incoming]) -> frozenset[int]:
    known = (arrival for arrival in arrivals if isinstance(arrival, Arrival | Barrier | Condemned))
    private = (arrival for arrival in known if not getattr(arrival, "chat", 0))
    return frozenset(arrival.person for arrival in private if arrival.person is not None)


def report(condemned: Iterable[Condemned]) -> None:
    """Log what was condemned: kind, error type and place, never content."""
    for one in condemned:
        log.error("update.condemned", kind=one.kind, error=one.error, where=one.where)
