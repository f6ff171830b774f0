"""Exact sums as a section by 10/5, before anything is kept back.

Law: whether a row of a two-way table is shown depends on rounded numbers only. Some of them are kept back afterwards,
and it is not decided again. Nor does a column say of whoever is in it what nearly all of them asked about: that cell is
kept back like any other.
"""

from collections.abc import Iterable, Iterator

from bot.statistics.exact import Cells, Exact
from bot.statistics.published import Figure, Grid, Mark, Section, Sheet
from bot.statistics.rule import KEPT, MINIMUM, bounds, figure
from bot.statistics.tables import Cross, Tables


def draft(tables: Tables, exact: Exact, since: str) -> Section:
    """The section about a unit; `since` is the first period whose counts are in it."""
    if exact.total < MINIMUM:
        return Section(exact.unit, since, None)
    sheets = tuple(_sheets(tables, exact))
    return Section(exact.unit, since, figure(exact.total), sheets, tuple(_grids(tables.two_way, exact)))


def _sheets(tables: Tables, exact: Exact) -> Iterator[Sheet]:
    for table in tables.of_unit(exact.unit):
        sums = exact.tables[table.name]
        rows = tuple((value, figure(number)) for value, number in (sums or {}).items())
        yield Sheet(table.name, rows, several=table.several, damaged=sums is None)


def _grids(crosses: Iterable[Cross], exact: Exact) -> Iterator[Grid]:
    for cross in crosses:
        if cells := exact.crosses.get(cross.name):
            yield _grid(cross, exact, cells)


def _grid(cross: Cross, exact: Exact, cells: Cells) -> Grid:
    rows_of, columns_of = (exact.tables[table.name] or {} for table in (cross.rows, cross.columns))
    columns = tuple(value for value in cross.columns.values if value not in cross.columns.apart)
    rows = []
    for row in cross.rows.values:
        if row not in cross.rows.apart:
            whole = figure(rows_of[row])
            shown = {column: figure(cells[row, column]) for column in columns}
            left = tuple(_in_column(figure(columns_of[column]), cell) for column, cell in shown.items())
            rows.append((row, whole, None if any(_is_most(whole, cell) for cell in shown.values()) else left))
    return Grid(cross.name, columns, tuple(rows))


def _in_column(whole: Figure, cell: Figure) -> Figure:
    return KEPT if cell.mark is Mark.NUMBER and _is_most(whole, cell) else cell


def _is_most(whole: Figure, cell: Figure) -> bool:
    """Whether a cell may be nine tenths of its row or column or more, as far as rounded numbers tell."""
    least, _ = bounds(whole)
    _, most = bounds(cell)
    return most is None or most * 10 >= least * 9
