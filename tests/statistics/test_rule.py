"""10/5: the one way in which a number may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.statistics.published import Figure, Mark
from bot.statistics.rule import FEW, KEPT, bounds, figure

COUNTS = st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (52, 50), (53, 55)]
)
def test_fewer_than_ten_are_not_shown_and_all_others_to_the_nearest_five(count, shown):
    assert figure(count) == (Figure(Mark.NUMBER, shown) if shown else FEW)


@given(COUNTS)
def test_what_is_concluded_from_a_figure_holds_for_its_number(count):
    least, most = bounds(figure(count))
    assert least <= count <= most
    assert most - least <= 9


@given(COUNTS)
def test_a_shown_number_is_a_multiple_of_five_from_ten_on_and_no_more_than_two_away(count):
    number = figure(count).number
    assert (number is None) is (count < 10)
    assert number is None or (number % 5 == 0 and number >= 10 and abs(number - count) <= 2)


@given(COUNTS, COUNTS)
def test_a_larger_number_is_never_shown_as_a_smaller_one(one, other):
    smaller, larger = sorted((one, other))
    assert (figure(smaller).number or 0) <= (figure(larger).number or 0)


def test_of_a_number_that_is_kept_back_only_ten_is_known():
    assert bounds(KEPT) == (10, None)
