"""What is written for the desk: its form, its texts under review, its hours and holidays."""

from datetime import date

import pytest

from dialogs.editing import sync
from dialogs.finding import BookBroken
from dialogs.inventory import Use, mentions
from dialogs.review.running import run
from tests.fakes.real import book
from tests.fakes.shelf import Shelf

BOOK = book()
DESK = """
valid_until: 2027-12-31
hours: {mon: ["10:00-18:00"]}
topics: {trip: travel}
outcomes: [answered]
categories: [work]
referrals: [consul]
replies: {open: [name]}
said: {desk.came: [name], staff.queue: [count], staff.b.claim: []}
"""
WORDS = """
topic.travel: {ka: მგზავრობა, ru: Поездка, en: Travel}
topic.other: {ka: სხვა, ru: Другое, en: Other}
outcome.answered: {ka: პასუხი, ru: Ответ, en: Answered}
category.work: {ka: სამუშაო, ru: Работа, en: Work}
referral.consul: {ka: კონსული, ru: Консул, en: Consul}
reply.open: {ka: "მე {name} ვარ.", ru: "Пишет {name}.", en: "I am {name}."}
reply.open.title: {ka: გამარჯობა, ru: Здравствуйте, en: Hello}
desk.came: {ka: "პასუხობს {name}.", ru: "Отвечает {name}.", en: "{name} answers."}
staff.queue: {ka: "რიგში: {count}.", ru: "В очереди: {count}.", en: "Waiting: {count}."}
staff.b.claim: {ka: აღება, ru: Взять, en: Take}
"""
LONG = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen."


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path).change("desk.yaml", DESK).change("locales", WORDS)


def codes(shelf, words):
    return {finding.code for finding in shelf.change("locales", words).findings()}


def broken(shelf, change):
    with pytest.raises(BookBroken) as caught:
        shelf.change("desk.yaml", change).load()
    return str(caught.value.problems[0])


def test_a_desk_with_all_its_words_is_clean(shelf):
    assert list(shelf.findings()) == []
    assert shelf.load().desk.topics == {"trip": "travel"}


def test_a_day_that_is_not_in_the_calendar_is_said_to_be_none(shelf):
    shelf.append("desk.yaml", "holidays: [{day: 2027-02-30, why: none}]\n")
    with pytest.raises(BookBroken, match="not in the calendar"):
        shelf.load()


def test_a_book_may_have_no_desk(tmp_path):
    assert Shelf(tmp_path).load().desk is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("hours: {mon: ['10-18']}", "hours.mon.0"),
        ("hours: {mon: ['10:00-25:00']}", "hours.mon.0"),
        ("hours: {mon: ['10:00-10:00']}", "no time at all"),
        ("hours: {mon: []}", "one day on which somebody answers"),
        ("hours: {day: ['10:00-18:00']}", "hours.day"),
        ("holidays: [{day: Easter, why: none}]", "holidays.0.day"),
        ("said: {bot.hello: []}", "begin the id with desk. or staff."),
    ],
)
def test_what_has_not_the_form_of_a_desk_is_refused(shelf, change, said):
    assert said in broken(shelf, change)


@pytest.mark.parametrize("text", ["desk.came", "staff.queue", "staff.b.claim", "reply.open", "topic.other"])
def test_every_text_of_the_desk_must_be_there_in_every_language(shelf, text):
    assert codes(shelf, f"{text}: {{ru: null}}") == {"D010"}


@pytest.mark.parametrize("text", ["desk.came", "staff.queue", "reply.open", "staff.b.claim"])
def test_a_text_names_only_the_values_it_is_given(shelf, text):
    words = "{ka: '{alias}', ru: '{alias}', en: '{alias}'}"
    assert "D016" in codes(shelf, f"{text}: {words}")


def test_the_values_are_the_same_in_every_language(shelf):
    assert codes(shelf, "staff.queue: {en: Somebody waits.}") == {"D015"}


def test_people_read_short_sentences_and_staff_may_read_long_ones(shelf):
    assert codes(shelf, f"staff.queue: {{en: 'Waiting {{count}}. {LONG}'}}") == set()
    assert codes(shelf, f"desk.came: {{en: 'Answers {{name}}. {LONG}'}}") == {"D052"}


def test_people_read_no_typed_number_and_staff_may(shelf):
    assert codes(shelf, "staff.queue: {en: 'Waiting {count} of 100.'}") == set()
    assert codes(shelf, "desk.came: {en: '{name} answers at 10.'}") == {"D075"}


def test_a_long_bubble_is_split_for_people_and_for_staff_only_where_telegram_refuses_it(shelf):
    assert codes(shelf, f"staff.queue: {{en: '{{count}} {'word. ' * 100}'}}") == set()
    assert codes(shelf, f"desk.came: {{en: '{{name}} {'word. ' * 100}'}}") == {"D051"}
    assert "D050" in codes(shelf, f"staff.queue: {{en: '{{count}} {'word. ' * 900}'}}")


def test_what_stands_on_a_button_is_short_for_everybody(shelf):
    assert codes(shelf, "staff.b.claim: {en: Take this conversation over now}") == {"D054"}


def test_a_notification_of_the_desk_shows_no_sensitive_word(shelf):
    assert codes(shelf, "desk.came: {en: 'The police, {name}.'}") == {"D070"}
    assert codes(shelf, "desk.came: {en: '{name} answers.'}\nreply.open: {en: 'The police, {name}.'}") == {"D070"}


def test_a_text_nobody_says_any_more_is_found(shelf):
    shelf.change("desk.yaml", "said: {staff.b.claim: null}")
    assert codes(shelf, "{}") == {"D014"}


def test_a_new_text_comes_into_the_catalogues(shelf):
    shelf.change("desk.yaml", "said: {desk.gone: []}").write()
    said = []
    sync.run(said.append, directory=shelf.book, locales=shelf.locales)
    assert sum("desk.gone: new, write the words" in line for line in said) == 3


@pytest.mark.parametrize(("today", "warned"), [(date(2027, 11, 30), False), (date(2027, 12, 1), True)])
def test_it_is_said_in_time_that_the_holidays_end(shelf, today, warned):
    said = []
    assert run(said.append, today, shelf.write().book, shelf.locales) == 0
    assert any("holidays are known until 2027-12-31" in line for line in said) is warned


def test_the_desk_of_this_book_names_only_scripts_of_this_book():
    assert BOOK.desk.topics.keys() <= BOOK.scripts.keys()


def test_its_holidays_are_those_of_the_law_in_their_order():
    days = [holiday.day for holiday in BOOK.desk.holidays]
    assert days == sorted(set(days))
    assert all(day <= BOOK.desk.valid_until for day in days)


def test_what_stands_on_buttons_of_the_desk_are_labels():
    uses = {mention.text: mention.use for mention in mentions(BOOK) if mention.where[:1] == ("desk",)}
    codes = {text for text, _ in BOOK.desk.codes()} | {f"reply.{name}.title" for name in BOOK.desk.replies}
    for text, use in uses.items():
        assert use is (Use.LABEL if ".b." in text or text in codes else Use.LINE), text
