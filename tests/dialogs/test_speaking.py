"""Numbers are said with their unit, in the plural each language wants."""

from datetime import date

import pytest

from dialogs.model import Fact
from dialogs.speaking import UNITS, counted, spoken
from dialogs.texts import plural_count, plural_header
from tests.fakes.real import book

BOOK = book()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ka", ["1 დღე", "2 დღე", "5 დღე", "21 დღე"]),
        ("ru", ["1 день", "2 дня", "5 дней", "21 день"]),
        ("en", ["1 day", "2 days", "5 days", "21 days"]),
    ],
)
def test_one_two_five_and_twenty_one_days(language, said):
    assert [counted(BOOK, "days", number, language) for number in (1, 2, 5, 21)] == said


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("months", ["1 месяц", "2 месяца", "5 месяцев", "21 месяц"]),
        ("years", ["1 год", "2 года", "5 лет", "21 год"]),
        ("hours", ["1 час", "2 часа", "5 часов", "21 час"]),
    ],
)
def test_russian_has_three_forms_for_every_unit(unit, said):
    assert [counted(BOOK, unit, number, "ru") for number in (1, 2, 5, 21)] == said


def test_every_language_has_all_its_forms_of_every_unit():
    for language in BOOK.frame.languages:
        for text in UNITS.values():
            assert len(BOOK.texts[language][text].split("\n")) == plural_count(language)


def test_the_georgian_rule_is_pinned_to_two_forms():
    assert plural_header("ka") == "nplurals=2; plural=(n != 1);"


@pytest.mark.parametrize(("language", "said"), [("ka", "20 ევრო"), ("ru", "20 евро"), ("en", "20 euros")])
def test_money_has_the_name_of_its_currency_and_no_cents(language, said):
    assert spoken(BOOK, fact("20 EUR", "money"), language).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(("language", "said"), [("ka", "6 მარტი 2026"), ("ru", "6 марта 2026"), ("en", "6 March 2026")])
def test_a_date_is_said_in_full(language, said):
    assert spoken(BOOK, fact(date(2026, 3, 6), "date"), language) == said


def fact(value, kind):
    return Fact(
        value=value,
        kind=kind,
        confidence="verified",
        source="a law",
        source_date="2026",
        checked_on=date(2026, 11, 1),
        valid_until=date(2027, 11, 1),
        owner="editor",
    )
