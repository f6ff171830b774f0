"""The peer of our counts: a row for each conversation, and a report that adds them up, as helpdesks do it.

It protects nobody: the same tables, exact, as plain text. `python -m bench.helpdesk FILE group|read` makes the report
in a process of its own, either by GROUP BY in the database or by reading every row and adding up in Python.
"""

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

WAYS = {"group": "GROUP BY", "read": "reading rows"}


class Helpdesk:
    """The rows, in a file."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        self._columns = columns
        for pragma in ("journal_mode=wal", "synchronous=full"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute(f"CREATE TABLE consultation (id INTEGER PRIMARY KEY, {', '.join(columns)})")

    def add(self, rows: Iterable[Mapping[str, str | None]]) -> None:
        """One transaction."""
        marks = ", ".join("?" for _ in self._columns)
        self._file.execute("BEGIN IMMEDIATE")
        self._file.executemany(
            f"INSERT INTO consultation ({', '.join(self._columns)}) VALUES ({marks})",  # noqa: S608  # our own names
            [[row[name] for name in self._columns] for row in rows],
        )
        self._file.execute("COMMIT")

    def close(self) -> None:
        """Everything lies in the file itself."""
        self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._file.close()


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns a report adds up, and the pairs of them that it crosses."""

    columns: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def report(path: Path, way: str, asked: Asked) -> str:
    """All tables, exact."""
    with closing(sqlite3.connect(path)) as file:
        return json.dumps(_grouped(file, asked) if way == "group" else _read(file, asked))


def _grouped(file: sqlite3.Connection, asked: Asked) -> dict[str, Counter[str]]:
    """A question to the database for each table."""
    sums = {name: Counter[str]() for name in asked.columns}
    for name, found in sums.items():
        for said, number in file.execute(f"SELECT {name}, count(*) FROM consultation GROUP BY 1"):  # noqa: S608  # our own names
            for value in said.split(",") if said else ():
                found[value] += number
    for one, other in asked.pairs:
        rows = file.execute(f"SELECT {one} || '*' || {other}, count(*) FROM consultation GROUP BY 1")  # noqa: S608  # our own names
        sums[f"{one}*{other}"] = Counter({said: number for said, number in rows if said})
    return sums


def _read(file: sqlite3.Connection, asked: Asked) -> dict[str, Counter[str]]:
    """Every row, read once, then added up table by table."""
    file.row_factory = sqlite3.Row
    rows = file.execute("SELECT * FROM consultation").fetchall()
    sums = {
        name: Counter(value for row in rows for value in (row[name] or "").split(",") if value)
        for name in asked.columns
    }
    for one, other in asked.pairs:
        sums[f"{one}*{other}"] = Counter(f"{row[one]}*{row[other]}" for row in rows if row[one] and row[other])
    return sums


if __name__ == "__main__":
    given = json.load(sys.stdin)
    told = Asked(tuple(given["columns"]), tuple((one, other) for one, other in given["pairs"]))
    sys.stdout.write(report(Path(sys.argv[1]), sys.argv[2], told))
