"""Houses of two years of months, with from 0 to 300 consultations in each: what they publish, and what they do not."""

import json
import random

import pytest

from bot.statistics import making
from bot.statistics.making import About, make, owed
from bot.statistics.periods import Length, Period
from bot.statistics.rule import figure
from bot.statistics.tables import Unit
from tests.fakes import years

FULL, HOUSES = 13, 15
MONTHS = list(Period(2026, 1, Length.MONTH).until(Period(2027, 12, Length.MONTH)))
SIZES = random.Random(1).sample(range(301), 301)


def _sizes(house):
    """How many of each unit there were, month by month: in thirteen houses each number from 0 to 300, in two few."""
    for month in range(house * 24, house * 24 + 24):
        sizes = {unit: SIZES[(month + shift) % 301] for shift, unit in zip((0, 97, 211), Unit, strict=True)}
        yield sizes if house < FULL else {unit: size // 8 for unit, size in sizes.items()}


def _live(house):
    """The months of a house: (month, exact counts of all months so far, its release)."""
    chance, counts, past = random.Random(house), {}, []
    for month, sizes in zip(MONTHS, _sizes(house), strict=True):
        counts[month.name] = years.counts(
            profile for unit, size in sizes.items() for profile in years.consultations(chance, unit, size)
        )
        past.append(make(years.tables(), counts, past, About(month, month.last, "Example", "0.1.0")))
    return counts, past


def _total(counts, unit, months):
    """The exact number of consultations in these months."""
    table = years.tables().of_unit(unit)[0].name
    return sum(number for month in months for (name, _), number in counts[month].items() if name == table)


def _span(section, release):
    since = Period.parse(section.since, Length.MONTH)
    return [month.name for month in since.until(Period.parse(release.period, Length.MONTH))]


@pytest.fixture(scope="module", params=range(HOUSES))
def house(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "verify", lambda release, past, links: None)
        return _live(request.param)


def test_every_published_number_is_a_multiple_of_five_from_ten_on(house):
    _, releases = house
    numbers = [number for release in releases for number in _numbers(json.loads(release.to_json()))]
    assert numbers
    assert all(number >= 10 and number % 5 == 0 for number in numbers)


def _numbers(published):
    match published:
        case {"mark": mark, "number": number}:
            assert (mark == "number") is (number is not None)
            return [number] if number is not None else []
        case dict():
            return [number for value in published.values() for number in _numbers(value)]
        case list():
            return [number for value in published for number in _numbers(value)]
    assert not isinstance(published, int) or isinstance(published, bool)
    return []


def test_below_fifty_nothing_is_said_and_from_fifty_on_the_rounded_total(house):
    counts, releases = house
    for release in releases:
        for section in release.sections:
            total = _total(counts, section.unit, _span(section, release))
            assert section.total == (figure(total) if total >= 50 else None)
            assert bool(section.sheets) is (total >= 50)
            assert bool(section.grids) is (section.unit is Unit.CASE and total >= 300)


def test_no_month_is_published_twice_and_none_is_lost(house):
    counts, releases = house
    for unit in Unit:
        published = [
            month for release in releases if (part := release.section(unit)).total for month in _span(part, release)
        ]
        waits = owed(releases, unit)
        assert published == [month.name for month in MONTHS if month < waits]
        later = [month.name for month in MONTHS if month >= waits]
        assert _total(counts, unit, published) + _total(counts, unit, later) == _total(counts, unit, counts)


def test_what_is_shown_of_a_row_is_its_number_or_that_it_is_few_or_many(house):
    counts, releases = house
    for release in releases:
        for section in release.sections:
            sums = years.added(counts[month] for month in _span(section, release))
            for sheet in section.sheets:
                for row, shown in sheet.rows:
                    exact = figure(sums[sheet.name, row])
                    assert shown == exact or (shown.mark == "kept" and exact.number)
