"""A year of them: the last four whole quarters before now, who comes in each, and when.

Law: the same seed and the same day play the same year.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from bot.clock import TBILISI
from bot.demo.endings import ending
from bot.demo.people import Visitor, checks, visitor
from bot.demo.sitting import sit
from bot.demo.stage import Stage
from bot.demo.tally import Tally
from bot.demo.visiting import Visit
from bot.statistics.periods import Period
from dialogs.hours import opens_at

NOBODY = 2**52
"""Telegram's accounts have numbers below this (Bot API, User.id): from here on there is nobody."""
FIRST_VISITOR = NOBODY + 1_000
COMES = time(10, 30)
"""When people come."""
MARGIN, CLOSING = timedelta(days=10), timedelta(days=5)
"""So long before the end of a period nobody comes any more, and the last cases that nobody took are over."""
GIVEN_UP = timedelta(days=7)
"""After so long a case that nobody took is closed by itself."""
WORRIED = 4.0
"""So much likelier do those whose answers worry ask for a human."""
CURIOUS = 20
"""One in so many chooses a language and goes: they come to no topic and are not counted."""

Tell = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Size:
    """How many conversations come to a topic in a period, how many of these take the check, and how many are cases.

    `days`: on how many days they come.
    """

    talks: int
    checks: int
    cases: int
    days: int = 6


YEAR = (Size(480, 260, 42), Size(560, 330, 180), Size(610, 350, 240), Size(690, 400, 340))
"""The first period has so few cases that they are published with the next; only the last has two-way tables."""


def periods(today: date) -> tuple[Period, ...]:
    """The last four whole quarters before a day, the earliest first."""
    now = Period.of(today)
    *year, _ = Period(now.year - 1, now.number).until(now)
    return tuple(year)


def cast(size: Size, season: int, first: int, chance: Random) -> list[Visitor]:
    """Everybody who comes in this quarter of a year, numbered from `first` on, in the order they come."""
    curious = size.talks // CURIOUS
    them = [visitor(first + number, season, chance) for number in range(size.talks + curious)]
    for one in them[size.talks :]:
        one.taps = ()
    _check(them[: size.talks], size.checks, chance)
    for one in _drawn(them[: size.talks], size.cases, lambda one: WORRIED if one.mood == "grave" else 1.0, chance):
        one.ending = ending(one, chance)
    chance.shuffle(them)
    return them


def _check(them: Sequence[Visitor], size: int, chance: Random) -> None:
    """So many of them check an offer. Whoever came for that begins with it; children are asked nothing."""
    able = [one for one in them if one.interest != "child"]
    for one in _drawn(able, size, lambda one: 3.0 if one.interest == "offer" else 1.0, chance):
        one.walk = checks(one, chance)
        one.taps = () if one.interest == "offer" else one.taps


def _drawn(them: Sequence[Visitor], size: int, weight: Callable[[Visitor], float], chance: Random) -> list[Visitor]:
    """So many of them, each as likely as their weight says."""
    return sorted(them, key=lambda one: chance.random() ** (1 / weight(one)), reverse=True)[:size]


@dataclass(slots=True)
class Year:
    """A year that is played on a stage. `waiting` are those whose case nobody takes, and since when."""

    stage: Stage
    consultants: Sequence[int]
    chance: Random
    tally: Tally
    waiting: list[tuple[datetime, Visitor]] = field(default_factory=list)

    async def play(self, sizes: Sequence[Size], today: date, tell: Tell) -> None:
        """All of it, to the last day of the last period. `tell` hears how many of how many people have been there."""
        them = list(self._cast(sizes, periods(today)[-len(sizes) :]))
        gone, all_ = 0, sum(len(some) for _, some in them)
        for moment, some in them:
            await self._later(moment)
            await self._sit(some)
            gone += len(some)
            tell(gone, all_)

    def _cast(self, sizes: Sequence[Size], year: Sequence[Period]) -> Iterator[tuple[datetime, Sequence[Visitor]]]:
        """Who comes when; at the end of a period nobody, so that what is left of it comes to its end in it."""
        first = FIRST_VISITOR
        for period, size in zip(year, sizes, strict=True):
            them = cast(size, period.number, first, self.chance)
            first += len(them)
            yield from ((moment, them[day :: size.days]) for day, moment in enumerate(_moments(period, size.days)))
            yield _at(period.last - CLOSING), ()

    async def _sit(self, them: Sequence[Visitor]) -> None:
        visits = [Visit(one, self.chance) for one in them]
        left = await sit(self.stage, visits, self.consultants, self.tally)
        self.waiting += [(self.stage.now, one) for one in left]

    async def _later(self, moment: datetime) -> None:
        """Time goes by, and cases that nobody took for a week are over."""
        desk = self.stage.book.desk
        moment = moment if desk is None else opens_at(desk, moment)
        await self.stage.later(moment)
        over = [one for since, one in self.waiting if moment - since > GIVEN_UP]
        for one in over:
            if one.coded is not None:
                self.tally.closed(one, one.coded, moment)
        self.waiting = [(since, one) for since, one in self.waiting if one not in over]


def _moments(period: Period, days: int) -> Iterator[datetime]:
    """When people come: evenly over a period."""
    step = (period.last - MARGIN - period.first) / days
    return (_at(period.first + step * number) for number in range(days))


def _at(day: date) -> datetime:
    return datetime.combine(day, COMES, TBILISI)
