"""A batch is one transaction and a fixed number of statements whatever its size, so that nobody adds one unseen."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import event

from storage import (
    Author,
    Kind,
    Landed,
    Line,
    NewEntry,
    Outcome,
    Outgoing,
    Record,
    Settled,
    Store,
    StoredCase,
    Transaction,
    statements,
)

BOT = 7
BATCH, ROUND, TRANSCRIPT, BEGINNING, FORGETTING, LANDED = 14, 12, 4, 5, 7, 4
"""A batch: the house's epoch, dedupe, conversations, footprints, supersede (2), high water; save (2) and post (1),
each in a savepoint (2). BEGIN and COMMIT are not counted: on PostgreSQL the driver says them."""


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement.split(maxsplit=1)[0])

    engine = store._engine.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


async def batch(store: Store, now: datetime, people: range, updates: range) -> int:
    with counted(store) as said:
        async with store.transaction() as work:
            await work.fresh(BOT, updates, now)
            found = (await work.conversations(people)).values()
            changed = [replace(one, state="state") for one in found]
            await work.supersede(changed)
            await work.save(changed, now)
            await work.post([Outgoing(one, 1, "letter") for one in changed])
            await work.raise_high_water(now)
    return len(said)


async def courier_round(store: Store, now: datetime, size: int, *, lands: bool = False) -> int:
    """One due query, one mark, and the settling of every kind of outcome; all of them move a line, or none does."""
    with counted(store) as said:
        async with store.transaction() as work:
            letters = await work.due(now, size, [])
            assert len(letters) == size
            await work.mark_sending([letter.id for letter in letters])
            kinds = list(Settled)
            outcomes = [Outcome(one.id, kinds[at % 5], message=at) for at, one in enumerate(letters)]
            if lands:
                outcomes = [replace(one, landed=Landed(1, 2, 3), emptied=(1, 2)) for one in outcomes]
            await work.settle(outcomes, now)
    return len(said)


@pytest.mark.parametrize("first_time", [True, False])
async def test_a_batch_says_the_same_at_any_size(store: Store, now: datetime, *, first_time: bool) -> None:
    start = 0
    said = set()
    for size in (1, 10, 100):
        people = range(start, start + size)
        if not first_time:
            await batch(store, now, people, range(10_000 + start, 10_000 + start + size))
        said.add(await batch(store, now, people, range(start, start + size)))
        start += size
    assert said == {BATCH}


@pytest.mark.parametrize("lands", [False, True])
async def test_a_round_of_the_courier_says_the_same_at_any_size(store: Store, now: datetime, *, lands: bool) -> None:
    """Four more when lines move: what lay there, what of it is emptied, what is there, what is written."""
    said, start = set(), 0
    for size in (5, 10, 100):
        await batch(store, now, range(start, start + size), range(start, start + size))
        said.add(await courier_round(store, now, size, lands=lands))
        async with store.transaction() as work:
            await work.erase((await work.conversations(range(start, start + size))).values(), now)
        start += size
    assert said == {ROUND + LANDED * lands}


async def test_a_transcript_grows_by_the_same_statements_at_any_size(store: Store, now: datetime) -> None:
    said = set()
    async with store.transaction() as work:
        one = (await work.conversations([1]))[1]
        await work.save([one], now)
        await work.append(one, [NewEntry(Author.PERSON, "line")])
        for size in (1, 10, 100):
            with counted(store) as heard:
                await work.append(one, [NewEntry(Author.PERSON, "line")] * size)
            said.add(len(heard))
    assert said == {TRANSCRIPT}


async def test_transcripts_of_many_grow_by_the_same_statements_as_one(store: Store, now: datetime) -> None:
    begun, grown, start = set(), set(), 0
    async with store.transaction() as work:
        found = list((await work.conversations(range(111))).values())
        await work.save(found, now)
        for size in (1, 10, 100):
            for said in (begun, grown):
                with counted(store) as heard:
                    added = [(one, [NewEntry(Author.PERSON, "line")]) for one in found[start : start + size]]
                    await work.append_all(added)
                said.add(len(heard))
            start += size
    assert (begun, grown) == ({BEGINNING}, {TRANSCRIPT})


async def many(work: Transaction, now: datetime, size: int) -> dict[str, Callable[[], Awaitable[object]]]:
    """What the desk does, each with a set of this size."""
    found = list((await work.conversations(range(size))).values())
    await work.save(found, now)
    ids = [one.id for one in found]
    cases = [StoredCase(one, "case") for one in ids]
    lines = [(one, Line(number, Author.PERSON, number)) for one in found for number in range(3)]
    records = [Record(Kind.AUDIT, str(number), "record") for number in range(size)]
    return {
        "save_cases": lambda: work.save_cases(cases),
        "save_cases again": lambda: work.save_cases([replace(case, revision=1, epoch=1) for case in cases]),
        "cases": work.cases,
        "add_lines": lambda: work.add_lines(lines),
        "lines": lambda: work.lines(found),
        "places": lambda: work.places(ids),
        "lines_at": lambda: work.lines_at([(one.person, 1) for one in found]),
        "drop_lines": lambda: work.drop_lines(ids[0], range(size)),
        "keep": lambda: work.keep(records),
        "keep again": lambda: work.keep([replace(record, revision=1) for record in records]),
        "records": lambda: work.records([Kind.AUDIT, Kind.STAFF]),
        "drop": lambda: work.drop([replace(record, revision=2) for record in records]),
        "withdraw": lambda: work.withdraw(found, 5),
        "withdraw_all": lambda: work.withdraw_all(range(size)),
        "cancel": lambda: work.cancel(found, None),
        "uncertain": lambda: work.uncertain(range(size)),
        "again": lambda: work.again(range(size)),
        "give_up": lambda: work.give_up(range(size)),
        "give_up_all": lambda: work.give_up_all(found),
        "unfinished": work.unfinished,
        "drop_cases": lambda: work.drop_cases(ids),
    }


async def test_the_desk_says_the_same_at_any_size(store: Store, now: datetime) -> None:
    twice = ("save_cases", "save_cases again", "keep", "keep again", "drop", "withdraw_all", "cancel")
    said: dict[str, set[int]] = {}
    for size in (1, 10, 100):
        async with store.transaction() as work:
            for name, act in (await many(work, now, size)).items():
                with counted(store) as heard:
                    await act()
                said.setdefault(name, set()).add(len(heard))
            await work.erase((await work.conversations(range(size))).values(), now)
    assert {name for name, times in said.items() if times != {1}} == {*twice, "unfinished"}
    assert [said[name] for name in (*twice, "unfinished")] == [{2}] * len(twice) + [{3}]


async def test_forgetting_says_the_same_at_any_size(store: Store, now: datetime) -> None:
    said, start = set(), 0
    for size in (1, 10, 100):
        await batch(store, now, range(start, start + size), range(start, start + size))
        with counted(store) as heard:
            async with store.transaction() as work:
                await work.erase((await work.conversations(range(start, start + size))).values(), now)
        said.add(len(heard))
        start += size
    assert said == {FORGETTING}


async def test_beyond_an_engine_s_limit_a_set_is_cut(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MOST", 7)
    await batch(store, now, range(50), range(50))
    async with store.transaction() as work:
        found = await work.conversations(range(50))
        assert {one.revision for one in found.values()} == {1}
        await work.erase(found.values(), now)
        assert await work.waiting() == 0
        assert await work.fresh(BOT, range(60), now) == set(range(50, 60))
