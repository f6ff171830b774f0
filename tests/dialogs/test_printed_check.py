"""The self-check on the printed pages: questions, lists, verdicts, and what the organisation approves."""

from datetime import date

import pytest

from dialogs.editing.printed.page import page
from dialogs.listing import TOPICS
from tests.fakes import real
from tests.fakes.pages import Page
from tests.fakes.shelf import Shelf

TODAY = date(2026, 11, 24)


def printed(shelf, language="en"):
    return Page(page(shelf.load(), language, TODAY))


def test_a_question_has_its_answers_as_keys_each_with_its_sign(tmp_path):
    found = printed(Shelf(tmp_path))
    keys = [
        element for element in found.by_id("offer.fee").inside if "key" in element.attributes.get("class", "").split()
    ]

    assert [key.text for key in keys] == ["No", "Yesfee: deception, medium", "I don't know", "Skip"]
    assert keys[1].attributes["href"] == "#sign-fee"


def test_a_question_says_what_it_is_called_and_what_is_unclear_without_an_answer(tmp_path):
    text = printed(Shelf(tmp_path)).by_id("offer.fee").text

    assert "in lists of answers: Money" in text
    assert text.endswith("unclear without an answer: fees")


def test_a_question_says_when_it_is_asked_in_the_words_of_its_answers(tmp_path):
    shelf = Shelf(tmp_path).change(
        "scripts/offer.yaml",
        "nodes: {pay: {question: {answers: [usual, high], only: [{fee: [pay, unknown]}, {more: ['yes']}], "
        "unless: [{fee: [free]}]}}}",
    )

    assert [element.text for element in printed(shelf).of_class("only")] == [
        "asked if: Money: Yes, I don't know; or further questions are asked for",
        "not asked if: Money: No",
    ]


def test_a_walk_leads_on_to_the_next_question_or_the_verdict_and_the_verdicts_head_the_script(tmp_path):
    found = printed(Shelf(tmp_path))
    (verdicts,) = found.of_class("verdicts")

    assert found.by_id("offer.go").text.endswith("then: the next question, or the verdict")
    assert "red → offer.signs" in verdicts.text
    assert {"#sos.now", "#offer.none"} <= {element.attributes.get("href") for element in verdicts.inside}


def test_a_list_says_what_is_listed_and_that_it_is_a_picture(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/offer.yaml", "nodes: {signs: {picture: true}}")
    card = printed(shelf).by_id("offer.signs")
    (said,) = [element for element in card.inside if element.attributes.get("class") == "listed"]

    assert said.text == "• here the signs in the person's answers are listed, the gravest first"
    assert "also sent as a picture" in card.text


def test_a_button_says_when_it_is_there_and_what_it_does_on_its_way(tmp_path):
    shelf = Shelf(tmp_path).change(
        "scripts/offer.yaml",
        "nodes: {none: {choose: {more: {goto: go, note: {more: 'yes'}, when: more}, "
        "there: {call: trip.rules, by: fee}, anew: {goto: go, clear: true}}}}",
    )
    text = printed(shelf).by_id("offer.none").text

    assert "offer.go · while further questions are left · notes down: further questions are asked for" in text
    assert "trip.rules ⤶ · opened by the answer to: Money" in text
    assert "offer.go · forgets the answers" in text


def test_every_sign_has_its_words_its_weight_its_answers_and_its_source(tmp_path):
    shelf = Shelf(tmp_path).change("rules.yaml", "signs: {fee: {critical: red}}")
    row = printed(shelf).by_id("sign-fee")

    assert [element.text for element in row.inside if element.tag == "td"] == [
        "They ask for money. fee",
        "The law forbids it.",
        "deception, medium, decides by itself: red",
        "offer.fee Yes",
        "the law on labour migration",
    ]


def test_the_rules_say_who_approved_their_weights(tmp_path):
    shelf = Shelf(tmp_path)

    assert "Version of the rules 1. Weights approved by: nobody yet." in printed(shelf).by_id("all-signs").text
    shelf.change("rules.yaml", 'approved: "the consultants, 1 December 2026"')
    assert "Weights approved by: the consultants, 1 December 2026." in printed(shelf).by_id("all-signs").text


def test_signs_that_count_together_stand_in_their_table(tmp_path):
    shelf = Shelf(tmp_path).change("rules.yaml", "floors: {alone: {all: [fee], band: orange, source: the law}}")

    assert "They ask for money.orangethe law" in printed(shelf).by_id("all-floors").text


def test_a_point_has_its_words_and_a_question_leads_to_it(tmp_path):
    shelf = Shelf(tmp_path).change("scripts/offer.yaml", "nodes: {none: {list: gaps}}")
    found = printed(shelf.change("locales", "gap.fees: {en: 'Who pays for what.'}"))

    assert found.by_id("point-fees").text == "feesWho pays for what."
    assert "unclear without an answer: Who pays for what." in found.by_id("offer.fee").text


def test_a_book_that_judges_nothing_has_no_tables_for_it(tmp_path):
    shelf = Shelf(tmp_path)
    for file in ("rules.yaml", "scripts/offer.yaml"):
        del shelf.trees[file]
    found = printed(shelf.change("scripts/menu.yaml", "nodes: {top: {choose: {offer: null}}}"))

    assert not [element for element in found.found if element.attributes.get("id", "").startswith("all-")]


@pytest.mark.parametrize("language", ["ka", "ru", "en"])
def test_every_sign_and_point_of_the_real_book_is_on_the_page(language):
    book, found = real.book(), real.printed(language, TODAY)

    for name in book.rules.signs:
        row = found.by_id(f"sign-{name}").text
        assert book.texts[language][f"sign.{name}"] in row
        assert book.texts[language][f"why.{name}"] in row
    assert found.by_id("all-points").text.count("?") >= len(TOPICS)
