"""What a talk leaves behind: nothing that a server can read, and for custodians only what met a human."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from storage import Author, Conversation, Entry, NewEntry, Outgoing, Store, StoredCase, Tampered, Transaction
from storage.packing import seal_entry
from storage.proving import Head, Sealed, opened
from storage.vault.archive import ArchiveKey, ArchivePrivate, Suite
from storage.vault.dek import Dek
from storage.vault.heads import head_of
from storage.vault.places import Purpose, bind
from storage.vault.sealing import tag_of

ANA, BEKA, GIO = 31, 32, 33
UNTIL = date(2027, 2, 21)
CUSTODIANS = {suite: ArchivePrivate.new(suite) for suite in Suite}


async def talking(work: Transaction, now: datetime, person: int, *lines: str) -> Conversation:
    one = (await work.conversations([person]))[person]
    await work.save([one], now)
    await work.append(one, [NewEntry(Author.PERSON, line) for line in lines])
    await work.entrust([one])
    return one


async def read_by(custodians: ArchivePrivate, work: Transaction) -> list[list[Entry]]:
    """Everything sealed, as custodians read it."""
    read = []
    columns = "id, commitment, archived, entries, head"
    rows = await work._connection.execute(text(f"SELECT {columns} FROM transcript WHERE conversation IS NULL"))
    for number, commitment, archived, entries, head in rows.all():
        dek = Dek(custodians.open(archived, bind(Purpose.ARCHIVE, number)))
        assert dek.commitment(number) == commitment
        query = text("SELECT sequence, author, body FROM entry WHERE transcript = :number ORDER BY sequence")
        lines = [Sealed(*row) for row in await work._connection.execute(query, {"number": number})]
        read.append(opened(dek, number, Head(entries, head), lines))
    return read


@pytest.mark.parametrize("suite", Suite)
async def test_what_is_sealed_is_read_by_custodians_and_by_nobody_here(
    store: Store, now: datetime, suite: Suite
) -> None:
    async with store.transaction() as work:
        await work.set_archive_key(CUSTODIANS[suite].public)
        ana = await talking(work, now, ANA, "who I am", "what I fear")
        await work.seal_off([(ana, UNTIL)])
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        assert await work.transcript(ana) == []
        (sealed,) = await work.archives()
        assert (sealed.until, sealed.entries) == (UNTIL, 2)
        assert [[entry.body for entry in talk] for talk in await read_by(CUSTODIANS[suite], work)] == [
            ["who I am", "what I fear"]
        ]
        row = (await work._connection.execute(text("SELECT conversation, epoch, wrapped FROM transcript"))).one()
        assert tuple(row) == (None, None, None)


async def test_after_the_seal_the_same_person_begins_another_talk_with_another_key(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        await work.set_archive_key(CUSTODIANS[Suite.X25519].public)
        ana = await talking(work, now, ANA, "first talk")
        await work.seal_off([(ana, UNTIL)])
        await work.append(ana, [NewEntry(Author.PERSON, "second talk")])
        assert [entry.body for entry in await work.transcript(ana)] == ["second talk"]
        commitments = await work._connection.execute(text("SELECT DISTINCT commitment FROM transcript"))
        assert len(commitments.all()) == 2


async def test_without_an_archive_key_a_talk_ends_with_its_seal(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana, beka = await talking(work, now, ANA, "a"), await talking(work, now, BEKA, "b")
        await work.seal_off([(ana, UNTIL)])
        assert await work.archives() == []
        assert await work.transcript(ana) == []
        assert len(await work.transcript(beka)) == 1


async def test_a_talk_that_began_before_there_were_custodians_is_not_kept_for_them(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = await talking(work, now, ANA, "told to nobody else")
        await work.set_archive_key(CUSTODIANS[Suite.X25519].public)
        await work.append(ana, [NewEntry(Author.PERSON, "nor this")])
        await work.seal_off([(ana, UNTIL)])
        assert await work.archives() == []


async def test_a_talk_that_met_no_human_is_not_kept_for_custodians(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        await work.set_archive_key(CUSTODIANS[Suite.X25519].public)
        ana = (await work.conversations([ANA]))[ANA]
        await work.save([ana], now)
        await work.append(ana, [NewEntry(Author.PERSON, "waiting")])
        assert (await work._connection.execute(text("SELECT archived FROM transcript"))).scalar_one() is None
        await work.seal_off([(ana, UNTIL)])
        assert await work.archives() == []


async def test_the_archive_key_is_the_one_that_was_set_last_and_no_other(store: Store, now: datetime) -> None:
    first, second = (CUSTODIANS[suite].public for suite in Suite)
    async with store.transaction() as work:
        assert await work.archive_key() is None
        for key in (first, second):
            await work.set_archive_key(key)
        assert await work.archive_key() == second
        theirs = ArchivePrivate.new(Suite.X25519).public.to_bytes()
        await work._connection.execute(text("UPDATE house SET archive = :theirs"), {"theirs": theirs})
        with pytest.raises(Tampered, match="gza init --archive"):
            await work.archive_key()
        ana = (await work.conversations([ANA]))[ANA]
        await work.save([ana], now)
        await work.append(ana, [NewEntry(Author.PERSON, "not for them")])
        with pytest.raises(Tampered):
            await work.entrust([ana])


async def test_a_key_comes_back_from_its_line(store: Store) -> None:
    for private in CUSTODIANS.values():
        assert ArchiveKey.from_line(private.public.to_line()) == private.public


async def test_archives_go_after_their_last_day_and_not_on_it_unless_they_are_held(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        await work.set_archive_key(CUSTODIANS[Suite.X25519].public)
        for person in (ANA, BEKA):
            await work.seal_off([(await talking(work, now, person, "a"), UNTIL)])
        one, other = await work.archives()
        assert await work.expire_archives(UNTIL, []) == 0
        assert await work.expire_archives(UNTIL + timedelta(days=1), [one.id]) == 1
        assert await work.archives() == [one]
        entries = await work._connection.execute(text("SELECT DISTINCT transcript FROM entry"))
        assert entries.scalars().all() == [one.id]
        assert await work.expire_archives(UNTIL + timedelta(days=1), []) == 1
        assert other.id != one.id


async def test_a_conversation_goes_when_its_day_is_over_and_a_case_keeps_it(store: Store, now: datetime) -> None:
    today = now.date()
    async with store.transaction() as work:
        for person in (ANA, BEKA):
            one = await talking(work, now, person, "a line")
            await work.post([Outgoing(one, 1, "a letter")])
        await work.save_cases([StoredCase(one.id, "the case of Beka")])
        assert await work.expire(today) == 0
        assert await work.expire(today + timedelta(days=1)) == 1
        found = await work.conversations([ANA, BEKA])
        assert [bool(found[person].revision) for person in (ANA, BEKA)] == [False, True]
        assert await work.waiting() == 1


async def test_a_case_that_does_not_open_holds_nothing_once_it_must_have_ended(store: Store, now: datetime) -> None:
    """Ana's talk was entrusted to custodians, Beka's was not; Gio's case opens, and so ends by itself."""
    over = now.date() + timedelta(days=9)
    async with store.transaction() as work:
        beka = await talking(work, now, BEKA, "a line")
        await work.set_archive_key(CUSTODIANS[Suite.X25519].public)
        ana, gio = [await talking(work, now, person, "a line") for person in (ANA, GIO)]
        await work.save_cases([StoredCase(one.id, "a case") for one in (ana, beka, gio)])
        broken = text("UPDATE cases SET body = :nothing WHERE conversation <> :sound")
        await work._connection.execute(broken, {"nothing": bytes(200), "sound": gio.id})
        assert await work.expire(over - timedelta(days=1)) == 0
        assert await work.archives() == []
        assert await work.expire(over) == 2
        (sealed,) = await work.archives()
        assert sealed.until == over + timedelta(days=37)
        (talk,) = await read_by(CUSTODIANS[Suite.X25519], work)
        assert [entry.body for entry in talk] == ["a line"]
        assert [case.conversation for case in await work.cases()] == [gio.id]
        assert len(await work.transcript(gio)) == 1
        assert set(await work.talks()) == {gio.id}


