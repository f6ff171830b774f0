"""What was written while the keyring was missing, taken into the database it belongs to, without any key.

While the house is locked it lives on a database of its own, whose keyring exists in memory only; talks there are sealed
to the archive key from their first line. Whoever is left behind when that keyring is gone is left to the custodians.

Law: what is taken over is copied as it is, and twice is once. What came into the real queue, or was taken back, stands
on the real database's list of what never comes back, and is not copied. The archive key of a locked house is read
without its keyring, so nobody can say whether it is the one `gza init --archive` wrote: whoever can change it there
can change this program, too. The next talk that begins with the keyring in place says so (`storage.archives`).
"""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, select
from sqlalchemy.exc import NoSuchTableError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.engine import is_sqlite, make_engine
from storage.errors import ArchiveKeyError, DatabaseDamaged, VaultError
from storage.expiring import forgotten
from storage.failures import reachable, translated
from storage.migrating import migrate
from storage.packing import open_footprint
from storage.statements import insert_into, portions
from storage.tables import EntryRow, FootprintRow, HouseRow, Row, SeenUpdateRow, TranscriptRow
from storage.updates import ONLY
from storage.vault.archive import ArchiveKey
from storage.vault.ring import Ring

UNIX = date(1970, 1, 1)
T, F = TranscriptRow, FootprintRow
AT_ONCE = 60
"""Parameters that a talk counts for: some hundreds of talks are in memory at a time."""
CUT_OFF = {"conversation": None, "epoch": None, "wrapped": None}
"""What a sealed talk has of its person and of any key of the house."""
BLOCK = 1024 * 1024


async def archive_key_of(url: str) -> ArchiveKey | None:
    """The archive key of a database whose keyring nobody has. Nothing is made or changed. Raises Busy.

    None: there is no such database, or none with an archive key that can be used.
    """
    if not is_there(url):
        return None
    async with _connected(url) as connection:
        if "archive" not in await connection.run_sync(_columns_of_the_house):
            return None
        query = select(col(HouseRow.archive)).where(col(HouseRow.id) == ONLY)
        raw = (await connection.execute(query)).scalar_one_or_none()
    with suppress(ArchiveKeyError):
        return ArchiveKey.from_bytes(raw) if raw is not None else None
    return None


def is_there(url: str) -> bool:
    """Whether there can be a database: a file that is not there would be made by looking."""
    return not is_sqlite(url) or Path(make_url(url).database or "").exists()


def _columns_of_the_house(connection: Connection) -> set[str]:
    try:
        return {column["name"] for column in inspect(connection).get_columns("house")}
    except NoSuchTableError:
        return set()


async def adopt(left: str, url: str, until: date) -> int:
    """Copy the sealed talks of the database `left` into `url`, to live until that day; how many there are.

    The numbers of updates taken come along, so that nothing happens twice. Raises Busy, DatabaseDamaged.
    """
    await _brought_up_to_date(left, url)
    async with _connected(left) as source, _connected(url) as target:
        kept = await forgotten(target)
        left_behind = [talk for talk in await _rows(source, T) if talk["archived"] and talk["id"] not in kept]
        for some in portions(left_behind, AT_ONCE):
            await _insert(target, T, [{**talk, **CUT_OFF, "until_day": _last(talk, until)} for talk in some])
            await _insert(target, EntryRow, await _lines(source, [talk["id"] for talk in some]))
        await _insert(target, SeenUpdateRow, await _rows(source, SeenUpdateRow))
    return len(left_behind)


async def _brought_up_to_date(left: str, url: str) -> None:
    with translated(), reachable():
        await migrate(url)
    try:
        with translated(), reachable():
            await migrate(left)
    except DatabaseDamaged:
        raise DatabaseDamaged(
            "What was written while the keyring was missing cannot be read: "
            "keep a copy of the directory `locked` in DATA_DIR, move it away and start again."
        ) from None


def _last(talk: dict[str, object], until: date) -> object:
    return (until - UNIX).days if talk["until_day"] is None else talk["until_day"]


async def _rows(connection: AsyncConnection, table: type[Row]) -> list[dict[str, object]]:
    found = await connection.execute(select(*table.__table__.columns))  # type: ignore[attr-defined]  # SQLModel's own
    return [dict(row) for row in found.mappings()]


async def _lines(connection: AsyncConnection, talks: Sequence[object]) -> list[dict[str, object]]:
    row = EntryRow
    columns = (col(row.transcript), col(row.sequence), col(row.author), col(row.body))
    found = await connection.execute(select(*columns).where(col(row.transcript).in_(talks)))
    return [dict(line) for line in found.mappings()]


async def _insert(connection: AsyncConnection, table: type[Row], rows: Sequence[dict[str, object]]) -> None:
    if rows:
        await connection.execute(insert_into(connection, table).on_conflict_do_nothing(), rows)


async def everybody(connection: AsyncConnection, ring: Ring) -> set[int]:
    """Everybody who is known in a database. One statement."""
    rows = await connection.execute(select(col(F.epoch), col(F.blind_index), col(F.body)))
    return {person for row in rows if (person := _person(ring, *row)) is not None}


def _person(ring: Ring, epoch: int, index: bytes, body: bytes) -> int | None:
    with suppress(VaultError):
        return open_footprint(ring, epoch, index, body).person
    return None


async def talks(connection: AsyncConnection) -> dict[bytes, bytes]:
    """The ids of open talks by the ids of their conversations. One statement."""
    query = select(col(T.conversation), col(T.id)).where(col(T.conversation).is_not(None))
    return {conversation: talk for conversation, talk in await connection.execute(query) if conversation}


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = make_engine(url)
    try:
        async with AsyncExitStack() as stack:
            stack.enter_context(translated())
            with reachable():
                connection = await stack.enter_async_context(engine.connect())
            await stack.enter_async_context(connection.begin())
            yield connection
    finally:
        await engine.dispose()


def shred(directory: Path) -> None:
    """Overwrite every file in a directory of ours and take it away; nothing where there is none.

    Databases are called otherwise first, so that half a one is never taken for one. A disk that keeps old blocks to
    itself may keep them all the same: what lies there was under keys that never were on it.
    """
    for path in directory.glob("*.db"):
        path.rename(path.with_suffix(".gone"))
    for path in sorted(directory.iterdir()) if directory.exists() else ():
        with path.open("r+b") as file:
            for start in range(0, os.fstat(file.fileno()).st_size, BLOCK):
                file.seek(start)
                file.write(bytes(BLOCK))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    if directory.exists():
        directory.rmdir()
