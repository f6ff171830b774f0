"""What a release says: labels for everything that may be published, and nothing that nobody may say."""

import re
from dataclasses import replace

import pytest

from bot.statistics.forms.labels import Labels, covered
from bot.statistics.forms.plain import plain
from bot.statistics.forms.report import report
from bot.statistics.forms.short import short
from bot.statistics.published import Figure, Mark, Section, Sheet
from bot.statistics.tables import NO_CAMPAIGN, Tables, Unit
from tests.fakes import releases
from tests.fakes.real import book

LANGUAGES = ("ka", "ru", "en")
KINDS = (releases.usual, releases.poor, releases.made_up)


def said(language, kind):
    """Every word of a report."""
    alone = replace(book(), texts={language: book().texts[language]})
    return plain(report(kind(alone), alone, language)).decode() + short(kind(alone), alone, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_every_value_of_the_book_has_a_label(language):
    written = dict.fromkeys(book().texts[language], "a label")
    labels = Labels(replace(book(), texts={language: written}), language)
    tables = Tables.of(book(), ("spring",)).one_way
    named = [(table.name, value) for table in tables for value in table.values if value != "spring"]

    assert [table.name for table in tables if labels.table(table.name) != "a label"] == []
    assert [(table, value) for table, value in named if labels.value(table, value) != "a label"] == []
    assert len(named) > 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_rows_of_a_table_are_called_the_same(language):
    labels = Labels(book(), language)

    for table in Tables.of(book()).one_way:
        called = [labels.value(table.name, value) for value in table.values]
        assert len(set(called)) == len(called), table.name


def test_a_value_that_left_the_book_goes_by_its_id():
    assert Labels(book(), "ka").value("destination", "atlantis") == "atlantis"
    assert Labels(book(), "ka").table("weather") == "weather"


def test_a_campaign_goes_by_its_name_even_if_it_is_called_like_a_topic():
    labels = Labels(book(), "en")

    assert labels.value("campaign", "travel") == "travel"
    assert labels.value("campaign", NO_CAMPAIGN) == "Without a campaign link"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_text_has_its_values_and_no_id_is_shown_for_one(language, kind):
    words = said(language, kind)

    assert "staff." not in words
    assert re.findall(r"\{[a-z]+\}", words) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_called_a_victim_and_nothing_safe(language):
    words = " ".join(said(language, kind) for kind in KINDS).casefold()

    assert [bad for bad in ("victim", "safe", "жертв", "безопасн", "მსხვერპლ", "უსაფრთხ") if bad in words] == []


def test_georgian_has_no_capitals():
    words = "".join(said("ka", kind) for kind in KINDS)

    assert not re.search("[Ა-Ჿ]", words)


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("ka", "1 ივლისი – 30 სექტემბერი 2026"),
        ("ru", "1 июля – 30 сентября 2026"),
        ("en", "1 July – 30 September 2026"),
    ],
)
def test_days_are_written_as_in_the_language(language, days):
    assert report(releases.usual(book()), book(), language).days == days


def test_numbers_are_grouped_as_in_the_language():
    number = Figure(Mark.NUMBER, 1240)

    assert Labels(book(), "en").shown(number) == "1,240"
    assert Labels(book(), "ru").shown(number) == "1\xa0240"


def test_a_section_says_from_which_day_on_it_covers():
    poor = releases.poor(book())
    talk, check, case = report(poor, book(), "en").parts

    assert "1 January – 30 September 2026" in talk.notes[0]
    assert check.notes == (
        "1 April – 30 September 2026: fewer than 50; they will be counted together with the next period.",
    )
    assert check.total is None
    assert case.notes == ()


def test_a_release_of_any_length_knows_the_first_day_it_covers():
    whole = releases.usual(book())

    for since, first in (("2026-05", "2026-05-01"), ("2026-H1", "2026-01-01"), ("2025", "2025-01-01")):
        assert covered(whole, since).isoformat() == first
    assert covered(whole, whole.period) is None
    assert covered(whole, "nonsense") is None


def test_what_is_damaged_lost_or_made_up_says_so():
    poor, demo = report(releases.poor(book()), book(), "en"), report(releases.made_up(book()), book(), "en")
    topic = poor.parts[0].listings[2]

    assert topic.rows == ()
    assert topic.notes == ("Some counts of this table are missing, so it is not published.",)
    withheld = poor.parts[2].listings[0]
    assert withheld.notes == ("Not shown in this report: a hidden number could be worked out from it.",)
    assert poor.cautions == ("Some counts could not be read, so numbers may be too low.",)
    assert demo.banner == "MADE-UP DATA"
    assert demo.cautions[0].startswith("Everything here is made up")


def test_a_band_is_called_what_it_is():
    [band] = [table for table in report(releases.usual(book()), book(), "en").parts[1].listings if table.name == "band"]

    assert dict(band.rows)["Red: strong signs"] == releases.number(65)
    assert "Not a finding about anybody." in band.notes[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_short_words_fit_under_a_picture(language, kind):
    release = replace(kind(book()), organisation="Migrants' House " * 40, demo=True, lost=True)
    small = tuple(Section(section.unit, "2026-Q1", section.total, section.sheets) for section in release.sections)

    assert len(short(release, book(), language)) <= 900
    assert len(short(replace(release, sections=small), book(), language)) <= 900


def test_the_short_words_name_what_is_most_frequent():
    lines = short(releases.usual(book()), book(), "en").splitlines()

    assert lines[0] == "Consultations in numbers, 1 July – 30 September 2026"
    assert "Conversations with the bot: 1,240. Most frequent topic: “Travel without a visa” (510)." in lines
    assert "consultations, not people" in lines[-1]


def test_what_is_unknown_or_hidden_is_never_most_frequent():
    whole = releases.usual(book())
    talk, check, case = whole.sections
    unknown = Sheet("destination", (("eu", releases.number(20)), ("unknown", releases.number(500))))
    kept = Sheet("band", (("red", releases.number(20)), ("none", releases.KEPT)))
    told = short(replace(whole, sections=(talk, replace(check, sheets=(unknown, kept)), case)), book(), "en")

    assert "Most frequent destination: “European Union” (20)." in told
    assert "Most frequent result" not in told


def test_a_unit_that_is_too_small_says_so_in_short_too():
    told = short(releases.poor(book()), book(), "en")

    assert "Self-checks (1 April – 30 September 2026): fewer than 50" in told
    assert "numbers may be too low" in told


def test_every_unit_has_its_words():
    labels = Labels(book(), "en")

    assert [labels.unit(unit) for unit in Unit] == [
        "Conversations with the bot",
        "Self-checks",
        "Cases with a consultant",
    ]
