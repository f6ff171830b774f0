"""Sealed talks into a file of their own, for the machine of the custodians: storage/copies/exported.py reads it there.

Law: nothing is opened. Only what belongs to nobody any more goes in: no open talk, no bot's state, no letter.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.copies.copying import PORTION, reading
from storage.copies.newfile import new_file
from storage.failures import translated
from storage.tables import EntryRow, TranscriptRow

T, E = TranscriptRow, EntryRow
TABLES = """
CREATE TABLE transcript (
    id BLOB PRIMARY KEY, commitment BLOB NOT NULL, archived BLOB NOT NULL, entries INTEGER NOT NULL,
    head BLOB NOT NULL, until_day INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE entry (
    transcript BLOB NOT NULL REFERENCES transcript, sequence INTEGER NOT NULL, author INTEGER NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (transcript, sequence)
) WITHOUT ROWID;
"""


async def export_cases(url: str, path: Path) -> int:
    """Write all sealed talks of one moment into a new file; how many. Raises FileError, Busy; then there is none."""
    with new_file(path) as beside, translated(), closing(sqlite3.connect(beside, isolation_level=None)) as file:
        file.executescript(TABLES)
        file.execute("BEGIN")
        async with reading(url) as source:
            talks = await _filled(file, source, "transcript", _talks())
            await _filled(file, source, "entry", _lines())
        file.execute("COMMIT")
    return talks


async def _filled(
    file: sqlite3.Connection, source: AsyncConnection, table: str, query: Select[*tuple[Any, ...]]
) -> int:
    marks = ", ".join("?" for _ in query.selected_columns)
    done = 0
    async for rows in _portions(source, query):
        file.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 — our own names
        done += len(rows)
    return done


async def _portions(source: AsyncConnection, query: Select[*tuple[Any, ...]]) -> AsyncIterator[list[tuple[Any, ...]]]:
    async with source.stream(query) as result:
        async for rows in result.partitions(PORTION):
            yield [tuple(row) for row in rows]


def _talks() -> Select[*tuple[Any, ...]]:
    columns = (col(T.id), col(T.commitment), col(T.archived), col(T.entries), col(T.head), col(T.until_day))
    return select(*columns).where(col(T.conversation).is_(None))


def _lines() -> Select[*tuple[Any, ...]]:
    columns = (col(E.transcript), col(E.sequence), col(E.author), col(E.body))
    return select(*columns).join(T, col(T.id) == col(E.transcript)).where(col(T.conversation).is_(None))
