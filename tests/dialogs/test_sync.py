"""Catalogues and scripts kept in step."""

import pytest

from dialogs.editing import sync
from dialogs.texts import catalogue_path, read_catalogue
from tests.fakes.shelf import Shelf


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path).write()


def run(shelf, **how):
    said = []
    assert sync.run(said.append, directory=shelf.book, locales=shelf.locales, **how) == 0
    return said


def words(shelf, language):
    return read_catalogue(shelf.locales, language).entries


def files(shelf):
    return {path: path.read_bytes() for path in shelf.locales.rglob("*.po")}


def rewrite(shelf, language, old, new):
    path = catalogue_path(shelf.locales, language)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_running_it_twice_changes_nothing_the_second_time(shelf):
    run(shelf)
    before = files(shelf)
    run(shelf)

    assert files(shelf) == before


def test_a_new_text_is_added_empty_to_every_language(shelf):
    shelf.change("scripts/trip.yaml", "nodes: {more: {say: [call, write, wait]}}").write()
    said = run(shelf)

    assert [words(shelf, language)["trip.more.wait"].words for language in ("ka", "ru", "en")] == ["", "", ""]
    assert sum("trip.more.wait: new, write the words" in line for line in said) == 3


def test_the_english_words_stand_above_each_translation(shelf):
    run(shelf)

    assert words(shelf, "ka")["menu.top"].english == "What would you like to know?"
    assert words(shelf, "en")["menu.top"].english is None


def test_a_translation_goes_stale_when_the_english_changes_and_keeps_its_words(shelf):
    rewrite(shelf, "en", "What would you like to know?", "What do you want to know?")
    said = run(shelf)

    entry = words(shelf, "ru")["menu.top"]
    assert (entry.fuzzy, entry.words) == (True, "Что интересует?")
    assert entry.english == "What do you want to know?"
    assert sum("menu.top: the English changed" in line for line in said) == 2


def test_a_stale_translation_stays_marked_until_somebody_has_read_it(shelf):
    rewrite(shelf, "en", "What would you like to know?", "What do you want to know?")
    run(shelf)
    assert not any("the English changed" in line for line in run(shelf))
    assert words(shelf, "ru")["menu.top"].fuzzy

    rewrite(shelf, "ru", "#, fuzzy\n", "")
    run(shelf)
    assert not words(shelf, "ru")["menu.top"].fuzzy


def test_a_translation_written_by_hand_without_the_comment_is_not_stale(shelf):
    rewrite(shelf, "ka", "#. en: What would you like to know?\n", "")
    run(shelf)

    entry = words(shelf, "ka")["menu.top"]
    assert (entry.fuzzy, entry.english) == (False, "What would you like to know?")


def test_a_text_nothing_uses_is_named_and_kept_until_told_otherwise(shelf):
    shelf.change("locales", "trip.visa: {ka: ვიზა, ru: Виза, en: A visa}").write()

    assert sum("trip.visa: nothing uses it" in line for line in run(shelf)) == 3
    assert words(shelf, "ru")["trip.visa"].words == "Виза"

    assert sum("trip.visa: dropped" in line for line in run(shelf, prune=True)) == 3
    assert "trip.visa" not in words(shelf, "ru")


def test_a_text_commented_out_is_not_lost(shelf):
    path = catalogue_path(shelf.locales, "en")
    path.write_text(path.read_text(encoding="utf-8") + '\n#~ msgid "trip.old"\n#~ msgstr "Old"\n', encoding="utf-8")
    run(shelf)

    assert words(shelf, "en")["trip.old"].words == "Old"


def test_texts_stand_in_the_order_one_reads_them(shelf):
    run(shelf)
    ids = list(words(shelf, "ka"))

    assert ids[0].startswith("row.")
    assert ids.index("menu.top") < ids.index("menu.top.trip")
    assert ids.index("trip.rules") < ids.index("trip.rules.more") < ids.index("trip.more.call")


def test_a_new_language_gets_a_catalogue_to_fill(shelf):
    shelf.change("book.yaml", "languages: [ka, ru, en, az]").write()
    run(shelf)

    assert words(shelf, "az").keys() == words(shelf, "en").keys()
    assert words(shelf, "az")["menu.top"].english == "What would you like to know?"
