"""One number over everything sealed: it changes with any of it, tells nothing, and nobody makes it without the key."""

from datetime import date, datetime

import pytest
from sqlalchemy import text

from storage import Author, Conversation, NewEntry, Store, Transaction
from storage.vault.archive import ArchivePrivate, Suite

ANA, BEKA = 21, 22


async def begun(work: Transaction, now: datetime, person: int, *lines: str) -> Conversation:
    one = (await work.conversations([person]))[person]
    await work.save([one], now)
    await work.append(one, [NewEntry(Author.PERSON, line) for line in lines])
    return one


async def digest(store: Store, running: int = 1) -> bytes:
    async with store.transaction() as work:
        return (await work.anchor(running)).digest


@pytest.fixture
async def kept(store: Store, now: datetime) -> Store:
    async with store.transaction() as work:
        await begun(work, now, ANA, "one", "two")
        await begun(work, now, BEKA, "three")
    return store


async def test_it_is_the_same_while_nothing_changes(kept: Store) -> None:
    assert await digest(kept) == await digest(kept)


async def test_its_running_number_is_in_it(kept: Store) -> None:
    assert await digest(kept, 1) != await digest(kept, 2)


async def test_a_new_line_a_new_state_and_an_erasure_each_change_it(kept: Store, now: datetime) -> None:
    seen = {await digest(kept)}
    async with kept.transaction() as work:
        await work.append((await work.conversations([ANA]))[ANA], [NewEntry(Author.PERSON, "four")])
    seen.add(await digest(kept))
    async with kept.transaction() as work:
        await work.save((await work.conversations([BEKA])).values(), now)
    seen.add(await digest(kept))
    async with kept.transaction() as work:
        await work.erase((await work.conversations([BEKA])).values(), now)
    seen.add(await digest(kept))
    assert len(seen) == 4


async def test_a_sealed_talk_stays_in_it(kept: Store, now: datetime) -> None:
    async with kept.transaction() as work:
        await work.set_archive_key(ArchivePrivate.new(Suite.X25519).public)
        await work.clear((await work.conversations([ANA]))[ANA])
        ana = (await work.conversations([ANA]))[ANA]
        await work.append(ana, [NewEntry(Author.PERSON, "sealed")])
        await work.entrust([ana])
    before = await digest(kept)
    async with kept.transaction() as work:
        await work.seal_off([((await work.conversations([ANA]))[ANA], date(2027, 1, 1))])
    assert await digest(kept) == before
    async with kept._engine.begin() as connection:
        await connection.execute(text("DELETE FROM transcript WHERE until_day IS NOT NULL"))
    assert await digest(kept) != before


async def test_somebody_who_puts_back_an_older_row_changes_it(kept: Store, now: datetime) -> None:
    async with kept._engine.begin() as connection:
        old = (await connection.execute(text("SELECT id, entries, head FROM transcript"))).all()
    async with kept.transaction() as work:
        await work.append((await work.conversations([ANA]))[ANA], [NewEntry(Author.PERSON, "four")])
    now_ = await digest(kept)
    async with kept._engine.begin() as connection:
        for row in old:
            query = text("UPDATE transcript SET entries = :entries, head = :head WHERE id = :id")
            await connection.execute(query, dict(row._mapping))
    assert await digest(kept) != now_


async def test_how_many_is_told_to_ten(kept: Store, now: datetime) -> None:
    async with kept.transaction() as work:
        few = await work.anchor(1)
        for person in range(100, 112):
            await begun(work, now, person)
        more = await work.anchor(1)
    assert (few.about, more.about) == (0, 20)


async def test_another_house_has_another_number_for_the_same_rows(kept: Store) -> None:
    ours = await digest(kept)
    object.__setattr__(kept._ring.house, "anchor", bytes(32))
    assert await digest(kept) != ours
