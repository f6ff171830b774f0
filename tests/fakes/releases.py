"""Releases made by hand: a usual one, one with everything that may be amiss, and one of a demonstration."""

from dataclasses import replace
from datetime import date

from bot.statistics.published import Figure, Grid, Mark, Release, Section, Sheet
from bot.statistics.tables import Tables, Unit

FEW, KEPT = Figure(Mark.FEW), Figure(Mark.KEPT)
CAMPAIGNS = ("radio-kutaisi", "spring", "=HYPERLINK(1)")
"""The last one is what somebody would type to see whether it runs."""


def number(count):
    return Figure(Mark.NUMBER, count)


def shown(count):
    return FEW if count < 10 else number((count + 2) // 5 * 5)


SUMS = {
    "language": (872, 241, 127),
    "campaign": (14, 205, 188, 833),
    "topic": (512, 438, 321, 96, 58, 84, 11, 143, 27),
    "band": (148, 236, 151, 67, 4),
    "work": (142, 97, 121, 84, 46, 39, 13, 18, 55),
    "destination": (288, 86, 41, 12, 7, 63, 22, 96),
    "sign": (131, 74, 52, 88, 3, 9),
    "handover": (371, 38, 21),
    "case_topic": (61, 118, 97, 44, 39, 31, 8, 22, 10),
    "case_destination": (191, 57, 23, 6, 4, 41, 14, 94),
    "outcome": (212, 74, 12, 58, 33, 20, 21),
    "age": (7, 42, 61, 38, 282),
    "gender": (113, 58, 3, 256),
    "category": (152, 77, 128, 64, 71, 27, 21, 6, 33),
    "referral": (41, 9, 28, 34, 12, 5, 3, 16),
}
"""What was counted, so far as the book asks for it; whatever is new in it happened a dozen times."""


def _sheet(table):
    counts = (*SUMS.get(table.name, ()), *(12 for _ in table.values))
    return Sheet(table.name, tuple(zip(table.values, map(shown, counts), strict=False)), table.several)


def _grid(cross):
    """As if both questions had nothing to do with each other."""
    columns, rows = (
        {value: count for value, count in zip(table.values, SUMS[table.name], strict=False) if value not in table.apart}
        for table in (cross.columns, cross.rows)
    )
    whole = sum(SUMS[cross.columns.name])
    return Grid(
        cross.name,
        tuple(columns),
        tuple(
            (row, shown(sum_), tuple(shown(sum_ * each // whole) for each in columns.values()))
            for row, sum_ in rows.items()
        ),
    )


def usual(book):
    """A quarter with enough of everything."""
    tables = Tables.of(book, CAMPAIGNS)
    totals = {Unit.TALK: 1240, Unit.CHECK: 615, Unit.CASE: 430}
    sections = tuple(
        Section(
            unit,
            "2026-Q3",
            number(whole),
            tuple(_sheet(table) for table in tables.of_unit(unit)),
            tuple(_grid(cross) for cross in tables.two_way) if unit is Unit.CASE else (),
        )
        for unit, whole in totals.items()
    )
    return Release(
        period="2026-Q3",
        first=date(2026, 7, 1),
        last=date(2026, 9, 30),
        made=date(2026, 10, 15),
        organisation="Migrant Resource Centre Tbilisi",
        code="0.1.0",
        sections=sections,
    )


def poor(book):
    """A quarter in which hardly anything went well: too small, hidden, damaged, lost; and a value that is gone."""
    whole = usual(book)
    talk, check, case = whole.sections
    _, campaign, topic = talk.sheets
    damaged = replace(topic, rows=(), damaged=True)
    withheld = replace(case.sheets[0], rows=())
    hidden = Sheet("language", (("ka", number(310)), ("ru", KEPT), ("en", FEW), ("az", FEW)))
    first, second, *_ = case.grids
    one_column = replace(first, rows=(*first.rows[:2], (first.rows[2][0], KEPT, None), *first.rows[3:]))
    return replace(
        whole,
        organisation='=1+1 "Home" <b>& friends</b> $x_1$',
        lost=True,
        sections=(
            replace(talk, since="2026-Q1", total=number(325), sheets=(hidden, campaign, damaged)),
            Section(check.unit, "2026-Q2", None),
            replace(case, sheets=(withheld, *case.sheets[1:]), grids=(one_column, second)),
        ),
    )


def made_up(book):
    """A release of a demonstration."""
    return replace(usual(book), demo=True)
