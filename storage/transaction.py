"""What can be done inside one transaction; all of it happens, or none.

Law: every call makes a fixed number of statements whatever the size of its set. Conversations live no longer than
their transaction: their keys are zeroed at its end. Nothing here commits: `Store.transaction` does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from storage import (
    cases,
    conversations,
    counts,
    delivery,
    expiring,
    lines,
    outbox,
    records,
    settling,
    transcripts,
    uncertain,
    updates,
)
from storage.casework import Line, Spot, StoredCase
from storage.letters import Due, Outcome, Outgoing, Unfinished
from storage.longlived import LongLived
from storage.model import Cell, Conversation, Entry, Kind, NewEntry, Record
from storage.statements import write_or_blame
from storage.vault.dek import Dek


@dataclass(slots=True)
class Transaction(LongLived):
    """Made by `Store.transaction`."""

    _deks: list[Dek] = field(default_factory=list, repr=False)
    raised: datetime | None = None
    """The trusted time this transaction remembers, for the witness."""

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
        await updates.raise_high_water(self._connection, self._ring, now)
        self.raised = now

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
        await write_or_blame(self._connection, partial(outbox.post, self._connection, self._ring), letters)

    async def supersede(self, these: Collection[Conversation]) -> None:
        """Void the scripted letters to these people that nobody has begun to send."""
        await outbox.supersede(self._connection, these)

    async def withdraw(self, these: Collection[Conversation], chat: int) -> None:
        """Delete what waits for that chat about these people, unless it is binding: something newer takes its place."""
        await outbox.withdraw(self._connection, self._ring, these, chat)

    async def withdraw_all(self, chats: Collection[int]) -> None:
        """Delete what waits for these chats, whoever it is about, unless it is binding: nobody there may read it."""
        await outbox.withdraw_all(self._connection, self._ring, chats)

    async def cancel(self, these: Collection[Conversation], chat: int | None) -> None:
        """Delete what waits for these people, or for that chat about them, scripted or not, unless it is binding."""
        await outbox.cancel(self._connection, self._ring, these, chat)

    async def erase(self, these: Collection[Conversation], now: datetime) -> None:
        """Delete the conversations of these people with all that belongs to them, and the footprints.

        Their random ids are listed, so that a backup of an earlier day that is put back forgets them again.
        """
        await expiring.remember_forgotten(self._connection, these, now)
        await conversations.erase(self._connection, self._ring, these)

    async def append(self, conversation: Conversation, entries: Sequence[NewEntry]) -> None:
        """Add lines to a saved conversation's transcript. Raises VaultError when it is not whole, or BadData."""
        await self.append_all([(conversation, entries)])

    async def append_all(self, additions: Sequence[tuple[Conversation, Sequence[NewEntry]]]) -> None:
        """Add lines to saved conversations' transcripts.

        Raises VaultError when one is not whole, or BadData naming conversations; then nothing of the set was written.
        """
        await transcripts.append(self._connection, self._ring, additions)

    async def clear(self, conversation: Conversation) -> None:
        """Delete a transcript, whole or not; the conversation goes on without."""
        await transcripts.clear(self._connection, conversation)

    async def transcript(self, conversation: Conversation) -> list[Entry]:
        """The whole transcript. Raises VaultError when anything about it was changed."""
        return await transcripts.transcript(self._connection, self._ring, conversation)

    async def due(self, now: datetime, limit: int, busy: Collection[bytes]) -> list[Due]:
        """The first letters of the lanes that are not `busy`, the most urgent first."""
        return await delivery.due(self._connection, self._ring, now, limit, busy)

    async def mark_sending(self, ids: Collection[int]) -> None:
        """Say that these letters may arrive from now on."""
        await delivery.mark_sending(self._connection, ids)

    async def settle(self, outcomes: Sequence[Outcome], now: datetime) -> set[int]:
        """Write down what became of letters; messages delivered by `now` join their person's footprint.

        Gives back those that are not there any more: their people were erased meanwhile.
        """
        return await settling.settle(self._connection, self._ring, outcomes, now)

    async def unfinished(self) -> Unfinished:
        """At the start: letters left in flight wait again, or are uncertain when not scripted."""
        return await uncertain.unfinished(self._connection, self._ring)

    async def uncertain(self, ids: Collection[int]) -> dict[int, bytes]:
        """The conversation ids of those of these letters that are uncertain."""
        return await uncertain.uncertain(self._connection, ids)

    async def again(self, ids: Collection[int]) -> None:
        """Let those of these letters that are uncertain wait again."""
        await uncertain.again(self._connection, ids)

    async def give_up(self, ids: Collection[int]) -> None:
        """Delete those of these letters that are uncertain."""
        await uncertain.give_up(self._connection, ids)

    async def give_up_all(self, these: Collection[Conversation]) -> None:
        """Delete the uncertain letters about these people."""
        await uncertain.give_up_all(self._connection, [conversation.id for conversation in these])

    async def promised(self, these: Collection[Conversation]) -> list[str]:
        """The letters to these people that nothing may void, and that have not arrived yet."""
        return await outbox.promised(self._connection, these)

    async def waiting(self) -> int:
        """How many letters are in the outbox."""
        return await outbox.waiting(self._connection)

    async def count(self, increments: Mapping[Cell, int]) -> None:
        """Add to how often cells happened. Raises Busy when another worker makes one of them in the same moment."""
        await counts.add(self._connection, self._ring, increments)

    async def counts(self) -> dict[Cell, int]:
        """How often each cell happened. Cells that do not open are not in it: ask `lost_counts` before publishing."""
        return await counts.read(self._connection, self._ring)

    async def lost_counts(self) -> list[Cell | None]:
        """The cells that are lower than what happened: those that began anew, and None for each that does not open."""
        return await counts.lost(self._connection, self._ring)

    async def cases(self) -> list[StoredCase]:
        """All cases, in the order of their conversations' ids. Not locked: `save_cases` sees whether they changed."""
        return await cases.read(self._connection, self._ring)

    async def save_cases(self, these: Collection[StoredCase]) -> None:
        """Write cases of saved conversations. Raises Stale, outside Busy, when one changed since it was read."""
        await cases.save(self._connection, self._ring, these)

    async def drop_cases(self, these: Collection[bytes]) -> None:
        """Delete the cases of these conversation ids; their lines stay."""
        await cases.drop(self._connection, these)

    async def add_lines(self, these: Sequence[tuple[Conversation, Line]]) -> None:
        """Write lines of saved conversations, over what lies under their numbers."""
        await lines.add(self._connection, self._ring, these)

    async def lines(self, these: Collection[Conversation]) -> dict[bytes, list[Line]]:
        """The lines of each conversation by its id, in the order of their numbers; what does not open is left out."""
        return await lines.of(self._connection, these)

    async def lines_at(self, places: Collection[Spot]) -> dict[Spot, tuple[bytes, int]]:
        """Conversation id and number of the lines that lie at these places; a place without a line is left out."""
        return await lines.at(self._connection, self._ring, places)

    async def places(self, refs: Collection[bytes]) -> dict[bytes, list[Line]]:
        """As `lines`, for who has only the conversations' ids."""
        return await lines.by_id(self._connection, self._ring, refs)

    async def drop_lines(self, conversation_id: bytes, numbers: Collection[int] | None) -> None:
        """Delete these lines of a conversation, all for None."""
        await lines.drop(self._connection, conversation_id, numbers)

    async def records(self, kinds: Collection[Kind]) -> list[Record]:
        """All records of these kinds, by kind and key. Those that do not open are not in it: `lost_records` counts."""
        return await records.read(self._connection, self._ring, kinds)

    async def lost_records(self) -> int:
        """How many records, of all kinds, do not open."""
        return await records.lost(self._connection, self._ring)

    async def keep(self, these: Collection[Record]) -> None:
        """Write records. Raises Stale, outside Busy, when one changed since it was read."""
        await records.keep(self._connection, self._ring, these)

    async def drop(self, these: Collection[Record]) -> None:
        """Delete records. Raises Stale, outside Busy, when one is not there any more as it was read."""
        await records.drop(self._connection, self._ring, these)

    def shred(self) -> None:
        """Zero the keys of every conversation that was in this transaction."""
        for dek in self._deks:
            dek.shred()
