"""A backup put back: what comes back of it, what never does, and what becomes of what was there."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import text

from storage import Busy, Keyring, Kind, NewerDatabase, Outgoing, Record, Store, WrongKeyring
from storage.copies.memory import in_memory
from storage.copies.restoring import restore
from storage.copies.returning import LOST, PASSING, RESTORED, UNSURE, Known, Wanted, known
from storage.migrating import config
from storage.vault.archive import ArchivePrivate, Suite
from storage.vault.ring import Ring
from tests.fakes.backed import CUSTODIANS, House, quietly
from tests.fakes.lived import ANA, BEKA, CELL, NINO, SAID, SEALED, STAFF, forget, known_people, lived_in, rows

NOTED = (LOST, RESTORED, UNSURE)
"""What the house remembers of a restore into a house that remembers no backup."""
OTHERS = ArchivePrivate(Suite.X25519, b"\x08" * 32)


@pytest.fixture
async def house(store, url, keyring, now, tmp_path):
    """On both engines, with an archive key, and backed up."""
    await lived_in(store, now, CUSTODIANS.public)
    home = House(url, keyring, now, tmp_path, store)
    await home.back_up()
    return home


# What comes back


async def test_a_backup_put_back_is_what_was_without_letters_and_taken_updates(house):
    before = await house.contents()
    async with house.store.transaction() as work:
        await work.drop(await work.records((Kind.STAFF,)))
        await work.count({CELL: 9})
    done = await house.put_back()
    after = await house.contents()
    assert (done.faults, done.fit.alive, done.archives) == ((), True, 1)
    assert {name for name in before if before[name] != after[name]} == {"outbox", "seen_update", "record", "footprint"}
    assert (after["outbox"], after["seen_update"]) == ([], [])
    assert len(after["record"]) == len(before["record"]) + len(NOTED)


async def test_from_one_engine_to_the_other_and_back(house, sqlite_url, postgres_url):
    there = f"sqlite+aiosqlite:///{house.folder}/other.db" if house.url == postgres_url else postgres_url
    await house.store.close()
    elsewhere = replace(house, url=there)
    await elsewhere.put_back()
    house.file.unlink()
    await elsewhere.back_up()
    await house.put_back()
    reopened = await Store.open(house.url, house.keyring)
    assert await known_people(reopened) == {ANA, BEKA, NINO}
    async with reopened.transaction() as work:
        talk = await work.transcript((await work.conversations([ANA]))[ANA])
        assert (talk[0].body, await work.counts()) == (SAID, {CELL: 3})
        await work.post([Outgoing((await work.conversations([NINO]))[NINO], 1, "a letter")])
        assert (await work.due(house.now, 9, []))[0].id > house.now.timestamp()  # no number of a letter that was
    await reopened.close()


async def test_it_is_made_while_the_bot_is_writing(house):
    """What is under way neither holds it up nor gets in by half."""
    house.file.unlink()
    async with house.store.transaction() as work:
        await work.erase(list((await work.conversations([ANA])).values()), house.now)
        await house.back_up()
    async with in_memory(house.opened()) as memory, memory.engine.begin() as connection:
        found = await rows(connection)
    assert (len(found["conversation"]), found["forgotten"]) == (3, [])
    assert len((await house.contents())["conversation"]) == 2


async def test_who_was_forgotten_since_is_forgotten_again_and_not_even_custodians_open_it(house):
    """The talk was sealed to them from its first line on; it is in no export, though Beka's is."""
    await forget(house.store, ANA, house.now)
    await house.store.close()
    done = await house.put_back()
    reopened = await Store.open(house.url, house.keyring)
    assert done.fit.forgotten == 2  # the conversation and the talk
    assert await known_people(reopened) == {BEKA, NINO}
    async with reopened.transaction() as work:
        assert (await work.conversations([ANA]))[ANA].footprint.language is None
        assert await work.cases() == []
    await reopened.close()
    assert await house.talks() == [[SEALED]]
    assert len((await house.contents())["entry"]) == 1


async def test_nobody_who_comes_back_may_be_written_to_for_they_may_have_hidden_the_chat_since(house):
    async with house.store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        await work.save([replace(ana, footprint=replace(ana.footprint, hidden=True, ids=()))], house.now)
    await house.store.close()
    await house.put_back()
    reopened = await Store.open(house.url, house.keyring)
    async with reopened.transaction() as work:
        back = [one.footprint for one in (await work.conversations([ANA, BEKA, NINO])).values()]
    assert [(one.hidden, one.language, len(one.ids)) for one in back] == [(True, "ka", 1)] * 3
    await reopened.close()


