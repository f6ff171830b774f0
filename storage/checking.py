"""Whether a database is ours and sound: at every opening its keyring, on demand the whole file.

Law: a doubt is a sentence and never a repair; nothing here writes, but for the fingerprint in a new database.
"""

from datetime import date

from sqlalchemy import func, insert, literal, select, text, union
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage import cases, counts, lines, records
from storage.engine import PRAGMAS
from storage.errors import DatabaseDamaged, WrongKeyring
from storage.tables import CaseRow, ConversationRow, HouseRow, Row
from storage.updates import ONLY
from storage.vault.ring import Ring

UNIX = date(1970, 1, 1)


async def belongs(connection: AsyncConnection, ring: Ring, today: date) -> None:
    """See that the keyring is this database's; a new database is marked as its own.

    Raises WrongKeyring, also when a living conversation or a case is under an epoch that is not on the keyring, and
    DatabaseDamaged when conversations are there and the mark is not.
    """
    query = select(col(HouseRow.fingerprint)).where(col(HouseRow.id) == ONLY)
    fingerprint = (await connection.execute(query)).scalar_one_or_none()
    living = union(select(col(ConversationRow.epoch)), select(col(CaseRow.epoch)))
    epochs = set((await connection.execute(living)).scalars())
    if fingerprint is None and epochs:
        raise DatabaseDamaged("The database does not say whose it is: restore the last backup.")
    if fingerprint is None:
        house = {"id": ONLY, "fingerprint": ring.fingerprint, "created_day": (today - UNIX).days}
        await connection.execute(insert(HouseRow), house)
    elif fingerprint != ring.fingerprint:
        raise WrongKeyring("The keyring belongs to another database: set KEYRING_DIR to this one's, or DATA_DIR.")
    elif not epochs <= set(ring.epochs):
        raise WrongKeyring("The keyring's epochs are older than the database: put this machine's own file back.")


async def faults(connection: AsyncConnection, ring: Ring) -> list[str]:
    """What is wrong, one line each; what is sealed is looked at where the file itself is sound."""
    return await _file_faults(connection) or await _sealed_faults(connection, ring)


async def _sealed_faults(connection: AsyncConnection, ring: Ring) -> list[str]:
    lost = {
        "counts: {} lower than what happened, because stored numbers did not open": await counts.lost(connection, ring),
        "cases: {} did not open, and their consultants cannot go on": await cases.lost(connection, ring),
        "lines: {} did not open, and nobody can reply to them": await lines.lost(connection, ring),
        "records: {} of staff, invitations, settings or audit did not open": await records.lost(connection, ring),
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
