"""A release for programs, in JSON: keys that stay, and labels in every language of the book.

`python -m bot.statistics.forms.record` prints the schema; docs/statistics.schema.json is that, and a test refuses it
when it is old.
"""

import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.statistics.forms.labels import Labels, covered
from bot.statistics.forms.report import report
from bot.statistics.published import Figure, Grid, Mark, Release, Section, Sheet
from bot.statistics.tables import CROSS
from dialogs.book import Book

FORMAT = "gza-statistics-1"
"""Changes when a key goes or means something else; new keys may come at any time."""
Said = dict[str, str]
"""The same words by language."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Number(_Part):
    """How a number is shown.

    `number` is a multiple of five from ten on, `few` stands for fewer than ten, perhaps none, `kept` for ten or more.
    """

    mark: Literal["number", "few", "kept"]
    number: int | None = Field(None, ge=10, multiple_of=5)


class Value(_Part):
    """A row or a column: its key and its labels."""

    value: str
    labels: Said


class Row(Value):
    """A row of a one-way table."""

    figure: Number


class Table(_Part):
    """A one-way table. `several`: a consultation may stand in several rows or in none.

    There are no rows where it is `damaged`, because counts are missing, or kept back, because of what they would tell.
    """

    table: str
    labels: Said
    several: bool
    damaged: bool
    rows: tuple[Row, ...]


class CrossedRow(Value):
    """A row of a two-way table; `cells` is null where only the total is shown."""

    total: Number
    cells: tuple[Number, ...] | None


class CrossedTable(_Part):
    """A two-way table, `rows*columns`; its cells stand in the order of `columns`."""

    table: str
    labels: Said
    columns: tuple[Value, ...]
    rows: tuple[CrossedRow, ...]


class Counted(_Part):
    """All about one unit, from the day `first` on.

    `total` is null where it was fewer than fifty: then nothing is published, and the next release covers it too.
    """

    unit: Literal["talk", "check", "case"]
    labels: Said
    what: Said
    first: date
    total: Number | None
    tables: tuple[Table, ...]
    crossed: tuple[CrossedTable, ...]


class Record(_Part):
    """A release: consultations, not people.

    `first` and `last` are days in it. `lost` says that some counts could not be read, so that numbers may be too low;
    `demo`, that everything is made up, as `banner` then says too.
    """

    format: Literal["gza-statistics-1"]
    demo: bool
    banner: Said
    organisation: str
    period: str
    first: date
    last: date
    made: date
    method: str
    code: str
    lost: bool
    notes: dict[str, tuple[str, ...]]
    units: tuple[Counted, ...]


def record(release: Release, book: Book) -> bytes:
    """The whole file."""
    languages = [Labels(book, language) for language in book.frame.languages]
    told = {labels.language: report(release, book, labels.language) for labels in languages}
    made = Record(
        format=FORMAT,
        demo=release.demo,
        banner={language: each.banner for language, each in told.items()} if release.demo else {},
        organisation=release.organisation,
        period=release.period,
        first=release.first,
        last=release.last,
        made=release.made,
        method=release.method,
        code=release.code,
        lost=release.lost,
        notes={language: (*each.cautions, *each.reading) for language, each in told.items()},
        units=tuple(_counted(release, section, languages) for section in release.sections),
    )
    return f"{made.model_dump_json(indent=1)}\n".encode()


def schema() -> str:
    """The JSON Schema of every release."""
    return json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _counted(release: Release, section: Section, languages: Iterable[Labels]) -> Counted:
    return Counted(
        unit=section.unit.value,
        labels={each.language: each.unit(section.unit) for each in languages},
        what={each.language: each.say(f"unit.{section.unit}.what") for each in languages},
        first=covered(release, section.since) or release.first,
        total=_number(section.total) if section.total else None,
        tables=tuple(_table(sheet, languages) for sheet in section.sheets),
        crossed=tuple(_crossed(grid, languages) for grid in section.grids),
    )


def _table(sheet: Sheet, languages: Iterable[Labels]) -> Table:
    rows = () if sheet.damaged else sheet.rows
    return Table(
        table=sheet.name,
        labels={each.language: each.table(sheet.name) for each in languages},
        several=sheet.several,
        damaged=sheet.damaged,
        rows=tuple(
            Row(value=value, labels=_named(sheet.name, value, languages), figure=_number(figure))
            for value, figure in rows
        ),
    )


def _crossed(grid: Grid, languages: Iterable[Labels]) -> CrossedTable:
    rows, columns = grid.name.split(CROSS)
    return CrossedTable(
        table=grid.name,
        labels={each.language: each.table(grid.name) for each in languages},
        columns=tuple(Value(value=value, labels=_named(columns, value, languages)) for value in grid.columns),
        rows=tuple(
            CrossedRow(
                value=value,
                labels=_named(rows, value, languages),
                total=_number(total),
                cells=None if cells is None else tuple(map(_number, cells)),
            )
            for value, total, cells in grid.rows
        ),
    )


def _named(table: str, value: str, languages: Iterable[Labels]) -> Said:
    return {each.language: each.value(table, value) for each in languages}


def _number(figure: Figure) -> Number:
    return Number(mark=figure.mark.value, number=figure.number if figure.mark is Mark.NUMBER else None)


if __name__ == "__main__":
    sys.stdout.write(schema())
