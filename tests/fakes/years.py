"""Years of made-up consultations, with the ways in which real ones hang together.

A profile is what one consultation adds: {table: value}, or a tuple of values where it may stand in several rows. Topics
lead to destinations, outcomes and ages; campaigns have long tails; there is more in summer than in winter.
"""

import math
from collections import Counter
from datetime import timedelta
from functools import cache
from itertools import accumulate, chain

from bot.statistics.making import About, make
from bot.statistics.periods import Period
from bot.statistics.tables import Tables, Unit
from dialogs.assess import UNKNOWN
from dialogs.desk import CANCELLED, NOT_CODED, OTHER
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
    leading, others = _leading(unit)
    found = [{leading.name: value} for value in random.choices(leading.values, cum_weights=_weights(leading), k=number)]
    for lead in leading.values:
        led = [profile for profile in found if profile[leading.name] == lead]
        for table in others:
            for profile, value in zip(led, _drawn(random, table, lead, len(led)), strict=True):
                profile[table.name] = value
    for profile in found:
        profile.update(possible(unit, profile))
    return found


def possible(unit, profile):
    """What of a profile has to be otherwise, because no conversation, check or case comes to this."""
    match unit, profile:
        case Unit.TALK, {"topic": ()}:
            return {"topic": (OTHER,)}
        case Unit.CHECK, {"band": "none" | "yellow"}:
            return {"sign": ()}
        case Unit.CHECK, {"band": "orange", "sign": signs}:
            return {"sign": tuple(sign for sign in signs if sign not in tables().decisive)[:1]}
        case Unit.CASE, {"handover": "answered", "outcome": outcome}:
            return {"outcome": NOT_CODED if outcome == CANCELLED else outcome}
        case Unit.CASE, {"handover": handover, "age": age}:
            outcome = CANCELLED if handover == CANCELLED else NOT_CODED
            age = age if age == "minor" else UNKNOWN
            return {"outcome": outcome, "age": age, "gender": UNKNOWN, "category": (), "referral": ()}
    return {}


@cache
def _leading(unit):
    """The table that leads to all others, and these."""
    of_unit = tables().of_unit(unit)
    leading = next((table for table in of_unit if table.name == "case_topic"), of_unit[0])
    return leading, [table for table in of_unit if table is not leading]


def _drawn(random, table, lead, number):
    if not table.several:
        return random.choices(table.values, cum_weights=_weights(table, lead), k=number)
    pairs = zip(*(random.choices(table.values, cum_weights=_weights(table, lead), k=number) for _ in "ab"), strict=True)
    some = random.choices((0, 1, 2), cum_weights=(2, 8, 10), k=number)
    return [tuple(sorted(set(pair[:how]))) for pair, how in zip(pairs, some, strict=True)]


@cache
def _weights(table, lead=None):
    """A few values are common and many are rare; which ones depends on what leads."""
    likely = LIKELY.get(table.name, {})
    base = [likely.get(value, 40 / (at + 1) ** 1.6) for at, value in enumerate(table.values)]
    if lead is None:
        return tuple(accumulate(base))
    turn = sum(map(ord, lead)) % len(base)
    return tuple(accumulate(0.6 * weight + 0.4 * base[at - turn] for at, weight in enumerate(base)))


def counts(profiles):
    """The sums of these profiles, as they are counted."""
    profiles, found = list(profiles), Counter()
    for table in tables().one_way:
        values = [profile[table.name] for profile in profiles if table.name in profile]
        for value, number in Counter(chain.from_iterable(values) if table.several else values).items():
            found[table.name, value] = number
    for cross in tables().two_way:
        rows, columns = cross.rows.name, cross.columns.name
        for pair, number in Counter((one[rows], one[columns]) for one in profiles if rows in one).items():
            if cell := cross.cell(*pair):
                found[cross.name, cell] = number
    return found


def quarter(random, number):
    """The sums of a quarter with so many of each unit."""
    return counts(profile for unit in Unit for profile in consultations(random, unit, number))


def release(sums, quarter=1):
    """The first release of a house whose quarter had these sums."""
    return released({Period(2026, quarter).name: sums}, (), quarter)


def released(sums, past, quarter):
    """The release of a quarter, by the sums of all that are kept."""
    period = Period(2026, quarter)
    return make(tables(), sums, past, About(period, period.last + timedelta(days=14), "Example", "0.1.0"))


def added(sums):
    """The sums of several periods together."""
    return sum(sums, Counter())
