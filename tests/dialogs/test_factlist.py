"""`gza check --facts`: the facts as whoever confirms them needs them."""

from datetime import date

import pytest
from click.testing import CliRunner

from bot.__main__ import gza
from dialogs.editing import factlist
from dialogs.editing.uses import uses
from tests.fakes.shelf import Shelf

TODAY = date(2026, 11, 24)


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)


def listed(shelf, today=TODAY):
    """The three lists, each as the lines under its title."""
    said = []
    assert factlist.run(shelf.load(), today, said.append) == 0
    text = "\n".join(said)
    return [part.splitlines() for part in text.split("\n\n")]


def rows(lines):
    return [line.split()[0] for line in lines[2:] if not line.startswith(" ")]


def test_each_fact_is_hidden_or_shown(shelf):
    hidden, _, shown = listed(shelf)

    assert rows(hidden) == ["embassy"]
    assert rows(shown) == ["emergency", "visa_days"]


def test_a_hidden_fact_stands_with_what_confirming_it_needs(shelf):
    shelf.change("facts.yaml", "facts: {embassy: {note: Call on a weekday.}}")
    title, _, row, note = listed(shelf)[0]

    assert title.startswith("HIDDEN UNTIL CONFIRMED: 1.")
    assert row.split("  ")[0] == "embassy"
    for part in ("+995 32 200 00 00", "likely", "a web page (no date)", "trip.more.call"):
        assert part in row
    assert note.strip() == "Call on a weekday."


def test_a_fact_nobody_uses_says_so(shelf):
    shelf.change("scripts/trip.yaml", "nodes: {more: {say: [write]}}").change("locales", "trip.more.call: null")

    assert listed(shelf)[0][2].endswith("nothing yet")


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 11, 24), []),
        (date(2027, 4, 1), ["emergency"]),
        (date(2027, 4, 20), ["emergency", "visa_days", "embassy"]),
        (date(2028, 1, 1), ["emergency", "visa_days", "embassy"]),
    ],
)
def test_facts_past_or_near_their_date_are_listed_the_oldest_first(shelf, today, due):
    assert rows(listed(shelf, today)[1]) == due


def test_a_fact_past_its_date_is_told_from_one_that_is_near(shelf):
    near, past = (listed(shelf, day)[1] for day in (date(2027, 5, 1), date(2027, 5, 2)))

    assert "past" not in near[2] + near[3]
    assert "2027-05-01" in past[2]
    assert "past" in past[2] + past[3]


def test_no_line_is_wider_than_a_terminal_or_a_printed_page(shelf):
    long = "a statement that goes on and on " * 9
    shelf.change("facts.yaml", f"facts: {{emergency: {{note: {long}}}, embassy: {{value: {long}, kind: text}}}}")

    assert max(len(line) for lines in listed(shelf) for line in lines) <= 124


def test_a_fact_is_used_by_the_texts_that_name_it_and_the_nodes_that_only_show_its_source(shelf):
    shelf.change("scripts/trip.yaml", "nodes: {more: {info: [visa_days]}}")

    assert uses(shelf.load()) == {
        "emergency": ("sos.now",),
        "visa_days": ("trip.rules", "trip.more (source)"),
        "embassy": ("trip.more.call",),
    }


def test_the_verb_lists_the_facts_of_the_real_book():
    found = CliRunner().invoke(gza, ["check", "--facts"])

    assert found.exit_code == 0
    assert "HIDDEN UNTIL CONFIRMED" in found.output
    assert "georgia_emergency" in found.output
