"""The numbers of a pasted job ad: sums and what they are for, hours, contacts."""

import pytest

from dialogs.ads import read_ad
from tests.ads import corpus


def said(text):
    return read_ad(corpus.words(), corpus.atlas(), text).said


def answers(text):
    return read_ad(corpus.words(), corpus.atlas(), text).answers


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Зарплата 1500 евро в месяц", "1500 EUR month"),
        ("Зарплата: 1500-2000 евро/мес", "1500-2000 EUR month"),
        ("от 1500 до 2000 евро в месяц", "1500-2000 EUR month"),
        ("ხელფასი 1500-დან 2000-მდე ევრო თვეში", "1500-2000 EUR month"),
        ("ხელფასი 1500 ევროდან 2000 ევრომდე თვეში", "1500-2000 EUR month"),
        ("xelfasi 1500-dan 2000 evromde tveshi", "1500-2000 EUR month"),
        ("salary from 1500 to 2000 EUR per month", "1500-2000 EUR month"),
        ("оклад 1 500 € в месяц", "1500 EUR month"),
        ("оклад 1.500 € / месяц", "1500 EUR month"),
        ("salary $1,500 a month", "1500 USD month"),
        ("зарплата 1,5 тыс. евро в месяц", "1500 EUR month"),
        ("зарплата 1-2 тыс. евро", "1000-2000 EUR"),
        ("salary 2k eur monthly", "2000 EUR month"),
        ("salary €2-2.5k per month", "2000-2500 EUR month"),
        ("ხელფასი 2 ათასი ლარი თვეში", "2000 GEL month"),
        ("საათში 12 ევრო", "12 EUR hour"),
        ("12,50 €/h", "12.5 EUR hour"),
        ("22 zł netto/h", "22 PLN hour"),
        ("25 zl v chas", "25 PLN hour"),
        ("12 евро час", "12 EUR hour"),
        ("£12.71 p/h", "12.71 GBP hour"),
        ("45 шекелей в час", "45 ILS hour"),
        ("დღეში 120 შეკელი", "120 ILS day"),
        ("4000 AED monthly", "4000 AED month"),
        ("ხელფასი 4000 დირჰამი", "4000 AED"),
        ("თვეში 30000 ლირა", "30000 TRY month"),
        ("180 крон/час", "180 CZK hour"),
        ("100 долларов за смену", "100 USD day"),
        ("900 USD/week", "900 USD week"),
        ("30 000 EUR per year", "30000 EUR year"),
        ("$100-$150 a day", "100-150 USD day"),
        ("2000+ ევრო", "2000 EUR"),
        ("до 2000 евро на руки каждый месяц", "2000 EUR month"),
        ("в месяц платим 1500 евро", "1500 EUR month"),
        ("зарплата 1500 евро за 1 месяц", "1500 EUR month"),
    ],
)
def test_pay_is_read_as_people_write_it(text, pay):
    assert said(text)["pay"] == pay


@pytest.mark.parametrize(
    "text",
    [
        "Возраст 18-45 лет",
        "тел 599 12 34 56",
        "+48 600 000 000",
        "опыт 2 года, контракт на 6 месяцев",
        "с 15.03.2027 по 30.10.2027",
        "сезон 2027",
        "Зарплата 1500",
        "жильё 100€ вычитается из зарплаты",
        "ბინა 300 ლარი",
        "deposit for the room 200 EUR",
        "комната 650 зл в месяц",
        "accommodation, €70 a week",
        "премия 100 евро",
    ],
)
def test_other_numbers_are_no_pay(text):
    assert "pay" not in said(text)


@pytest.mark.parametrize(
    ("text", "fees"),
    [
        ("150€ за оформление", "150 EUR"),
        ("Оформление - 550 евро", "550 EUR"),
        ("Оплата за оформление визы 300 евро", "300 EUR"),
        ("Agency fee: 350 EUR", "350 EUR"),
        ("მომსახურების საფასური 400 ლარი", "400 GEL"),
        ("chemi momsaxureba 200 evro", "200 EUR"),
        ("100 ევრო ადგილის დასაჯავშნად", "100 EUR"),
        ("100 USD to reserve your place", "100 USD"),
        ("услуги платные", "asked"),
        ("нужна предоплата", "asked"),
        ("без предоплаты", "none"),
        ("Денег с кандидатов не берём", "none"),
        ("Вакансия бесплатная", "none"),
        ("There is NO recruitment fee", "none"),
        ("კანდიდატისთვის უფასოა", "none"),
        ("თანხას არ ვიღებთ", "none"),
    ],
)
def test_a_fee_is_told_from_pay_and_from_none(text, fees):
    found = said(text)
    assert found["fees"] == fees
    assert "pay" not in found
    assert answers(text).get("fee") == (None if fees == "none" else "pay")