async def test_a_footprint_outlives_its_conversation_until_nothing_can_be_deleted_any_more(
    store: Store, now: datetime
) -> None:
    async with store.transaction() as work:
        ana, beka = (await work.conversations([ANA, BEKA])).values()
        await work.save([replace(ana, footprint=ana.footprint.grown(7, now)), beka], now)
        assert await work.expire_footprints(now) == 0, "both conversations are there"
        await work.expire(now.date() + timedelta(days=1))
        assert await work.expire_footprints(now) == 1, "of Beka there was nothing to delete"
        assert await work.expire_footprints(now + timedelta(hours=47)) == 0
        assert await work.expire_footprints(now + timedelta(hours=50)) == 1


async def test_wishes_of_a_footprint_are_kept_and_found(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana, beka = (await work.conversations([ANA, BEKA])).values()
        wish = replace(ana.footprint, vanish=True, discreet=True)
        await work.save([replace(ana, footprint=wish), beka], now)
        assert await work.vanishing() == {ANA: wish}
        assert (await work.conversations([ANA]))[ANA].footprint == wish


async def test_what_was_forgotten_is_listed_by_random_ids_for_a_while(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = await talking(work, now, ANA, "everything")
        talk = (await work._connection.execute(text("SELECT id FROM transcript"))).scalar_one()
        await work.erase([ana], now)
        listed = (await work._connection.execute(text("SELECT id FROM forgotten"))).scalars().all()
        assert set(listed) == {ana.id, talk}
        assert await work.forget_the_forgotten(now.date()) == 0
        assert await work.forget_the_forgotten(now.date() + timedelta(days=1)) == 2


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 0, 2), (0, 2), (0, 1, 1, 2), (2,)])
def test_lines_in_another_order_or_number_are_no_transcript_though_the_last_one_fits(order: tuple[int, ...]) -> None:
    dek, talk = Dek.new(), b"t" * 16
    lines = [Sealed(number, 1, seal_entry(dek, talk, number, 1, f"line {number}")) for number in range(3)]
    head = Head(3, head_of(dek, talk, 3, tag_of(lines[-1].body)))
    assert [entry.body for entry in opened(dek, talk, head, lines)] == ["line 0", "line 1", "line 2"]
    with pytest.raises(Tampered, match="lost lines"):
        opened(dek, talk, head, [lines[number] for number in order])


