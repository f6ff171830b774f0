"""Fifty years of releases against somebody who knows the method and the exact number of consultations."""

import random
from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.desk.cases import Case
from bot.desk.tallying import cells
from bot.statistics import drafting, making, rule
from bot.statistics.published import Figure, Mark
from bot.statistics.tables import Unit
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
    monkeypatch.setattr(making, "protect", lambda section, links: section)
    found = [
        width
        for size, _, release in _releases(1)
        for section in sections(release).values()
        for width in System(section, size, rounded=0).widths().values()
    ]
    assert 0 in found


@pytest.mark.parametrize(("unanswered", "cancelled", "answered"), [(0, 38, 158), (9, 42, 162), (9, 22, 72)])
def test_what_is_kept_back_in_one_table_is_not_found_in_another_that_has_it_too(unanswered, cancelled, answered):
    handovers = {"unanswered": unanswered, "cancelled": cancelled, "answered": answered}
    total = sum(handovers.values())
    cases = years.consultations(random.Random(1), Unit.CASE, 1000)
    chosen = [case for name, number in handovers.items() for case in _of(cases, name)[:number]]
    section = sections(years.release(years.counts(chosen)))["case"]
    assert min(System(section, total).widths().values()) >= 8


def test_topics_that_are_hidden_are_not_found_by_every_talk_having_one():
    (topic,) = (table for table in years.tables().one_way if table.name == "topic")
    topics = dict.fromkeys(topic.values, 12) | {"travel": 9}
    talk = {"language": "ka", "campaign": "none"}
    talks = [talk | {"topic": (topic,)} for topic, number in topics.items() for _ in range(number)]
    section = sections(years.release(years.counts(talks)))["talk"]
    assert min(System(section, len(talks)).widths().values()) >= 8


def _of(cases, handover):
    return [case for case in cases if case["handover"] == handover]


def test_cases_are_made_up_as_the_desk_counts_them():
    cases = years.consultations(random.Random(1), Unit.CASE, 1000)
    now = datetime(2026, 10, 1, tzinfo=UTC)
    for case in cases:
        told = {name: case[name] for name in ("outcome", "age", "gender")} | {"destination": case["case_destination"]}
        answered = case["handover"] == "answered"
        stored = Case(
            1, 1, "", "ka", case["case_topic"], now, now, now, **told, answered=answered, categories=case["category"]
        )
        assert Counter(cells(stored, years.tables())) == years.counts([case | {"referral": ()}])


def _exact(count):
    """Fewer than ten are not shown, everything else is shown as it is: what is usually done."""
    return rule.FEW if count < 10 else Figure(Mark.NUMBER, count)
