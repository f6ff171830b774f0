"""Ways of typing that must come to the same thing, and some that must not."""

import pytest

from dialogs import folding

GEORGIAN = [
    ("საფრთხე", "saprtkhe"),
    ("საფრთხე", "safrTxe"),
    ("მიშველეთ", "mishvelet"),
    ("მიშველეთ", "miSveleeeT"),
    ("მიშველეთ", "mi6velet"),
    ("პასპორტს", "pasports"),
    ("პასპორტი", "პაsპორტი"),
    ("მეღალატა", "meRalata"),
    ("სიცოცხლე", "sicocxle"),
    ("წამართვეს", "tsamartves"),
    ("წამართვეს", "wamartves"),
    ("მთხოვენ", "mtxoven"),
    ("დახმარება", "dakhmareba"),
    ("დახმარება", "ᲓᲐᲮᲛᲐᲠᲔᲑᲐ"),
    ("იძულებენ", "idzuleben"),
    ("მომატყუეს", "momatkues"),
    ("ჟურნალი", "zhurnali"),
]
RUSSIAN = [
    ("помогите", "pomogiteee"),
    ("помогите", "пoмогите"),
    ("хочу домой", "ho4u domoi"),
    ("нужен врач", "nujen vrach"),
    ("не хочу жить", "ne hochu jit'"),
    ("меня избивают", "menja izbivayut"),
    ("угрожают", "ugrozhayut"),
    ("ребёнка", "rebenka"),
    ("выпускают", "vypuskajut"),
    ("уехать", "uyehat"),
    ("убьёт", "ubyet"),
    ("помощь", "pomosch"),
    ("ещё", "eshche"),
    ("помо\u0301гите", "помогите"),
]
ENGLISH = [("won't", "wont"), ("I’m", "im"), ("Passport", "pаssport"), ("help\u200b me", "HELP me!")]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("ka", *pair) for pair in GEORGIAN] + [("ru", *pair) for pair in RUSSIAN] + [("en", *pair) for pair in ENGLISH],
)
def test_however_it_is_typed_it_is_the_same_word(language, one, other):
    assert folding.same(folding.fold(one, language), folding.fold(other, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "консул", "консультант"),
        ("ka", "კონსული", "კონსულტანტი"),
        ("ru", "я", "ты"),
        ("en", "help", "help me"),
        ("en", "👤", "🏠"),
        ("en", "", ""),
        ("en", "11", "111"),
    ],
)
def test_different_words_stay_different(language, one, other):
    assert not folding.same(folding.fold(one, language), folding.fold(other, language))


def test_a_digit_is_a_letter_only_between_letters():
    assert folding.words("ho4u 16 лет, 4 дня, 16წლის") == ("ho4u", "16", "лет", "4", "дня", "16", "წლის")


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("საფრთხე", ("ka",)),
        ("забрали pasport", ("ru",)),
        ("zabrali pаsport", ("ka", "ru", "en")),
        ("ok მადლობა спасибо", ("ka", "ru")),
        ("16", ("ka", "ru", "en")),
    ],
)
def test_two_letters_of_a_script_decide_the_language(text, languages):
    assert folding.spoken(text, ("ka", "ru", "en")) == languages


def test_a_giant_text_is_read_only_up_to_telegrams_limit():
    assert len(folding.words("a " * 100_000)) == folding.MAX_WORDS
