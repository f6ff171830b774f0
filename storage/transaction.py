"""What can be done inside one transaction; all of it happens, or none.

Law: every call makes a fixed number of statements whatever the size of its set. Conversations live no longer than
their transaction: their keys are zeroed at its end. Nothing here commits: `Store.transaction` does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import conversations, counts, delivery, outbox, settling, transcripts, updates
from storage.model import Cell, Conversation, Due, Entry, NewEntry, Outcome, Outgoing
from storage.statements import write_or_blame
from storage.vault.dek import Dek
from storage.vault.ring import Ring


@dataclass(slots=True)
class Transaction:
    """Made by `Store.transaction`."""

    _connection: AsyncConnection
    _ring: Ring
    _deks: list[Dek] = field(default_factory=list, repr=False)

    async def fresh(self, bot: int, updates_: Collection[int], now: datetime) -> set[int]:
        """Take updates: the numbers that were never seen before."""
        return await updates.fresh(self._connection, bot, updates_, now)

    async def forget_updates(self, before: datetime) -> int:
        """Forget the numbers of updates taken before; how many."""
        return await updates.forget(self._connection, before)

    async def high_water(self) -> datetime | None:
        """The latest time that was trusted, if any."""
        return await updates.high_water(self._connection)

    async def raise_high_water(self, now: datetime) -> None:
        """Remember a trusted time; an earlier one changes nothing."""
        await updates.raise_high_water(self._connection, now)

    async def conversations(self, people: Collection[int]) -> dict[int, Conversation]:
        """The conversation of everyone asked for, locked: as stored, new (revision 0), or damaged."""
        found = await conversations.load(self._connection, self._ring, people)
        self._deks += [conversation.dek for conversation in found.values()]
        return found

    async def save(self, these: Collection[Conversation], now: datetime) -> None:
        """Write conversations and footprints as they are now. Raises BadData.

        A conversation is loaded and saved in one transaction, and saved once in it.
        """
        self._deks += [conversation.dek for conversation in these]
        write = partial(conversations.save, self._connection, self._ring, now=now)
        await write_or_blame(self._connection, write, tuple(these))

    async def post(self, letters: Sequence[Outgoing]) -> None:
        """Put letters into the outbox, in this order, after their conversations were saved. Raises BadData."""
        await write_or_blame(self._connection, partial(outbox.post, self._connection), letters)

    async def supersede(self, these: Collection[Conversation]) -> None:
        """Void the scripted letters of these conversations that nobody has begun to send."""
        await outbox.supersede(self._connection, these)

    async def erase(self, these: Collection[Conversation]) -> None:
        """Delete conversations, entries, letters and footprints of these people."""
        await conversations.erase(self._connection, self._ring, these)

    async def append(self, conversation: Conversation, entries: Sequence[NewEntry]) -> None:
        """Add lines to a saved conversation's transcript. Raises VaultError when it is not whole, or BadData."""
        await transcripts.append(self._connection, conversation, entries)

    async def transcript(self, conversation: Conversation) -> list[Entry]:
        """The whole transcript. Raises VaultError when anything about it was changed."""
        return await transcripts.transcript(self._connection, conversation)

    async def due(self, now: datetime, limit: int, busy: Collection[bytes]) -> list[Due]:
        """The first letters of the lanes that are not `busy`, the most urgent first."""
        return await delivery.due(self._connection, self._ring, now, limit, busy)

    async def mark_sending(self, ids: Collection[int]) -> None:
        """Say that these letters may arrive from now on."""
        await delivery.mark_sending(self._connection, ids)

    async def settle(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Write down what became of letters; messages delivered by `now` join their person's footprint."""
        await settling.settle(self._connection, self._ring, outcomes, now)

    async def unfinished(self) -> int:
        """At the start: letters left in flight wait again, or are uncertain when not scripted; their number."""
        return await delivery.unfinished(self._connection)

    async def waiting(self) -> int:
        """How many letters are in the outbox."""
        return await outbox.waiting(self._connection)

    async def count(self, increments: Mapping[Cell, int]) -> None:
        """Add to how often cells happened. Raises Busy when another worker makes one of them in the same moment."""
        await counts.add(self._connection, self._ring, increments)

    async def counts(self) -> dict[Cell, int]:
        """How often each cell happened. Cells that do not open are not in it: ask `lost_counts` before publishing."""
        return await counts.read(self._connection, self._ring)

    async def lost_counts(self) -> int:
        """How many cells are lower than what happened, because they do not open or had to begin anew."""
        return await counts.lost(self._connection, self._ring)

    def shred(self) -> None:
        """Zero the keys of every conversation that was in this transaction."""
        for dek in self._deks:
            dek.shred()
