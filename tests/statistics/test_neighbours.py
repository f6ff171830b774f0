"""Two releases that differ in one person: what whoever holds both learns of that person."""

import random

import pytest

from bot.statistics.tables import Unit
from tests.fakes import years

TRAITS = ("case_topic", "case_destination", "outcome", "age", "gender", "category")
PAIRS = 400


def _pairs(part, parts=4):
    """So many people with a rare profile, and the cases without them; some are enough for two-way tables."""
    chance = random.Random(part)
    for at in range(PAIRS // parts):
        number = chance.randint(300, 600) if at % 10 == 0 else chance.randint(50, 240)
        yield years.counts(years.consultations(chance, Unit.CASE, number)), _rare(chance)


def _rare(chance):
    """A profile of values that are seldom."""
    profile = {}
    for table in years.tables().of_unit(Unit.CASE):
        seldom = chance.choice(table.values[len(table.values) // 2 :])
        profile[table.name] = (seldom,) if table.several else seldom
    profile["handover"] = "answered"
    return profile | years.possible(Unit.CASE, profile)


def _exact(counts):
    rows = {name: {} for name in TRAITS}
    for (name, value), number in counts.items():
        if name in rows:
            rows[name][value] = number
    return rows


def _published(counts):
    (section,) = (part for part in years.release(counts).sections if part.unit is Unit.CASE)
    tables = {sheet.name: {row: figure.number or 0 for row, figure in sheet.rows} for sheet in section.sheets}
    for grid in section.grids:
        rows = {row: zip(grid.columns, figures or (), strict=bool(figures)) for row, _, figures in grid.rows}
        tables[grid.name] = {(row, column): cell.number or 0 for row, cells in rows.items() for column, cell in cells}
    return tables


def _guess(name, before, after):
    """What has grown, in the table itself or in one that crosses it; where nothing has, what is most."""
    grown = _grown(before[name], after[name])
    for cross in (table for table in after if "*" in table and name in table.split("*")):
        grown += [pair[cross.split("*").index(name)] for pair in _grown(before.get(cross, {}), after[cross])]
    return grown[0] if grown else max(after[name], key=after[name].get, default=None)


def _grown(before, after):
    return [value for value, number in after.items() if number > before.get(value, 0)]


def _right(before, after, person):
    guessed = {name: _guess(name, before, after) for name in TRAITS}
    told = {name: value[0] if isinstance(value, tuple) else value for name, value in person.items()}
    return sum(guessed[name] == told[name] for name in TRAITS)


@pytest.mark.parametrize("part", range(4))
def test_no_whole_profile_is_found_by_comparing_the_release_with_and_without_a_person(part, unverified):
    right, exact = [], []
    for without, person in _pairs(part):
        with_them = without + years.counts([person])
        right.append(_right(_published(without), _published(with_them), person))
        exact.append(_right(_exact(without), _exact(with_them), person))
    assert set(exact) == {len(TRAITS)}, "exact tables would tell every profile"
    assert len(right) == PAIRS // 4
    assert len(TRAITS) not in right
    assert sum(right) / len(right) < 2
