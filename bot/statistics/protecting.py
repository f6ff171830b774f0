"""Complementary suppression: what else is not shown, so that what is hidden stays hidden.

Law: less is shown afterwards, never more or other. Which number is kept back depends on where it stands and on what is
published, never on how large it is: tables are kept back from their end, where "other" and "unknown" stand, because a
reader who knew that the smallest is taken would know that it is smaller than all that are left.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.statistics.attack import Attacker
from bot.statistics.knowing import Link, Place
from bot.statistics.published import Figure, Grid, Mark, Section, Sheet
from bot.statistics.rule import KEPT
from bot.statistics.sparing import spared
from bot.statistics.tables import CROSS

SOME = 2
"""So many at once: one more than it takes, for that it took one says how little room there was."""


def protect(section: Section, links: Sequence[Link]) -> Section:
    """The section with as much kept back as it takes."""
    kept = spared(section, links)
    section = without(section, kept)
    attacker = Attacker(section, links)
    while found := attacker.narrow():
        kept += _next(section, found.place, found.holding.difference(kept))
        section = without(section, kept)
        attacker.learn(section)
    return section


def _next(section: Section, place: Place, holding: Collection[Place]) -> list[Place]:
    """What to keep back: of the shown numbers that hold this one, the two nearest; where none does, its whole table."""
    shown = [at for at in reversed(_shown(section)) if at in holding]
    return sorted(shown, key=lambda other: _distance(place, other))[:SOME] or [place[:1]]


def _shown(section: Section) -> list[Place]:
    """Where the numbers stand, in reading order."""
    rows = [(sheet.name, row) for sheet in section.sheets for row, figure in sheet.rows if _is_number(figure)]
    cells = [
        (grid.name, row, column)
        for grid in section.grids
        for row, _, figures in grid.rows
        for column, figure in zip(grid.columns, figures or (), strict=bool(figures))
        if _is_number(figure)
    ]
    return [*rows, *cells]


def _is_number(figure: Figure) -> bool:
    return figure.mark is Mark.NUMBER


def _distance(place: Place, other: Place) -> tuple[bool, bool, bool]:
    """How far from each other two numbers stand: the same table, then cells before one-way rows, then the same line."""
    in_line = any(mine == others for mine, others in zip(place[1:], other[1:], strict=False))
    return place[0] != other[0], len(other) == len(("table", "row")), not in_line


def without(section: Section, kept: Collection[Place]) -> Section:
    """The section without what is kept back: numbers, or whole tables.

    A line of a two-way table that shows nothing becomes its total; a table that shows nothing goes.
    """
    sheets = tuple(_sheet(sheet, kept) for sheet in section.sheets)
    empty = {sheet.name for sheet in sheets if not sheet.rows}
    figures = {(sheet.name, row): figure for sheet in sheets for row, figure in sheet.rows}
    grids = (_grid(grid, kept, figures) for grid in section.grids if not empty & set(grid.name.split(CROSS)))
    return replace(section, sheets=sheets, grids=tuple(grid for grid in grids if any(row[2] for row in grid.rows)))


def _sheet(sheet: Sheet, kept: Collection[Place]) -> Sheet:
    rows = () if (sheet.name,) in kept else sheet.rows
    return replace(sheet, rows=tuple((row, KEPT if (sheet.name, row) in kept else figure) for row, figure in rows))


def _grid(grid: Grid, kept: Collection[Place], one_way: Mapping[tuple[str, str], Figure]) -> Grid:
    rows_of = grid.name.split(CROSS)[0]
    rows = []
    for row, _, figures in () if (grid.name,) in kept else grid.rows:
        cells = zip(grid.columns, figures or (), strict=bool(figures))
        left = tuple(KEPT if (grid.name, row, column) in kept else figure for column, figure in cells)
        rows.append((row, one_way[rows_of, row], left if any(map(_is_number, left)) else None))
    return replace(grid, rows=tuple(rows))
