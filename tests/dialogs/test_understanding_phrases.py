"""The phrase list of the book: every row in every language and in Latin typing, and every caution beside it."""

from functools import cache

import pytest

from dialogs.complaints import build
from dialogs.loader import BOOK, PhraseBook
from dialogs.reading import read_document
from dialogs.understanding import compile_lexicon, understand
from tests.phrases.cautions import CAUTIONS, NEGATED
from tests.phrases.wordings import ROWS


@cache
def phrases():
    document = read_document(BOOK / "phrases.yaml")
    return build(PhraseBook, document, document.tree)


@cache
def lexicon():
    return compile_lexicon(phrases().intents)


def meant(text, language):
    meaning = understand(lexicon(), text, language)
    return meaning.intent if meaning else None


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [(language, intent, text) for intent, by in ROWS.items() for language, texts in by.items() for text in texts],
)
def test_every_row_is_understood_in_native_letters_and_in_latin(language, intent, text):
    assert meant(text, language) == intent


@pytest.mark.parametrize(("text", "never"), CAUTIONS)
def test_a_false_friend_raises_no_alarm(text, never):
    assert meant(text, None) not in never.split()


@pytest.mark.parametrize("text", NEGATED)
def test_a_not_calls_the_alarm_off(text):
    meaning = understand(lexicon(), text, None)
    assert meaning is None or meaning.level == "C"


def test_every_intent_of_the_list_is_tried_in_every_language():
    assert ROWS.keys() == phrases().intents.keys()
    assert all(by.keys() == {"ka", "ru", "en"} for by in ROWS.values())


@pytest.mark.parametrize("language", ["ka", "ru", "en"])
def test_latin_typing_is_understood_whatever_the_persons_language(language):
    assert meant("pasporti wamartves", language) == "passport_taken"
    assert meant("zabrali pasport", language) == "passport_taken"
    assert meant("they took my passport", language) == "passport_taken"
