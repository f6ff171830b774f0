"""What the house remembers of its own upkeep: when the daily work was done, which anchor came last, and the like.

Law: a few words of JSON under a name, sealed as a record of the house; nothing about anybody.
"""

import json
from typing import Any

from storage import Kind, Record, Transaction

DAILY = "daily"
"""{"at": when the day's work was done, "ok": true}"""
SWEPT = "swept"
"""{"at": when all that was over was last erased, or first tried in vain, "ok": whether the last sweep erased it all}"""
HELD = "held"
"""{"at": since when the day's work waits for a clock that can be trusted}"""
ANCHOR = "anchor"
"""{"seq": running number, "day": of which day, "hash": 64 hexadecimal digits}"""
OLDER = "older"
"""{"at": when a start found the database older than the keyring knew it}"""
UNRELEASED = "unreleased"
"""{"at": when a release that is due was last tried in vain, "reason": why, in a sentence or the type of an error}"""

Upkeep = dict[str, dict[str, Any]]


async def recalled(work: Transaction) -> Upkeep:
    """Everything remembered, by name. One statement."""
    return {record.key: json.loads(record.body) for record in await work.records((Kind.HOUSE,))}


async def remember(work: Transaction, name: str, **said: object) -> None:
    """Write something over what was remembered under its name. Three statements."""
    found = await _found(work, name)
    await work.keep([Record(Kind.HOUSE, name, json.dumps(said), found.revision if found else 0)])


async def forget(work: Transaction, name: str) -> None:
    """Remember it no more."""
    found = await _found(work, name)
    if found is not None:
        await work.drop([found])


async def _found(work: Transaction, name: str) -> Record | None:
    return next((record for record in await work.records((Kind.HOUSE,)) if record.key == name), None)
