"""Read days as people type them: 05.03.2026, 5/3/26, 5 March 2026, 5 марта 2026, 5 მარტს 2026.

The names of months come from Babel, by their first three letters, so that every case of a language is met. Day comes
before month, as people write here. A day without a year is not guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from babel.core import UnknownLocaleError
from babel.dates import get_month_names

_CENTURY = 2000
_YEARS = range(_CENTURY, _CENTURY + 100)
_TOLD_APART = 3
"""So many letters tell the twelve months of a language apart."""
_DAY = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:[./-]\s*(\d{1,2})\s*[./-]|[.\s]?\s*([^\W\d_]{3,}),?)\s*(\d{4}|\d{2})(?!\d)"
    r"|(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"
)


class NoDate(ValueError):
    """Digits that are no day of the calendar, or more than a list of days."""


def read_days(text: str, languages: Iterable[str]) -> tuple[date, ...]:
    """The days of a text in the order typed. Raises NoDate when digits are left over that belong to no day."""
    months = _months(tuple(languages))
    # One space is as good as a thousand, and a thousand would cost the pattern a million tries.
    typed = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    found = tuple(_day(match, months) for match in _DAY.finditer(typed))
    if re.search(r"\d", _DAY.sub(" ", typed)):
        raise NoDate
    return found


def _day(found: re.Match[str], months: Mapping[str, int]) -> date:
    try:
        day = _written(found, months)
    except (KeyError, ValueError) as error:
        raise NoDate from error
    if day.year not in _YEARS:
        raise NoDate
    return day


def _written(found: re.Match[str], months: Mapping[str, int]) -> date:
    day, month, name, year, *iso = found.groups()
    if year is None:
        return date(*map(int, iso))
    number = int(month) if month else months[name[:_TOLD_APART]]
    return date(int(year) if len(year) > 2 else _CENTURY + int(year), number, int(day))  # noqa: PLR2004 - 26 is 2026


@cache
def _months(languages: tuple[str, ...]) -> Mapping[str, int]:
    """Month numbers by the first letters of their names, in the form that stands alone and the one beside a day."""
    return {
        name.lower()[:_TOLD_APART]: number
        for language in languages
        for context in ("format", "stand-alone")
        for number, name in _names(language, context).items()
    }


def _names(language: str, context: str) -> Mapping[int, str]:
    try:
        return dict(get_month_names("wide", context=context, locale=language))  # type: ignore[arg-type]  # a Literal
    except (UnknownLocaleError, ValueError):
        return {}
