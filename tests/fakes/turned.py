"""People whose keys are turned: how they come to live somewhere, and all that can be read of them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import text

from storage import Author, NewEntry, Outgoing, Store, StoredCase
from storage.turning import living_epochs

PEOPLE = range(7_000_000_000, 7_000_000_030)
TALKING = PEOPLE[:5]


async def live(store: Store, now: datetime, people: Collection[int] = PEOPLE) -> None:
    """Everybody has a state, a footprint and a letter that waits; the first few talk with a consultant."""
    async with store.transaction() as work:
        found = (await work.conversations(people)).values()
        hour = int(now.timestamp()) // 3600
        them = [
            replace(
                one, state=f"state of {one.person}", footprint=replace(one.footprint, language="ka", ids=((1, hour),))
            )
            for one in found
        ]
        await work.save(them, now)
        await work.post([Outgoing(one, 1, f"letter to {one.person}") for one in them])
        talking = [one for one in them if one.person in TALKING]
        await work.save_cases([StoredCase(one.id, f"case of {one.person}") for one in talking])
        await work.append_all([(one, [NewEntry(Author.PERSON, f"line of {one.person}")]) for one in talking])


async def everything(store: Store, now: datetime, people: Collection[int] = PEOPLE) -> dict[int, tuple[object, ...]]:
    """All that can be read of everybody."""
    async with store.transaction() as work:
        found = await work.conversations(people)
        cases = {case.conversation: case.body for case in await work.cases()}
        letters = {letter.conversation: letter.body for letter in await work.due(now, 1000, [])}
        return {
            person: (
                one.state,
                one.footprint,
                one.damaged,
                cases.get(one.id),
                letters.get(one.id),
                tuple(await work.transcript(one)),
            )
            for person, one in found.items()
        }


async def epochs_of(store: Store) -> set[int]:
    async with store.transaction() as work:
        epochs = await living_epochs(work._connection)
        return epochs | {(await work._connection.execute(text("SELECT epoch FROM house"))).scalar_one()}
