"""Count days in the Schengen area: at most 90 in any 180, the days of coming and of leaving included.

Source of the rule: Regulation (EU) 2016/399 (Schengen Borders Code), Article 6(1) and (2): for each day of a stay the
180 days up to it are looked at. The two numbers come from the fact sheet.

Law: plain arithmetic on whole days, the day of today given. It is a help for planning and no official answer.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
PLANNED = timedelta(days=730)
"""How far ahead plans are looked at."""


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """From the day of coming to the day of leaving; `left` is None while the person is still there."""

    came: date
    left: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """So many days are `allowed` in every `window` of days."""

    allowed: int
    window: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What the stays add up to today.

    `used` days lie in the window that ends today. `over` is by how many days the rule is or will be broken, 0 if not.
    `left` days may still be spent from today on without a break, the last of them is `until`. Where the days already
    spent leave none, `again` is the first day on which one may come back.
    """

    used: int
    over: int
    left: int
    until: date | None
    again: date | None


def add_up(stays: tuple[Stay, ...], today: date, rule: Rule) -> Sum:
    """The sum as of `today`; planned stays count too."""
    days = _days(stays, today, rule)
    ahead = sorted({today, *(day for day in days if day > today)})
    over = max(_used(days, day, rule) for day in ahead) - rule.allowed
    until = _last_day(days, today, rule) if over <= 0 else None
    fresh = (until - today).days + (today not in days) if until else 0
    return Sum(
        used=_used(days, today, rule),
        over=max(over, 0),
        left=fresh,
        until=until,
        again=_first_day(days, today, rule) if _full(days, today, rule) else None,
    )


def _days(stays: tuple[Stay, ...], today: date, rule: Rule) -> list[date]:
    """Every day spent there that matters now, once, in order. Someone who is still there is there today."""
    earliest, latest = today - rule.window * DAY, today + PLANNED
    spent: set[date] = set()
    for stay in stays:
        first = max(stay.came, earliest)
        last = min(stay.left or max(stay.came, today), latest)
        spent.update(first + n * DAY for n in range((last - first).days + 1))
    return sorted(spent)


def _full(days: list[date], today: date, rule: Rule) -> bool:
    """Whether not even this one day could be spent, whatever is planned."""
    return _used(sorted({*days, today}), today, rule) > rule.allowed


def _used(days: list[date], day: date, rule: Rule) -> int:
    """Days spent in the window that ends on `day`."""
    return bisect_right(days, day) - bisect_left(days, day - (rule.window - 1) * DAY)


def _last_day(days: list[date], today: date, rule: Rule) -> date | None:
    """The last day of a stay that goes on from today, or None when not even today is allowed."""
    last = None
    for n in range(rule.window):
        day = today + n * DAY
        together = sorted({*days, *(today + k * DAY for k in range(n + 1))})
        watched = [day, *(planned for planned in together if planned > day)]
        if any(_used(together, each, rule) > rule.allowed for each in watched):
            break
        last = day
    return last


def _first_day(days: list[date], today: date, rule: Rule) -> date:
    """The first day after today on which one may be there again."""
    day = today + DAY
    while _used(sorted({*days, day}), day, rule) > rule.allowed:
        day += DAY
    return day