async def test_an_archive_key_without_its_proof_is_nobody_s(store: Store) -> None:
    async with store.transaction() as work:
        await work.set_archive_key(CUSTODIANS[Suite.X25519].public)
        await work._connection.execute(text("UPDATE house SET archive_mac = NULL"))
        with pytest.raises(Tampered, match="gza init --archive"):
            await work.archive_key()


async def test_what_ends_first_is_listed_first(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        await work.set_archive_key(CUSTODIANS[Suite.X25519].public)
        days = [UNTIL + timedelta(days=days) for days in (3, 1, 4, 0, 2, 5)]
        await work.seal_off([(await talking(work, now, 40 + at, "a"), day) for at, day in enumerate(days)])
        assert [one.until for one in await work.archives()] == sorted(days)


async def test_a_footprint_that_does_not_open_wishes_nothing_and_goes_when_nobody_has_it(
    store: Store, now: datetime
) -> None:
    async with store.transaction() as work:
        ana, beka = (await work.conversations([ANA, BEKA])).values()
        wish = replace(beka.footprint.grown(7, now), vanish=True)
        await work.save([replace(ana, footprint=ana.footprint.grown(7, now)), replace(beka, footprint=wish)], now)
        broken = "UPDATE footprint SET body = :nothing WHERE blind_index = :index"
        index = work._ring.index(work._ring.newest, ANA)
        await work._connection.execute(text(broken), {"nothing": bytes(100), "index": index})
        assert await work.vanishing() == {BEKA: wish}
        assert await work.expire_footprints(now) == 0, "its conversation is there"
        await work.expire(now.date() + timedelta(days=1))
        assert await work.expire_footprints(now) == 1


async def test_a_case_of_today_that_does_not_open_is_kept_whoever_else_is_over(store: Store, now: datetime) -> None:
    later = now + timedelta(days=9)
    async with store.transaction() as work:
        await talking(work, now, ANA, "a line")
        beka = replace((await work.conversations([BEKA]))[BEKA], touched=later.date())
        await work.save([beka], later)
        await work.save_cases([StoredCase(beka.id, "a case")])
        await work._connection.execute(text("UPDATE cases SET body = :nothing"), {"nothing": bytes(200)})
        assert await work.expire(later.date()) == 1
        assert [case.conversation for case in await work.cases()] == [beka.id]
