"""A release as a workbook: an overview, a sheet for each unit with charts a spreadsheet draws, and one for grids.

Law: the same release gives the same bytes.
"""

from collections.abc import Iterator
from datetime import date

from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.utility import quote_sheetname, xl_range_abs

from bot.statistics.forms.report import Crossing, Listing, Part, Report
from bot.statistics.forms.workbook import ACCENT, CELLS, LABELS, NUMBERS, ROW, Folder, Pen
from bot.statistics.published import Mark

CHART_ROW, CHART_EDGE, CHART_WIDTH = 28, 40, 640
"""Pixels: the height of a bar with its space, of what a chart has around them, and its width."""
CHART_COLUMN, SPACE = 3, 1
"""Charts stand beside the numbers, with an empty column between."""

NO_ZERO = "#,##0;;"
"""How a bar is labelled: not at all where there is no number, which a spreadsheet takes for 0."""


def spreadsheet(told: Report, made: date) -> bytes:
    """The whole file; `made` is the day of the release."""
    folder = Folder(told, made)
    _overview(folder)
    for part in told.parts:
        _part(folder, part)
    if told.crossings:
        _crossings(folder)
    return folder.closed()


def _overview(folder: Folder) -> None:
    labels = folder.told.labels
    pen = folder.sheet(labels.say("sheet.overview"), folder.told.title, (30, 96))
    pen.row += SPACE
    for name, said in _about(folder.told):
        pen.cells((name, said), ("heading", "text"))


def _about(told: Report) -> Iterator[tuple[str, str]]:
    """What is said of the whole; a name that is said once stands for the lines under it."""
    labels = told.labels
    yield labels.say("organisation"), told.organisation
    yield labels.say("period"), told.days
    for name, lines in (("about", (*told.made, *told.cautions)), ("how", told.reading)):
        for number, said in enumerate(lines):
            yield "" if number else labels.say(name), said


def _part(folder: Folder, part: Part) -> None:
    labels = folder.told.labels
    pen = folder.sheet(labels.say(f"sheet.{part.unit}"), part.heading, (LABELS, NUMBERS))
    pen.row += SPACE
    for note in (part.what, *part.notes):
        pen.wide(note, 2, LABELS + NUMBERS)
    if part.total:
        pen.counted(labels.say("number"), part.total)
    for table in part.listings:
        pen.row += SPACE
        _listing(folder, pen, table)


def _listing(folder: Folder, pen: Pen, table: Listing) -> None:
    top = pen.row
    pen.line(table.caption, "heading")
    for note in table.notes:
        pen.wide(note, 2, LABELS + NUMBERS)
    if not table.rows:
        return
    pen.cells((table.caption, pen.labels.say("number")), ("head", "head_right"))
    first = pen.row
    for name, figure in table.rows:
        pen.counted(name, figure)
    if any(figure.mark is Mark.NUMBER for _, figure in table.rows):
        height = CHART_ROW * len(table.rows) + CHART_EDGE
        pen.sheet.insert_chart(top, CHART_COLUMN, _chart(folder, pen, table, first), {"object_position": 1})
        pen.row = max(pen.row, top + height // ROW + 1)


def _chart(folder: Folder, pen: Pen, table: Listing, first: int) -> ChartBar:
    """A bar for each number. A row without one has its name and nothing beside it: a spreadsheet takes words for 0."""
    chart = folder.workbook.add_chart({"type": "bar"})
    assert isinstance(chart, ChartBar), "what was asked for"
    font = {"name": "DejaVu Sans", "size": 9}
    chart.add_series(
        {
            "name": table.caption,
            "categories": _range(pen, table, first, 0),
            "values": _range(pen, table, first, 1),
            "categories_data": [name for name, _ in table.rows],
            "values_data": [figure.number for _, figure in table.rows],
            "fill": {"color": ACCENT},
            "gap": 45,
            "data_labels": {"value": True, "font": font, "num_format": NO_ZERO},
        }
    )
    chart.set_title({"name": table.caption, "name_font": font | {"size": 11}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none", "line": {"none": True}})
    chart.set_size({"width": CHART_WIDTH, "height": CHART_ROW * len(table.rows) + CHART_EDGE})
    return chart


def _range(pen: Pen, table: Listing, first: int, column: int) -> str:
    """The cells of a table's column, as a chart refers to them: in one piece, which every spreadsheet can read."""
    sheet = quote_sheetname(str(pen.sheet.name))
    return f"={sheet}!{xl_range_abs(first, column, first + len(table.rows) - 1, column)}"


def _crossings(folder: Folder) -> None:
    labels, tables = folder.told.labels, folder.told.crossings
    columns = max(len(table.columns) for table in tables) + 2
    widths = (LABELS, *(CELLS for _ in range(columns - 1)))
    pen = folder.sheet(labels.say("sheet.crossed"), labels.say("crossed"), widths)
    pen.row += SPACE
    pen.wide(labels.say("crossed.note"), columns, sum(widths))
    for table in tables:
        pen.row += SPACE
        _crossing(pen, table)


def _crossing(pen: Pen, table: Crossing) -> None:
    pen.line(table.caption, "heading")
    heads = (table.corner, pen.labels.say("all"), *table.columns)
    pen.cells(heads, ("head", *("head_right" for _ in heads[1:])))
    for name, total, cells in table.rows:
        for column, figure in enumerate(cells or (), start=2):
            pen.figure(column, figure)
        if cells is None:
            pen.text(2, pen.labels.say("only_total"), "note")
        pen.counted(name, total)
