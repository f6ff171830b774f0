"""A house in which somebody lived: an open talk, a sealed one, one with the bot alone, staff, counts, letters."""

from dataclasses import replace
from datetime import date, timedelta

from storage import Author, Cell, Footprint, Kind, Line, NewEntry, Outgoing, Record, StoredCase
from storage.tables import Row

ANA, BEKA, NINO = 7_000_000_001, 7_000_000_002, 7_000_000_003
SAID, SEALED = "what Ana said", "what Beka said"
STAFF = Record(Kind.STAFF, "5000000001", "manager")
CELL = Cell("2026-11", "band", "red")
UNTIL = date(2027, 2, 20)


async def lived_in(store, now, archive=None):
    """Fill it; with an archive key Beka's talk is sealed, without it is gone. Gives the ids by person."""
    async with store.transaction() as work:
        if archive is not None:
            await work.set_archive_key(archive)
        await work.fresh(1, [10, 11], now)
        await work.raise_high_water(now)
        await work.keep([STAFF, replace(STAFF, kind=Kind.HOUSE, key="drill", body='{"at": "2026-10-01"}')])
        await work.count({CELL: 3})
        them = await work.conversations([ANA, BEKA, NINO])
        await work.save([_walked(one, now) for one in them.values()], now)
        await work.append(them[ANA], [NewEntry(Author.PERSON, SAID), NewEntry(Author.CONSULTANT, "and the answer")])
        await work.append(them[BEKA], [NewEntry(Author.PERSON, SEALED)])
        await work.save_cases([StoredCase(them[ANA].id, "a case")])
        await work.add_lines([(them[ANA], Line(0, Author.PERSON, 5, (-100, 6), b"d" * 32))])
        await work.post([Outgoing(one, 1, "a letter") for one in them.values()])
        await work.entrust([them[BEKA]])
        await work.seal_off([(them[BEKA], UNTIL)])
    return {person: one.id for person, one in them.items()}


def _walked(one, now):
    return replace(one, state="where they stand", footprint=Footprint("ka").grown(44, now - timedelta(hours=1)))


async def forget(store, person, now):
    """/forget, as the bot does it."""
    async with store.transaction() as work:
        await work.erase(list((await work.conversations([person])).values()), now)


async def known_people(store):
    """Who has a stored conversation that opens."""
    async with store.transaction() as work:
        them = await work.conversations([ANA, BEKA, NINO])
        return {person for person, one in them.items() if one.state is not None}


async def rows(connection):
    """All rows of all tables, each table in some fixed order."""
    return {
        table.name: sorted((tuple(row) for row in await connection.execute(table.select())), key=repr)
        for table in Row.metadata.sorted_tables
    }