@pytest.mark.parametrize(
    "text",
    [
        "Жильё и питание бесплатно",
        "უფასო საცხოვრებელი",
        "free accommodation",
        "hostel, no charge",
        "обучение бесплатно",
    ],
)
def test_what_is_free_beside_the_job_is_no_word_on_fees(text):
    assert "fees" not in said(text)


def test_a_sum_belongs_to_what_its_clause_speaks_of():
    text = "Зарплата 1500 евро в месяц, жильё 100 евро, за оформление 300 евро"
    assert (said(text)["pay"], said(text)["fees"]) == ("1500 EUR month", "300 EUR")


def test_a_sum_may_be_followed_by_what_it_is_for():
    text = "1500 евро зарплата, 100 евро за жильё"
    assert said(text)["pay"] == "1500 EUR"
    assert "fees" not in said(text)


def test_a_line_may_be_announced_by_the_one_above():
    assert said("Жильё:\n100 евро в месяц").get("pay") is None
    assert said("Зарплата:\n12 евро в час")["pay"] == "12 EUR hour"


def test_a_sum_with_a_period_is_pay_before_one_without():
    assert said("ставка: 500 евро аванс\nзарплата 12 евро в час")["pay"] == "12 EUR hour"


def test_the_price_of_a_visa_beside_no_fee_is_no_fee():
    assert said("Денег с кандидатов не берём. Виза 80 евро")["fees"] == "none"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("10-12 часов в день", "10-12 day"),
        ("12-საათიანი სამუშაო დღე", "12 day"),
        ("დღეში 10 საათი", "10 day"),
        ("работа по 8 ч", "8 day"),
        ("7,5 ч смена", "7.5 day"),
        ("60 h/week", "60 week"),
        ("კვირაში 40 საათი", "40 week"),
        ("40 Std. კვირაში", "40 week"),
        ("up to 48 hours a week", "48 week"),
        ("24-საათიანზე", "24 day"),
        ("график 6/1", "said"),
        ("კვირაში 6 დღე", "said"),
        ("9:00-18:00", "said"),
        ("9-დან 19 საათამდე", "said"),
        ("full time", "said"),
        ("выходные сб-вс", "said"),
    ],
)
def test_hours_are_read_as_people_write_them(text, hours):
    assert said(text)["hours"] == hours


@pytest.mark.parametrize(
    "text", ["дорога 2 часа", "ответим за 24 часа", "12 евро в час", "контракт 3 месяца", "1/2 ставки нет"]
)
def test_other_times_are_no_hours(text):
    assert "hours" not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "12 часов в день",
        "12-საათიანი",
        "7 days a week",
        "без выходных",
        "დასვენების დღეების გარეშე",
        "70 hours per week",
        "7/0",
    ],
)
def test_hours_far_over_the_norm_answer_the_question(text):
    assert answers(text)["hours"] == "long"


@pytest.mark.parametrize(
    "text", ["8 часов в день", "10-12 часов", "48 hours a week", "6 дней в неделю", "звоните без выходных"]
)
def test_hours_that_may_be_normal_answer_nothing(text):
    assert "hours" not in answers(text)


@pytest.mark.parametrize(
    "text",
    [
        "+995 599 12 34 56",
        "599-12-34-56",
        "555123456",
        "@some_name_example",
        "jobs@hotel.example",
        "www.job.example",
        "t.me/job_example",
        "пишите в вотсап",
        "მომწერეთ ვაიბერზე",
        "momweret viberze",
    ],
)
def test_a_contact_is_known_by_its_form(text):
    assert said(text) == {"contacts": "said"}


@pytest.mark.parametrize("text", ["1500-2000", "10 000-20 000 лари", "18-45", "в личку", "2026-2027"])
def test_other_numbers_are_no_contact(text):
    assert "contacts" not in said(text)
