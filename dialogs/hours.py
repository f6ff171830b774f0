"""When somebody answers at the desk. Pure: moments are given, aware, and reckoned in the zone they come with.

Law: a span belongs to the day on which it begins, so a night that begins before a holiday goes on into it, and none
begins on it. Spans are what the clock on the wall shows.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import get_args

from dialogs.desk import Desk, Weekday

_DAYS: tuple[Weekday, ...] = get_args(Weekday)
_DAY = timedelta(days=1)
_MIDNIGHT = "24:00"


def is_open(desk: Desk, moment: datetime) -> bool:
    """Whether somebody may be at the desk at this moment; the minute of closing is closed."""
    return any(opens <= moment < closes for opens, closes in _around(desk, moment))


def opens_at(desk: Desk, moment: datetime) -> datetime:
    """The next moment at which somebody may be there, in the zone of `moment`; `moment` itself while it is open."""
    if is_open(desk, moment):
        return moment
    day = moment
    while True:  # a desk is open on some weekday, and its holidays come to an end
        later = [opens for opens, _ in _spans(desk, day) if opens > moment]
        if later:
            return min(later)
        day += _DAY


def time_open(desk: Desk, since: datetime, until: datetime) -> timedelta:
    """How much of the time between two moments somebody may have been at the desk."""
    day, total = since.astimezone(until.tzinfo) - _DAY, timedelta()
    while day.date() <= until.date():
        parts = (min(closes, until) - max(opens, since) for opens, closes in _spans(desk, day))
        total += sum((part for part in parts if part > timedelta()), timedelta())
        day += _DAY
    return total


def _around(desk: Desk, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The spans of the day and of the night before."""
    yield from _spans(desk, moment - _DAY)
    yield from _spans(desk, moment)


def _spans(desk: Desk, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From when until when each span lasts that begins on the day of `moment`."""
    day = moment.date()
    if any(holiday.day == day for holiday in desk.holidays):
        return
    for span in desk.hours.get(_DAYS[day.weekday()], ()):
        start, end = span.split("-")
        overnight = end == _MIDNIGHT or end < start
        last = day + _DAY if overnight else day
        yield (
            datetime.combine(day, time.fromisoformat(start), moment.tzinfo),
            datetime.combine(last, time.min if end == _MIDNIGHT else time.fromisoformat(end), moment.tzinfo),
        )
