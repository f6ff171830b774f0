"""What `python -m spelling` says."""

from spelling.checking import run
from spelling.dictionaries import Speller
from tests.fakes.shelf import Shelf


def told(shelf, opening):
    said = []
    shelf.write()
    return run(said.append, shelf.book, shelf.locales, opening), said


def all_but(*unknown):
    return lambda language, locales: Speller(frozenset(), lambda word: word not in unknown)


def test_a_clean_book_is_one_line(tmp_path):
    assert told(Shelf(tmp_path), all_but()) == (0, ["The spelling is clean: ka, ru, en."])


def test_an_unknown_word_is_told_once_with_its_line_its_text_and_what_to_do(tmp_path):
    shelf = Shelf(tmp_path).change("locales", "{trip.rules.more: {ru: Болше}, menu.top.trip: {ru: Болше}}")
    code, (found, summary) = told(shelf, all_but("Болше"))
    file, line, _ = found.split(":", 2)
    written = (shelf.locales / "ru" / "LC_MESSAGES" / "dialogs.po").read_text(encoding="utf-8").splitlines()

    assert code == 1
    assert file.endswith("ru/LC_MESSAGES/dialogs.po")
    assert written[int(line) - 1] == 'msgid "menu.top.trip"'
    assert ": menu.top.trip (and 1 more): “Болше” is in no dictionary — correct it, or add it to " in found
    assert found.endswith("ru/words.txt")
    assert summary == "Words to correct: 1."


def test_every_language_is_checked_by_its_own_speller(tmp_path):
    words = {"ka": "ვიზა", "ru": "виза", "en": "visa"}
    shelf = Shelf(tmp_path).change("locales", f"trip.more.write: {words}")
    opening = {language: all_but(word)(language, None) for language, word in words.items()}
    said = told(shelf, lambda language, locales: opening[language])[1]

    assert [f"“{word}”" in line for word, line in zip(words.values(), said, strict=False)] == [True] * 3


def test_a_language_without_a_dictionary_is_told_and_not_passed_over(tmp_path):
    code, said = told(
        Shelf(tmp_path), lambda language, locales: all_but()(language, locales) if language != "ka" else None
    )

    assert code == 1
    assert "no dictionary — put a Hunspell zip into ka/spelling" in said[0]


def test_a_broken_book_is_told_like_in_the_review(tmp_path):
    code, said = told(Shelf(tmp_path).change("scripts/trip.yaml", "begin: rules"), all_but())

    assert code == 1
    assert "D002" in said[0]


def test_a_text_that_waits_for_its_translator_is_not_checked(tmp_path):
    shelf = Shelf(tmp_path).change("locales", "trip.rules.more: {ru: {words: Болше, fuzzy: true}}")

    assert told(shelf, all_but("Болше"))[0] == 0
