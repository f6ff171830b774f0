"""A case is counted once, when it is first closed, whoever closes it; in every table, and in nothing no table names."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk import ladder, people, work
from bot.desk.asking import asked
from bot.desk.cases import Case, about
from bot.desk.tallying import cells
from bot.statistics.tables import Tables, Unit
from dialogs.events import Chose, Wrote
from dialogs.state import State
from tests.fakes.begun import at_once, crossed, desk_of, sound, talk
from tests.fakes.cast import NOW, PERSON, STAFF, TOKEN, a_batch, a_case, an_arrival, standing
from tests.fakes.office import BOOK

TABLES = Tables.of(BOOK())
PARTS = [table for table in TABLES.of_unit(Unit.CASE) if not table.several]
NAMED = {(table.name, value) for table in TABLES.one_way for value in table.values}
NAMED |= {
    (cross.name, cross.cell(row, column))
    for cross in TABLES.two_way
    for row in cross.rows.values
    for column in cross.columns.values
}


def told(case, **known):
    return dict(cells(replace(case, **known), TABLES))


def begun(phase="talking", **known):
    """A batch in which somebody has a case."""
    batch = a_batch(phase)
    batch.desk = replace(batch.desk, cases={PERSON: replace(a_case(phase), **known)})
    return batch


def taps(batch, who, choice, number=TOKEN):
    batch.add(replace(an_arrival(who, "private", Chose(choice, number)), update=len(batch.posts) + 7))


def closes(batch):
    for choice in ("close", "out_answered", "shut"):
        taps(batch, "owner", choice)


def by_its_person(batch):
    taps(batch, "person", "desk_cancel", 0)


def by_time(batch):
    later = replace(batch.scene, now=NOW + timedelta(days=8))
    batch.file(ladder.of_case(later, batch.desk.cases[PERSON]))


def by_removal(batch):
    batch.file(people.dismissed(batch.scene, batch.desk.staff[STAFF["owner"]], STAFF["manager"]))


def by_being_blocked(batch):
    batch.file(work.all_released(batch.scene, batch.desk.staff[STAFF["owner"]]))


def by_forgetting(batch):
    batch.add(an_arrival("person", "private", Wrote("/forget")))
    yes = State.from_json(batch.known[PERSON].state)
    taps(batch, "person", "yes", yes.nonce)


ENDS = [
    ("talking", closes, {"handover": "answered", "outcome": "answered"}),
    ("waiting", by_its_person, {"handover": "cancelled", "outcome": "cancelled"}),
    ("waiting", by_time, {"handover": "unanswered", "outcome": "not_coded"}),
    ("talking", by_time, {"handover": "answered", "outcome": "not_coded"}),
    ("coding", by_time, {"handover": "answered", "outcome": "answered"}),
    ("coding", by_removal, {"handover": "answered", "outcome": "answered"}),
    ("coding", by_being_blocked, {"handover": "answered", "outcome": "answered"}),
    ("waiting", by_forgetting, {"handover": "cancelled", "outcome": "cancelled"}),
    ("talking", by_forgetting, {"handover": "answered", "outcome": "not_coded"}),
]


@pytest.mark.parametrize(("phase", "end", "found"), ENDS, ids=lambda one: getattr(one, "__name__", None))
def test_a_case_is_counted_once_in_every_table_however_it_ends(phase, end, found):
    batch = begun(phase, topic="work", destination="eu")
    end(batch)

    by_table = Counter(table for table, _ in batch.counted.elements() if table in {part.name for part in PARTS})
    assert by_table == dict.fromkeys((part.name for part in PARTS), 1)
    assert found.items() <= dict(batch.counted.keys()).items()
    assert {cell for cell in batch.counted if cell[0] not in ("language", "campaign", "topic")} <= NAMED


def test_of_somebody_who_is_forgotten_it_is_counted_that_there_was_a_case_and_nothing_of_them():
    batch = begun(
        topic="work", destination="eu", age="from18", gender="woman", categories=("pay",), referrals=("consul",)
    )
    by_forgetting(batch)
    assert batch.promises
    found = {table: value for (table, value) in batch.counted if table in {part.name for part in PARTS}}
    kinds = ("case_topic", "case_destination", "age", "gender")
    assert [found[kind] for kind in kinds] == ["other", "unknown", "unknown", "unknown"]
    assert not [table for table, _ in batch.counted if table in ("category", "referral")]


def test_a_case_that_was_closed_before_is_not_counted_when_it_is_forgotten_or_sealed():
    for end in (by_forgetting, by_time):
        batch = begun("closed", counted=True)
        end(batch)
        assert not [table for table, _ in batch.counted if table == "handover"]


def test_a_case_that_goes_on_after_the_end_and_ends_again_is_not_counted_again():
    batch = begun()
    closes(batch)
    once = dict(batch.counted)
    batch.file(asked(batch.scene, PERSON, State.from_json(standing())))
    assert batch.desk.cases[PERSON].is_open
    closes(batch)
    assert not batch.desk.cases[PERSON].is_open
    assert dict(batch.counted) == once


def test_a_case_that_goes_back_to_the_queue_is_not_counted_until_it_ends():
    batch = begun()
    taps(batch, "owner", "release")
    batch.add(replace(an_arrival("owner", "private", Wrote("/release")), update=99))
    assert not batch.counted
    by_time(batch)
    assert batch.counted["handover", "answered"] == 1


def test_whoever_takes_back_a_case_that_somebody_had_has_taken_nothing_back():
    found = told(a_case("waiting"), answered=True, outcome="cancelled")
    assert (found["handover"], found["outcome"]) == ("answered", "not_coded")


def test_what_singles_out_is_never_crossed():
    whole = replace(a_case("closed"), topic="work", destination="eu", outcome="answered", age="from18", gender="woman")
    crossed = {name for name in told(whole) if "*" in name}
    assert crossed == {cross.name for cross in TABLES.two_way}
    assert told(whole)["case_topic*age"] == "work*from18"
    assert not [name for name in told(whole, topic="child") if "*" in name]
    for column, value in (("age", "minor"), ("outcome", "helped_urgent")):
        found = {name for name in told(whole, **{column: value}) if "*" in name}
        assert found == crossed - {f"case_topic*{column}"}


def refers(batch, *asked):
    for to, answer in asked:
        taps(batch, "owner", f"refer_{to}")
        taps(batch, "person", f"desk_{answer}", 0)


def referred(batch):
    return {value: times for (table, value), times in batch.counted.items() if table == "referral"}


@pytest.mark.parametrize(("answer", "value"), [("yes", "consul"), ("no", "refused")])
def test_a_referral_is_counted_with_its_case_when_that_is_closed_and_not_when_it_is_answered(answer, value):
    batch = begun()
    refers(batch, ("consul", answer))
    assert not batch.counted
    closes(batch)
    assert referred(batch) == {value: 1}
    assert batch.counted.keys() <= NAMED


def test_what_is_answered_again_and_again_in_a_case_counts_once_so_no_row_is_larger_than_the_number_of_cases():
    batch = begun()
    refers(batch, ("consul", "yes"), ("consul", "yes"), ("legal_aid", "no"), ("ministry", "no"), ("legal_aid", "yes"))
    closes(batch)
    assert referred(batch) == {"consul": 1, "refused": 1, "legal_aid": 1}
    batch.file(asked(batch.scene, PERSON, State.from_json(standing())))
    refers(batch, ("consul", "yes"), ("emergency", "yes"))
    closes(batch)
    assert referred(batch) == {"consul": 1, "refused": 1, "legal_aid": 1}, "the case was counted before"


def test_a_referral_that_nobody_answered_is_not_counted():
    batch = begun()
    taps(batch, "owner", "refer_consul")
    closes(batch)
    assert referred(batch) == {}


def test_codes_that_todays_book_does_not_know_are_other_and_unknown():
    old = {"topic": "gone", "destination": "gone", "outcome": "gone", "age": "gone", "gender": "gone"}
    several = {"categories": ("gone", "pay"), "referrals": ("gone", "refused")}
    found = cells(replace(a_case("closed"), **old, **several), TABLES)
    assert set(found) <= NAMED
    assert [value for table, value in found if table in ("category", "referral")] == ["pay", "refused"]
    assert dict(found)["outcome"] == "not_coded"


def test_a_case_of_before_loads_and_one_keeps_what_is_counted_of_it():
    case = replace(a_case("closed"), destination="eu", age="from25", gender="man", counted=True, referrals=("consul",))
    assert Case.from_json(case.to_json()) == case
    old = a_case("closed").to_json()
    assert not {"destination", "age", "gender", "referrals", "counted"} & json.loads(old).keys()
    loaded = Case.from_json(old)
    assert (loaded.destination, loaded.age, loaded.gender, loaded.referrals) == ("unknown", None, None, ())
    assert not loaded.counted


def test_whoever_says_that_they_are_under_18_has_told_their_age_and_the_mark_can_be_taken_back():
    case = about(a_case("waiting"), minor=True)
    assert (case.minor, case.age) == (True, "minor")
    unmarked = replace(case, age=None)
    assert about(unmarked, minor=True) == unmarked
    assert about(case, minor=False) == case


def test_a_case_knows_where_the_latest_check_was_about_when_it_opens():
    batch = a_batch("closed")
    batch.desk = replace(batch.desk, cases={})
    state = replace(State.from_json(standing()), answers=(("offer.country", "germany"), ("offer.age", "minor")))
    batch.file(asked(batch.scene, PERSON, state))
    case = batch.desk.cases[PERSON]
    assert (case.destination, case.age, case.minor) == ("eu", "minor", True)
    assert batch.counted == {("language", "en"): 1, ("campaign", "none"): 1, ("topic", "other"): 1}
    assert "topic.other" in State.from_json(batch.known[PERSON].state).counted


async def ending(made):
    """Nino codes Anna's case, and has not closed it yet."""
    nino, _gia, _luka, anna = await desk_of(made)
    await talk(made, nino, anna)
    await made.does(lambda: nino.says("/close"), lambda: nino.taps("out_answered"))
    return nino, anna


