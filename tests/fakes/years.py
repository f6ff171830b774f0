"""Years of made-up consultations, with the ways in which real ones hang together.

A profile is what one consultation adds: {table: value}, or a tuple of values where it may stand in several rows. Topics
lead to destinations, outcomes and ages; campaigns have long tails; there is more in summer than in winter.
"""

import math
from collections import Counter
from functools import cache
from itertools import accumulate

from bot.statistics.tables import Tables, Unit
from tests.fakes import real

CAMPAIGNS = ("radio", "tiktok", "leaflet", "bus")
LIKELY = {
    "language": {"ka": 70, "ru": 22, "en": 8},
    "campaign": {"none": 60, "tiktok": 25, "radio": 10, "leaflet": 4, "bus": 1},
    "gender": {"woman": 40, "man": 25, "other": 1, "unknown": 34},
    "age": {"minor": 2, "from18": 22, "from25": 24, "from35": 18, "unknown": 34},
    "handover": {"answered": 80, "unanswered": 14, "cancelled": 6},
    "outcome": {"answered": 45, "referred": 16, "helped_urgent": 3, "no_reply": 16, "not_ours": 6, "not_coded": 6},
    "case_topic": {"work": 30, "offer": 22, "travel": 16, "abroad": 10, "trouble": 4, "relatives": 6, "child": 1},
    "band": {"none": 20, "yellow": 30, "orange": 28, "red": 18, "emergency": 4},
}


@cache
def tables():
    return Tables.of(real.book(), CAMPAIGNS)


def sizes(random, smallest, largest):
    """Four quarters of one year, more in summer."""
    middle = math.exp(random.uniform(math.log(smallest), math.log(largest)))
    return [min(largest, max(smallest, round(middle * season))) for season in (0.8, 1.1, 1.3, 0.8)]


def consultations(random, unit, number):
    """Profiles of so many consultations."""
    leading, *others = tables().of_unit(unit)
    if unit is Unit.CASE:
        leading, others = next(t for t in others if t.name == "case_topic"), [*tables().of_unit(unit)]
        others.remove(leading)
    leads = _drawn(random, leading, number)
    found = [{leading.name: value} for value in leads]
    for table in others:
        for profile in found:
            profile[table.name] = _of(random, table, profile[leading.name])
    return found


def _drawn(random, table, number, lead=None):
    return random.choices(table.values, cum_weights=_weights(table, lead), k=number)


def _of(random, table, lead):
    weights = _weights(table, lead)
    if not table.several:
        return random.choices(table.values, cum_weights=weights)[0]
    return tuple(sorted(set(random.choices(table.values, cum_weights=weights, k=random.choice((0, 1, 1, 1, 2))))))


@cache
def _weights(table, lead):
    """A few values are common and many are rare; which ones depends on what leads."""
    likely = LIKELY.get(table.name, {})
    base = [likely.get(value, 40 / (at + 1) ** 1.6) for at, value in enumerate(table.values)]
    if lead is None:
        return tuple(accumulate(base))
    turn = sum(map(ord, lead)) % len(base)
    return tuple(accumulate(0.6 * weight + 0.4 * base[at - turn] for at, weight in enumerate(base)))


def counts(profiles):
    """The sums of these profiles, as they are counted."""
    sums = Counter()
    for profile in profiles:
        sums.update(cells(profile))
    return sums


def cells(profile):
    """What one consultation adds."""
    for table, value in profile.items():
        yield from ((table, one) for one in (value if isinstance(value, tuple) else (value,)))
    for cross in tables().two_way:
        if cross.rows.name in profile:
            cell = cross.cell(profile[cross.rows.name], profile[cross.columns.name])
            yield from [(cross.name, cell)] if cell else []


def quarter(random, number):
    """The sums of a quarter with so many of each unit."""
    return counts(profile for unit in Unit for profile in consultations(random, unit, number))
