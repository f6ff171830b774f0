"""Days as people type them."""

from datetime import date

import pytest

from dialogs.dates import NoDate, read_days

LANGUAGES = ("ka", "ru", "en")
MARCH = date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "05.03.2026",
        "5.3.26",
        "5/3/2026",
        "5-3-2026",
        "5. 3. 2026",
        "2026-03-05",
        "5 марта 2026",
        "5 МАРТА 2026 г.",
        "5 мар 2026",
        "5 მარტი 2026",
        "5 მარტს 2026",
        "5 მარტიდან, 2026",
        "5 March 2026",
        "5 Mar, 26",
        "since 05.03.2026",
    ],
)
def test_a_day_is_read_however_it_is_typed(text):
    assert read_days(text, LANGUAGES) == (MARCH,)


@pytest.mark.parametrize(
    "text",
    [
        "05.03.2026 – 20.04.2026",
        "с 5.03.26 по 20.04.26",
        "5 марта 2026 - 20 апреля 2026",
        "5 მარტი 2026, 20 აპრილი 2026",
    ],
)
def test_two_days_are_read_in_the_order_typed(text):
    assert read_days(text, LANGUAGES) == (MARCH, date(2026, 4, 20))


@pytest.mark.parametrize(
    "text",
    ["31.02.2026", "5.13.2026", "5 March", "05.03", "12345", "5 foo 2026", "5.3.2026 and 7", "5.3.9999", "5.3.1999"],
)
def test_what_is_no_whole_day_is_not_guessed(text):
    with pytest.raises(NoDate):
        read_days(text, LANGUAGES)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["1" + " " * 40_000 + "x", "1 " + " " * 20_000 + "abc" + " " * 20_000])
def test_a_sea_of_spaces_does_not_hang_the_bot(text):
    """The pattern once tried them pairwise: minutes for such a text."""
    with pytest.raises(NoDate):
        read_days(text, LANGUAGES)


def test_a_text_without_digits_has_no_days():
    assert read_days("I was there in spring", LANGUAGES) == ()


def test_every_month_of_every_language_is_told_apart():
    from babel.dates import get_month_names

    for language in LANGUAGES:
        for number, name in get_month_names("wide", locale=language).items():
            assert read_days(f"9 {name} 2026", LANGUAGES) == (date(2026, number, 9),)
