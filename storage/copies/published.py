"""What was published, when a backup takes the place of a database: all of it stays published, and nothing comes twice.

Law: a release comes back with the list of its files or not at all. One whose bytes are in neither database stays as a
list of no files: nobody can have it any more, but its numbers are known, and its period gets no second one. Where
something else may have been published, that is said: nobody may take it for unpublished.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import records, releases
from storage.failures import meaning_of
from storage.model import Kind, Record
from storage.vault.ring import Ring


@dataclass(frozen=True, slots=True)
class Published:
    """The releases of a database: their lists of files, and the rows that open. `rest`: there are rows without a list.

    Nobody knows what those are of.
    """

    lists: Sequence[Record] = field(default=(), repr=False)
    rows: Sequence[dict[str, Any]] = field(default=(), repr=False)
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of it: the releases whose bytes are `gone`, and whether all that was published is known."""

    gone: tuple[str, ...] = ()
    sure: bool = True


async def published(connection: AsyncConnection, ring: Ring) -> Published:
    """What a database has of releases. Of an older program's the answer is an error, and means none: ask it last."""
    lists = await records.read(connection, ring, (Kind.RELEASE,))
    try:
        rows, all_ = await releases.whole(connection, ring), await releases.indexes(connection)
    except DBAPIError as error:
        if meaning_of(error) is not None:
            raise
        return Published(lists)
    return Published(lists, rows, rest=not all_ <= {ring.release_index(record.key) for record in lists})


async def put_back(connection: AsyncConnection, ring: Ring, better: Published) -> Kept:
    """Into the database of a backup, what the database knows that it replaces."""
    there = await published(connection, ring)
    revisions = {record.key: record.revision for record in there.lists}
    found = _paired(ring, better)
    for name, pair in _paired(ring, there).items():
        if name not in found or found[name][1] is None:
            found[name] = pair
    await releases.replace_all(connection, [row for _, row in found.values() if row is not None])
    lists = {name: body if row is not None else _without_files(body) for name, (body, row) in sorted(found.items())}
    kept = [Record(Kind.RELEASE, name, body, revisions.get(name, 0)) for name, body in lists.items()]
    await records.keep(connection, ring, kept)
    return Kept(tuple(sorted(name for name, (_, row) in found.items() if row is None)), not (there.rest or better.rest))


def _paired(ring: Ring, of: Published) -> dict[str, tuple[str, dict[str, Any] | None]]:
    """The list of each release, and its row, by its name."""
    rows = {row["blind_index"]: row for row in of.rows}
    return {record.key: (record.body, rows.get(ring.release_index(record.key))) for record in of.lists}


def _without_files(body: str) -> str:
    return json.dumps({**json.loads(body), "files": {}})
