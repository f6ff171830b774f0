"""The plain table, the workbook and the record of a release, read back as other programs read them."""

import csv
import io
import json
import zipfile
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import openpyxl
import pytest
import time_machine
from pydantic import ValidationError

from bot.statistics.forms.plain import harmless, plain
from bot.statistics.forms.record import Record, record, schema
from bot.statistics.forms.report import report
from bot.statistics.forms.spreadsheet import spreadsheet
from bot.statistics.published import Figure
from tests.fakes import releases
from tests.fakes.real import book

LANGUAGES = ("ka", "ru", "en")
KINDS = ("usual", "poor", "made_up")
SCHEMA = Path(__file__).parents[2] / "docs" / "statistics.schema.json"


@cache
def release(kind):
    return getattr(releases, kind)(book())


def told(kind, language):
    return report(release(kind), book(), language)


def figures(of):
    """Every figure somewhere in a release."""
    if isinstance(of, Figure):
        return [of]
    if is_dataclass(of):
        return list(chain.from_iterable(figures(getattr(of, field.name)) for field in fields(of)))
    return list(chain.from_iterable(map(figures, of))) if isinstance(of, tuple) else []


def numbers(of):
    return sorted(figure.number for figure in figures(of) if figure.number is not None)


def lines(kind, language):
    content = plain(told(kind, language))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@cache
def workbook(kind, language):
    return openpyxl.load_workbook(io.BytesIO(spreadsheet(told(kind, language), date(2026, 10, 15))))


