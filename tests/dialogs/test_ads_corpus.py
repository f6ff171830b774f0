"""The reader of job ads on whole ads: tuned ones are read as a careful reader does, fresh ones no worse than stated."""

import pytest

from tests.ads import corpus, measure
from tests.ads.corpus import SETS

FLOORS = {"tuned": (0.97, 0.97, 0.97, 0.95), "fresh": (0.7, 0.7, 0.9, 0.75)}
"""By set: the least share of right values and of right said-or-not of every facet, then precision and recall of all
answers together. A reminder: what an ad was read as is shown to the person, who may correct it."""

TUNED = corpus.rows("tuned")


@pytest.mark.parametrize("row", [row for row in TUNED if row.is_ad], ids=lambda row: row.id)
def test_a_tuned_ad_gives_no_answer_that_a_careful_reader_does_not(row):
    assert corpus.read(row.text).answers.items() <= row.answers.items()


@pytest.mark.parametrize("row", TUNED, ids=lambda row: row.id)
def test_a_tuned_text_is_told_from_other_texts(row):
    assert corpus.looks(row.text) == row.is_ad


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("field", measure.FACETS)
def test_every_facet_is_read_no_worse_than_stated(name, field):
    value, said, _, _ = FLOORS[name]
    found = measure.facet(name, field)
    assert found.value.value >= value
    assert found.said.value >= said


@pytest.mark.parametrize("name", SETS)
def test_answers_are_given_no_worse_than_stated(name):
    _, _, precision, recall = FLOORS[name]
    found = measure.answer(name)
    assert found.precision.value >= precision
    assert found.recall.value >= recall


@pytest.mark.parametrize("name", SETS)
def test_a_set_says_nothing_twice_and_names_known_fields_only(name):
    rows = corpus.rows(name)
    assert len({row.id for row in rows}) == len({row.text for row in rows}) == len(rows)
    assert {field for row in rows for field in row.said} <= {"place", *measure.FACETS}
    assert {field for row in rows for field in row.answers} <= set(measure.ANSWERS)
    assert {row.kind for row in rows} <= {"good", "bad", "no_ad"}


@pytest.mark.parametrize("row", [row for row in TUNED if row.is_ad], ids=lambda row: row.id)
def test_nothing_of_an_ad_comes_out_but_canonical_values(row):
    ad = corpus.read(row.text)
    pay, hours, fees = (ad.said.get(field, "") for field in ("pay", "hours", "fees"))
    assert not pay or set(pay) <= set("0123456789.- ABCDEFGHIJKLMNOPQRSTUVWXYZ") | set("hourdayweekmonthyear")
    assert not hours or hours == "said" or hours.split()[1] in {"day", "week"}
    assert not fees or fees in {"none", "asked"} or fees.split()[1].isupper()
    assert ad.said.get("place") in {None, "elsewhere", *corpus.atlas().countries}
    assert {ad.said[field] for field in ad.said.keys() - {"pay", "hours", "fees", "place"}} <= {"said"}
