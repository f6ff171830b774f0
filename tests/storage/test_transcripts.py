from datetime import datetime

import pytest
from sqlalchemy import text

from storage import Author, BadData, Conversation, Entry, NewEntry, Store, Tampered, Transaction

ANA = 21


async def begun(work: Transaction, now: datetime, person: int, *lines: str) -> Conversation:
    one = (await work.conversations([person]))[person]
    await work.save([one], now)
    await work.append(one, [NewEntry(Author.PERSON, line) for line in lines])
    return one


async def test_a_transcript_reads_as_it_was_written(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = await begun(work, now, ANA, "summary")
        await work.append(ana, [NewEntry(Author.PERSON, "გამარჯობა"), NewEntry(Author.CONSULTANT, "hello")])
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        await work.append(ana, [NewEntry(Author.BOT, "closed")])
        read = await work.transcript(ana)
    assert read == [
        Entry(0, Author.PERSON, "summary"),
        Entry(1, Author.PERSON, "გამარჯობა"),
        Entry(2, Author.CONSULTANT, "hello"),
        Entry(3, Author.BOT, "closed"),
    ]


async def test_a_new_conversation_has_an_empty_transcript(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = await begun(work, now, ANA)
        assert await work.transcript(ana) == []


async def test_saving_the_state_leaves_the_transcript_whole(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        await begun(work, now, ANA, "one", "two")
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        await work.save([ana], now)
        assert len(await work.transcript(ana)) == 2


async def test_a_conversation_never_saved_takes_no_lines(store: Store) -> None:
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        with pytest.raises(BadData):
            await work.append(ana, [NewEntry(Author.BOT, "line")])


async def several(work: Transaction, now: datetime, *people: int) -> list[Conversation]:
    found = await work.conversations(people)
    await work.save(found.values(), now)
    return list(found.values())


def told(*bodies: str) -> list[NewEntry]:
    return [NewEntry(Author.PERSON, body) for body in bodies]


async def test_transcripts_grow_together_each_by_its_own_lines(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana, beka, nino = await several(work, now, ANA, 22, 23)
        await work.append(beka, told("b0"))
        await work.append_all([(ana, told("a0", "a1")), (beka, [NewEntry(Author.NOTE, "b1")]), (nino, [])])
        await work.append_all([(beka, told("b2")), (ana, told("a2")), (beka, told("b3"))])
        read = [[(entry.sequence, entry.body) for entry in await work.transcript(one)] for one in (ana, beka, nino)]
        assert (await work.transcript(beka))[1].author is Author.NOTE
    assert read == [[(0, "a0"), (1, "a1"), (2, "a2")], [(0, "b0"), (1, "b1"), (2, "b2"), (3, "b3")], []]


async def test_adding_nothing_to_nobody_is_nothing(store: Store) -> None:
    async with store.transaction() as work:
        await work.append_all([])


async def test_who_keeps_the_others_from_growing_is_named_and_nothing_is_written(store: Store, now: datetime) -> None:
    """One was never saved, one says what fits no encoding."""
    async with store.transaction() as work:
        ana, beka = await several(work, now, ANA, 22)
        stranger = (await work.conversations([23]))[23]
        with pytest.raises(BadData) as caught:
            await work.append_all([(ana, told("a")), (stranger, told("s")), (beka, told("\ud83d"))])
        assert caught.value.culprits == (stranger, beka)
        assert await work.transcript(ana) == []
        await work.append_all([(ana, told("a"))])
        assert [entry.body for entry in await work.transcript(ana)] == ["a"]


@pytest.mark.parametrize("whole", [True, False])
async def test_a_transcript_that_is_cleared_is_gone_and_goes_on_from_its_beginning(
    store: Store, now: datetime, *, whole: bool
) -> None:
    async with store.transaction() as work:
        ana, beka = await several(work, now, ANA, 22)
        await work.append_all([(ana, told("a0", "a1")), (beka, told("b0"))])
        if not whole:
            await work._connection.execute(text("DELETE FROM entry WHERE sequence = 1"))
        await work.clear(ana)
        assert await work.transcript(ana) == []
        await work.append(ana, told("anew"))
        assert await work.transcript(ana) == [Entry(0, Author.PERSON, "anew")]
        assert len(await work.transcript(beka)) == 1


HARM = {
    "the last line cut off": "DELETE FROM entry WHERE sequence = 2",
    "a line in the middle gone": "DELETE FROM entry WHERE sequence = 1",
    "cut and the count adjusted": "DELETE FROM entry WHERE sequence = 2; UPDATE transcript SET entries = 2",
    "everything gone": "DELETE FROM entry",
    "everything gone and the count too": "DELETE FROM entry; UPDATE transcript SET entries = 0",
    "another author": "UPDATE entry SET author = 2 WHERE sequence = 1",
    "an author there is not": "UPDATE entry SET author = 200 WHERE sequence = 1",
    "lines exchanged": "UPDATE entry SET sequence = 9 WHERE sequence = 0;"
    "UPDATE entry SET sequence = 0 WHERE sequence = 1; UPDATE entry SET sequence = 1 WHERE sequence = 9",
    "a line of somebody else": "UPDATE entry SET body = (SELECT b.body FROM entry b WHERE b.sequence = 0 LIMIT 1)",
}


@pytest.mark.parametrize("harm", HARM)
async def test_harm_to_a_transcript_is_noticed(store: Store, now: datetime, harm: str) -> None:
    async with store.transaction() as work:
        await begun(work, now, ANA, "one", "two", "three")
        for statement in HARM[harm].split(";"):
            await work._connection.execute(text(statement))
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        with pytest.raises(Tampered):
            await work.transcript(ana)


async def test_the_head_of_an_older_day_does_not_fit(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = await begun(work, now, ANA, "one")
        head = (await work._connection.execute(text("SELECT head FROM transcript"))).scalar_one()
        await work.append(ana, [NewEntry(Author.PERSON, "two")])
        await work._connection.execute(text("UPDATE transcript SET head = :head"), {"head": head})
        with pytest.raises(Tampered):
            await work.transcript(ana)


async def test_a_cut_transcript_is_not_continued(store: Store, now: datetime) -> None:
    """Else the new head would put our own seal on the cut."""
    async with store.transaction() as work:
        await begun(work, now, ANA, "one", "two")
        await work._connection.execute(text("DELETE FROM entry WHERE sequence = 1"))
        await work._connection.execute(text("UPDATE transcript SET entries = 1"))
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        with pytest.raises(Tampered):
            await work.append(ana, [NewEntry(Author.BOT, "three")])


async def test_one_that_was_cut_is_noticed_among_others_and_none_of_them_grows(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana, beka = await several(work, now, ANA, 22)
        await work.append_all([(ana, told("a0")), (beka, told("b0", "b1"))])
        cut = text("DELETE FROM entry WHERE sequence = 1")
        await work._connection.execute(cut)
        with pytest.raises(Tampered):
            await work.append_all([(ana, told("a1")), (beka, told("b2"))])
        assert len(await work.transcript(ana)) == 1
