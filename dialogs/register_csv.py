"""Read the list of intermediary companies from a table saved as CSV, in the way spreadsheets here write it.

Law: the whole table or nothing. One row that cannot be right, and none is taken over; every such row is named.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.register import Entry, Register, certificate_key, names_something
from dialogs.skeleton import MAX_SIGNS

COLUMNS = ("name", "certificate", "valid_from", "valid_until", "list_date")
"""The words of the first line, in any order; other columns are passed over."""
MAX_BYTES = 4_000_000
"""Many times the longest list; whatever is longer is another file."""
_BETWEEN_NAMES = ";"
_DAY = re.compile(r"(20\d\d)-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(20\d\d)", re.ASCII)
"""Stricter than `dialogs.dates`, which guesses day before month: a table with 3/5/2026 may be an American one."""
_SAVE = 'save it as "CSV UTF-8" and import it again'
_WRITE_DAY = "write it as 2026-09-30 or 30.09.2026"


@dataclass(frozen=True, slots=True, order=True)
class BadRow:
    """One thing that is wrong: `line` as an editor shows it (1 is the header), and what to do."""

    line: int
    problem: str
    advice: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.problem} — {self.advice}."


class TableBroken(Exception):
    """The table does not make a list. Carries every bad row, not only the first."""

    def __init__(self, rows: Iterable[BadRow]) -> None:
        self.rows = tuple(sorted(rows))
        super().__init__("\n".join(map(str, self.rows)))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that is not empty: where it begins, what stands in it by column, and how many cells are too many."""

    line: int
    cells: Mapping[str, str]
    extra: int

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(content: bytes, today: date) -> Register:
    """The list that a file holds. Raises TableBroken; a list from after `today` is not believed."""
    rows = _rows(_text(content))
    if not rows:
        raise _broken("the table has no rows", "write one company in each line below the header")
    bad = [problem for row in rows for problem in _problems(row)]
    bad += [*_twice(rows), *_list_problems(rows, today)]
    if bad:
        raise TableBroken(bad)
    return Register(_list_days(rows)[0][1], tuple(map(_entry, rows)))


def _broken(problem: str, advice: str, line: int = 1) -> TableBroken:
    return TableBroken([BadRow(line, problem, advice)])


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _broken("the file is far too long for a list of companies", "look whether it is the right file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _broken("the file is not UTF-8, so its letters are unreadable", _SAVE, line) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise _broken("the file has NUL bytes and is no text", _SAVE, line)
    return text


def _rows(text: str) -> list[_Row]:
    first = next(filter(str.strip, text.splitlines()), "")
    # Excel writes semicolons where the comma is the decimal sign, as in Georgia. The first line holds no names.
    lines = list(_lines(text, ";" if first.count(";") > first.count(",") else ","))
    columns = _columns(lines[0][1] if lines else [])
    return [_row(line, cells, columns) for line, cells in lines[1:]]


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the line each begins in: a cell may hold line breaks."""
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        raise _broken("a quotation mark stands alone", "close it, or write it twice inside a name", line) from None


def _columns(first: list[str]) -> list[str]:
    columns = [cell.lower() for cell in first]
    advice = f"write one line with {', '.join(COLUMNS)} above the companies"
    wrong = {name: "two columns" if name in columns else "no column" for name in COLUMNS if columns.count(name) != 1}
    if wrong:
        raise TableBroken(BadRow(1, f"the header has {what} {name}", advice) for name, what in wrong.items())
    return columns


def _row(line: int, cells: list[str], columns: list[str]) -> _Row:
    return _Row(line, dict(zip(columns, cells, strict=False)), sum(map(bool, cells[len(columns) :])))


def _entry(row: _Row) -> Entry:
    """The entry of a row that has no problems."""
    since, until = _day(row["valid_from"]), _day(row["valid_until"])
    assert since is not None
    return Entry(tuple(_names(row)), row["certificate"], since, until)


def _names(row: _Row) -> list[str]:
    return [" ".join(name.split()) for name in row["name"].split(_BETWEEN_NAMES) if name.strip()]


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _problems(row: _Row) -> Iterator[BadRow]:
    """What is wrong with a row by itself."""
    said = [*_name_problems(row), *_day_problems(row)]
    if row.extra:
        said.append(("the row has more cells than the header", "put a name with a comma or semicolon in quotes"))
    if not certificate_key(row["certificate"]):
        said.append(("the certificate is empty", "write its number"))
    return (BadRow(row.line, problem, advice) for problem, advice in said)


def _name_problems(row: _Row) -> Iterator[tuple[str, str]]:
    names = _names(row)
    if not names:
        yield "the name is empty", f'write it; several names of one company with "{_BETWEEN_NAMES}" between'
    if not all(map(names_something, names)):
        # Excel's plain "CSV" turns Georgian letters into question marks.
        yield "a name has no letters left", f"write the name itself; if it is ????, {_SAVE}"
    if any(len(name) > MAX_SIGNS for name in names):
        yield f"a name is longer than {MAX_SIGNS} signs", "shorten it"


def _day_problems(row: _Row) -> Iterator[tuple[str, str]]:
    for column in ("valid_from", "valid_until", "list_date"):
        if (row[column] or column == "valid_from") and _day(row[column]) is None:
            yield f"{column} is no date", _WRITE_DAY
    since, until = _day(row["valid_from"]), _day(row["valid_until"])
    if since and until and until < since:
        yield "valid_until is before valid_from", "correct one of them"


def _twice(rows: list[_Row]) -> Iterator[BadRow]:
    seen: dict[str, int] = {}
    for row in rows:
        key = certificate_key(row["certificate"])
        if key in seen:
            yield BadRow(row.line, f"this certificate stands on line {seen[key]} too", "keep one of the two rows")
        elif key:
            seen[key] = row.line


def _list_days(rows: list[_Row]) -> list[tuple[int, date]]:
    return [(row.line, day) for row in rows if (day := _day(row["list_date"]))]


def _list_problems(rows: list[_Row], today: date) -> Iterator[BadRow]:
    """What is wrong with the date of the whole list."""
    if not any(row["list_date"] for row in rows):
        yield BadRow(rows[0].line, "the list has no date", "write it in the column list_date, once or in every row")
    days = _list_days(rows)
    for line, day in days[:1]:
        if day > today:
            yield BadRow(line, "list_date lies in the future", "correct it, or set the clock of this computer right")
    for line, day in days[1:]:
        if day != days[0][1]:
            yield BadRow(line, f"list_date is another than on line {days[0][0]}", "a list has one date: correct it")