async def test_of_an_older_day_staff_settings_counts_and_archives_come_back_and_nobody_alive(house):
    await house.store.close()
    house.next_day()
    assert not (await house.put_back()).fit.alive
    found = await house.contents()
    alive = ("conversation", "footprint", "outbox", "cases", "line", "seen_update")
    assert [found[name] for name in alive] == [[]] * len(alive)
    reopened = await Store.open(house.url, house.keyring)
    async with reopened.transaction() as work:
        assert [record.key for record in await work.records((Kind.STAFF,))] == [STAFF.key]
        assert [record.key for record in await work.records((Kind.HOUSE,))] == sorted(["drill", *NOTED])
        assert await work.counts() == {CELL: 3}
    await reopened.close()
    assert await house.talks() == [[SEALED]]


@pytest.mark.parametrize("days", [0, 1])
async def test_what_was_said_of_the_days_of_the_backup_does_not_come_back(plain, days):
    async with plain.store.transaction() as work:
        await work.keep([Record(Kind.HOUSE, key, '{"at": "2026-11-01"}') for key in (*PASSING, "restored", "anchor")])
    await plain.back_up()
    await plain.store.close()
    for _ in range(days):
        plain.next_day()
    await plain.put_back()
    reopened = await Store.open(plain.url, plain.keyring)
    async with reopened.transaction() as work:
        assert [one.key for one in await work.records((Kind.HOUSE,))] == sorted(["anchor", "drill", *NOTED])
    await reopened.close()


async def test_a_day_of_the_same_number_on_a_keyring_made_anew_is_another_day(home):
    anew = replace(home.keyring, epochs=(replace(home.keyring.newest, secret=os.urandom(32)),), directory=None)
    home.keyring = anew
    assert not (await home.put_back()).fit.alive


async def test_the_archive_key_stays_the_one_that_was_set_last(home):
    async with home.store.transaction() as work:
        await work.set_archive_key(OTHERS.public)
    await home.store.close()
    await home.put_back()
    reopened = await Store.open(home.url, home.keyring)
    async with reopened.transaction() as work:
        assert await work.archive_key() == OTHERS.public
    await reopened.close()


async def test_an_archive_key_that_somebody_put_there_is_not_taken_over(home):
    await forget(home.store, ANA, home.now)
    async with home.store.transaction() as work:
        await work._connection.execute(text("UPDATE house SET archive_mac = x'00'"))
    better = await known(home.url, home.ring)
    assert (better.archive, len(better.forgotten), better.readable) == (None, 2, True)


async def test_a_database_that_is_busy_is_waited_for_and_not_replaced(plain):
    await plain.store.close()
    with closing(sqlite3.connect(plain.folder / "gza.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy):
            await known(plain.url, plain.ring)


async def test_an_older_schema_is_migrated_and_a_newer_one_refused(plain):
    await plain.back_up()
    await plain.store.close()

    async def put_back_as(change):
        async with in_memory(plain.opened()) as memory:
            memory._raw.execute("PRAGMA foreign_keys=0")
            async with memory.engine.begin() as connection:
                await connection.run_sync(change)
            content = memory.content()
        return await restore(Wanted(content, Known(), plain.now), plain.url, plain.keyring, quietly)

    done = await put_back_as(lambda connection: command.downgrade(config(connection), "0003"))
    assert (done.fit.alive, done.faults) == (True, ())
    with pytest.raises(NewerDatabase):
        await put_back_as(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9'")))


# What is replaced


async def test_a_restore_that_breaks_off_leaves_what_was(house):
    async with house.store.transaction() as work:
        await work.count({CELL: 4})
    await house.store.close()
    before = await house.contents()

    def full(done, _):
        if done > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await house.put_back(full)
    assert await house.contents() == before
    assert not [path.name for path in house.folder.iterdir() if ".new" in path.name]


async def test_what_lay_in_the_old_database_lies_nowhere_any_more(plain):
    """Seen through a second name of the old file, which nobody but this test gives it."""
    await plain.back_up()
    await plain.store.close()
    (plain.folder / "watched").hardlink_to(plain.folder / "gza.db")
    plain.next_day()
    await plain.put_back()
    assert set((plain.folder / "watched").read_bytes()) == {0}
    files = {path.name: path.stat().st_mode & 0o777 for path in plain.folder.glob("gza.db*")}
    assert files == {"gza.db": 0o600}


@pytest.mark.parametrize("kept", [0, 100])
async def test_a_database_that_cannot_be_read_any_more_is_replaced_all_the_same(plain, kept):
    await plain.back_up()
    await plain.store.close()
    path = plain.folder / "gza.db"
    path.write_bytes(path.read_bytes()[:kept] + b"not a database" * 100)
    assert not (await known(plain.url, plain.ring)).readable
    assert (await plain.put_back()).fit.alive


async def test_another_house_s_database_is_not_replaced(home, tmp_path):
    others = Ring.of(Keyring.create(tmp_path / "others"))
    with pytest.raises(WrongKeyring, match="DATA_DIR"):
        await known(home.url, others)


async def test_where_there_is_no_database_none_is_made_to_ask_it(plain):
    assert await known(f"sqlite+aiosqlite:///{plain.folder}/none.db", plain.ring) == Known()
    assert not (plain.folder / "none.db").exists()
