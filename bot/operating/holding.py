"""Legal holds: a recorded, visible order that something sealed is not erased when its day comes.

Law: a hold keeps exactly what it names and nothing that is still linked to a person (docs/decisions/0016). Who sets one
says why; the audit log says only that it was done. A hold is called by the first digits of an archive's id, or `all`.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot import filing
from bot.errors import GzaError
from bot.keeping.retention import EVERYTHING
from bot.settings import Settings
from bot.staffing import opened
from storage import Kind, Record, Store

TAG = 8
"""Hexadecimal digits by which a sealed talk is called."""


class HoldError(GzaError):
    """What was asked for cannot be held, or is not; the text says what can be."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold. `tag` is EVERYTHING for the one that keeps all archives."""

    tag: str
    since: date
    reason: str


def holds_in(records: Iterable[Record]) -> list[Hold]:
    """Records as holds, the oldest first."""
    found = ((record.key, json.loads(record.body)) for record in records)
    holds = (Hold(key[:TAG], date.fromisoformat(said["since"]), said["reason"]) for key, said in found)
    return sorted(holds, key=lambda hold: (hold.since, hold.tag))


async def holds(store: Store) -> list[Hold]:
    """All holds."""
    async with store.transaction() as work:
        return holds_in(await work.records((Kind.HOLD,)))


async def hold(store: Store, tag: str, reason: str, now: datetime) -> int:
    """Keep what is called so from being erased; how many archives that is now. Raises HoldError."""
    body = json.dumps({"since": now.astimezone(UTC).date().isoformat(), "reason": reason})
    async with store.transaction() as work:
        there = {one.id.hex() for one in await work.archives()}
        keys = {EVERYTHING} if tag == EVERYTHING else {key for key in there if key[:TAG] == tag}
        if not keys:
            raise HoldError("No sealed case is called so: see the tags in `gza hold`, or hold all of them with: all")
        old = {record.key: record.revision for record in await work.records((Kind.HOLD,))}
        await work.keep([Record(Kind.HOLD, key, body, old.get(key, 0)) for key in sorted(keys)])
        await filing.audit(work, ("hold.set",), now)
    return len(there) if tag == EVERYTHING else len(keys)


async def lift(store: Store, tag: str, now: datetime) -> None:
    """Let what is called so be erased again when its day comes, or has come. Raises HoldError."""
    async with store.transaction() as work:
        found = [one for one in await work.records((Kind.HOLD,)) if one.key[:TAG] == tag]
        if not found:
            raise HoldError("No hold is called so: see `gza hold`.")
        await work.drop(found)
        await filing.audit(work, ("hold.lifted",), now)


async def run_hold(settings: Settings, say: Callable[[str], object], tag: str, reason: str) -> None:
    """`gza hold --set`: record a hold."""
    if not reason.strip():
        raise HoldError("Say why, without names, e.g. --reason 'order 2/1234 of the city court, 1 March'.")
    async with opened(settings) as store:
        kept = await hold(store, tag, reason.strip(), datetime.now(UTC))
        say(f"Held: {tag}. That is {kept} sealed case{'' if kept == 1 else 's'}, and none of them is erased by date.")
        async with store.transaction() as work:
            if await work.archive_key() is None:
                say("No archive key is set: cases that are closed are destroyed, and no hold keeps them.")


async def run_lift(settings: Settings, say: Callable[[str], object], tag: str) -> None:
    """`gza hold --lift`: end a hold."""
    async with opened(settings) as store:
        await lift(store, tag, datetime.now(UTC))
    say(f"No longer held: {tag}. What is past its day is erased in the next sweep, within an hour.")


async def run_list(settings: Settings, say: Callable[[str], object]) -> None:
    """`gza hold`: what is held and why, then what could be."""
    async with opened(settings) as store:
        found = await holds(store)
        async with store.transaction() as work:
            sealed = await work.archives()
    for one in found:
        say(f"held since {one.since}  {one.tag:<8}  {one.reason}")
    if not found:
        say("Nothing is held.")
    tags = {one.tag for one in found}
    for archived in sealed:
        name = archived.id.hex()[:TAG]
        held = "  held" if tags & {name, EVERYTHING} else ""
        say(f"sealed until {archived.until}  {name}  {archived.entries} entries{held}")
