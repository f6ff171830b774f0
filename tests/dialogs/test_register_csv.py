"""A table is taken whole or not at all, and every row that cannot be right is named with its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.register import Entry
from dialogs.register_csv import COLUMNS, MAX_BYTES, TableBroken, read_table

TODAY = date(2026, 11, 23)
HEADER = "name,certificate,valid_from,valid_until,list_date"
BRIDGE = "შპს ხიდი;Khidi LLC,MS-1,2026-01-01,2028-12-31,2026-09-30"
NOVA = "Nova,MS-2,2026-02-01,,2026-09-30"


def table(*rows, header=HEADER):
    return "\n".join([header, *rows, ""]).encode()


def read(*rows, header=HEADER):
    return read_table(table(*rows, header=header), TODAY)


def refused(content):
    with pytest.raises(TableBroken) as caught:
        read_table(content if isinstance(content, bytes) else content.encode(), TODAY)
    return [str(row) for row in caught.value.rows]


def test_a_table_becomes_a_list():
    register = read(BRIDGE, NOVA)

    assert register.listed_on == date(2026, 9, 30)
    assert register.entries == (
        Entry(("შპს ხიდი", "Khidi LLC"), "MS-1", date(2026, 1, 1), date(2028, 12, 31)),
        Entry(("Nova",), "MS-2", date(2026, 2, 1), None),
    )


def test_columns_may_come_in_any_order_and_case_with_others_between():
    header = "LIST_DATE,Valid_Until,Phone,valid_from,Certificate,NAME"

    assert read("2026-09-30,,555,2026-02-01,MS-2,Nova", header=header) == read(NOVA)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_a_table_is_read_as_spreadsheets_save_it(mark, end):
    rows = [
        "name;certificate;valid_from;valid_until;list_date",
        '"შპს ""ხიდი"";Khidi";MS-1;01.01.2026;;30.9.2026',
        ";;;;",
    ]
    (entry,) = read_table((mark + end.join(rows) + end).encode(), TODAY).entries

    assert entry == Entry(('შპს "ხიდი"', "Khidi"), "MS-1", date(2026, 1, 1), None)


def test_the_date_of_the_list_is_enough_on_one_row():
    assert read(NOVA, "Vector,MS-3,2026-02-01,,").listed_on == date(2026, 9, 30)


def test_a_list_of_today_is_taken():
    assert read(f"Nova,MS-2,2026-02-01,,{TODAY}").listed_on == TODAY


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",MS-3,2026-01-01,,", "the name is empty"),
        (" ; ,MS-3,2026-01-01,,", "the name is empty"),
        ("????? ????,MS-3,2026-01-01,,", "a name has no letters left"),
        ("Vector;LLC,MS-3,2026-01-01,,", "a name has no letters left"),
        (f"{'Vector ' * 30},MS-3,2026-01-01,,", "a name is longer than 150 signs"),
        ("Vector,,2026-01-01,,", "the certificate is empty"),
        ("Vector,№,2026-01-01,,", "the certificate is empty"),
        ("Vector,ms 1,2026-01-01,,", "this certificate stands on line 2 too"),
        ("Vector,MS-3,,,", "valid_from is no date"),
        ("Vector,MS-3,3/5/2026,,", "valid_from is no date"),
        ("Vector,MS-3,2026-02-30,,", "valid_from is no date"),
        ("Vector,MS-3,01.01.26,,", "valid_from is no date"),
        ("Vector,MS-3,2026-01-01,soon,", "valid_until is no date"),
        ("Vector,MS-3,2026-01-02,2026-01-01,", "valid_until is before valid_from"),
        ("Vector,MS-3,2026-01-01,,september", "list_date is no date"),
        ("Vector,MS-3,2026-01-01,,2026-10-01", "list_date is another than on line 2"),
        ("Vector, LLC,MS-3,2026-01-01,,2026-09-30", "the row has more cells than the header"),
        ('"Vector" LLC,MS-3,2026-01-01,,', "a quotation mark stands alone"),
        ('"Vector,MS-3,2026-01-01,,', "a quotation mark stands alone"),
        ("Vector\0,MS-3,2026-01-01,,", "the file has NUL bytes"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_with_its_line(row, said):
    found = refused(table(BRIDGE, row))

    assert any(line.startswith(f"line 3: {said}") for line in found)
    assert all(line.count(" — ") == 1 and line.endswith(".") for line in found)


def test_every_bad_row_is_named_at_once():
    rows = [",MS-1,2026-01-01,,2026-09-30", NOVA, "Vector,,x,,"]

    assert [line.partition(" — ")[0] for line in refused(table(*rows))] == [
        "line 2: the name is empty",
        "line 4: the certificate is empty",
        "line 4: valid_from is no date",
    ]


def test_a_line_is_counted_as_an_editor_counts_it():
    assert refused(table('"Vector\nGeorgia",MS-3,2026-01-01,,2026-09-30', "", ",MS-4,2026-01-01,,"))[0].startswith(
        "line 5:"
    )


@pytest.mark.parametrize("name", COLUMNS)
def test_a_missing_column_is_named(name):
    found = refused(table(BRIDGE, header=HEADER.replace(name, "other")))

    assert [line.partition(" — ")[0] for line in found] == [f"line 1: the header has no column {name}"]


def test_a_column_twice_is_refused():
    assert refused(table(BRIDGE, header=f"{HEADER},name"))[0].startswith("line 1: the header has two columns name")


def test_a_list_without_a_date_is_refused():
    assert refused(table("Nova,MS-2,2026-02-01,,")) == [
        "line 2: the list has no date — write it in the column list_date, once or in every row."
    ]


def test_a_list_of_tomorrow_is_refused():
    assert refused(table("Nova,MS-2,2026-02-01,,2026-11-24"))[0].startswith("line 2: list_date lies in the future")


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", HEADER, f"{HEADER}\n,,,,\n"])
def test_a_table_without_rows_is_refused(content):
    assert refused(content)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_a_file_in_another_encoding_is_refused_with_what_to_do(encoding):
    (line,) = refused(f"{HEADER}\nМост,MS-1,2026-01-01,,2026-09-30\n".encode(encoding))

    assert 'save it as "CSV UTF-8" and import it again' in line


def test_a_file_that_is_too_long_to_be_a_list_is_refused():
    assert "too long" in refused(b"a" * (MAX_BYTES + 1))[0]


@given(st.binary() | st.text(alphabet='a;,"\n\r\0 2-.6ა').map(lambda text: f"{HEADER}\n{text}".encode()))
def test_whatever_the_file_holds_it_is_a_list_or_named_rows(content):
    try:
        made = read_table(content, TODAY).entries
    except TableBroken as broken:
        made = broken.rows

    assert made
