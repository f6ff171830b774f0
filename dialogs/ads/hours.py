"""Read how long one works: `10-12 часов`, `12-საათიანი`, `60 h/week`, `6/1`, `с 8:00 до 20:00`."""

import re
from collections.abc import Iterable, Iterator

from dialogs.ads.amounts import Amount
from dialogs.ads.money import Line

_DAYS = (4, 16)
"""Hours of one day that somebody may work; 2 hours are a road, 24 a time to call."""
_WEEKS = (15, 100)
_ROUND = 24
_NEAR = 3
"""So many tokens before the hours a word may say what they are counted in."""
_LONG_DAY = 12
_LONG_WEEK = 60
_EVERY_DAY = 7
_ROTA = re.compile(r"(?<![\d/.,])(?:[2-7]\s?/\s?[0-3]|1\s?/\s?3)(?![\d/.,])")
_NO_REST = re.compile(r"(?<![\d/.,])7\s?/\s?(?:7|0)(?![\d/.,])")
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-4])[:.][0-5]0(?!\d).{1,12}?(?<!\d)(?:[01]?\d|2[0-4])[:.][0-5]0(?!\d)")


def said_hours(lines: Iterable[Line]) -> str | None:
    """`10 day` or `60 week` as the first line says it, `said` where hours are named in another way, or None."""
    every = tuple(lines)
    counted = next((value for line in every for value in _counted(line)), None)
    return counted or ("said" if any(_named(line) for line in every) else None)


def long_hours(lines: Iterable[Line]) -> bool:
    """Whether numbers say far more than the norm: 12 hours a day, over 60 a week, seven days a week."""
    return any(_long(line) for line in lines)


def _counted(line: Line) -> Iterator[str]:
    for amount in line.amounts:
        if _is_day(line, amount):
            yield f"{amount.span} day"
        elif _is_week(line, amount):
            yield f"{amount.span} week"


def _is_day(line: Line, amount: Amount) -> bool:
    fits = _within(amount, _DAYS)
    return _hours(amount) and (fits or _all_day(line, amount)) and _per(line, amount) in {"day", None}


def _is_week(line: Line, amount: Amount) -> bool:
    fits = _within(amount, _WEEKS)
    return _hours(amount) and fits and _per(line, amount) == "week"


def _within(amount: Amount, ends: tuple[int, int]) -> bool:
    return ends[0] <= amount.low <= amount.high <= ends[1]


def _hours(amount: Amount) -> bool:
    return amount.currency is None and amount.unit == "hour"


def _all_day(line: Line, amount: Amount) -> bool:
    """Whether 24 hours are hours of work: `24-საათიანი`, but not "in 24 hours"."""
    named = any(token.is_("beside.shift") for token in line.tokens[amount.first : amount.after])
    return amount.low == amount.high == _ROUND and (named or amount.per == "day")


def _per(line: Line, amount: Amount) -> str | None:
    """What the hours are counted in, told behind them or before: `კვირაში 40 საათი`."""
    taken = {at for other in line.amounts for at in range(other.first, other.after)}
    before = range(amount.first - 1, max(-1, amount.first - 1 - _NEAR), -1)
    return amount.per or next(filter(None, (line.tokens[at].among("units") for at in before if at not in taken)), None)


def _named(line: Line) -> bool:
    """Whether days of the week, shifts or the hours of a clock are told."""
    shown = any(pattern.search(line.text) for pattern in (_ROTA, _NO_REST, _CLOCK))
    return shown or any(_is_rota(line, amount) or _is_clock(amount) for amount in line.amounts)


def _is_rota(line: Line, amount: Amount) -> bool:
    return amount.unit == "day" and amount.high <= _EVERY_DAY and _per(line, amount) == "week"


def _is_clock(amount: Amount) -> bool:
    """`9-დან 19 საათამდე` are hours of a clock."""
    return _hours(amount) and _DAYS[0] <= amount.low < amount.high and _DAYS[1] < amount.high <= _ROUND


def _long(line: Line) -> bool:
    days = any(_is_day(line, amount) and amount.low >= _LONG_DAY and _of_work(line, amount) for amount in line.amounts)
    weeks = any(_is_week(line, amount) and amount.low >= _LONG_WEEK < amount.high for amount in line.amounts)
    return (
        days or weeks or bool(_NO_REST.search(line.text)) or any(_whole_week(line, amount) for amount in line.amounts)
    )


def _of_work(line: Line, amount: Amount) -> bool:
    """Whether hours are surely those of a day's work: "12 hours daily", "12-часовые смены", not a training."""
    near = line.tokens[max(0, amount.first - _NEAR) : amount.after + _NEAR]
    return _per(line, amount) == "day" or any(token.is_("beside.shift") for token in near)


def _whole_week(line: Line, amount: Amount) -> bool:
    return amount.low == _EVERY_DAY and _is_rota(line, amount)
