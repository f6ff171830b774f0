"""What is set once for all releases of a house: the length of a period, its campaigns, whether it is all made up."""

import json
from dataclasses import dataclass

from bot.statistics.periods import Length
from storage import Kind, Record, Transaction

PERIOD = "period"
"""The setting {"months": 3}; without it a period is a quarter."""
CAMPAIGN = "campaign:"
"""What the settings of campaigns begin with."""
DEMO = "demo"
"""The setting of a house in which everything is made up."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is set."""

    length: Length = Length.QUARTER
    campaigns: tuple[str, ...] = ()
    demo: bool = False


async def read(work: Transaction) -> Fixed:
    """What is set. One statement."""
    said = {record.key: record.body for record in await work.records((Kind.SETTING,))}
    campaigns = sorted(key.removeprefix(CAMPAIGN) for key in said if key.startswith(CAMPAIGN))
    length = Length(json.loads(said[PERIOD])["months"]) if PERIOD in said else Length.QUARTER
    return Fixed(length, tuple(campaigns), DEMO in said)


async def fix(work: Transaction, length: Length) -> bool:
    """Give periods this length for ever; False, and nothing, where they have another and something was counted.

    Raises Stale, outside Busy, when somebody else sets it in the same moment.
    """
    found = next((record for record in await work.records((Kind.SETTING,)) if record.key == PERIOD), None)
    begun = bool(await work.counts() or await work.lost_counts() or await work.releases())
    if begun and length is not (await read(work)).length:
        return False
    body = json.dumps({"months": int(length)})
    await work.keep([Record(Kind.SETTING, PERIOD, body, found.revision if found else 0)])
    return True
