"""Exact sums as a section by 10/5, before anything is kept back.

Law: what is shown in a table depends on published numbers only, so that the way it is shown says no more than they do.
"""

from collections.abc import Iterable, Iterator

from bot.statistics.exact import Cells, Exact
from bot.statistics.published import Figure, Grid, Section, Sheet
from bot.statistics.rule import ENOUGH, MINIMUM, bounds, figure
from bot.statistics.tables import Cross, Tables


def draft(tables: Tables, exact: Exact, since: str) -> Section:
    """The section about a unit; `since` is the first period whose counts are in it."""
    if exact.total < MINIMUM:
        return Section(exact.unit, since, None)
    sheets = tuple(_sheets(tables, exact))
    grids = tuple(_grids(tables.two_way, exact)) if exact.total >= ENOUGH else ()
    return Section(exact.unit, since, figure(exact.total), sheets, grids)


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
    margins = exact.tables[cross.rows.name] or {}
    columns = tuple(value for value in cross.columns.values if value not in cross.columns.apart)
    rows = []
    for row in cross.rows.values:
        if row not in cross.rows.apart:
            figures = tuple(figure(cells[row, column]) for column in columns)
            rows.append((row, figure(margins[row]), None if _one_sided(figure(margins[row]), figures) else figures))
    return Grid(cross.name, columns, tuple(rows))


def _one_sided(whole: Figure, figures: Iterable[Figure]) -> bool:
    """Whether one column may hold nine tenths of a row or more, as far as anybody can tell from rounded numbers."""
    least, _ = bounds(whole)
    mosts = (bounds(figure)[1] for figure in figures)
    return any(most is None or most * 10 >= least * 9 for most in mosts)
