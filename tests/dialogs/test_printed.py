"""The printed pages: the whole book, nothing hidden from the reader, nothing but the file."""

from datetime import date

import pytest
from click.testing import CliRunner

from bot.__main__ import gza
from dialogs.editing.printed import run
from dialogs.editing.printed.page import page
from tests.fakes.pages import Page
from tests.fakes.real import book
from tests.fakes.real import printed as real_page
from tests.fakes.shelf import Shelf

TODAY = date(2026, 11, 24)
EVIL = '<script>alert(1)</script> & <img src=x onerror=alert(1)> "quoted" </style>'


def printed(shelf, language="en"):
    return Page(page(shelf.load(), language, TODAY))


@pytest.fixture(scope="module", params=["ka", "ru", "en"])
def real(request):
    return request.param, book(), real_page(request.param, TODAY)


def test_every_node_has_a_card_and_every_link_leads_to_something_on_the_page(real):
    _, book, found = real
    ids = {element.attributes["id"] for element in found.found if "id" in element.attributes}
    links = {element.attributes["href"] for element in found.found if "href" in element.attributes}

    assert {str(place) for place in book.places()} <= ids
    assert links <= {f"#{name}" for name in ids}


def test_the_page_is_in_its_language_and_needs_nothing_but_itself(real):
    language, _, found = real
    tags = {element.tag for element in found.found}

    assert found.found[0].attributes == {"lang": language}
    assert tags.isdisjoint({"script", "link", "img", "iframe"})
    assert not any("src" in element.attributes for element in found.found)


def test_every_fact_is_in_the_table_and_every_command_in_the_list(real):
    _, book, found = real

    assert all(found.by_id(f"fact.{name}") for name in book.facts)
    assert all(f"/{name}" in found.by_id("commands").text for name in book.frame.commands)


def test_a_card_has_the_bubble_as_people_read_it(tmp_path):
    card = printed(Shelf(tmp_path)).by_id("trip.rules")
    (bubble,) = [element for element in card.inside if element.attributes.get("class") == "bubble"]

    assert bubble.text == "Without a visa: 90 days.mfa.gov.ge, 20 November 2026"
    assert [element.text for element in card.inside if element.tag == "b"] == ["90 days"]


def test_a_button_leads_to_its_card(tmp_path):
    card = printed(Shelf(tmp_path)).by_id("trip.rules")
    (button,) = [element for element in card.inside if element.attributes.get("class") == "key"]

    assert (button.attributes["href"], button.text) == ("#trip.more", "Moretrip.more")


def test_a_hidden_paragraph_is_marked_and_names_what_it_waits_for(tmp_path):
    (hidden,) = printed(Shelf(tmp_path)).of_class("hidden")

    assert hidden.text == "hidden until the fact is confirmedThe embassy: {embassy}."
    assert [element.attributes["href"] for element in hidden.inside if element.tag == "a"] == ["#fact.embassy"]


def test_a_card_names_its_facts_with_source_date_and_standing(tmp_path):
    found = printed(Shelf(tmp_path))

    assert "visa_days mfa.gov.ge (2026) confirmed" in found.by_id("trip.rules").text
    assert "embassy a web page (no date) likely" in found.by_id("trip.more").text


def test_the_choice_of_language_speaks_all_of_them(tmp_path):
    card = printed(Shelf(tmp_path)).by_id("start.languages")

    assert [element.text for element in card.inside if "lang" in element.attributes] == [
        "აირჩიეთ ენა.",
        "Выберите язык.",
        "Choose a language.",
    ]


def test_what_people_wrote_stays_text_wherever_it_stands(tmp_path):
    shelf = Shelf(tmp_path)
    for fact in shelf.trees["facts.yaml"]["facts"].values():
        fact.update(value=EVIL, kind="text", source=EVIL, source_date=EVIL, note=EVIL)
    shelf.words["menu.top"]["en"] = shelf.words["menu.top.trip"]["en"] = EVIL
    found = printed(shelf)

    assert {element.tag for element in found.found}.isdisjoint({"script", "img"})
    assert EVIL in found.by_id("menu.top").text
    assert EVIL in found.by_id("fact.embassy").text


def test_a_checklist_is_drawn_with_its_boxes_and_buttons(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/trip.yaml", "nodes: {more: {tick: [ticket]}}")
    shelf.change("locales", "{trip.more.ticket: {en: Buy a <b>ticket</b>.}, trip.more.ticket.short: {en: Ticket}}")
    text = printed(shelf).by_id("trip.more").text

    assert "☐ Buy a ticket." in text
    assert "☐ Ticket" in text


def test_ways_without_a_button_are_told_in_words(tmp_path):
    shelf = Shelf(tmp_path).change(
        "scripts/trip.yaml",
        "nodes: {on: {goto: rules}, off: {end: true}, home: {return: true}, out: {call: sos.now}, "
        "gone: {choose: {hide: {do: hide}, forget: {do: forget}, ask: {call: human.lines}}}}",
    )
    found = printed(shelf)

    assert found.by_id("trip.on").text.endswith("then: trip.rules")
    assert found.by_id("trip.out").text.endswith("then: sos.now")
    assert found.by_id("trip.off").text.endswith("end")
    assert found.by_id("trip.home").text.endswith("back to where one came from")
    for words in ("hides the chat", "deletes the data", "human.lines ⤶"):
        assert words in found.by_id("trip.gone").text


def test_a_language_the_page_has_no_words_for_is_framed_in_english(tmp_path):
    book = Shelf(tmp_path).load()

    assert Page(page(book, "az", TODAY)).found[0].attributes == {"lang": "en"}


def test_every_language_gets_its_file(tmp_path):
    said = []

    assert run(Shelf(tmp_path).load(), tmp_path / "pages", TODAY, said.append) == 0
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["en.html", "ka.html", "ru.html"]
    assert len(said) == 3


def test_the_verb_writes_the_real_book(tmp_path):
    found = CliRunner().invoke(gza, ["show", "--html", str(tmp_path)])

    assert found.exit_code == 0
    assert (tmp_path / "ka.html").read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="ka">')
