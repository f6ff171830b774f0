"""The script as an editor reads it."""

import pytest

from dialogs.editing import show
from tests.fakes.shelf import Shelf


@pytest.fixture
def book(tmp_path):
    return Shelf(tmp_path).load()


def shown(book, script, language="en", **how):
    said = []
    code = show.run(book, script, language, said.append, **how)
    return code, "\n".join(said)


def test_a_script_is_shown_with_its_words_and_ways(book):
    code, text = shown(book, "trip")

    assert code == 0
    assert text == (
        "=== trip.rules\n"
        "Without a visa: 90 days.\n"
        "  (source of visa_days)\n"
        "* More -> more\n"
        "\n"
        "=== trip.more\n"
        "The embassy: {embassy}.\n"
        "  (hidden: a fact is not confirmed)\n"
        "\n"
        "Write to the embassy.\n"
        "* Rules -> rules\n"
    )


def test_without_a_script_the_whole_book_is_shown(book):
    text = shown(book, None, "ru")[1]

    assert [line for line in text.splitlines() if line.startswith("===")] == [f"=== {place}" for place in book.places()]
    assert "* Русский -> menu.top, in ru" in text
    assert "* Опасности нет -> return" in text


def test_ways_on_without_a_question_are_shown(tmp_path):
    shelf = Shelf(tmp_path).change(
        "scripts/trip.yaml",
        "nodes: {on: {goto: rules}, off: {end: true}, out: {call: sos.now}, home: {return: true}, "
        "gone: {choose: {hide: {do: hide}, ask: {call: human.lines}}}}",
    )
    text = shown(shelf.load(), "trip")[1]

    assert "-> rules\n" in text
    assert "(end)\n" in text
    assert "-> call sos.now\n" in text
    assert "-> return\n" in text
    assert "-> hide\n" in text
    assert "-> call human.lines\n" in text


def test_the_lines_of_a_checklist_are_shown_with_their_buttons(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/trip.yaml", "nodes: {more: {tick: [ticket]}}")
    shelf.change("locales", "trip.more.ticket: {en: Buy a ticket.}").change(
        "locales", "trip.more.ticket.short: {en: Ticket}"
    )

    assert "☐ Buy a ticket. [Ticket]\n" in shown(shelf.load(), "trip")[1]


def test_the_flowchart_has_every_node_and_way(book):
    assert shown(book, "trip", mermaid=True)[1].splitlines() == [
        "flowchart TD",
        '    trip_rules["trip.rules"]',
        '    trip_more["trip.more"]',
        '    trip_rules -->|"More"| trip_more',
        '    trip_more -->|"Rules"| trip_rules',
    ]


def test_the_verdicts_stand_at_the_head_of_a_script_that_asks(book):
    assert shown(book, "offer")[1].startswith(
        "--- offer: the verdicts\n"
        "emergency -> sos.now\n"
        "minor -> human.lines\n"
        "red -> signs\n"
        "orange -> signs\n"
        "yellow -> signs\n"
        "none -> none\n"
        "\n"
        "=== offer.go\n"
        "-> (the next question, or the verdict)\n"
    )


def test_a_question_is_shown_with_its_answers_and_the_sign_each_says(book):
    assert (
        "=== offer.fee\n"
        "Do they ask you for money?\n"
        "  (in lists: Money:)\n"
        "  (unclear without an answer: fees)\n"
        "* No\n"
        "* Yes  [fee, deception, medium]\n"
        "* I don't know | Skip\n"
    ) in shown(book, "offer")[1]


def test_a_sign_that_decides_by_itself_says_so(tmp_path):
    shelf = Shelf(tmp_path).change("rules.yaml", "signs: {fee: {critical: red}}")

    assert "* Yes  [fee, deception, medium, decides: red]\n" in shown(shelf.load(), "offer")[1]


def test_a_question_says_when_it_is_asked_and_when_not(tmp_path):
    shelf = Shelf(tmp_path).change(
        "scripts/offer.yaml",
        "nodes: {fee: {question: {only: [{where: [here, unknown], work: [farm]}, {more: ['yes']}], "
        "unless: [{age: [child]}]}}}",
    )
    text = shown(shelf.load(), "offer")[1]

    assert "  (asked only if where is here or unknown and work is farm; or more is yes)\n" in text
    assert "  (not asked if age is child)\n" in text


def test_a_list_says_what_is_listed(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/offer.yaml", "nodes: {none: {list: asks, picture: true}}")
    text = shown(shelf.load(), "offer")[1]

    assert "Signs:\n  (listed here: the warning signs in the answers, the gravest first, each with why it" in text
    assert "  (listed here: what to ask about it, also sent as a picture)\n" in text


def test_a_choice_says_when_it_is_there_and_what_it_does_on_its_way(tmp_path):
    shelf = Shelf(tmp_path).change(
        "scripts/offer.yaml",
        "nodes: {none: {choose: {more: {goto: go, note: {more: 'yes'}, when: more}, "
        "there: {call: trip.rules, by: fee}, anew: {goto: go, clear: true}}}}",
    )
    text = shown(shelf.load(), "offer")[1]

    assert "-> go  (when more, notes more: yes)\n" in text
    assert "-> call trip.rules  (by the answer to fee)\n" in text
    assert "-> go  (forgets the answers)\n" in text


def test_a_value_known_in_the_chat_alone_stands_by_its_name_and_hides_nothing(tmp_path):
    shelf = Shelf(tmp_path).change("locales", "offer.signs: {en: 'We see {signs} and {visa_days} days.'}")
    text = shown(shelf.load(), "offer")[1]

    assert "We see {signs} and 90 days.\n" in text
    assert "hidden" not in text


def test_the_flowchart_leads_from_question_to_question_and_from_the_last_to_the_verdicts(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/offer.yaml", "nodes: {pay: {question: {answers: [usual, high]}}}")

    assert shown(shelf.load(), "offer", mermaid=True)[1].splitlines()[6:] == [
        "    offer_go --> offer_fee",
        "    offer_fee --> offer_pay",
        '    offer_pay -->|"emergency"| sos_now',
        '    offer_pay -->|"minor"| human_lines',
        '    offer_pay -->|"red"| offer_signs',
        '    offer_pay -->|"orange"| offer_signs',
        '    offer_pay -->|"yellow"| offer_signs',
        '    offer_pay -->|"none"| offer_none',
    ]


def test_the_choices_of_a_question_are_drawn_beside_its_answers(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/offer.yaml", "nodes: {fee: {choose: {rules: {call: trip.rules}}}}")

    assert '    offer_fee -.->|"offer.fee.rules"| trip_rules' in shown(shelf.load(), "offer", mermaid=True)[1]


@pytest.mark.parametrize(("script", "language"), [("visa", "en"), ("trip", "fr")])
def test_what_the_book_does_not_have_is_said_with_what_it_has(book, script, language):
    code, text = shown(book, script, language)

    assert code == 1
    assert "trip" in text or "ka, ru, en" in text
