"""From exact sums to a release: what joins, what merges, what is left out, and what is said when something is wrong."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.statistics.attack import Exposed, verify
from bot.statistics.drafting import draft
from bot.statistics.exact import Exact
from bot.statistics.knowing import APART, Knowledge
from bot.statistics.links import links
from bot.statistics.making import owed
from bot.statistics.periods import Period
from bot.statistics.program import Program
from bot.statistics.protecting import without
from bot.statistics.published import Figure, Mark, Sheet
from bot.statistics.rule import FEW, KEPT, figure
from bot.statistics.tables import Unit
from tests.fakes import years

UNLINKED = dict.fromkeys(Unit, ())


def _cases(number, seed=1):
    return years.counts(years.consultations(random.Random(seed), Unit.CASE, number))


def _sheet(release, name):
    return next(sheet for section in release.sections for sheet in section.sheets if sheet.name == name)


def _grid(release, name):
    return next(grid for section in release.sections for grid in section.grids if grid.name == name)


def _with(table, **numbers):
    """So many cases with each of these values, who have nearly all else in common."""
    (profile,) = years.consultations(random.Random(1), Unit.CASE, 1)
    return years.counts(
        profile | {"gender": ("woman", "man")[at % 2], table: value}
        for value, number in numbers.items()
        for at in range(number)
    )


def test_below_fifty_a_unit_says_so_and_its_counts_join_the_next_release():
    first = years.release(_cases(49), quarter=1)
    assert first.section(Unit.CASE).total is None
    counts = {"2026-Q1": _cases(49), "2026-Q2": _cases(30)}
    second = years.released(counts, [first], quarter=2)
    assert second.section(Unit.CASE).since == "2026-Q1"
    assert second.section(Unit.CASE).total == figure(79)


def test_what_was_published_is_not_counted_again():
    first = years.release(_cases(60), quarter=1)
    second = years.released({"2026-Q1": _cases(60), "2026-Q2": _cases(70)}, [first], quarter=2)
    assert (second.section(Unit.CASE).since, second.section(Unit.CASE).total) == ("2026-Q2", figure(70))


def test_counts_are_owed_from_the_first_period_of_which_nothing_is_published():
    first = years.release(_cases(60), quarter=1)
    assert owed([], Unit.CASE) is None
    assert owed([first], Unit.CASE) == Period(2026, 2)
    assert owed([first], Unit.TALK) == Period(2026, 1)
    second = years.released({"2026-Q2": _cases(20)}, [first], quarter=2)
    assert owed([second, first], Unit.CASE) == Period(2026, 2)


def test_a_second_release_of_the_same_days_is_refused():
    first = years.release(_cases(60))
    with pytest.raises(Exposed, match="2026-Q1 would tell again of days that 2026-Q1 has told of"):
        verify(first, [first], UNLINKED)


def test_a_value_that_the_book_does_not_name_any_more_is_counted_with_the_unknown():
    release = years.release(_with("age", minor=15, from18=40, from25=30, from35=30, from99=60, unknown=20))
    assert dict(_sheet(release, "age").rows)["unknown"] == figure(80)
    assert release.section(Unit.CASE).total == figure(195)


def test_a_table_that_does_not_add_up_is_shown_as_damaged_and_crossed_with_nothing():
    counts = _cases(400)
    value = next(value for table, value in counts if table == "age")
    counts["age", value] -= 1
    release = years.release(counts)
    assert release.lost
    assert (_sheet(release, "age").damaged, _sheet(release, "age").rows) == (True, ())
    assert not _sheet(release, "gender").damaged
    assert [grid.name for grid in release.section(Unit.CASE).grids if "age" in grid.name] == []
    assert release.section(Unit.CASE).total == figure(400)


def test_a_two_way_table_that_does_not_fit_its_rows_is_left_out():
    counts = _cases(400)
    cell = next(value for table, value in counts if table == "case_topic*gender")
    counts["case_topic*gender", cell] += 50
    names = [grid.name for grid in years.release(counts).section(Unit.CASE).grids]
    assert "case_topic*gender" not in names
    assert "case_topic*outcome" in names


def test_two_way_tables_are_made_from_three_hundred_cases_on():
    assert years.release(_cases(299)).section(Unit.CASE).grids == ()
    assert years.release(_cases(300)).section(Unit.CASE).grids != ()


def test_values_that_stand_apart_are_neither_rows_nor_columns_of_a_two_way_table():
    release = years.release(_cases(1500))
    for table in years.tables().two_way:
        grid = _grid(release, table.name)
        assert not table.rows.apart & {row for row, _, _ in grid.rows}
        assert not table.columns.apart & set(grid.columns)


def test_a_row_that_is_nearly_all_one_column_is_shown_as_its_total():
    people = years.consultations(random.Random(3), Unit.CASE, 1500)
    for at, profile in enumerate(profile for profile in people if profile["case_topic"] == "work"):
        profile["gender"] = "man" if at % 10 == 0 else "woman"
    rows = {row: figures for row, _, figures in _grid(years.release(years.counts(people)), "case_topic*gender").rows}
    assert rows["work"] is None
    assert rows["offer"] is not None


def test_a_column_that_is_nearly_all_one_topic_does_not_say_which():
    people = years.consultations(random.Random(3), Unit.CASE, 900)
    for profile in [profile for profile in people if profile["case_destination"] == "gulf"][:-3]:
        profile["case_topic"] = "offer"
    grid = _grid(years.release(years.counts(people)), "case_topic*case_destination")
    offer = next(figures for row, _, figures in grid.rows if row == "offer")
    assert offer[grid.columns.index("gulf")] == KEPT


def test_nobody_knows_of_what_is_never_crossed_that_there_are_ten(unverified):
    people = years.consultations(random.Random(3), Unit.CASE, 420)
    for profile in [profile for profile in people if profile["handover"] == "answered"][:35]:
        profile.update(case_topic="work", age="minor")
    counts = years.counts(people)
    exact = Exact.of(Unit.CASE, years.tables(), [counts])
    told = without(draft(years.tables(), exact, "2026-Q1"), ())
    place = ("case_topic*age", "work", APART)
    assert _least(told, exact, place) >= 10
    assert _least(years.release(counts).section(Unit.CASE), exact, place) < 10


def _least(section, exact, place):
    """How few it may be, whatever the total."""
    return Program(Knowledge.of(section, links(years.tables(), exact))).world([place], most=False)[place]


def test_a_row_figure_of_a_two_way_table_repeats_the_one_way_table():
    release = years.release(_cases(900))
    for grid in release.section(Unit.CASE).grids:
        one_way = dict(_sheet(release, "case_topic").rows)
        assert {row: shown for row, shown, _ in grid.rows}.items() <= one_way.items()


def test_where_the_rest_would_tell_a_few_another_number_is_kept_back_from_the_end():
    release = years.release(_with("age", from18=40, from25=40, from35=25))
    assert _sheet(release, "age").rows == (
        ("minor", FEW),
        ("from18", Figure(Mark.NUMBER, 40)),
        ("from25", Figure(Mark.NUMBER, 40)),
        ("from35", KEPT),
        ("unknown", FEW),
    )


def test_a_release_that_shows_what_had_to_be_kept_back_is_refused_in_plain_words():
    release = years.release(_with("age", from18=40, from25=40, from35=25))
    sheet = _sheet(release, "age")
    shown = replace(sheet, rows=tuple((row, Figure(Mark.NUMBER, 25) if f == KEPT else f) for row, f in sheet.rows))
    section = release.section(Unit.CASE)
    told = replace(section, sheets=tuple(shown if one is sheet else one for one in section.sheets))
    with pytest.raises(Exposed) as refused:
        verify(replace(release, sections=(told,)), [], UNLINKED)
    assert str(refused.value) == (
        "In the table age the number of minor is not shown, but it could be worked out: it is from 0 to 4; nothing was "
        "published and nothing is lost. Send this sentence to whoever looks after the program; the counts wait for the "
        "next try."
    )


def test_numbers_that_contradict_each_other_are_refused_in_plain_words():
    release = years.release(_cases(100))
    sections = [replace(part, total=part.total and figure(500)) for part in release.sections]
    with pytest.raises(Exposed, match="The numbers of the cases contradict each other; nothing was published"):
        verify(replace(release, sections=tuple(sections)), [], UNLINKED)


def test_a_table_of_which_any_number_would_tell_another_is_kept_back_whole():
    release = years.release(_with("case_destination", eu=10, turkey=10, usa=10, uk=10, gulf=10))
    assert _sheet(release, "case_destination") == Sheet("case_destination", ())


@settings(max_examples=25, deadline=None)
@given(number=st.integers(0, 240), seed=st.integers(0, 10**6))
def test_the_same_counts_make_the_same_release_whatever_their_order(number, seed):
    counts = _cases(number, seed)
    turned = dict(reversed(counts.items()))
    assert years.release(counts).to_json() == years.release(turned).to_json()
