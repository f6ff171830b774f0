"""A release as one plain table for other programs: a line for every number.

Law: no cell can become a formula, whatever a campaign is called.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from bot.statistics.forms.labels import FEW
from bot.statistics.forms.report import Crossing, Listing, Part, Report
from bot.statistics.published import Figure, Mark

_COLUMNS = ("unit", "table", "row", "column", "shown", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, or for nothing before one."""
_BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""
_Line = tuple[str, ...]


def plain(told: Report) -> bytes:
    """The whole file, with the banner of a demonstration as its first line."""
    stored = StringIO()
    writer = csv.writer(stored)
    if told.banner:
        writer.writerow([told.banner])
    writer.writerow(told.labels.say(f"csv.{name}") for name in _COLUMNS)
    writer.writerows([harmless(cell) for cell in line] for line in _lines(told))
    return f"{_BOM}{stored.getvalue()}".encode()


def harmless(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _lines(told: Report) -> Iterator[_Line]:
    labels = told.labels
    yield ("", labels.say("organisation"), told.organisation, "", "", "")
    yield ("", labels.say("period"), told.days, "", "", "")
    for said in (*told.cautions, *told.made, *told.reading):
        yield ("", labels.say("about"), "", "", "", said)
    for part in told.parts:
        yield from _part(part, told)


def _part(part: Part, told: Report) -> Iterator[_Line]:
    labels = told.labels
    total = "" if part.total is None else _shown(part.total, told)
    yield (part.heading, labels.say("number"), labels.say("all"), "", total, " ".join((part.what, *part.notes)))
    for table in part.listings:
        yield from _listing(part, table, told)
    for crossed in part.crossings:
        yield from _crossing(part, crossed, told)


def _listing(part: Part, table: Listing, told: Report) -> Iterator[_Line]:
    if table.notes:
        yield (part.heading, table.caption, "", "", "", " ".join(table.notes))
    for name, figure in table.rows:
        yield (part.heading, table.caption, name, "", _shown(figure, told), "")


def _crossing(part: Part, table: Crossing, told: Report) -> Iterator[_Line]:
    labels = told.labels
    yield (part.heading, table.caption, "", "", "", labels.say("crossed.note"))
    for name, total, cells in table.rows:
        only = labels.say("only_total") if cells is None else ""
        yield (part.heading, table.caption, name, labels.say("all"), _shown(total, told), only)
        for column, figure in zip(table.columns, cells or (), strict=False):
            yield (part.heading, table.caption, name, column, _shown(figure, told), "")


def _shown(figure: Figure, told: Report) -> str:
    """Digits alone, so that programs read a number as one."""
    if figure.mark is Mark.NUMBER:
        return str(figure.number)
    return FEW if figure.mark is Mark.FEW else told.labels.say("kept")
