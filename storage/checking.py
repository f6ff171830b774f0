"""Whether a database is ours and sound: at every opening its keyring, on demand the whole file.

Law: a doubt is a sentence and never a repair; nothing here writes, but for the fingerprint in a new database.
"""

from datetime import date

from sqlalchemy import func, insert, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage import cases, counts, lines, records, releases
from storage.engine import PRAGMAS
from storage.errors import DatabaseDamaged, DatabaseMissing, WrongKeyring
from storage.keyring import Keyring
from storage.migrating import is_begun
from storage.tables import HouseRow, Row
from storage.turning import WRONG, living_epochs
from storage.updates import ONLY
from storage.vault.ring import Ring

UNIX = date(1970, 1, 1)
GONE = (
    "The database this keyring belongs to is not there: mount DATA_DIR, or restore a backup. "
    "Only for a new house, take the old keyring out of KEYRING_DIR."
)


def has_lived(keyring: Keyring, seen: int | None) -> bool:
    """Whether a keyring, whose witness has `seen` that time, has a database somewhere already."""
    return bool(seen) or keyring.newest.id > 1


async def require_begun(url: str) -> None:
    """Raise DatabaseMissing, and make nothing, where there is no database."""
    if not await is_begun(url):
        raise DatabaseMissing(GONE)


async def belongs(connection: AsyncConnection, ring: Ring, today: date, *, lived: bool) -> None:
    """See that the keyring is this database's; a new database is marked as its own, unless the keyring has lived.

    Raises DatabaseMissing, WrongKeyring, also when anything alive is under an epoch that is not on the keyring or the
    keyring is older than the last turn, and DatabaseDamaged when there is anything alive and no mark.
    """
    query = select(col(HouseRow.fingerprint), col(HouseRow.epoch)).where(col(HouseRow.id) == ONLY)
    house = (await connection.execute(query.with_for_update(read=True))).one_or_none()
    epochs = await living_epochs(connection)
    if house is None and epochs:
        raise DatabaseDamaged("The database does not say whose it is: restore the last backup.")
    if house is None and lived:
        raise DatabaseMissing(GONE)
    if house is None:
        mark = {"id": ONLY, "fingerprint": ring.fingerprint, "created_day": (today - UNIX).days, "epoch": ring.newest}
        await connection.execute(insert(HouseRow), mark)
    elif house.fingerprint != ring.fingerprint:
        raise WrongKeyring("The keyring belongs to another database: set KEYRING_DIR to this one's, or DATA_DIR.")
    elif not epochs <= set(ring.epochs) or house.epoch > ring.newest:
        raise WrongKeyring(WRONG)
    elif house.epoch not in ring.epochs:  # nothing alive was left to be moved when the keyring went on
        await connection.execute(update(HouseRow).where(col(HouseRow.id) == ONLY).values(epoch=ring.newest))


async def faults(connection: AsyncConnection, ring: Ring) -> list[str]:
    """What is wrong, one line each; what is sealed is looked at where the file itself is sound."""
    return await _file_faults(connection) or await _sealed_faults(connection, ring)


async def _sealed_faults(connection: AsyncConnection, ring: Ring) -> list[str]:
    lost = {
        "counts: {} lower than what happened, because stored numbers did not open": len(
            await counts.lost(connection, ring)
        ),
        "cases: {} did not open, and their consultants cannot go on": await cases.lost(connection, ring),
        "lines: {} did not open, and nobody can reply to them": await lines.lost(connection, ring),
        "records: {} of staff, settings, audit, releases and the like did not open": await records.lost(
            connection, ring
        ),
        "releases: {} did not open, and cannot be sent or exported": await releases.lost(connection, ring),
    }
    return [doubt.format(number) for doubt, number in lost.items() if number]


async def _file_faults(connection: AsyncConnection) -> list[str]:
    if connection.dialect.name == "sqlite":
        return [*await _sqlite_faults(connection), *await _pragmas_off(connection)]
    for table in Row.metadata.sorted_tables:  # reads every page, and so meets every bad checksum
        await connection.execute(select(func.count(literal(1))).select_from(table))
    return []


async def _sqlite_faults(connection: AsyncConnection) -> list[str]:
    answers = (await connection.execute(text("PRAGMA integrity_check"))).scalars()
    orphans = (await connection.execute(text("PRAGMA foreign_key_check"))).scalars()
    return [f"integrity_check: {answer}" for answer in answers if answer != "ok"] + [
        f"foreign_key_check: a row of {table} belongs to nothing" for table in orphans
    ]


async def _pragmas_off(connection: AsyncConnection) -> list[str]:
    off = []
    for name, value in PRAGMAS.items():
        if (await connection.execute(text(f"PRAGMA {name}"))).scalar() != value:
            off.append(f"PRAGMA {name} is not {value}: the file was made by another program or its disk cannot do it")
    return off
