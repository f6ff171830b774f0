"""How phrases match: stems, order, nearness, negation, cautions; and what the phrase list refuses."""

import pytest

from dialogs.model import Intent
from dialogs.understanding import Collision, compile_lexicon, understand


def lexicon(**intents):
    made = {
        name: Intent.model_validate({"level": "C", "way": "menu.main"} | fields) for name, fields in intents.items()
    }
    return compile_lexicon(made)


def meant(lexicon, text, language="ru"):
    meaning = understand(lexicon, text, language)
    return meaning.intent if meaning else None


TAKEN = lexicon(taken={"phrases": {"ru": ["забрал паспорт"], "en": ["took my passport"]}})


@pytest.mark.parametrize(
    "text", ["забрали паспорт", "ЗАБРАЛИ мой ПАСПОРТ!!!", "забрали у меня вчера вечером мой паспорт", "zabrali pasport"]
)
def test_stems_match_as_word_beginnings_in_order(text):
    assert meant(TAKEN, text) == "taken"


@pytest.mark.parametrize(
    "text",
    ["паспорт забрали", "незабрали загранпаспорт", "забрали раз два три четыре пять шесть паспорт", "забрали", ""],
)
def test_nothing_else_matches(text):
    assert meant(TAKEN, text) is None


def test_a_not_directly_before_a_stem_cancels():
    assert meant(TAKEN, "не забрали паспорт") is None
    assert meant(TAKEN, "не знаю почему забрали паспорт") == "taken"
    assert meant(TAKEN, "они забрали не паспорт") is None


def test_a_phrase_with_its_own_not_is_never_cancelled():
    own = lexicon(tired={"phrases": {"ru": ["не хочу жить"], "en": ["not paid"]}})
    assert meant(own, "я больше не хочу так жить") == "tired"
    assert meant(own, "I was not paid", "en") == "tired"


def test_short_stems_are_whole_words():
    short = lexicon(boy={"phrases": {"en": ["am 16"]}})
    assert meant(short, "I am 16") == "boy"
    assert meant(short, "amber 160") is None


def test_a_final_dot_ends_the_word():
    consul = lexicon(consul={"phrases": {"ru": ["консул."]}}, adviser={"phrases": {"ru": ["консультант"]}})
    assert meant(consul, "консул") == "consul"
    assert meant(consul, "konsultant") == "adviser"


def test_whole_intents_match_whole_words():
    whole = lexicon(stop={"phrases": {"ru": ["стоп"]}, "whole": True})
    assert (meant(whole, "стоп"), meant(whole, "стопка")) == ("stop", None)


def test_a_caution_nearby_makes_it_a_false_alarm_and_one_far_away_does_not():
    careful = lexicon(taken={"phrases": {"ru": ["забрал паспорт"]}, "unless": {"ru": ["из посольств"]}})
    assert meant(careful, "забрала паспорт из посольства") is None
    assert meant(careful, "забрали паспорт. что мне делать теперь, я уехала из посольства") == "taken"


def test_an_alarm_can_be_limited_to_short_texts_to_near_words_and_to_the_end():
    limits = lexicon(
        afraid={"phrases": {"ru": ["боюсь"]}, "most_words": 2},
        young={"phrases": {"ru": ["мне 16"]}, "within": 2},
        lost={"phrases": {"ru": ["не знаю где я"]}, "last": True},
    )
    assert (meant(limits, "я боюсь"), meant(limits, "боюсь что уже поздно")) == ("afraid", None)
    assert (meant(limits, "мне 16"), meant(limits, "мне дали 16")) == ("young", None)
    assert meant(limits, "помню, но не знаю, где я") == "lost"
    assert meant(limits, "не знаю, где я зарегистрирован") is None


def test_the_gravest_wins_then_the_persons_language_then_the_first_in_the_list():
    graded = lexicon(
        c={"phrases": {"en": ["offer"]}},
        d={"phrases": {"en": ["boss"], "ru": ["бос"]}},
        a={"phrases": {"en": ["danger"]}, "level": "A"},
    )
    assert meant(graded, "offer from boss in danger") == "a"
    assert meant(graded, "boss offer", "en") == "c"


def test_the_language_of_the_phrase_is_told():
    assert understand(TAKEN, "took my passport", "ka").language == "en"


@pytest.mark.parametrize(
    ("one", "other"), [("боюсь", "боюсь"), ("konsul", "консул"), ("консул", "консультант"), ("помощь", "нужна помощь")]
)
def test_two_intents_that_claim_the_same_words_are_refused_by_name(one, other):
    with pytest.raises(Collision, match=r"(?s)first.*second|second.*first"):
        lexicon(first={"phrases": {"ru": [one]}}, second={"phrases": {"ru": [other]}})


def test_a_graver_intent_may_hold_a_lesser_one():
    both = lexicon(lesser={"phrases": {"ru": ["обман"]}}, graver={"phrases": {"ru": ["меня обман"]}, "level": "B"})
    assert (meant(both, "обманывают?"), meant(both, "меня обманули")) == ("lesser", "graver")
