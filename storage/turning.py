"""The turn: everything that is alive goes from the old epoch to the newest, in one transaction and all of it.

Law: `house.epoch` says under which epoch everything is; every other transaction reads that first and works under no
other, and the turn changes it when nobody else is at work. Only when that is committed may the old secret be destroyed.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text, union, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage import moving
from storage.errors import Busy, KeyringBroken, KeyringMissing, WrongKeyring
from storage.moving import Connect, Ready
from storage.tables import HouseRow
from storage.updates import ONLY
from storage.vault.ring import Ring

FEW = 20
"""So many rows may fail to open without more reason. When more fail than open, the secret is a wrong one."""
TRIES, PAUSE = 50, 0.1
"""How often, and seconds between two times, we look whether another program has finished."""
WRONG = "The keyring's epochs are older than the database: put this machine's own file back."


@dataclass(frozen=True, slots=True)
class Turned:
    """What a turn did. Not `done`: the newest secret was of this day, and nothing happened.

    `lost` rows did not open. Not `log_cut`: another program reads the file, so what is gone may still lie in the
    database's log; `Store.cut_log` tries again.
    """

    done: bool = False
    conversations: int = 0
    transcripts: int = 0
    footprints: int = 0
    cases: int = 0
    lost: int = 0
    log_cut: bool = True


@asynccontextmanager
async def alone(directory: Path | None) -> AsyncIterator[None]:
    """Be, of all programs, the only one that changes this keyring. Raises Busy, KeyringMissing and KeyringBroken."""
    if directory is None:
        yield
        return
    try:
        handle = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        raise KeyringMissing(f"There is no keyring in {directory}: restore it there.") from None
    try:
        await _locked(handle)
        yield
    finally:
        os.close(handle)


async def _locked(handle: int) -> None:
    for _ in range(TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.sleep(PAUSE)
        except OSError:
            raise KeyringBroken("KEYRING_DIR cannot be locked: keep it on a disk of this machine.") from None
        else:
            return
    raise Busy("Another program is changing the keyring: wait until it has finished, then start again.")


async def house_epoch(connection: AsyncConnection) -> int | None:
    """The epoch everything is under, and on PostgreSQL stays under until the transaction ends. One statement."""
    query = select(col(HouseRow.epoch)).where(col(HouseRow.id) == ONLY)
    return (await connection.execute(query.with_for_update(read=True))).scalar_one_or_none()


async def living_epochs(connection: AsyncConnection) -> set[int]:
    """The epochs that anything alive is under. One statement."""
    epochs = [living.column("epoch") for living in moving.ALL]
    return set((await connection.execute(union(*(select(one).where(one.is_not(None)) for one in epochs)))).scalars())


async def prepare(connect: Connect, ring: Ring) -> list[list[Ready]]:
    """Make everything anew that is alive, while the others go on working."""
    return [await moving.prepare(connect, ring, living) for living in moving.ALL]


async def move(connection: AsyncConnection, ring: Ring, ready: list[list[Ready]]) -> Turned:
    """Put everything under the newest epoch and say so in the house's row.

    Raises Busy and WrongKeyring; then nothing may be committed.
    """
    if connection.dialect.name == "postgresql":  # a row's lock would wait for ever while others share it in turns
        await connection.execute(text("LOCK TABLE house IN EXCLUSIVE MODE"))
    if not await living_epochs(connection) <= set(ring.epochs):
        raise WrongKeyring(WRONG)
    moved = [await moving.move(connection, ring, *one) for one in zip(moving.ALL, ready, strict=True)]
    lost = sum(one.lost for one in moved)
    if lost > FEW + sum(one.whole for one in moved):
        raise WrongKeyring("Most of the database does not open: the keyring's epochs are another machine's.")
    await connection.execute(update(HouseRow).where(col(HouseRow.id) == ONLY).values(epoch=ring.newest))
    await _prove(connection, ring)
    conversations, transcripts, footprints, cases = (one.whole for one in moved)
    return Turned(True, conversations, transcripts, footprints, cases, lost)  # noqa: FBT003 — it is done


async def _prove(connection: AsyncConnection, ring: Ring) -> None:
    """See that nothing is left behind: once the old secret is destroyed it would never be opened again."""
    if await living_epochs(connection) - {ring.newest}:
        raise Busy("Somebody wrote under the old epoch during the turn: stop older programs, then turn again.")
