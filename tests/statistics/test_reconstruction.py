"""Fifty years of releases against somebody who knows the method and the exact number of consultations."""

import random

import pytest

from bot.statistics import drafting, making, rule
from bot.statistics.published import Figure, Mark
from tests.fakes import years
from tests.fakes.reconstruction import System, sections


def _releases(seed):
    """Four quarters of a made-up year: each with its exact numbers and its release, beginning with the first."""
    chance = random.Random(seed)
    for number, size in enumerate(years.sizes(chance, 60, 2000), 1):
        counts = years.quarter(chance, size)
        yield size, counts, years.release(counts, quarter=number)


@pytest.mark.parametrize("decade", range(5))
def test_in_fifty_years_no_hidden_number_is_found_and_their_room_is_eight_of_nine_steps(decade, unverified):
    widths = [
        width
        for seed in range(decade * 10, decade * 10 + 10)
        for size, _, release in _releases(seed)
        for section in sections(release).values()
        for width in System(section, size).widths().values()
    ]
    assert len(widths) > 500
    assert min(widths) >= 8
    assert sum(widths) / len(widths) >= 8


def test_the_same_attack_finds_numbers_that_are_hidden_where_totals_are_exact(monkeypatch, unverified):
    monkeypatch.setattr(drafting, "figure", _exact)
    monkeypatch.setattr(making, "protect", lambda section: section)
    found = [
        width
        for size, _, release in _releases(1)
        for section in sections(release).values()
        for width in System(section, size, rounded=0).widths().values()
    ]
    assert 0 in found


def _exact(count):
    """Fewer than ten are not shown, everything else is shown as it is: what is usually done."""
    return rule.FEW if count < 10 else Figure(Mark.NUMBER, count)
