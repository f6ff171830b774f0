"""Figures of the work as it is now: how many cases are where, and how soon people are answered. Pure.

Law: each is rounded to five and below five only "few"; none says anything of anybody: no language, topic, band or
alias. They are no part of a release, and whoever attacks one is taken to know them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

STEP = 5
"""Of cases and of minutes."""
LONG = timedelta(hours=2)
"""From here on whole hours say enough."""
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Now:
    """Cases by where they are, each a multiple of five, None for fewer than five.

    `first_answer` is how long half of those answered have waited at most: to five minutes, from two hours on to the
    whole hours it was more than; None for fewer than five cases.
    """

    waiting: int | None
    talking: int | None
    coding: int | None
    closed: int | None
    first_answer: timedelta | None


def rounded(count: int) -> int | None:
    """The nearest multiple of five; None below five."""
    return None if count < STEP else _to_five(count)


def usual(waits: Collection[timedelta]) -> timedelta | None:
    """The median, as rough as `Now` says."""
    if len(waits) < STEP:
        return None
    half = timedelta(seconds=median(wait.total_seconds() for wait in waits))
    return half // HOUR * HOUR if half >= LONG else timedelta(minutes=_to_five(round(half / MINUTE)))


def _to_five(number: int) -> int:
    return (number + STEP // 2) // STEP * STEP
