"""What a driver's error means for the caller: try again, leave these data out, or call for help.

Law: whatever depends on the moment (locks, disk, network) is Busy and never blamed on the data (design §2.4);
a programming error is none of these and passes unchanged. Sources: sqlite.org/rescode.html, PostgreSQL appendix A.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import BadData, Busy, DatabaseDamaged, StorageError

SQLITE_BUSY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
SQLITE_DATA = frozenset(
    {sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_RANGE}
)
SQLITE_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
POSTGRES_BUSY = ("08", "25006", "40", "53", "55P03", "57", "58")
"""Connection, read-only, rollback (deadlock, serialization), resources, lock timeout, shutdown, system."""
POSTGRES_DATA = ("21", "22", "23")
POSTGRES_DAMAGE = ("XX001", "XX002")
RACES = ("uq_conversation_blind_index", "pk_counts")
"""Two workers made the same person's first conversation, or the same count: the slower finds it when it tries again."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn a driver's error into one of ours, without its text: that may quote what was to be written."""
    try:
        yield
    except Stale:
        raise Busy("Someone else wrote the same in the same moment: bring the whole batch again.") from None
    except (DBAPIError, PoolTimeout, ConnectionError, sqlite3.Error) as error:
        meaning = meaning_of(error)
        if meaning is None:
            raise
        raise meaning from None


@contextmanager
def reachable() -> Iterator[None]:
    """Connecting: no such directory, no permission, no server are all Busy too; only here, where no one else acts."""
    try:
        yield
    except OSError:
        raise busy() from None


def meaning_of(error: BaseException) -> StorageError | None:
    """Busy, BadData, DatabaseDamaged, or None: a mistake in the program."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if lost or isinstance(cause, PoolTimeout | OSError):
        return busy()
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(getattr(cause, "sqlite_errorcode", None))
    return _of_postgres(str(getattr(cause, "sqlstate", None) or ""), str(cause))


def busy() -> Busy:
    """Busy, in words."""
    return Busy(
        "The database cannot be written now: it is locked, its disk is full, or it cannot be reached. "
        "Make room or stop the other program, then start again."
    )


def is_bad_data(error: Exception) -> bool:
    """Whether the data are to blame: the engine refuses them, or they do not even fit a column or an encoding."""
    match error:
        case DBAPIError():
            return isinstance(meaning_of(error), BadData)
        case UnicodeEncodeError() | OverflowError() | Stale():
            return True
        case _:
            return False


class Stale(Exception):
    """Something was written by someone else since it was read. Outside its transaction this is Busy."""


def _of_sqlite(code: int | None) -> StorageError | None:
    primary = (code or 0) & 0xFF
    if primary in SQLITE_BUSY:
        return busy()
    if primary in SQLITE_DATA:
        return BadData(())
    return _damaged() if primary in SQLITE_DAMAGE else None


def _of_postgres(state: str, text: str) -> StorageError | None:
    if state.startswith(POSTGRES_BUSY) or any(race in text for race in RACES):
        return busy()
    if state.startswith(POSTGRES_DATA):
        return BadData(())
    return _damaged() if state.startswith(POSTGRES_DAMAGE) else None


def _damaged() -> DatabaseDamaged:
    return DatabaseDamaged("The database file is damaged: stop, keep a copy of it, and restore the last backup.")
