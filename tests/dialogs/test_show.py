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


@pytest.mark.parametrize(("script", "language"), [("visa", "en"), ("trip", "fr")])
def test_what_the_book_does_not_have_is_said_with_what_it_has(book, script, language):
    code, text = shown(book, script, language)

    assert code == 1
    assert "trip" in text or "ka, ru, en" in text
