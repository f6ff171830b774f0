"""What whoever reads a release knows about the numbers behind it: between what each lies, and what adds up to what.

Law: everything here follows from published values, from the method and from how consultations are counted, which are
public. What is known is never too much: the true numbers always fit. Rows of tables in which a consultation may stand
several times add up to nothing, but they are linked to others (`links.py`). Units are counted apart and periods never
overlap: nothing links two sections.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.statistics.published import Figure, Grid, Mark, Section, Sheet
from bot.statistics.rule import ENOUGH, MINIMUM, bounds
from bot.statistics.tables import CROSS

Place = tuple[str, ...]
"""Where a number stands: () all of the unit, (table, row), (table, row, column)."""
APART = ""
"""Row or column of a cell: all that stands apart, together. Nothing else is called so."""
ALL: Place = ()
Limits = tuple[int, int | None]
FREE: Limits = (0, None)
Link = tuple[tuple[Place, ...], tuple[Place, ...]]
"""The left ones together are no more than the right ones together; one may be there several times."""


@dataclass(slots=True)
class Knowledge:
    """`limits` of every number, `sums`: the left ones come to the same as the right ones, `hidden`: not shown.

    `links` are those of the numbers that are in the section.
    """

    limits: dict[Place, Limits] = field(default_factory=dict)
    sums: list[tuple[tuple[Place, ...], tuple[Place, ...]]] = field(default_factory=list)
    hidden: list[Place] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @classmethod
    def of(cls, section: Section, links: Sequence[Link]) -> "Knowledge":
        """What is known of a section that is published."""
        assert section.total is not None, "of fewer than fifty nothing is published"
        known = cls()
        least, most = bounds(section.total)
        known.limits[ALL] = max(least, ENOUGH if section.grids else MINIMUM), most
        for sheet in section.sheets:
            known._sheet(sheet)
        for grid in section.grids:
            known._grid(grid)
        known.links = [link for link in links if known.limits.keys() >= {place for side in link for place in side}]
        return known

    def _sheet(self, sheet: Sheet) -> None:
        places = tuple((sheet.name, row) for row, _ in sheet.rows)
        for place, (_, figure) in zip(places, sheet.rows, strict=True):
            self._number(place, figure)
        if places and not sheet.several:
            self.sums.append(((ALL,), places))

    def _grid(self, grid: Grid) -> None:
        """Its cells, and what stands apart in each line: that was never counted, but the rest may tell it."""
        lines = {row: figures for row, _, figures in grid.rows}
        for row, figures in lines.items():
            for column, figure in zip(grid.columns, figures or [None] * len(grid.columns), strict=True):
                self._number((grid.name, row, column), figure)
        rows, columns = grid.name.split(CROSS)
        left, right = self._others(rows, lines), self._others(columns, grid.columns)
        below, beside = [APART] * bool(left), [APART] * bool(right)
        self._lines({(rows, row): [(grid.name, row, column) for column in (*grid.columns, *beside)] for row in lines})
        self._lines(
            {(columns, column): [(grid.name, row, column) for row in (*lines, *below)] for column in grid.columns}
        )
        self._apart(left, [(grid.name, APART, column) for column in (*grid.columns, *beside)])
        self._apart(right, [(grid.name, row, APART) for row in (*lines, *below)])

    def _others(self, table: str, crossed: Collection[str]) -> list[Place]:
        """The rows of a one-way table that are not crossed."""
        return [place for place in self.limits if place[:1] == (table,) and place[1] not in crossed]

    def _lines(self, lines: Mapping[Place, Iterable[Place]]) -> None:
        """Each number of the one-way table is the sum of a line of cells."""
        self.sums += [((whole,), tuple(cells)) for whole, cells in lines.items()]

    def _apart(self, wholes: list[Place], cells: list[Place]) -> None:
        """All that stands apart together, by line."""
        if wholes:
            self.sums.append((tuple(wholes), tuple(cells)))
            for cell in cells:
                if cell not in self.limits:
                    self._number(cell, None)

    def _number(self, place: Place, figure: Figure | None) -> None:
        self.limits[place] = bounds(figure) if figure else FREE
        if figure is None or figure.mark is not Mark.NUMBER:
            self.hidden.append(place)
