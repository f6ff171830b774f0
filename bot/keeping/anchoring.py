"""Managers are the witness outside: each reads the day's anchor in their own chat, where no copy put back changes it.

Law: the running number grows by one with every anchor. A database that was exchanged for an older one says a number
that the chat has seen already. Nothing else about anybody is in it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot import filing
from bot.conversing import Conversing
from bot.desk.desk import Post, Upshot
from bot.desk.words import say
from bot.filing import Filed
from bot.gathering import Gathering
from bot.keeping import upkeep
from bot.letters import Deed, Letter, Urgency
from bot.writing import write
from storage import Kind, Store, Transaction

GROUPS = range(0, 16, 4)
"""So much of the number is shown: enough that nobody makes another with the same, few enough to compare by eye."""

Words = dict[str, str]


@dataclass(slots=True)
class Anchoring:
    """The store and what a batch is computed with."""

    store: Store
    conversing: Conversing

    async def anchor(self, now: datetime, *, first: bool) -> None:
        """Reckon the anchor of today, remember it and tell the managers, once. Raises storage.Busy: nothing was done.

        Not `first`: where there never was one, there is none today: the house was made today.
        """
        today = now.astimezone(UTC).date().isoformat()
        async with self.store.transaction() as work:
            last = (await upkeep.recalled(work)).get(upkeep.ANCHOR)
            if last["day"] == today if last else not first:
                return
            made = await work.anchor(last["seq"] + 1 if last else 1)
            digest = made.digest.hex()
            await upkeep.remember(work, upkeep.ANCHOR, seq=made.number, day=today, hash=digest)
            shown = " ".join(digest[start : start + 4] for start in GROUPS)
            values = {"day": today, "number": str(made.number), "hash": shown, "count": str(made.about)}
            told = [("staff.anchor", values)]
            holds = len(await work.records((Kind.HOLD,)))
            await self._tell(work, [*told, ("staff.anchor.holds", {"holds": str(holds)})] if holds else told, now)

    async def older(self, now: datetime) -> None:
        """Tell the managers that the database is older than it was. Raises storage.Busy: nothing was done."""
        async with self.store.transaction() as work:
            await upkeep.remember(work, upkeep.OLDER, at=now.isoformat())
            await filing.audit(work, ("database.older",), now)
            await self._tell(work, [("staff.older", {})], now)

    async def _tell(self, work: Transaction, texts: list[tuple[str, Words]], now: datetime) -> None:
        filed = await filing.read(work)
        managers = {one.person for one in filed.desk.managers()}
        if managers:
            batch = Gathering(self.conversing.setting(now), await work.conversations(managers), filed.desk)
            batch.file(Upshot(posts=tuple(self._posts(filed, texts))))
            await write(work, filed, batch, self.conversing.guard.time(now))

    def _posts(self, filed: Filed, texts: list[tuple[str, Words]]) -> list[Post]:
        """One letter for each manager; it makes no sound, for it comes at night."""
        book = self.conversing.book
        posts = []
        for one in filed.desk.managers():
            words = "\n".join(say(book, one.language, text, **values) for text, values in texts)
            posts.append(Post(one.person, Letter(Deed.SEND, one.person, words, silent=True), Urgency.UNASKED))
        return posts
