"""The dictionaries themselves, and our own words beside them."""

import gc
import warnings

import pytest

from dialogs.loader import LOCALES
from spelling.dictionaries import Speller, own_words_path, read_own_words, speller_for


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("ka", ["საქართველოში", "დარეკეთ", "ჩატში"], ["საქართველლოში", "დარეეკეთ"]),
        ("ru", ["Позвоните", "границей", "Безвиз"], ["Позваните", "границый", "паcпорт"]),
        ("en", ["Call", "consulate", "biometric"], ["Cal1l", "consulat"]),
    ],
)
def test_each_language_has_a_dictionary(language, right, wrong):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # spylls leaves the files it has read to the collector
        speller = speller_for(language, LOCALES)
        gc.collect()

    assert [word for word in [*right, *wrong] if speller.knows(word)] == right


def test_a_language_without_a_dictionary_has_no_speller(tmp_path):
    assert speller_for("az", tmp_path) is None


def test_own_words_are_known_with_a_capital_but_names_only_with_theirs():
    speller = Speller(frozenset({"безвиз", "Шенген"}), lambda _: False)

    assert [word for word in ("безвиз", "Безвиз", "Шенген", "шенген") if speller.knows(word)] == [
        "безвиз",
        "Безвиз",
        "Шенген",
    ]


def test_remarks_and_empty_lines_are_no_words(tmp_path):
    path = own_words_path(tmp_path, "en")
    path.parent.mkdir()
    path.write_text("# names\n\nGza\n", encoding="utf-8")

    assert read_own_words(tmp_path, "en") == {"Gza"}


@pytest.mark.parametrize("language", ["ka", "ru", "en"])
def test_own_words_stand_in_the_order_of_the_alphabet_and_once(language):
    lines = own_words_path(LOCALES, language).read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]

    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
