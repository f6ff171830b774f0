"""Looks up in the store what a batch may need of the desk (`bot.desk.needs` says what)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.arrivals import Arrival, Barrier, Condemned, Incoming
from bot.desk.desk import Found
from bot.desk.needs import Needs, needs, places
from bot.filing import Filed
from bot.logs import log
from bot.statistics.shelved import Shelved
from storage import Conversation, Entry, Kind, Record, Transaction, VaultError


@dataclass(slots=True)
class Looked:
    """The conversations at hand, and what was found for the desk."""

    known: dict[int, Conversation]
    found: Found = field(default_factory=Found)


async def up(work: Transaction, filed: Filed, arrivals: Iterable[Incoming], banned: frozenset[int]) -> Looked:
    """Everything these arrivals may need."""
    arrivals = list(arrivals)
    found = Found()
    asked = places(filed.desk, arrivals)
    placed = await work.lines_at(asked) if asked else {}
    owners = ((place, filed.person_of(conversation), number) for place, (conversation, number) in placed.items())
    found.placed = {place: (person, number) for place, person, number in owners if person is not None}
    need = needs(filed.desk, arrivals, {place: person for place, (person, _) in found.placed.items()})
    if need.rows:
        rows = await work.uncertain(need.rows)
        about = {row: filed.person_of(conversation) for row, conversation in rows.items()}
        found.uncertain = {row: person for row, person in about.items() if person is not None}
    if need.releases:
        await _releases(work, found)
    known = await work.conversations((_actors(arrivals) | need.people | set(found.uncertain.values())) - banned)
    looked = Looked(known, found)
    await read_back(work, filed, looked, need)
    return looked


async def read_back(work: Transaction, filed: Filed, looked: Looked, need: Needs) -> None:
    """Lines and transcripts of cases whose conversations are at hand. A damaged transcript is none, and is reported."""
    known, found = looked.known, looked.found
    these = [known[person] for person in sorted((need.lines | need.transcripts) & known.keys() & filed.cases.keys())]
    if these:
        by_id = await work.lines(these)
        found.lines = {one.person: tuple(by_id.get(one.id, ())) for one in these}
    for conversation in these:
        if conversation.person in need.transcripts:
            found.transcripts[conversation.person] = await _transcript(work, conversation)


async def _releases(work: Transaction, found: Found) -> None:
    """The frozen releases. Those that can be read are shown, whatever became of another.

    Two statements; one more as long as there is none, to know since when is counted.
    """
    shelved = [one for record in await work.records((Kind.RELEASE,)) if (one := _shelved(record)) is not None]
    found.releases = tuple(sorted(shelved, key=lambda each: each.release.first))
    found.unreadable = sum(not each.is_gone for each in shelved) != await work.releases()
    if not shelved:
        months = {cell.period for cell in await work.counts()}
        found.counted_from = date.fromisoformat(f"{min(months)}-01") if months else None


def _shelved(record: Record) -> Shelved | None:
    try:
        return Shelved.from_json(record.body)
    except ValueError as error:
        log.error("release.damaged", error=type(error).__name__)
        return None


async def _transcript(work: Transaction, conversation: Conversation) -> tuple[Entry, ...]:
    try:
        return tuple(await work.transcript(conversation))
    except VaultError:
        log.error("transcript.damaged")
        return ()


def _actors(arrivals: Iterable[Incoming]) -> set[int]:
    people = (one for one in arrivals if isinstance(one, Arrival | Barrier | Condemned) and not getattr(one, "chat", 0))
    return {one.person for one in people if one.person is not None}
