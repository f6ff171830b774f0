"""What whoever reads a release knows about the numbers behind it: between what each lies, and what adds up to what.

Law: everything here follows from published values and from the method, which is public. What is known is never too
much: the true numbers always fit. Rows of tables in which a consultation may stand several times add up to nothing, so
nothing can be worked out from them. Units are counted apart and periods never overlap: nothing links two sections.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.statistics.published import Figure, Grid, Mark, Section, Sheet
from bot.statistics.rule import ENOUGH, MINIMUM, bounds
from bot.statistics.tables import CROSS

Place = tuple[str, ...]
"""Where a number stands: () all of the unit, (table, row), (table, row, column); an empty word for what is apart."""
ALL: Place = ()
APART = ""
Limits = tuple[int, int | None]
FREE: Limits = (0, None)


@dataclass(slots=True)
class Knowledge:
    """`limits` of every number, `sums`: what is left and what is right come to the same, `hidden`: not shown."""

    limits: dict[Place, Limits] = field(default_factory=dict)
    sums: list[tuple[tuple[Place, ...], tuple[Place, ...]]] = field(default_factory=list)
    hidden: list[Place] = field(default_factory=list)

    @classmethod
    def of(cls, section: Section) -> "Knowledge":
        """What is known of a section that is published."""
        assert section.total is not None, "of fewer than fifty nothing is published"
        known = cls()
        least, most = bounds(section.total)
        known.limits[ALL] = max(least, ENOUGH if section.grids else MINIMUM), most
        for sheet in section.sheets:
            if not sheet.several and sheet.rows:
                known._sheet(sheet)
        for grid in section.grids:
            known._grid(grid)
        return known

    def _sheet(self, sheet: Sheet) -> None:
        places = tuple((sheet.name, row) for row, _ in sheet.rows)
        for place, (_, figure) in zip(places, sheet.rows, strict=True):
            self._number(place, figure)
        self.sums.append(((ALL,), places))

    def _grid(self, grid: Grid) -> None:
        """Its cells, and beside them one number for each line: what stands apart in it."""
        rows, columns = grid.name.split(CROSS)
        lines = tuple(row for row, _, _ in grid.rows)
        for row, _, figures in grid.rows:
            for column, figure in zip(grid.columns, figures or [None] * len(grid.columns), strict=True):
                self._number((grid.name, row, column), figure)
        apart_rows, apart_columns = self._others(rows, lines), self._others(columns, grid.columns)
        for row in lines:
            self._line((rows, row), [(grid.name, row, column) for column in grid.columns], (row, APART), apart_columns)
        for column in grid.columns:
            self._line((columns, column), [(grid.name, row, column) for row in lines], (APART, column), apart_rows)
        corner = [(APART, APART)] if apart_rows and apart_columns else []
        self._beside(grid.name, apart_rows, [(APART, column) for column in grid.columns] + corner)
        self._beside(grid.name, apart_columns, [(row, APART) for row in lines] + corner)

    def _number(self, place: Place, figure: Figure | None) -> None:
        self.limits[place] = bounds(figure) if figure else FREE
        if figure is None or figure.mark is not Mark.NUMBER:
            self.hidden.append(place)

    def _others(self, table: str, crossed: Collection[str]) -> tuple[Place, ...]:
        """The rows of a one-way table that are not crossed."""
        return tuple(place for place in self.limits if place[:1] == (table,) and place[1] not in crossed)

    def _line(self, whole: Place, cells: list[Place], beside: tuple[str, str], others: tuple[Place, ...]) -> None:
        """A row of the one-way table is its cells, and what stands apart where anything does."""
        self.sums.append(((whole,), (*cells, *([(cells[0][0], *beside)] if others else []))))

    def _beside(self, name: str, others: tuple[Place, ...], lines: list[tuple[str, str]]) -> None:
        """All that stands apart on one side, seen from the other."""
        places = tuple((name, *line) for line in lines)
        if others:
            self.sums.append((others, places))
            self.limits |= dict.fromkeys(places, FREE)
