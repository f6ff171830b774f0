"""The exact sums of one unit, put in order: how many consultations, and which tables they add up in.

Law: nothing that was counted is lost on the way. A value that no table names any more, because the book has changed
since, is counted with those that are not known, or with the other ones, or in the last row: a table must go on adding
up to its unit, and a row of its own would have no name that anybody could read. Only where a consultation may stand in
several rows it is left out: its consultations stand in other rows or in none, as they may.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.statistics.published import Counts
from bot.statistics.rule import ENOUGH
from bot.statistics.tables import CROSS, Cross, Table, Tables, Unit
from dialogs.assess import UNKNOWN
from dialogs.desk import NOT_CODED, OTHER

REST = (UNKNOWN, OTHER, NOT_CODED)
"""What takes in the values that are not named any more, the first that a table has."""

Sums = Mapping[str, int]
"""By value."""
Cells = Mapping[tuple[str, str], int]
"""By the values of row and column."""


@dataclass(frozen=True, slots=True)
class Exact:
    """`total` consultations; `tables` and `crosses` by name, None where what was counted does not add up.

    There are crosses where there are enough consultations.
    """

    unit: Unit
    total: int
    tables: Mapping[str, Sums | None]
    crosses: Mapping[str, Cells | None]

    @classmethod
    def of(cls, unit: Unit, tables: Tables, counts: Iterable[Counts]) -> "Exact":
        """What was counted of this unit in all these periods together."""
        summed: dict[str, Counter[str]] = defaultdict(Counter)
        for name, value, number in ((*cell, number) for period in counts for cell, number in period.items()):
            summed[name][value] += number
        sums = {table.name: _sums(table, summed[table.name]) for table in tables.of_unit(unit)}
        total = max((sum(sums[table.name].values()) for table in tables.of_unit(unit) if not table.several), default=0)
        whole = {
            table.name: sums[table.name] if table.several or sum(sums[table.name].values()) == total else None
            for table in tables.of_unit(unit)
        }
        crossed = [cross for cross in tables.two_way if cross.rows.unit is unit and total >= ENOUGH]
        return cls(unit, total, whole, {cross.name: _cross(cross, summed[cross.name], whole) for cross in crossed})


def _sums(table: Table, counts: Sums) -> Sums:
    sums = dict.fromkeys(table.values, 0)
    for value, number in counts.items():
        row = _row(table, value)
        if row is not None:
            sums[row] += number
    return sums


def _row(table: Table, value: str) -> str | None:
    """The row in which a value is counted."""
    if value in table.values:
        return value
    if table.several:
        return None
    return next((rest for rest in REST if rest in table.values), table.values[-1])


def _cross(cross: Cross, counts: Sums, whole: Mapping[str, Sums | None]) -> Cells | None:
    """The cells that are counted. None where they do not fit the one-way tables."""
    rows, columns = whole[cross.rows.name], whole[cross.columns.name]
    if rows is None or columns is None:
        return None
    cells = {(row, column): 0 for row in rows for column in columns if cross.cell(row, column)}
    for value, number in counts.items():
        row, _, column = value.partition(CROSS)
        at = str(_row(cross.rows, row)), str(_row(cross.columns, column))
        if at in cells:
            cells[at] += number
    fit = _fit(rows, columns, cells) and _fit(columns, rows, {(column, row): n for (row, column), n in cells.items()})
    return cells if fit else None


def _fit(rows: Sums, columns: Sums, cells: Cells) -> bool:
    """Whether each row has as many as it should, those left out that stand apart in the columns."""
    crossed = {row for row, _ in cells}
    beside = [rows[row] - sum(number for (at, _), number in cells.items() if at == row) for row in crossed]
    apart = sum(number for column, number in columns.items() if not any(column == at for _, at in cells))
    return min(beside) >= 0 and sum(beside) <= apart
