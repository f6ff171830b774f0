"""How well typing errors are seen through: counted on a made-up list, so that a change of the rules shows its price.

The errors are made by chance with a fixed seed. Who changes the rules on purpose writes the new counts here.
"""

import random
from collections import Counter

import pytest

from dialogs.register import look_up
from tests.fakes.companies import COMPANIES, listed

WHOLE = listed(*COMPANIES)
LATIN, GEORGIAN = "abcdefghijklmnopqrstuvwxyz", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
TRIES = 2
BRANDS = {
    "Global Workforce": "გლობალ ვორკფორსი / Глобал Воркфорс",
    "Euro Career": "ევრო კარიერი / Евро Карьер",
    "EuroStaff": "ევროსტაფი / Евростафф",
    "Work Bridge": "ვორკ ბრიჯი / Ворк Бридж",
    "Top Job": "ტოპ ჯობი / Топ Джоб",
    "Baltic Staff": "ბალტიკ სტაფი / Балтик Стафф",
    "Nordic Jobs": "ნორდიკ ჯობსი / Нордик Джобс",
    "Horizon Work": "ჰორიზონ ვორქი / Хоризон Ворк",
    "Silk Road Staff": "სილქ როუდ სტაფი / Силк Роуд Стафф",
    "Delta Work": "დელტა უორკი / Дельта Уорк",
    "Caucasus Recruitment": "კავკასუს რექრუთმენტი / Кавказус Рекрутмент",
    "Georgian Crew": "ჯორჯიან ქრუ / Джорджиан Крю",
    "First Job": "ფერსთ ჯობი / Фёрст Джоб",
    "Prime Career": "პრაიმ ქარიერი / Прайм Карьер",
    "Victor Staff": "ვიქტორ სტაფი / Виктор Стафф",
    "Care Plus": "ქეა პლუსი / Кеа Плюс",
    "Next Step": "ნექსთ სტეპი / Некст Степ",
    "Open Door": "ოფენ დორი / Опен Дор",
    "Agro Labour": "აგრო ლეიბორი / Агро Лейбор",
    "Key Personnel": "ქი პერსონელი / Ки Персонел",
}
"""English names as Georgians and Russians write down what they hear."""


def mistyped(name, errors, chance):
    """The name with so many letters lost, added, taken for another or swapped with their neighbour."""
    for _ in range(errors):
        letter = chance.choice(GEORGIAN if name[0] in GEORGIAN else LATIN)
        at = chance.choice([i for i, sign in enumerate(name) if sign.isalpha()])
        before, here, after = name[:at], name[at], name[at + 1 :]
        swapped = f"{before[:-1]}{here}{before[-1:]}"
        name = chance.choice([before, f"{before}{letter}{here}", f"{before}{letter}", swapped]) + after
    return name


def led_to(name, typed):
    """What the text led to, seen from the company that was meant."""
    found = look_up(WHOLE, typed)
    if name in [entry.names[0] for entry in found.found]:
        return "found"
    if found.found:
        return "another found"
    return "similar" if name in [entry.names[0] for entry in found.similar] else "nothing"


@pytest.mark.parametrize(
    ("errors", "counted"),
    [
        (1, {"found": 67, "similar": 488, "nothing": 13}),
        (2, {"found": 17, "similar": 452, "nothing": 99}),
    ],
)
def test_most_names_with_typing_errors_are_seen_through(errors, counted):
    tries = [(name, random.Random(f"{name}{errors}{n}")) for name in COMPANIES for n in range(TRIES)]

    assert Counter(led_to(name, mistyped(name, errors, chance)) for name, chance in tries) == counted


def test_no_company_is_taken_for_another_and_few_are_called_similar():
    others = {name: look_up(listed(*(each for each in COMPANIES if each != name)), name) for name in COMPANIES}
    counted = Counter(
        "found" if found.found else "similar" if found.similar else "nothing" for found in others.values()
    )

    assert counted == {"similar": 33, "nothing": 251}


def test_english_names_are_met_as_they_are_heard():
    pairs = [(name, typed) for name, heard in BRANDS.items() for typed in heard.split(" / ")]

    assert Counter(led_to(name, typed) for name, typed in pairs) == {"found": 23, "similar": 14, "nothing": 3}
