"""One person who is the only one with a value in every table: whatever the number of others, nobody sees them."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from bot.statistics.drafting import draft
from bot.statistics.exact import Exact
from bot.statistics.published import Mark
from bot.statistics.tables import Unit
from tests.fakes import years
from tests.fakes.reconstruction import System, sections

NUMBERS = range(2001)
EDGES = {number for edge in (50, 300) for number in range(edge - 3, edge + 4)}
TRIED = sorted({*EDGES, *range(50, 100, 5), *range(100, 300, 25), *range(400, 2001, 200)})


ALONE = {"handover": "unanswered", "outcome": "not_coded", "age": "minor", "gender": "unknown"}
"""The only case that nobody answered: of the others everybody told what they were asked."""


def _unique():
    """The value that only one person has, by table: rows in the middle, at the end, and such as stand apart."""
    values = {table.name: table.values[at % len(table.values)] for at, table in enumerate(years.tables().one_way, 1)}
    return values | ALONE


def _profiles(unit, number):
    """The one person first, and so many others that have none of these values."""
    unique = _unique()
    chance = random.Random(7)
    people = years.consultations(chance, unit, number)
    for profile in people:
        for table in years.tables().of_unit(unit):
            rest = [value for value in table.values if value != unique[table.name]]
            if table.several:
                profile[table.name] = tuple(value for value in profile[table.name] if value in rest)
            elif profile[table.name] not in rest or profile[table.name] == "cancelled":
                profile[table.name] = rest[0]
    for table in years.tables().of_unit(unit) if people else ():
        people[0][table.name] = (unique[table.name],) if table.several else unique[table.name]
    return [profile | years.possible(unit, profile) for profile in people]


def _seen(section):
    """Every figure in which the person could be told, as it is shown."""
    unique = _unique()
    for sheet in section.sheets:
        yield dict(sheet.rows)[unique[sheet.name]]
    for grid in section.grids:
        rows, columns = grid.name.split("*")
        for row, figure, figures in grid.rows:
            if row == unique[rows]:
                yield from (figure, *(figures or ()))
            elif figures and unique[columns] in grid.columns:
                yield figures[grid.columns.index(unique[columns])]


def _growing(unit):
    """The sums of the person alone, then with one more, and one more."""
    counts = Counter()
    yield dict(counts)
    for profile in _profiles(unit, NUMBERS[-1]):
        counts.update(years.counts([profile]))
        yield counts


@pytest.mark.parametrize("unit", Unit)
def test_the_only_one_with_a_value_is_among_the_few_whatever_the_number_from_0_to_2000(unit):
    one_way = replace(years.tables(), two_way=())
    shown = 0
    for number, counts in zip(NUMBERS, _growing(unit), strict=True):
        section = draft(one_way, Exact.of(unit, one_way, [counts]), "2026-Q1")
        figures = list(_seen(section))
        assert {figure.mark for figure in figures} <= {Mark.FEW}, number
        shown += bool(figures)
    assert shown == len(range(50, 2001))


def test_the_only_one_with_a_value_cannot_be_worked_out_of_a_release(unverified):
    people = {unit: _profiles(unit, NUMBERS[-1]) for unit in Unit}
    unique = set(_unique().items())
    for number in TRIED:
        release = years.release(years.counts(one for some in people.values() for one in some[:number]))
        for section in release.sections:
            assert {figure.mark for figure in _seen(section)} <= {Mark.FEW}, number
        for section in sections(release).values():
            widths = System(section, number).widths()
            told = [width for place, width in widths.items() if unique & set(_traits(place))]
            assert told
            assert min(told) >= 8, number


def _traits(place):
    """What a cell says of whoever is in it."""
    table, *values = place
    return zip(table.split("*"), values, strict=True)
