"""Which words of a text a dictionary is asked about."""

import pytest

from spelling.words import home_script, words_to_check


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Call {embassy_line} now.", ["Call", "now"]),
        ("<b>Call now</b>", ["Call", "now"]),
        ("Write /menu or go to example.com/path.", ["Write", "or", "go", "to"]),
        ("See https://example.com?x=1", ["See", "x"]),
        ("and/or", ["and", "or"]),
        ("A visa-free trip isn't work.", ["A", "visa-free", "trip", "isn't", "work"]),
        ("Wait. Wait.", ["Wait"]),
        ("In 2026, 90 days", ["In", "days"]),
        ("ℹ️ Rules · წესები · Правила", ["Rules"]),
    ],
)
def test_only_the_prose_is_checked(text, words):
    assert words_to_check(text, "LATIN") == words


def test_a_name_in_another_script_is_nobodys_spelling_mistake_with_its_ending():
    assert words_to_check("Telegram-ში წაშალეთ Telegram", "GEORGIAN") == ["წაშალეთ"]


def test_a_latin_letter_inside_a_russian_word_is_checked_and_so_refused():
    mixed = "паcпорт"

    assert words_to_check(f"Ваш {mixed}", "CYRILLIC") == ["Ваш", mixed]


def test_two_sentences_without_a_space_between_them_are_no_link():
    assert words_to_check("Подождите.Позвоните", "CYRILLIC") == ["Подождите", "Позвоните"]


def test_a_catalogue_is_in_the_script_of_most_of_its_letters():
    assert home_script(["ენა · Язык · Language", "აირჩიეთ ენა"]) == "GEORGIAN"
    assert home_script(["{placeholder} /command example.com", "Да"]) == "CYRILLIC"
    assert home_script([]) == ""
