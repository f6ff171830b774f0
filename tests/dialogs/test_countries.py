"""A country is known in any language, in Latin letters, by its cities; and none is unknown."""

import pytest

from dialogs.countries import ELSEWHERE, unknown_codes
from dialogs.engine import step
from dialogs.events import Wrote
from dialogs.model import Choice, Country
from tests.fakes.conversation import BOOK, shown, standing
from tests.fakes.real import book

REAL = book()
EVERY = {name: Choice(goto=name) for name in (*REAL.atlas.countries, ELSEWHERE)}


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        (
            "poland",
            ["პოლონეთი", "პოლონეთში", "polonetshi", "poloneti", "Польша", "в Польшу", "polsha", "Poland", "Варшава"],
        ),
        ("germany", ["გერმანია", "germaniashi", "Германии", "Germany", "ბერლინში"]),
        ("italy", ["იტალიაში", "Италия", "italia", "Italy"]),
        ("greece", ["საბერძნეთი", "saberdznetshi", "Греция", "в Греции", "Greece"]),
        ("turkey", ["თურქეთი", "turqetshi", "Турция", "Стамбул", "Turkey", "Türkiye"]),
        ("usa", ["აშშ", "ამერიკაში", "США", "Америка", "USA", "America"]),
        ("uk", ["ინგლისი", "Англия", "Великобритания", "UK", "London"]),
        ("uae", ["დუბაი", "Дубай", "ОАЭ", "Emirates", "dubaishi"]),
        ("gulf", ["ყატარი", "Катар", "Saudi Arabia", "Кувейт"]),
        ("eu", ["ბელგია", "Нидерланды", "Голландия", "Austria", "avstria", "ევროპა"]),
        ("israel", ["ისრაელი", "israelshi", "Израиль", "Israel"]),
        ("czechia", ["ჩეხეთი", "Чехия", "Прага", "Czech Republic"]),
        ("lithuania", ["ლიტვა", "Литва", "Lithuania"]),
        ("bulgaria", ["ბულგარეთი", "Болгария", "bulgaretshi"]),
        ("georgia", ["საქართველო", "Грузия", "tbilisshi", "Georgia"]),
        (ELSEWHERE, ["იაპონია", "Япония", "Japan", "Россия", "rusetshi", "ავსტრალია", "Украина", "Egypt"]),
    ],
)
def test_a_country_is_known_however_it_is_typed(country, typed):
    found = {text: REAL.atlas.find(text) for text in typed}
    assert {text: named and REAL.atlas.choice(named, EVERY) for text, named in found.items()} == dict.fromkeys(
        typed, country
    )


@pytest.mark.parametrize("text", ["hello", "спасибо", "მადლობა", "маленький", "women", "I do not know", "არ ვიცი"])
def test_other_words_are_no_country(text):
    assert REAL.atlas.find(text) is None


def test_a_country_without_a_choice_falls_to_its_group_then_to_elsewhere():
    few = {"eu": Choice(goto="eu"), ELSEWHERE: Choice(goto="other")}
    assert REAL.atlas.choice(REAL.atlas.find("Польша"), few) == "eu"
    assert REAL.atlas.choice(REAL.atlas.find("Катар"), few) == ELSEWHERE


def test_a_typed_country_takes_its_choice_where_the_book_asks_for_one():
    assert where(step(BOOK, standing("lands.all"), Wrote("ვარშავაში"))) == "lands.poland"
    assert where(step(BOOK, standing("lands.all"), Wrote("ყატარი"))) == "list.things"


def test_a_country_typed_by_itself_opens_its_page_from_anywhere_and_a_story_does_not():
    here = standing("travel.topics")
    assert where(step(BOOK, here, Wrote("работа в Польше"))) == "lands.poland"
    assert where(step(BOOK, here, Wrote("Франция"))) == "lands.poland"
    assert shown(step(BOOK, here, Wrote("моя подруга давно живёт в Польше")))[0][0] == "frame.unclear.long"
    assert shown(step(BOOK, here, Wrote("Япония")))[0][0] == "frame.unclear.short"


def test_a_story_is_no_name_of_a_country_even_where_one_is_asked_for():
    long = "мы с подругой давно хотели поехать и она сказала что надо сначала всё узнать про работу в Польше"
    assert shown(step(BOOK, standing("lands.all"), Wrote(long)))[0][0] == "frame.unclear.long"


def test_grave_words_come_before_a_country():
    assert where(step(BOOK, standing("lands.all"), Wrote("in danger in Poland"))) == "sos.now"
    assert where(step(BOOK, standing("lands.all"), Wrote("в Польше забрали паспорт"))) == "sos.calm"


def test_a_code_that_is_none_is_found():
    assert unknown_codes(Country(codes=("PL", "XQ"))) == ["XQ"]


def where(done):
    return str(done.state.place)