def cells(book_):
    return [cell for sheet in book_ for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_plain_table_holds_every_number_and_no_other(kind, language):
    shown = [line[4] for line in lines(kind, language)[2:] if line[4].isdigit()]

    assert sorted(map(int, shown)) == numbers(release(kind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_plain_table_has_the_same_columns(language):
    assert {len(line) for line in lines("poor", language)} == {6}


def test_a_row_of_the_plain_table_says_where_it_stands():
    found = lines("poor", "en")

    assert found[0] == ["unit", "table", "row", "column", "shown", "note"]
    assert ["Conversations with the bot", "Language of the conversation", "Russian", "", "withheld", ""] in found
    assert ["Conversations with the bot", "Language of the conversation", "English", "", "<10", ""] in found
    only = [line for line in found if line[5] == "only the total is shown"]
    assert [line[2:5] for line in only] == [["A job offer", "In all", "withheld"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_of_the_plain_table_can_become_a_formula(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless("18–24") == "18–24"


def test_names_made_to_run_stand_behind_an_apostrophe():
    found = list(chain.from_iterable(lines("poor", "en")))

    assert "'=HYPERLINK(1)" in found
    assert '\'=1+1 "Home" <b>& friends</b> $x_1$' in found
    assert [cell for cell in found if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_made_up_data_say_so_in_the_first_line_of_the_plain_table(language):
    assert lines("made_up", language)[0] == [told("made_up", language).banner]
    assert len(lines("usual", language)[0]) == 6


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_workbook_holds_every_number_and_no_other(kind, language):
    found = [cell.value for cell in cells(workbook(kind, language)) if isinstance(cell.value, int | float)]

    assert sorted(found) == numbers(release(kind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_no_formula_no_link_and_nothing_hidden(language):
    book_ = workbook("poor", language)

    assert {cell.data_type for cell in cells(book_)} == {"s", "n"}
    assert [cell.coordinate for cell in cells(book_) if cell.hyperlink] == []
    assert {sheet.sheet_state for sheet in book_} == {"visible"}
    assert [row for sheet in book_ for row, shown in sheet.row_dimensions.items() if shown.hidden] == []
    assert book_.defined_names == {}
    assert "=HYPERLINK(1)" in [cell.value for cell in cells(book_)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_begins_with_an_overview_and_has_a_sheet_for_each_unit(language):
    book_ = workbook("usual", language)
    overview = [cell.value for cell in cells([book_.worksheets[0]])]

    assert len(book_.worksheets) == 5
    assert all(len(name) <= 31 and not set("[]:*?/\\'") & set(name) for name in book_.sheetnames)
    for said in (*told("usual", language).reading, told("usual", language).days, "Migrant Resource Centre Tbilisi"):
        assert said in overview


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_print_on_one_width_under_a_frozen_head(language):
    for sheet in workbook("usual", language):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.freeze_panes == "A4"


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_draws_and_labels_a_bar_where_there_is_a_number_and_nowhere_else(kind):
    book_ = workbook(kind, "en")
    parts = [part for part in told(kind, "en").parts if part.total]
    sheets = [sheet for sheet in book_.worksheets[1:] if sheet._charts]
    assert len(sheets) == len(parts)

    for sheet, part in zip(sheets, parts, strict=True):
        charted = [table for table in part.listings if numbers(tuple(figure for _, figure in table.rows))]
        assert len(sheet._charts) == len(charted)
        for chart, table in zip(sheet._charts, charted, strict=True):
            [series] = chart.series
            cells = zip(*(referred(sheet, one) for one in (series.cat.strRef.f, series.val.numRef.f)), strict=True)
            drawn = [(name, value if isinstance(value, int) else None) for name, value in cells]
            assert drawn == [(name, figure.number) for name, figure in table.rows]
            stored = {point.idx: float(point.v) for point in series.val.numRef.numCache.pt}
            assert stored == {at: figure.number for at, (_, figure) in enumerate(table.rows) if figure.number}
            assert series.dLbls.numFmt == "#,##0;;", "what is no number is drawn as 0: it has no label"


def referred(sheet, formula):
    """What stands in the cells that a chart refers to: one column, in one piece."""
    return [row[0].value for row in sheet[formula.rpartition("!")[2].replace("$", "")]]


def test_few_is_text_in_the_workbook():
    language = workbook("poor", "en").worksheets[1]
    found = {row[0].value: row[1].value for row in language.iter_rows(max_col=2)}

    assert found["Russian"] == "withheld"
    assert found["English"] == "<10"
    assert found["Georgian"] == 310


@pytest.mark.parametrize("language", LANGUAGES)
def test_made_up_data_say_so_on_every_sheet_and_every_printed_page(language):
    banner = told("made_up", language).banner
    for sheet in workbook("made_up", language):
        assert banner in sheet["A1"].value
        assert banner in sheet.oddHeader.center.text
        assert banner in sheet.oddFooter.center.text


def test_the_same_release_makes_the_same_workbook_on_any_day():
    with time_machine.travel(date(2030, 1, 1)):
        later = spreadsheet(told("usual", "ka"), date(2026, 10, 15))

    assert later == spreadsheet(told("usual", "ka"), date(2026, 10, 15))


def test_nobody_is_named_in_the_workbook():
    content = spreadsheet(told("usual", "en"), date(2026, 10, 15))
    properties = workbook("usual", "en").properties

    assert (properties.creator, properties.lastModifiedBy, properties.created.date()) == (
        None,
        None,
        date(2026, 10, 15),
    )
    with zipfile.ZipFile(io.BytesIO(content)) as stored:
        assert {entry.date_time[:3] for entry in stored.infolist()} == {(1980, 1, 1)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_record_keeps_to_its_schema_and_holds_every_number(kind):
    content = record(release(kind), book())
    read = Record.model_validate_json(content)

    assert read.demo == release(kind).demo
    assert sorted(numbers_of(json.loads(content))) == numbers(release(kind))


def numbers_of(read):
    """Every number in a record, wherever it stands."""
    if isinstance(read, dict):
        return list(chain.from_iterable(map(numbers_of, read.values())))
    if isinstance(read, list):
        return list(chain.from_iterable(map(numbers_of, read)))
    return [read] if isinstance(read, int) and not isinstance(read, bool) else []


@pytest.mark.parametrize("number", [7, 12])
def test_a_record_with_a_number_that_is_not_rounded_breaks_its_schema(number):
    read = json.loads(record(release("usual"), book()))
    read["units"][0]["total"]["number"] = number

    with pytest.raises(ValidationError):
        Record.model_validate(read)


def test_the_schema_in_the_documentation_is_fresh():
    assert SCHEMA.read_text() == schema(), "python -m bot.statistics.forms.record > docs/statistics.schema.json"


def test_the_record_has_labels_in_every_language_and_says_what_is_made_up():
    read = Record.model_validate_json(record(release("made_up"), book()))
    topic = read.units[0].tables[2].rows[1]

    assert topic.labels == {"ka": "სამუშაო საზღვარგარეთ", "ru": "Работа за границей", "en": "Work abroad"}
    assert read.banner["en"] == "MADE-UP DATA"
    assert Record.model_validate_json(record(release("usual"), book())).banner == {}
