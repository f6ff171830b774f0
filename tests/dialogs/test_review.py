"""What the reviewer sees that an example cannot show: where it points, and what it lets pass."""

import shutil

import pytest

from dialogs.review.running import run
from tests.fakes.shelf import Shelf


def lines(shelf, today=None):
    """What `gza check` prints, and its exit code."""
    said = []
    shelf.write()
    return run(said.append, today, shelf.book, shelf.locales), said


def found(tmp_path, file, change):
    return [(finding.code, finding.message) for finding in Shelf(tmp_path).change(file, change).findings()]


def test_a_clean_book_ends_with_what_was_checked(tmp_path):
    assert lines(Shelf(tmp_path)) == (
        0,
        ["The book is clean: 6 scripts; 10 nodes; 51 texts in ka, ru, en; 3 facts of which 1 hidden until confirmed."],
    )


def test_a_finding_has_file_line_number_and_advice_and_fails_the_check(tmp_path):
    code, (finding, summary) = lines(Shelf(tmp_path).change("locales", 'menu.top: {ru: ""}'))

    assert code == 1
    assert "/locales/ru/LC_MESSAGES/dialogs.po:" in finding
    assert finding.endswith(": D011 menu.top: is empty in ru — write the words")
    assert summary.startswith("1 finding;")


def test_a_finding_in_a_catalogue_points_at_its_line(tmp_path):
    shelf = Shelf(tmp_path).change(
        "locales", "menu.top: {ru: Что? Что же вас так сильно интересует сегодня и завтра в нашем чате?}"
    )
    (finding,) = shelf.findings()
    text = (shelf.locales / "ru" / "LC_MESSAGES" / "dialogs.po").read_text(encoding="utf-8").splitlines()

    assert text[finding.line - 1] == 'msgid "menu.top"'


def test_a_broken_book_is_reported_like_any_finding(tmp_path):
    code, said = lines(Shelf(tmp_path).change("scripts/trip.yaml", "begin: rules"))

    assert code == 1
    assert "D002 begin: is not a word of this form — check the spelling, or take the line out" in said[0]


def test_facts_past_their_date_are_listed_and_fail_nothing(tmp_path):
    shelf = Shelf(tmp_path)
    old = shelf.trees["facts.yaml"]["facts"]["emergency"]["valid_until"]

    assert lines(shelf, old)[0] == 0
    code, said = lines(shelf, old.replace(year=old.year + 1))
    assert code == 0
    assert any(line.endswith("emergency: was valid until 2027-05-01, check it again") for line in said)


def test_a_language_without_a_catalogue_is_one_finding_not_hundreds(tmp_path):
    shelf = Shelf(tmp_path).write()
    shutil.rmtree(shelf.locales / "ru")
    said = []

    assert run(said.append, None, shelf.book, shelf.locales) == 1
    assert ["D020" in line for line in said] == [True, False]


def test_a_list_may_be_longer_than_a_bubble_of_prose(tmp_path):
    items = "\\n".join(f"• Write down the name of the street {letter}." for letter in "abcdefghijkl")

    assert found(tmp_path, "locales", f'trip.more.write: {{en: "{items}"}}') == []
    assert found(tmp_path, "locales", f'trip.more.write: {{en: "{items.replace("• ", "")}"}}') != []


def test_each_line_of_a_list_is_a_sentence_of_its_own(tmp_path):
    items = "• take your passport with you\\n• take some money\\n• take your phone and its charger"

    assert found(tmp_path, "locales", f'trip.more.write: {{en: "{items}"}}') == []


def test_the_source_line_does_not_count_as_a_line_of_sos(tmp_path):
    four = "Call\\n{emergency}.\\nWait.\\nStay there."

    assert found(tmp_path, "locales", f'sos.now: {{en: "{four}"}}') == []


