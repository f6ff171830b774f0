"""Made-up consultations by the thousand: what one row of a helpdesk says, and what it adds to our counts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bot.statistics.periods import Period
from bot.statistics.tables import Table, Tables, Unit
from storage import Cell

SHARES = {Unit.TALK: 1.0, Unit.CHECK: 0.6, Unit.CASE: 0.35}
"""How many conversations come to a topic, to the verdict of a check, and to a case that is closed."""
STEEP = 1.5
"""How much rarer each further value of a table is."""
SEVERAL = 0.25
"""How likely a consultation stands in one more row of a table in which it may."""

Row = dict[str, str | None]
"""A conversation by the names of its tables, several values with commas between; None where nothing was counted."""


@dataclass(frozen=True, slots=True)
class Consultations:
    """Draws them, all in one period."""

    tables: Tables
    period: Period
    chance: Random

    def drawn(self, number: int) -> list[Row]:
        """So many conversations."""
        columns = {table.name: self._column(table, number) for table in self.tables.one_way}
        months = self.chance.choices(self.period.months, k=number)
        had = {unit: [self.chance.random() < share for _ in range(number)] for unit, share in SHARES.items()}
        unit_of = {table.name: table.unit for table in self.tables.one_way}
        return [
            self._row(
                months[each], {name: column[each] for name, column in columns.items() if had[unit_of[name]][each]}
            )
            for each in range(number)
        ]

    def _row(self, month: str, said: dict[str, str]) -> Row:
        return {"month": month} | {table.name: said.get(table.name) for table in self.tables.one_way}

    def _column(self, table: Table, number: int) -> list[str]:
        weights = list(accumulate(1 / (place + 1) ** STEEP for place in range(len(table.values))))
        first = self.chance.choices(table.values, cum_weights=weights, k=number)
        if not table.several:
            return first
        others = self.chance.choices(table.values, cum_weights=weights, k=number)
        return [
            f"{one},{other}" if one != other and self.chance.random() < SEVERAL else one
            for one, other in zip(first, others, strict=True)
        ]

    def counted(self, rows: list[Row]) -> dict[Cell, int]:
        """What the bot would add for these, table by table and cell by cell."""
        return Counter(Cell(str(row["month"]), table, value) for row in rows for table, value in self._cells(row))

    def _cells(self, row: Row) -> Iterator[tuple[str, str]]:
        for table in self.tables.one_way:
            said = row[table.name]
            yield from ((table.name, value) for value in (said.split(",") if said else ()))
        for cross in self.tables.two_way:
            one, other = row[cross.rows.name], row[cross.columns.name]
            cell = cross.cell(one, other) if one and other else None
            if cell is not None:
                yield cross.name, cell