async def is_counted_once(made, anna):
    async with made.workers[0].store.transaction() as work_:
        counts = await work_.counts()
    sums = {part.name: sum(times for cell, times in counts.items() if cell.table == part.name) for part in PARTS}
    assert sums == dict.fromkeys((part.name for part in PARTS), 1)
    case = await made.case(anna)
    assert case is None or case.counted
    await sound(made)


async def test_a_case_closed_twice_in_the_same_moment_is_counted_once(made):
    nino, anna = await ending(made)
    await at_once(made, nino.taps("shut"), nino.taps("shut"))
    await is_counted_once(made, anna)


async def test_a_case_forgotten_while_it_is_closed_comes_back_for_nobody_and_is_counted_once(on_postgres):
    made = on_postgres
    nino, anna = await ending(made)
    await made.does(lambda: anna.says("/forget"))
    await crossed(made, anna.taps("yes"), nino.taps("shut"), turned=False)
    assert made.busy
    assert await made.case(anna) is None
    await is_counted_once(made, anna)


async def test_an_update_that_is_brought_again_counts_nothing_again(on_sqlite):
    made = on_sqlite
    nino, anna = await ending(made)
    shut = nino.taps("shut")
    await made.take(shut)
    await made.take(shut, worker=1)
    await made.rest()
    await is_counted_once(made, anna)
