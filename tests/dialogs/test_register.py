"""A company is found under its own name, however that is typed; what is only like it is named apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.register import (
    FRESH,
    MOST_SIMILAR,
    Entry,
    Lookup,
    Register,
    RegisterBroken,
    from_json,
    look_up,
    names_something,
    stale,
    standing,
    to_json,
)
from tests.fakes.companies import COMPANIES, listed

WHOLE = listed(*COMPANIES)
TODAY = date(2026, 11, 23)
GEORGIAN = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
WRITTEN = {
    "as passports write": "a b g d e v z t i k' l m n o p' zh r s t' u p k gh q' sh ch ts dz ts' ch' kh j h",
    "as people chat": "a b g d e v z t i k l m n o p j r s t u f q g y sh ch c dz w ch x j h",
    "as Russians hear": "а б г д е в з т и к л м н о п ж р с т у п к г к ш ч ц дз ц ч х дж х",
    "as Russians spell": "а б г д э в з т и к л м н о п ж р с т у ф к гх кх ш ч ц дз ц ч х дж х",
}


def found(register, typed):
    return [entry.names[0] for entry in look_up(register, typed).found]


def similar(register, typed):
    return [entry.names[0] for entry in look_up(register, typed).similar]


@pytest.mark.parametrize(
    "typed",
    [
        "Global Work",
        "GLOBAL   WORK",
        "global-work",
        "GlobalWork",
        "Work Global",
        "«Global Work»",
        "Global Work LLC",
        "LLC Global Work",
        "Global Work, L.L.C.",
        "Global Work Co., Ltd.",
        "Global Work GmbH",
        "Global Work Sp. z o.o.",
        "Global Work S.R.L.",
        "JSC «Global Work»",
        "შპს Global Work",
        "გლობალ ვორკი",
        "შ.პ.ს. „გლობალ ვორქ“",
        "სს გლობალ უორქი",
        "შეზღუდული პასუხისმგებლობის საზოგადოება გლობალ ვორკი",
        "ინდ. მეწარმე გლობალ ვორკი",
        "ООО «Глобал Ворк»",
        "Глобал Уорк, ОАО",
        "ИП Глобал Ворк",
        "шпс Глобал Ворк",
        "Общество с ограниченной ответственностью Глобал Ворк",
        "გლობალ Work",
        "Глобал Work",
        "Glоbаl Wоrk",
        "Gl\u200bobal Work",
    ],
)
def test_a_company_is_found_in_any_script_and_with_any_legal_form(typed):
    assert found(WHOLE, typed) == ["Global Work"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Smart Work", "სმარტ ვორქი"),
        ("Job Express", "Джоб Экспресс"),
        ("Safe Way", "სეიფ ვეი"),
        ("White Bridge", "უაით ბრიჯი"),
        ("Green Line", "Грин Лайн"),
        ("Vector", "ვექტორი"),
        ("Job4You", "Job 4 You"),
        ("Euro Job", "ევრო ჯობი"),
        ("გზა ევროპაში", "Gza Evropashi"),
        ("გზა ევროპაში", "ᲒᲖᲐ ᲔᲕᲠᲝᲞᲐᲨᲘ"),
        ("შრომა და დასაქმება", "შრომა & დასაქმება"),
        ("შრომა და დასაქმება", "Shroma da Dasaqmeba"),
        ("გიორგი ბერიძე", "ი/მ ბერიძე გიორგი"),
        ("გიორგი ბერიძე", "IE Giorgi Beridze"),
        ("Pflege Brücke", "PFLEGE BRUCKE GmbH"),
    ],
)
def test_a_name_is_found_as_others_write_it_down(name, typed):
    assert found(WHOLE, typed) == [name]


@pytest.mark.parametrize("letters", WRITTEN.values(), ids=WRITTEN)
def test_every_georgian_name_is_found_in_other_letters(letters):
    table = str.maketrans(dict(zip(GEORGIAN, letters.split(), strict=True)))
    names = [name for name in COMPANIES if name[0] in GEORGIAN]

    assert len(names) > 80
    assert {name: found(WHOLE, name.translate(table)) for name in names} == {name: [name] for name in names}


@settings(deadline=None)  # the first look-up folds the whole list
@given(st.sampled_from(COMPANIES), st.randoms(use_true_random=False), st.sampled_from(["", "LLC", "შპს", "ООО"]))
def test_a_listed_name_is_found_in_any_case_and_order_and_it_alone(name, chance, form):
    words = [chance.choice([word.upper(), word.lower(), word.title()]) for word in name.split()]
    chance.shuffle(words)
    words.insert(chance.choice([0, len(words)]), form)

    assert found(WHOLE, " ".join(words)) == [name]


@pytest.mark.parametrize(
    "typed", ["Global", "Work", "G", "Wor", "Global Work Georgia", "Global Working Group", "Global Work 24", "გლობალი"]
)
def test_a_part_of_a_name_and_a_longer_name_are_not_the_company(typed):
    assert "Global Work" not in found(WHOLE, typed)


@pytest.mark.parametrize("typed", ["", " ", "!!! ???", "👍", "«»", "LLC", "შპს", "ООО «»", "ъ", "ъь ь", "\0", "და"])
def test_a_text_that_names_nothing_finds_nothing(typed):
    assert look_up(listed(*COMPANIES, "ი", "ხი"), typed) == Lookup()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Globl Work", "Global Work"),
        ("Global Wokr", "Global Work"),
        ("გლობალ ვორპი", "Global Work"),
        ("დასაქემბის ცენრტი", "დასაქმების ცენტრი"),
        ("Георгий Беридзе", "გიორგი ბერიძე"),
    ],
)
def test_a_name_with_typing_errors_is_similar_and_not_found(typed, meant):
    assert found(WHOLE, typed) == []
    assert similar(WHOLE, typed)[0] == meant


def test_a_name_of_three_letters_has_nothing_similar():
    assert look_up(listed("Nova", "ABC"), "ABD") == Lookup()


def test_at_most_three_are_similar_and_the_nearest_comes_first():
    register = listed("Job Market", "Job Markers", "Job Marker", "Job Marten", "Job Master")

    assert similar(register, "Job Markert") == ["Job Market", "Job Markers", "Job Marker"]
    assert MOST_SIMILAR == 3


def test_what_is_found_has_nothing_similar_beside_it():
    assert look_up(listed("Job Line", "Job Link"), "Job Line").similar == ()


def test_a_company_is_found_by_any_of_its_names():
    one = Entry(("Bridge", "ხიდი", "Мост"), "7", date(2026, 1, 1), None)
    register = Register(date(2026, 9, 30), (one,))

    assert [look_up(register, typed).found for typed in ("bridge", "Хиди", "მოსტი", "most")] == [(one,)] * 4


@pytest.mark.parametrize("typed", ["MS-017/2026", "ms 017 2026", "№ MS-017/2026", "МS 017/2026", "ms0172026"])
def test_a_certificate_number_finds_its_company(typed):
    register = Register(date(2026, 9, 30), (replace(WHOLE.entries[0], certificate="MS-017/2026"), *WHOLE.entries[1:]))

    assert found(register, typed) == ["Global Work"]


@pytest.mark.parametrize(("typed", "names"), [("17", ["A"]), ("№17", ["A"]), ("no. 17", ["A"]), ("1", []), ("170", [])])
def test_a_number_is_the_whole_number(typed, names):
    register = Register(date(2026, 9, 30), (Entry(("A",), "N 17", date(2026, 1, 1), None),))

    assert found(register, typed) == names


def test_the_newest_certificate_of_a_company_comes_first():
    old = Entry(("Nova",), "1", date(2024, 1, 1), date(2025, 12, 31))
    new = Entry(("Nova LLC",), "2", date(2026, 1, 1), None)

    assert look_up(Register(date(2026, 9, 30), (old, new)), "nova").found == (new, old)


def test_a_certificate_is_valid_on_its_first_and_on_its_last_day():
    entry = Entry(("Nova",), "1", date(2026, 12, 1), date(2026, 12, 31))
    register = Register(date(2026, 9, 30), (entry,))
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)]

    assert [standing(entry, register, day) for day in days] == ["not_yet", "listed", "listed", "expired"]
    assert standing(replace(entry, valid_until=None), register, date(2040, 1, 1)) == "listed"


def test_a_clock_that_is_behind_the_list_stands_at_the_lists_day():
    assert standing(WHOLE.entries[0], WHOLE, date(1970, 1, 1)) == "listed"


def test_a_list_is_stale_after_a_quarter():
    assert not stale(WHOLE, WHOLE.listed_on + FRESH)
    assert stale(WHOLE, WHOLE.listed_on + FRESH + timedelta(days=1))
    assert not stale(WHOLE, date(1970, 1, 1))


entries = st.builds(
    Entry,
    st.lists(st.text(), min_size=1).map(tuple),
    st.text(),
    st.dates(),
    st.none() | st.dates(),
)


@given(st.builds(Register, st.dates(), st.lists(entries, max_size=3).map(tuple)))
def test_a_list_is_the_same_after_it_was_stored(register):
    assert from_json(to_json(register)) == register


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"schema": 2, "listed_on": "2026-09-30", "entries": []}',
        '{"schema": 1, "listed_on": 5, "entries": []}',
        '{"schema": 1, "listed_on": "2026-09-30", "entries": [{"names": []}]}',
        to_json(WHOLE)[:-9],
        to_json(WHOLE).replace('"C-100"', "100"),
        "[" * 100_000,
    ],
)
def test_a_damaged_list_is_refused(text):
    with pytest.raises(RegisterBroken):
        from_json(text)


@settings(max_examples=200, deadline=None)  # the first look-up folds the whole list
@given(st.text(), st.text(alphabet="აიხწგaegiwxjаеоьъя46 .-№\u0301\u200b", max_size=300))
def test_looking_up_never_fails(any_text, likely):
    for typed in (any_text, likely):
        assert isinstance(look_up(WHOLE, typed), Lookup)
        names_something(typed)


@pytest.mark.parametrize("text", ["ა" * 100_000, "a b " * 10_000, "гл " * 10_000, "aбა" * 10_000, "(" * 100_000])
def test_a_giant_text_is_read_only_up_to_the_length_of_a_name(text):
    assert look_up(WHOLE, f"{text}Global Work") == Lookup()
    assert found(WHOLE, f"Global Work{' ' * 3000}") == ["Global Work"]
