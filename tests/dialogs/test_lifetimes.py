"""Every lifetime stands in one table; what people and operators read is made from it."""

from datetime import timedelta

import pytest

from dialogs import lifetimes
from dialogs.editing import lifetimes as editing
from dialogs.effects import Show
from dialogs.lifetimes import LIFETIMES, Lifetime
from dialogs.model import Fact
from dialogs.rendering import render
from dialogs.state import Place
from dialogs.texts import placeholders
from storage.model import DELETABLE
from tests.fakes.office import BOOK, MONDAY

PAGES = ("long", "rest")


def test_each_lifetime_is_told_by_a_text_that_says_just_this_one():
    told = {name: placeholders(words) for name, words in BOOK().texts["en"].items()}
    for lifetime in LIFETIMES:
        assert told[lifetime.text] == {lifetime.fact}


def test_the_pages_are_the_table_in_its_order():
    places = [Place("privacy", page) for page in PAGES]
    shown = [text for place in places for text in BOOK().paragraphs(place) if not text.endswith(".intro")]
    assert shown == [one.text for one in LIFETIMES if one.text.split(".")[1] in PAGES]
    assert {one.name for one in LIFETIMES if one.text not in shown} == {"vanish"}


@pytest.mark.parametrize("language", BOOK().frame.languages)
def test_every_lifetime_is_said_with_its_number_in_every_language(language):
    for lifetime in LIFETIMES:
        words = render(BOOK(), Show(language, (lifetime.text,)), MONDAY.date()).text
        assert str(lifetime.count) in words


def test_no_number_of_the_table_is_written_down_a_second_time():
    assert lifetimes.IDS.age == DELETABLE  # the store may not know the table, and must not differ from it
    hide = BOOK().facts["hide_hours"]  # Telegram's own limit, with its source: that is why ids are kept so long
    assert hide.value == lifetimes.facts()["keep_ids"].value


def test_the_page_for_operators_is_made_from_the_table():
    assert editing.PAGE.read_text(encoding="utf-8") == editing.page_text()
    assert all(f"| {one.what} | {one.count} " in editing.page_text() for one in LIFETIMES)


def test_an_installed_program_has_no_page_and_writes_none(tmp_path):
    editing.write(tmp_path / "docs" / "LIFETIMES.md")
    assert not (tmp_path / "docs").exists()
    editing.write(tmp_path / "LIFETIMES.md")
    assert (tmp_path / "LIFETIMES.md").read_text(encoding="utf-8") == editing.page_text()


def test_what_the_operator_sets_is_what_texts_say():
    assert said(lifetimes.facts()) == "24"
    assert said(lifetimes.facts(timedelta(hours=6))) == "6"
    assert lifetimes.facts(timedelta(hours=6))["keep_reopen"].confirmed


def test_where_a_case_cannot_be_taken_up_again_nothing_says_how_long_it_could_be():
    assert not lifetimes.facts(timedelta(0))["keep_reopen"].confirmed


def said(facts: dict[str, Fact]) -> str:
    return facts["keep_reopen"].value


@pytest.mark.parametrize(
    ("age", "hours", "count"),
    [(timedelta(hours=1), True, 1), (timedelta(hours=71), True, 71), (timedelta(days=3), False, 3)],
)
def test_what_is_shorter_than_three_days_is_said_in_hours(age: timedelta, count: int, *, hours: bool):
    lifetime = Lifetime("some", age, "some.text", "something", "some time")
    assert (lifetime.hours, lifetime.count) == (hours, count)


def test_a_fact_is_said_in_the_unit_its_number_counts():
    kinds = {one.name: lifetimes.facts()[one.fact].kind for one in LIFETIMES}
    assert kinds == {one.name: "hours" if one.hours else "days" for one in LIFETIMES}
    assert {name for name, kind in kinds.items() if kind == "hours"} == {"reopen", "ids", "vanish", "updates"}
