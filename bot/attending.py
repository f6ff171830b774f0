"""What the desk does without anybody writing: time passes, and letters come to their end.

Law: the same as for arrivals: everything is read, computed in memory and written in one transaction. Nothing is erased
or ended by date while the clock is not trusted; reminding and telling go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import filing, looking
from bot.conversing import Conversing
from bot.desk import groups, ladder, marking
from bot.desk.desk import NOTHING, Desk
from bot.desk.marking import Fate
from bot.desk.needs import Needs
from bot.desk.people import dismissed, expired
from bot.filing import Filed
from bot.gathering import Gathering
from bot.letters import Letter, Told
from bot.looking import Looked
from bot.writing import write
from storage import Store, Transaction


@dataclass(slots=True)
class Attending:
    """The store and what a batch is computed with."""

    store: Store
    conversing: Conversing

    async def look_round(self, now: datetime) -> Sequence[Letter]:
        """Do what is due; gives back what is said from memory. Raises storage.Busy: nothing was done."""
        async with self.store.transaction() as work:
            filed = await filing.read(work)
            scene = self._gathering(filed, now, Looked({})).scene
            people = {case.person for case in filed.desk.cases.values() if ladder.of_case(scene, case) != NOTHING}
            late = groups.overdue(scene) + expired(scene)
            if not people and late == NOTHING:
                return []
            batch = await self._at_hand(work, filed, now, people, set())
            for person in sorted(people & batch.known.keys()):
                batch.file(ladder.of_case(batch.scene, batch.desk.cases[person]))
            batch.file(late)
            await write(work, filed, batch, self.conversing.guard.time(now))
        return batch.farewells

    async def told(self, work: Transaction, tolds: Sequence[Told], now: datetime) -> None:
        """Show what became of letters about cases, in the transaction that settles them."""
        news = [told for told in tolds if marking.is_news(told.letter, told.outcome)]
        filed = await filing.read(work) if news else Filed(Desk())
        fates = [fate for told in news if (fate := _fate(filed, told)) is not None]
        if not fates:
            return
        displaced = marking.displaced(filed.desk, fates)
        batch = await self._at_hand(work, filed, now, {fate.person for fate in fates} | displaced, displaced)
        for fate in fates:
            batch.file(marking.marked(batch.scene, fate))
        await write(work, filed, batch, self.conversing.guard.time(now))

    async def dismiss(self, person: int, now: datetime) -> None:
        """Somebody is no longer staff, by the operator's word."""
        async with self.store.transaction() as work:
            filed = await filing.read(work)
            one = filed.desk.staff.get(person)
            if one is None:
                return
            people = {case.person for case in filed.desk.touched_by(person)} | {person}
            batch = await self._at_hand(work, filed, now, people, set())
            batch.file(dismissed(batch.scene, one, person))
            await write(work, filed, batch, self.conversing.guard.time(now))

    async def _at_hand(
        self, work: Transaction, filed: Filed, now: datetime, people: set[int], read: set[int]
    ) -> Gathering:
        owners = {case.owner for person in people if (case := filed.desk.cases.get(person)) and case.owner is not None}
        looked = Looked(await work.conversations(people | owners))
        await looking.read_back(work, filed, looked, Needs(lines=people, transcripts=read))
        return self._gathering(filed, now, looked)

    def _gathering(self, filed: Filed, now: datetime, looked: Looked) -> Gathering:
        setting = replace(self.conversing.setting(now), trusted=self.conversing.guard.trusts(now))
        return Gathering(setting, looked.known, filed.desk, looked.found)


def _fate(filed: Filed, told: Told) -> Fate | None:
    person = filed.person_of(told.conversation)
    return None if person is None else Fate(person, told.row, told.letter, told.outcome, told.reason)
