"""A checklist that goes out as a picture: one letter, or two where the words do not fit under it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answering import MOST_IN_CAPTION, _letters
from bot.arrivals import Arrival
from bot.letters import Deed
from dialogs.carding import card_of, plain
from dialogs.effects import Line, Offer, Show
from dialogs.events import Chose
from storage import Conversation
from storage.vault.dek import Dek
from tests.fakes.book import make_book

TODAY = date(2026, 11, 24)
NINO = 5
WORDS = {
    "card.title": "<b>Before I say yes & go</b>",
    "card.one": "Employer: name, address",
    "card.two": "Pay <b>in hand</b>",
    "card.hidden": "Call {nobody}",
    "card.long": "word " * 210,
}
SHOW = Show(
    "en",
    ("card.title",),
    offers=(Offer("on", "card.one"),),
    lines=(Line("card.one", ticked=True), Line("card.two", ticked=False)),
    picture=True,
)
CARD = ("Before I say yes & go", "Employer: name, address", "Pay in hand")


@pytest.fixture
def book():
    made = make_book()
    return replace(made, texts={**made.texts, "en": {**made.texts["en"], **WORDS}})


def letters(book, show, tapped=None):
    conversation = Conversation(b"1" * 16, NINO, Dek.new())
    return _letters(book, conversation, Arrival(1, NINO, Chose("x", 1), tapped=tapped), show, TODAY)


def test_a_card_says_the_words_of_the_bubble_without_ticks_and_markup(book):
    assert card_of(book, SHOW, TODAY) == CARD


def test_a_line_that_may_not_be_shown_is_not_on_the_card_either(book):
    show = replace(SHOW, lines=(*SHOW.lines, Line("card.hidden", ticked=False)))

    assert card_of(book, show, TODAY) == CARD


def test_a_line_of_two_texts_is_one_line_of_the_card(book):
    show = replace(SHOW, lines=(Line("card.one", more="card.two"), Line("card.one", more="card.hidden")))

    assert card_of(book, show, TODAY) == (CARD[0], "Employer: name, address Pay in hand")


def test_plain_words_are_what_a_person_reads():
    assert plain("<b>a &lt;b&gt;</b> &amp; b") == "a <b> & b"


def test_a_picture_is_one_letter_with_the_bubble_under_it(book):
    (photo,) = letters(book, SHOW)
    (words,) = letters(book, replace(SHOW, picture=False))

    assert (photo.deed, photo.card) == (Deed.PHOTO, CARD)
    assert words == replace(photo, deed=Deed.SEND, card=())
    assert photo.rows


def test_words_too_long_for_a_caption_follow_the_picture_with_the_buttons(book):
    photo, words = letters(book, replace(SHOW, paragraphs=("card.title", "card.long")))

    assert (photo.deed, photo.text, photo.rows, photo.card) == (Deed.PHOTO, "", (), CARD)
    assert (words.deed, words.card) == (Deed.SEND, ())
    assert words.rows
    assert len(plain(words.text)) > MOST_IN_CAPTION


def test_markup_does_not_count_in_a_caption(book):
    filled = {"card.long": "&" * (MOST_IN_CAPTION - len(plain(letters(book, SHOW)[0].text)) - len("\n\n"))}
    book = replace(book, texts={**book.texts, "en": {**book.texts["en"], **filled}})

    (photo,) = letters(book, replace(SHOW, paragraphs=("card.title", "card.long")))

    assert len(plain(photo.text)) == MOST_IN_CAPTION < len(photo.text)


def test_a_picture_never_edits_the_bubble_that_was_tapped(book):
    (photo,) = letters(book, replace(SHOW, in_place=True), tapped=9)

    assert (photo.deed, photo.target) == (Deed.PHOTO, ())


@pytest.mark.parametrize("change", [{"lines": ()}, {"paragraphs": ("card.hidden",)}, {"paragraphs": ()}])
def test_without_a_title_or_lines_there_is_no_picture(book, change):
    (words,) = letters(book, replace(SHOW, **change))

    assert (words.deed, words.card) == (Deed.SEND, ())
