"""From what the engine asks to show to what a person reads."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.effects import Offer, Show
from dialogs.rendering import Button, parse_tap, render, tap_data
from dialogs.speaking import spoken_date
from tests.fakes.shelf import Shelf

TODAY = date(2026, 11, 23)


@pytest.fixture
def book(tmp_path):
    return Shelf(tmp_path).load()


def saying(book, words, language="en"):
    """The book with one more text, `new.text`."""
    return replace(book, texts={**book.texts, language: {**book.texts[language], "new.text": words}})


def with_fact(book, name, **change):
    return replace(book, facts={**book.facts, name: book.facts[name].model_copy(update=change)})


def test_paragraphs_are_joined_by_a_blank_line_and_facts_filled_in(book):
    bubble = render(book, Show("en", ("menu.top", "trip.rules")), TODAY)

    assert bubble.text == "What would you like to know?\n\nWithout a visa: <b>90 days</b>."


def test_a_paragraph_that_names_an_unconfirmed_fact_is_left_out(book):
    bubble = render(book, Show("en", ("trip.more.call", "trip.more.write")), TODAY)

    assert bubble.text == "Write to the embassy."


def test_a_paragraph_that_names_an_unknown_fact_is_left_out(book):
    bubble = render(saying(book, "Call {nobody}"), Show("en", ("new.text", "menu.top")), TODAY)

    assert bubble.text == "What would you like to know?"


def test_when_nothing_is_left_the_person_is_told_so(book):
    assert render(book, Show("ru", ("trip.more.call",)), TODAY).text == "Пока не знаем."


def test_facts_close_with_their_sources_and_the_oldest_day_of_checking(book):
    bubble = render(book, Show("en", ("menu.top",), facts=("visa_days", "emergency", "embassy")), TODAY)

    assert bubble.text.endswith("\n\nmfa.gov.ge, 112.gov.ge, 1 November 2026")


def test_one_source_of_two_facts_is_named_once(book):
    book = with_fact(book, "emergency", source="mfa.gov.ge")
    bubble = render(book, Show("en", ("menu.top",), facts=("visa_days", "emergency")), TODAY)

    assert bubble.text.endswith("\n\nmfa.gov.ge, 1 November 2026")


@pytest.mark.parametrize(("day", "line"), [(date(2027, 5, 20), "mfa.gov.ge, 20"), (date(2027, 5, 21), "old: 20")])
def test_past_its_date_a_fact_says_when_it_was_last_checked(book, day, line):
    bubble = render(book, Show("en", ("menu.top",), facts=("visa_days",)), day)

    assert f"{line} November 2026" in bubble.text


def test_a_bubble_without_confirmed_facts_names_no_source(book):
    assert render(book, Show("en", ("menu.top",), facts=("embassy", "unheard_of")), TODAY).text == (
        "What would you like to know?"
    )


def test_a_date_is_said_in_full_in_the_language_of_the_person(book):
    book = saying(with_fact(book, "visa_days", kind="date", value=date(2026, 5, 1)), "From {visa_days}", "ka")

    assert render(book, Show("ka", ("new.text",)), TODAY).text == "From 1 მაისი 2026"


def test_a_language_without_month_names_still_gets_its_date():
    assert spoken_date(TODAY, "xx") == "2026-11-23"


def test_only_balanced_bold_is_markup(book):
    text = saying(book, "<b>Call</b> & <i>wait</i>")

    assert render(text, Show("en", ("new.text",)), TODAY).text == "<b>Call</b> &amp; &lt;i&gt;wait&lt;/i&gt;"


@pytest.mark.parametrize("words", ["<b>Call", "Call</b>", "<b><b>Call</b></b>"])
def test_unbalanced_bold_is_left_out_because_telegram_would_refuse_the_bubble(book, words):
    assert render(saying(book, words), Show("en", ("new.text",)), TODAY).text == "Call"


def test_what_comes_from_a_fact_is_never_markup(book):
    book = with_fact(book, "visa_days", value="<b>9</b>", source="A & B")

    assert render(book, Show("en", ("trip.rules",), facts=("visa_days",)), TODAY).text == (
        "Without a visa: <b>&lt;b&gt;9&lt;/b&gt; days</b>.\n\nA &amp; B, 20 November 2026"
    )


def test_before_a_language_is_chosen_everything_is_said_in_all_of_them(book):
    show = Show(
        None,
        ("start.languages",),
        facts=("emergency",),
        offers=(Offer("ka", "language.ka"), Offer("on", "menu.top.trip")),
        nonce=7,
    )
    bubble = render(book, show, TODAY)

    assert bubble.text.split("\n\n") == [
        "აირჩიეთ ენა.",
        "112.gov.ge, 1 ნოემბერი 2026",
        "Выберите язык.",
        "112.gov.ge, 1 ноября 2026",
        "Choose a language.",
        "112.gov.ge, 1 November 2026",
    ]
    assert bubble.rows == ((Button("ქართული", "ka:7"),), (Button("მგზავრობა · Поездка · A trip", "on:7"),))


def test_offers_stand_one_below_the_other_and_the_fixed_rows_as_given(book):
    show = Show(
        "en",
        ("menu.top",),
        offers=(Offer("trip", "menu.top.trip"), Offer("more", "trip.rules.more")),
        always=((Offer("human", "row.human"), Offer("sos", "row.sos")), (Offer("menu", "row.menu"),)),
        nonce=3,
    )

    assert [[button.label for button in row] for row in render(book, show, TODAY).rows] == [
        ["A trip"],
        ["More"],
        ["A person", "SOS"],
        ["Menu"],
    ]


def test_a_missing_text_is_said_in_the_first_language_that_has_it(book):
    assert render(saying(book, "Только так", "ru"), Show("en", ("new.text",)), TODAY).text == "Только так"


def test_a_text_in_no_language_is_shown_by_its_id_and_nothing_breaks(book):
    assert render(book, Show("en", ("new.text",)), TODAY).text == "new.text"


@given(data=st.text())
def test_any_callback_data_is_read_or_refused(data):
    found = parse_tap(data)

    assert found is None or tap_data(found[0], found[1]).partition(":")[0] == data.partition(":")[0]


@given(choice=st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True), nonce=st.integers(0, 2**63 - 1))
def test_what_a_button_carries_comes_back_and_fits_telegrams_64_bytes(choice, nonce):
    data = tap_data(choice, nonce)

    assert parse_tap(data) == (choice, nonce)
    assert len(data.encode()) <= 64


@pytest.mark.parametrize("data", ["", "go", "go:", ":1", "go:-1", "go:٣", "go:1 ", "go:1:2", "Go:1", "go:" + "9" * 20])
def test_forged_data_is_refused(data):
    assert parse_tap(data) is None
