"""The part of a transaction that is about what lives long or ends by its day: talks for custodians, what goes when.

Law: the same as for the whole: a fixed number of statements, and nothing here commits.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import (
    adopting,
    anchor,
    archives,
    counts,
    expiring,
    releases,
    transcripts,
)
from storage.anchor import Anchor
from storage.archives import Archived
from storage.model import Cell, Conversation, Footprint, day_of
from storage.vault.archive import ArchiveKey
from storage.vault.ring import Ring


@dataclass(slots=True)
class LongLived:
    """What `storage.transaction.Transaction` can do about it."""

    _connection: AsyncConnection
    _ring: Ring

    async def remains(self, whose: Mapping[bytes, int]) -> set[bytes]:
        """Of these conversation ids, with the person of each: those of which anything is left in any table."""
        return await expiring.remains(self._connection, self._ring, whose)

    async def entrust(self, these: Collection[Conversation]) -> None:
        """A human has come in: from now on custodians can open these talks, where there are custodians.

        Raises VaultError when a transcript does not open.
        """
        await transcripts.entrust(self._connection, self._ring, these)

    async def seal_off(self, these: Collection[tuple[Conversation, date]]) -> None:
        """Cut transcripts off from their people; custodians can open them until that day is over.

        What was never entrusted to custodians is deleted.
        """
        await archives.seal_off(self._connection, these)

    async def archive_key(self) -> ArchiveKey | None:
        """The custodians' public key, if there is one. Raises Tampered when somebody put in another."""
        return await archives.archive_key(self._connection, self._ring)

    async def set_archive_key(self, key: ArchiveKey) -> None:
        """Seal to this key from now on; what is sealed already stays with the key it is sealed to."""
        await archives.set_archive_key(self._connection, self._ring, key)

    async def archives(self) -> list[Archived]:
        """All sealed transcripts, what ends first first."""
        return await archives.archives(self._connection)

    async def expire_archives(self, today: date, held: Collection[bytes]) -> int:
        """Delete the sealed transcripts whose last day is over, but for the ids that are `held`; how many."""
        return await archives.expire(self._connection, today, sorted(held))

    async def anchor(self, running: int) -> Anchor:
        """One number over everything that is sealed, with its running number: a witness outside keeps it."""
        return await anchor.anchor(self._connection, self._ring, running)

    async def freeze(self, name: str, content: bytes) -> None:
        """Keep the files of a release for ever. Raises Stale, outside Busy, when there is one of this name."""
        await releases.freeze(self._connection, self._ring, name, content)

    async def frozen(self, name: str) -> bytes | None:
        """The files of a release, byte by byte; None when none of this name was frozen.

        Raises VaultError when what lies there was changed, or belongs elsewhere.
        """
        return await releases.frozen(self._connection, self._ring, name)

    async def releases(self) -> int:
        """How many releases lie there, whether they open or not."""
        return await releases.number(self._connection)

    async def drop_counts(self, cells: Collection[Cell]) -> int:
        """Delete the counts of these cells, and every count that does not open, for nobody knows what it was of.

        How many rows went.
        """
        return await counts.drop(self._connection, self._ring, cells)

    async def expire(self, before: date) -> int:
        """Erase the conversations last touched before that day that no case holds, with their letters; how many."""
        return await expiring.expire(self._connection, self._ring, before)

    async def expire_footprints(self, now: datetime) -> int:
        """Delete footprints without a conversation that name no message younger than 48 hours; how many."""
        return await expiring.expire_footprints(self._connection, self._ring, now)

    async def vanishing(self) -> dict[int, Footprint]:
        """The footprints, by person, of everybody who wants the chat emptied of what is a day old."""
        return await expiring.vanishing(self._connection, self._ring)

    async def never_again(self, ids: Collection[bytes], now: datetime) -> None:
        """Put these ids on the list of what was forgotten: nothing that is called so comes back from elsewhere."""
        await expiring.note_forgotten(self._connection, dict.fromkeys(ids, day_of(now)))

    async def forget_the_forgotten(self, before: date) -> int:
        """Take off the list what was forgotten before that day; how many."""
        return await expiring.shorten_forgotten(self._connection, before)

    async def everybody(self) -> set[int]:
        """Everybody of whom something is known that opens."""
        return await adopting.everybody(self._connection, self._ring)

    async def talks(self) -> dict[bytes, bytes]:
        """The ids of open transcripts, by their conversations' ids."""
        return await adopting.talks(self._connection)
