"""The catalogues: what is read, what is refused, and that writing is the reverse of reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.finding import BookBroken
from dialogs.texts import (
    Catalogue,
    Entry,
    as_comment,
    catalogue_path,
    fill,
    placeholders,
    plural_header,
    read_catalogue,
    read_catalogues,
    to_po,
)

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
# Babel reads a comment line by line; a control sign in it, or a lone surrogate, is nothing an editor can type.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")) | st.just("\n"), max_size=60)
ENTRIES = st.builds(
    Entry, id=st.just("trip.rules"), words=WORDS, fuzzy=st.booleans(), english=st.none() | WORDS.map(as_comment)
)


def put(directory, language, text):
    path = catalogue_path(directory, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def test_words_are_read_by_language_and_id(tmp_path):
    put(tmp_path, "ka", HEAD + '\nmsgid "menu.top"\nmsgstr "მენიუ"\n')

    assert read_catalogues(tmp_path, ("ka",)) == {"ka": {"menu.top": "მენიუ"}}


def test_empty_and_fuzzy_entries_are_no_texts(tmp_path):
    put(tmp_path, "en", HEAD + '\nmsgid "a.b"\nmsgstr ""\n\n#, fuzzy\nmsgid "a.c"\nmsgstr "Old"\n')

    assert read_catalogues(tmp_path, ("en",)) == {"en": {}}


def test_a_language_without_a_file_has_no_texts(tmp_path):
    assert read_catalogues(tmp_path, ("ru",)) == {"ru": {}}


@pytest.mark.parametrize(
    "line", ['msgstr "say "yes" now"', 'msgstr "unclosed', "Hello", 'msgid "a.b" msgstr "x"', 'msgstr "a\\"']
)
def test_a_line_that_is_not_of_a_po_file_is_named(tmp_path, line):
    put(tmp_path, "en", HEAD + f'\nmsgid "a.b"\n{line}\n')

    with pytest.raises(BookBroken) as broken:
        read_catalogue(tmp_path, "en")

    assert [(problem.code, problem.line) for problem in broken.value.problems] == [("D004", 6)]


def test_an_id_without_words_is_refused(tmp_path):
    put(tmp_path, "en", HEAD + '\nmsgid "a.b"\nmsgid "a.c"\nmsgstr "x"\n')

    with pytest.raises(BookBroken):
        read_catalogue(tmp_path, "en")


def test_a_repeated_id_is_remembered_with_its_line(tmp_path):
    put(tmp_path, "en", HEAD + '\nmsgid "a.b"\nmsgstr "x"\n\nmsgid "a.b"\nmsgstr "y"\n')

    assert read_catalogue(tmp_path, "en").twice == (("a.b", 8),)


@given(entry=ENTRIES)
def test_what_is_written_is_read_back(tmp_path_factory, entry):
    directory = tmp_path_factory.mktemp("locales")
    written = Catalogue("ru", "", {entry.id: entry}, plural_header("ru"))
    put(directory, "ru", to_po(written))

    read = read_catalogue(directory, "ru")

    found = read.entries[entry.id]
    assert (found.words, found.fuzzy, found.english) == (entry.words, entry.fuzzy, entry.english)
    assert to_po(read) == to_po(written)


def test_an_editors_notes_survive(tmp_path):
    entry = Entry("a.b", "Hi", english="Hello", notes=("ask Nino about this",))
    put(tmp_path, "ka", to_po(Catalogue("ka", "", {"a.b": entry}, plural_header("ka"))))

    assert read_catalogue(tmp_path, "ka").entries["a.b"].notes == ("ask Nino about this",)


def test_a_catalogue_names_no_date_host_or_person():
    text = to_po(Catalogue("ka", "", {}, plural_header("ka")))

    assert [line.partition(":")[0].strip('"') for line in text.splitlines()[2:]] == [
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    ]


def test_georgian_has_two_plural_forms_russian_three_and_klingon_none():
    assert plural_header("ka") == "nplurals=2; plural=(n != 1);"
    assert plural_header("ru").startswith("nplurals=3;")
    assert plural_header("tlh_nowhere") is None


def test_placeholders_are_filled_by_name_or_not_at_all():
    assert placeholders("Call {emergency} or {line}. {} {Not} {2}") == {"emergency", "line"}
    assert fill("Call {a}, not {b}", {"a": "1", "b": "2", "c": "3"}) == "Call 1, not 2"
    assert fill("Call {a} or {b}", {"a": "1"}) is None


def test_a_value_is_never_read_as_a_placeholder():
    assert fill("{a}", {"a": "{b}", "b": "x"}) == "{b}"