def test_a_list_of_countries_may_have_more_than_five_choices(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/trip.yaml", "nodes: {more: {long: true}}")
    labels = ("language.ka", "language.ru", "language.en", "menu.top.trip", "trip.rules.more")
    for number, label in enumerate(labels):
        shelf.change(
            "scripts/trip.yaml", f"nodes: {{more: {{choose: {{c{number}: {{goto: rules, label: {label}}}}}}}}}"
        )

    assert list(shelf.findings()) == []


def test_a_button_in_a_shared_row_has_half_the_room(tmp_path):
    assert found(tmp_path, "locales", "row.human: {en: A consultant now}") == [
        ("D054", "row.human: 16 signs on a button, at most 14")
    ]


def test_a_half_hidden_bubble_is_measured_without_what_is_hidden(tmp_path):
    words = "The embassy: {embassy}. " * 20

    assert found(tmp_path, "locales", f'trip.more.call: {{en: "{words}"}}') == []


def test_a_circle_that_asks_something_on_its_way_is_no_circle(tmp_path):
    shelf = Shelf(tmp_path).change(
        "scripts/trip.yaml", "nodes: {rules: {choose: {more: {goto: round}}}, round: {say: [], goto: rules}}"
    )
    shelf.change("scripts/trip.yaml", "nodes: {round: {goto: more}}")

    assert list(shelf.findings()) == []


def test_a_circle_is_told_once(tmp_path):
    change = "nodes: {rules: {choose: {more: a}}, a: {say: [], goto: b}, b: {say: [], goto: c}, c: {say: [], goto: a}}"
    codes = [code for code, _ in found(tmp_path, "scripts/trip.yaml", change)]

    assert codes.count("D032") == 1


def test_a_phrase_that_leads_nowhere_is_found(tmp_path):
    change = "intents: {danger: {way: sos.later}}"

    assert found(tmp_path, "phrases.yaml", change) == [("D030", "way: leads to sos.later, which is no node")]


def test_a_script_without_its_start_is_found(tmp_path):
    change = "start: beginning"

    assert found(tmp_path, "scripts/trip.yaml", change) == [
        ("D030", "start: leads to trip.beginning, which is no node")
    ]


def test_a_moved_node_may_be_gone(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/trip.yaml", "moved: {visa: rules}")

    assert list(shelf.append("published.txt", "trip.visa\ntrip.rules\n").findings()) == []


def test_a_script_that_is_gone_with_people_in_it_is_found(tmp_path):
    shelf = Shelf(tmp_path).append("published.txt", "visa.start\n")

    assert [finding.code for finding in shelf.findings()] == ["D037"]


@pytest.mark.parametrize(
    ("entry", "words", "banned"),
    [
        ("victim*", "You are the Victims here.", True),
        ("victim", "You are the victims here.", False),
        ("you are safe", "Now you  are safe.", True),
        ("safe", "Unsafe, or safely.", False),
    ],
)
def test_banned_words_are_whole_words_unless_a_star_says_otherwise(tmp_path, entry, words, banned):
    shelf = Shelf(tmp_path).append("locales/en/banned.txt", f"# claims\n\n{entry}\n")
    shelf.change("locales", f'trip.more.write: {{en: "{words}"}}')

    assert [finding.code for finding in shelf.findings()] == ["D071"] * banned


@pytest.mark.parametrize("words", ["Call 112.", "Call +995 32 200-00-00.", "In 2026.", "٣ days.", "1️⃣ Write."])
def test_a_number_is_found_however_it_is_typed(tmp_path, words):
    assert [code for code, _ in found(tmp_path, "locales", f"trip.more.write: {{en: '{words}'}}")] == ["D075"]


def test_a_number_on_a_button_is_found_too(tmp_path):
    assert found(tmp_path, "locales", "trip.rules.more: {en: All 90 days}") == [
        ("D075", "trip.rules.more: has the number 90 typed into it")
    ]


def test_a_digit_in_the_name_of_a_fact_is_no_number(tmp_path):
    shelf = Shelf(tmp_path).change("facts.yaml", "facts: {line_2: {kind: phone, value: '112'}}")
    fact = shelf.trees["facts.yaml"]["facts"]
    fact["line_2"] = fact["emergency"] | fact["line_2"]
    words = "Call {line_2}."

    assert (
        list(shelf.change("locales", f"trip.more.write: {dict.fromkeys(('ka', 'ru', 'en'), words)}").findings()) == []
    )


def glossary(tmp_path, terms):
    return Shelf(tmp_path).append("locales/glossary.yaml", f"terms: {terms}")


def test_a_term_may_have_several_wordings_and_any_ending(tmp_path):
    terms = "{visa: {ka: [უვიზო*], ru: [без виз*], en: [visa-free, without a visa]}}"
    shelf = glossary(tmp_path, terms).change("locales", "menu.top: {ka: უვიზოდ?, ru: Без  визы?, en: Visa-free?}")

    assert list(shelf.findings()) == []


def test_a_term_another_language_calls_otherwise_is_found_there(tmp_path):
    shelf = glossary(tmp_path, "{embassy: {ka: [საელჩო*], ru: [посольств*], en: [embassy]}}")
    (finding,) = shelf.change("locales", "trip.more.write: {ru: Напишите туда.}").findings()

    assert finding.file.endswith("ru/LC_MESSAGES/dialogs.po")
    assert finding.message == "trip.more.write: says “embassy” in ka and something else in ru"


def test_a_language_a_term_does_not_list_is_free(tmp_path):
    assert list(glossary(tmp_path, "{embassy: {ru: [посольств*], en: [embassy]}}").findings()) == []


def test_a_term_in_bold_is_the_same_term(tmp_path):
    shelf = glossary(tmp_path, "{embassy: {ka: [საელჩო*], ru: [посольств*], en: [the embassy]}}")

    assert list(shelf.change("locales", "trip.more.write: {en: Write to the <b>embassy</b>.}").findings()) == []


def test_a_glossary_of_the_wrong_form_is_a_broken_book(tmp_path):
    code, said = lines(glossary(tmp_path, "{embassy: {en: []}}"))

    assert code == 1
    assert "glossary.yaml:1: D002 " in said[0]


def test_an_ampersand_is_no_markup(tmp_path):
    assert found(tmp_path, "locales", 'trip.more.write: {en: "Write & wait."}') == []
