"""Say a fact or a computed value in a language: dates in full, numbers with their unit, money with its currency.

Units are plural texts of the catalogues (`unit.days`: "1 день", "2 дня", "5 дней"); dates, months and currencies are
Babel's. A value that does not apply now does not exist, and its paragraph is left out with it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import get_args

from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency

from dialogs.book import Book
from dialogs.effects import Line, Show, Tally
from dialogs.model import Fact, Unit
from dialogs.stays import Rule, Stay, Sum, add_up
from dialogs.texts import fill, plural_form

UNITS: Mapping[str, str] = {unit: f"unit.{unit}" for unit in get_args(Unit)}
"""The plural text of each unit a fact may have."""
COUNTED = ("signs", "gaps")
"""What is counted of a self-check; each has a plural text as units have."""
PLURALS: Mapping[str, str] = {name: f"unit.{name}" for name in (*get_args(Unit), *COUNTED)}
"""Every plural text."""
CHECK = frozenset({"step", "steps", *COUNTED})
"""What texts beside a question or a verdict may name."""
PERIODS: Mapping[str, str] = {name: f"per.{name}" for name in ("hour", "day", "week", "month", "year")}
"""The text after a sum or a number of hours that says for how long."""
NUMBER = "n"
"""What a unit text calls its number."""
TALLY = frozenset({"done", "all"})
"""What texts of a script with ticks or marks may name."""
STAYS = frozenset(
    {"example", "stay_count", "days_used", "days_left", "days_over", "stay_until", "enter_from"},
)
"""What texts of a node that asks for stays may name."""
RULE_FACTS = ("ninety_days", "ninety_window")
"""The facts with the two numbers of the rule."""
_EXAMPLE = (timedelta(days=20), timedelta(days=5))

FEES: Mapping[str, str] = {"none": "ad.fees_none", "asked": "ad.fees_asked"}
"""What an ad says of fees without a sum: that there are none, or that there are."""


def spoken_date(day: date, language: str) -> str:
    """The day in full, e.g. 23 ნოემბერი 2026: plain-language rules want no numeric months and no comma."""
    try:
        return format_date(day, "d MMMM y", locale=language)
    except (UnknownLocaleError, ValueError):
        return day.isoformat()


def words_of(book: Book, text: str, language: str) -> str:
    """The words of a text id: in `language`, else in the first language of the book that has them, else the id."""
    for candidate in (language, *book.frame.languages):
        words = book.texts.get(candidate, {}).get(text)
        if words:
            return words
    return text


def spoken(book: Book, fact: Fact, language: str) -> str:
    """The value of a fact as a person reads it."""
    if isinstance(fact.value, date):
        return spoken_date(fact.value, language)
    if fact.kind in UNITS:
        return counted(book, fact.kind, int(fact.value), language)
    return _money(fact.value, language) if fact.kind == "money" else fact.value


def counted(book: Book, unit: str, number: int, language: str) -> str:
    """So many of a unit, in the plural the number wants."""
    form = plural_form(words_of(book, PLURALS[unit], language), language, number)
    return fill(form, {NUMBER: str(number)}) or str(number)


def computed(book: Book, show: Show, language: str, today: date) -> dict[str, str]:
    """The values that are no facts: what is ticked, and what the stays add up to today."""
    found = _tallied(show.tally) | _example(today) | _summed(book, show.stays, language, today)
    return found | _numbered(book, show.numbers, language)


def said_in(book: Book, line: Line, language: str) -> str:
    """What an ad said of a facet, in the form of `dialogs.ads`, as people read it; empty where it only spoke of it."""
    amount, *rest = (line.value or "").split(" ")
    if line.text == "ad.place":
        return words_of(book, f"country.{amount}", language)
    if line.text == "ad.fees" and amount in FEES:
        return words_of(book, FEES[amount], language)
    if not amount[:1].isdigit():
        return ""
    number = amount.replace("-", "–")
    period = words_of(book, PERIODS[rest[-1]], language) if rest and rest[-1] in PERIODS else ""
    currency = rest[0] if rest and rest[0] not in PERIODS else ""
    return " ".join(part for part in (number, currency, period) if part)


def _money(value: str, language: str) -> str:
    amount, _, currency = value.partition(" ")
    try:
        return format_currency(int(amount), currency, "#,##0 ¤¤¤", locale=language, currency_digits=False)
    except (UnknownLocaleError, ValueError):
        return value


def _numbered(book: Book, numbers: Iterable[tuple[str, int]], language: str) -> dict[str, str]:
    """Counts with their unit; where there is nothing to count, the value and its paragraph are left out."""
    return {
        name: counted(book, name, number, language) if name in COUNTED else str(number)
        for name, number in numbers
        if number
    }


def _tallied(tally: Tally | None) -> dict[str, str]:
    return {"done": str(tally.done), "all": str(tally.all)} if tally else {}


def _example(today: date) -> dict[str, str]:
    came, left = (today - ago for ago in _EXAMPLE)
    return {"example": f"{came:%d.%m.%Y} – {left:%d.%m.%Y}"}


def _summed(book: Book, stays: tuple[Stay, ...], language: str, today: date) -> dict[str, str]:
    rule = _rule(book.facts.get(name) for name in RULE_FACTS)
    if not stays or rule is None:
        return {}
    found = add_up(stays, today, rule)
    values = {"stay_count": str(len(stays)), **_days(book, found, language)}
    return values | _limits(found, language)


def _days(book: Book, found: Sum, language: str) -> dict[str, str]:
    days = {"days_used": found.used, "days_over": found.over or None, "days_left": found.left if found.until else None}
    return {name: counted(book, "days", number, language) for name, number in days.items() if number is not None}


def _limits(found: Sum, language: str) -> dict[str, str]:
    days = {"stay_until": found.until, "enter_from": found.again}
    return {name: spoken_date(day, language) for name, day in days.items() if day}


def _rule(facts: Iterable[Fact | None]) -> Rule | None:
    allowed, window = (fact.value if fact and fact.confirmed else None for fact in facts)
    return Rule(int(allowed), int(window)) if isinstance(allowed, str) and isinstance(window, str) else None
