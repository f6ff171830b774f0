"""The words of a pasted job ad: places, employers, kinds of work, risky sentences; and what holds for every text."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.ads import read_ad
from tests.ads import corpus

LINES = st.lists(st.sampled_from([line for row in corpus.rows("tuned") for line in row.text.splitlines() if line]))
WORD_FACETS = ("contract", "documents", "housing", "employer")


def said(text):
    return read_ad(corpus.words(), corpus.atlas(), text).said


def answers(text):
    return read_ad(corpus.words(), corpus.atlas(), text).answers


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Работа в Польше", "poland", "poland"),
        ("samushao poloneTSi", "poland", "poland"),
        ("🇩🇪 მძღოლები", "germany", "germany"),
        ("Испания, отель", "spain", "eu"),
        ("Kent, United Kingdom", "uk", "elsewhere"),
        ("ტაილანდი", "elsewhere", "elsewhere"),
        ("Вена, Австрия", "eu", "eu"),
        ("Лодзь, склад", "poland", "poland"),
        ("Германия, для граждан из Грузии", "germany", "germany"),
        ("Италия, английский язык", "italy", "italy"),
        ("ავსტრია, საჭიროა გერმანული A2", "eu", "eu"),
        ("немецкая фирма", "germany", "germany"),
        ("1500 долларов США, Турция", "turkey", "turkey"),
        ("Польша или Германия", "poland", None),
        ("Чехия, Литва", "czechia", "eu"),
    ],
)
def test_the_place_is_where_the_work_is(text, place, country):
    assert said(text)["place"] == place
    assert answers(text).get("country") == country


@pytest.mark.parametrize(
    "text",
    ["для граждан Грузии", "English required", "английский свободно", "офис в Тбилиси", "the family is very nice"],
)
def test_origins_and_languages_are_no_place(text):
    assert "place" not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "LogiPak Sp. z o.o.",
        "ООО «Балтверфь»",
        "შპს „ახალი გზა“",
        "სასტუმრო Mavi Sahil Resort",
        "сასტუმრო Hotel Spreekastell",
        "Отель Costa Palms Azul",
        "Employer: Hollowfield Berries Ltd",
    ],
)
def test_a_named_employer_is_met(text):
    assert said(text)["employer"] == "said"


@pytest.mark.parametrize(
    "text",
    [
        "Агентство «ТрудЕвро»",
        "hotel in Berlin",
        "Hotel Cleaners wanted",
        "Hotel Berlin",
        "большая компания",
        "HOTEL WORK",
        "сადღაც Berlin",
    ],
)
def test_an_agency_and_a_plain_word_are_no_employer(text):
    assert "employer" not in said(text)


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("სასტუმროში დამლაგებელი", "hotel"),
        ("няня в семью", "home"),
        ("сбор клубники", "farm"),
        ("склад, упаковщик", "build"),
        ("C+E მძღოლი", "road"),
        ("ночной клуб, танцовщицы", "club"),
        ("call centre", "online"),
        ("сиделки, строители, официанты", None),
        ("онлайн собеседование", None),
    ],
)
def test_one_kind_of_work_answers_and_several_do_not(text, work):
    assert answers(text).get("work") == work


@pytest.mark.parametrize(
    ("text", "question", "choice"),
    [
        ("Заезд как турист", "visa", "tourist"),
        ("მხოლოდ ბიომეტრიული პასპორტი გჭირდებათ", "visa", "tourist"),
        ("viza ar aris sachiro", "visa", "tourist"),
        ("საბუთებს ჩვენ ვაგვარებთ", "visa", "hidden"),
        ("паспорт хранится у хозяина", "passport", "want"),
        ("Passport will be kept by company", "passport", "want"),
        ("билет вычтем из зарплаты", "debt", "work"),
        ("contract is signed on arrival", "contract", "another"),
        ("без договора", "contract", "none"),
        ("არავის უთხრათ", "pressure", "secret"),
        ("вылет завтра", "hurry", "today"),
        ("если сложится, поженимся", "promise", "love"),
        ("эскорт услуги", "now", "intimate"),
        ("разводим клиентов на деньги", "now", "crime"),
    ],
)
def test_what_an_ad_says_itself_answers_the_question(text, question, choice):
    assert answers(text)[question] == choice


@pytest.mark.parametrize(
    "text",
    [
        "без визы не принимаем",
        "паспорт остаётся у вас",
        "нужна копия паспорта",
        "жильё вычитается из зарплаты",
        "без договора не работаем",
        "No sex, no intimate services",
        "интима нет",
        "договор подписываем до выезда, в Грузии",
        "семейные пары, замужние",
        "рабочая виза за счёт работодателя",
        "помогаем с визой",
        "договоримся о зарплате",
        "All documents are available in our office",
        "Документы на визу подаёте у нас",
        "Only for holders of an EU passport",
        "Visa fee 100 EUR is paid by the company",
        "Training is free, 12 hours in total",
        "Working in a team of 12, hours 8 to 16",
        "Паспорт всегда остаётся у работника",
        "Никаких танцев и интима, только разнос заказов",
        "საცხოვრებლის თანხა 100 ევრო იქვითება ხელფასიდან",
    ],
)
def test_an_honest_sentence_answers_nothing(text):
    assert answers(text).keys() <= {"country", "work"}


OTHER_TEXTS = [
    "Мне предложили работу в Польше на складе, обещают 1500 евро в месяц и жильё. Просят 300 евро. Это нормально?",
    "Я сейчас в Польше на заводе, работаем по 14 часов, зарплату задерживают, договора нет, живём в хостеле вдесятером",
    "Меня не выпускают из дома, забрали паспорт и телефон, работаю по 16 часов без выходных, помогите, я в Стамбуле",
    "Сдаётся 1-комнатная квартира в Тбилиси, Сабуртало, 400$ в месяц, депозит 400$, без посредников. Тел 599 12 12 12",
    "Ищу работу сиделки в Италии, опыт 6 лет, говорю по-итальянски, есть рекомендации. +39 333 000 0000",
    "Курсы немецкого языка онлайн, группа до 6 человек, 150 лари в месяц, начало 1 марта. Телеграм @deutsch_example",
    "В Германии минимальная зарплата 12,82 евро в час, рабочая неделя не больше 48 часов, отпуск 20 дней.",
    "მეგობარმა შემომთავაზა სამუშაო თურქეთში სასტუმროში, 800 დოლარი თვეში, ბილეთს თვითონ მიყიდის. შეიძლება რომ წავიდე?",
    "დედაჩემი იტალიაში მუშაობს მომვლელად, 1000 ევრო აქვს ხელფასი და ოჯახი პასპორტს არ აძლევს, ვერ ბრუნდება სახლში",
    "ავტობუსი თბილისი-სალონიკი ყოველ ხუთშაბათს, ბილეთი 250 ლარი, ბარგი უფასო. დარეკეთ 577 00 00 00",
    "gamarjoba, minda vicode ra sabutebi mchirdeba germaniashi samushaod, da ramdeni tve iqneba viza",
    "They took us to a farm in Italy and said 50 EUR a day but we get 20, and the boss keeps the passports.",
    "I was offered a job in Dubai as a waitress, salary 3000 AED, they will pay my ticket. Is it safe to go?",
]


@pytest.mark.parametrize("text", OTHER_TEXTS)
def test_a_story_a_question_and_a_flat_are_no_ads(text):
    assert not corpus.looks(text)


@pytest.mark.parametrize("text", ["", "Работа в Польше", "1500 евро", "ვაკანსიები გერმანიაში?"])
def test_a_short_text_is_no_ad(text):
    assert not corpus.looks(text)


@given(st.text(max_size=5000))
@settings(max_examples=60, deadline=None)
def test_no_text_raises(text):
    ad = read_ad(corpus.words(), corpus.atlas(), text)
    assert ad == read_ad(corpus.words(), corpus.atlas(), text)


@given(LINES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_lines_does_not_matter_to_what_is_said_in_words(lines, chance: random.Random):
    shuffled = chance.sample(lines, len(lines))
    one, other = said("\n".join(lines)), said("\n".join(shuffled))
    assert {facet for facet in WORD_FACETS if facet in one} == {facet for facet in WORD_FACETS if facet in other}


@given(LINES)
@settings(max_examples=40, deadline=None)
def test_a_reassuring_choice_is_never_an_answer(lines):
    best = {"mine", "none", "permit", "ready", "checked", "normal", "known", "usual", "time", "no", "agency", "adult"}
    given_ = answers("\n".join(lines))
    assert {choice for question, choice in given_.items() if question != "contract"}.isdisjoint(best)
    assert given_.get("contract") in {None, "none", "another"}
    assert "age" not in given_


@pytest.fixture
def lists():
    """Folded before the clock starts."""
    return corpus.words(), corpus.atlas()


@pytest.mark.timeout(5, func_only=True)
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1-",
        "1k-",
        "111 ",
        "1 a ",
        "100€ ",
        "+1 ",
        "(1",
        " ",
        "a\n",
        "a. ",
        "Aa ",
        '"',
        "@a",
        "a.",
        "паспорт ",
        "🇵🇱",
        "ООО ",
        "Hotel ",
    ],
)
def test_a_sea_of_signs_does_not_hang_the_bot(lists, piece):
    for _ in range(5):
        read_ad(*lists, piece * 4096)
