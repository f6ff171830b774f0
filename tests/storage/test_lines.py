"""Where lines lie: found from either side, never by a row that was changed, and gone with the conversation."""

from collections.abc import Iterable
from datetime import datetime

import pytest
from sqlalchemy import text

from storage import Author, Conversation, Line, Store, Transaction, statements

ANA, BEKA = 5_000_000_001, 5_000_000_002
ROOM = -1_001_234_567_890
LINES = [
    Line(-1, Author.BOT, room=(ROOM, 6)),
    Line(0, Author.PERSON, 40, (ROOM, 7), bytes(range(32)), at=494_000),
    Line(1, Author.CONSULTANT, 41, (ROOM, 8), reply=0, at=494_001),
    Line(2, Author.NOTE),
]


async def saved(work: Transaction, now: datetime, *people: int) -> dict[int, Conversation]:
    found = await work.conversations(people)
    await work.save(found.values(), now)
    return found


async def begin(store: Store, now: datetime, lines: Iterable[Line] = LINES) -> None:
    """These lines of Ana, and one of Beka in another place."""
    async with store.transaction() as work:
        found = await saved(work, now, ANA, BEKA)
        theirs = [(found[ANA], line) for line in lines]
        await work.add_lines([*theirs, (found[BEKA], Line(0, Author.PERSON, 40, (ROOM, 90)))])


async def of_ana(store: Store) -> list[Line]:
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        return (await work.lines([ana]))[ana.id]


async def test_lines_are_read_as_written_by_number(store: Store, now: datetime) -> None:
    await begin(store, now, reversed(LINES))
    assert await of_ana(store) == LINES


async def test_who_has_only_ids_reads_the_same(store: Store, now: datetime) -> None:
    await begin(store, now)
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA, 33])
        open_ = await work.lines(found.values())
        assert open_[found[33].id] == []
        assert await work.places([one.id for one in found.values()]) == open_
        assert await work.places([]) == {}


async def test_a_line_is_found_by_its_message_on_either_side_and_only_in_that_chat(store: Store, now: datetime) -> None:
    await begin(store, now)
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
        places = [(ANA, 40), (ROOM, 8), (ROOM, 6), (BEKA, 40), (BEKA, 41), (ANA, 8), (ROOM, 40), (ANA, 99)]
        at = await work.lines_at(places)
    ana, beka = found[ANA].id, found[BEKA].id
    assert at == {(ANA, 40): (ana, 0), (ROOM, 8): (ana, 1), (ROOM, 6): (ana, -1), (BEKA, 40): (beka, 0)}


async def test_a_line_written_again_replaces_what_lay_under_its_number(store: Store, now: datetime) -> None:
    await begin(store, now)
    moved = Line(1, Author.CONSULTANT, 41, (ROOM, 18))
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        await work.add_lines([(ana, Line(1, Author.BOT)), (ana, moved)])
        assert await work.lines_at([(ROOM, 8), (ROOM, 18)]) == {(ROOM, 18): (ana.id, 1)}
    assert await of_ana(store) == [*LINES[:2], moved, LINES[3]]


@pytest.mark.parametrize(("numbers", "left"), [([0, 2, 77], [-1, 1]), ([], [-1, 0, 1, 2]), (None, [])])
async def test_lines_are_dropped_by_number_or_all(
    store: Store, now: datetime, numbers: list[int] | None, left: list[int]
) -> None:
    await begin(store, now)
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
        await work.drop_lines(found[ANA].id, numbers)
        lines = await work.lines(found.values())
    assert [line.number for line in lines[found[ANA].id]] == left
    assert len(lines[found[BEKA].id]) == 1


async def test_lines_go_with_their_conversation(store: Store, now: datetime) -> None:
    await begin(store, now)
    async with store.transaction() as work:
        await work.erase((await work.conversations([ANA])).values(), now)
        assert (await work._connection.execute(text("SELECT count(*) FROM line"))).scalar() == 1
        assert await work.lines_at([(ANA, 40), (ROOM, 7)]) == {}


async def test_beyond_an_engine_s_limit_lines_are_asked_for_in_parts(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MOST", 7)
    lines = [Line(number, Author.PERSON, number, (ROOM, 1000 + number)) for number in range(30)]
    await begin(store, now, lines)
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        places = [place for line in lines for place in ((ANA, line.number), line.room) if place is not None]
        assert len(await work.lines_at(places)) == 60
        await work.drop_lines(ana.id, range(25))
    assert len(await of_ana(store)) == 5


async def harm(store: Store, *statements_: str) -> None:
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
        for statement in statements_:
            named = {"ana": found[ANA].id, "beka": found[BEKA].id, "zeros": bytes(541)}
            used = {name: value for name, value in named.items() if f":{name}" in statement}
            await work._connection.execute(text(statement), used)


async def test_a_row_moved_to_another_s_place_is_not_found_there(store: Store, now: datetime) -> None:
    """Else whoever can write the database would lead a consultant's reply to somebody else."""
    await begin(store, now)
    index = "SELECT o.room_index FROM line o WHERE o.conversation = :ana AND o.number = 1"
    await harm(
        store,
        f"UPDATE line SET room_index = ({index}) WHERE conversation = :beka",
        "UPDATE line SET room_index = NULL WHERE conversation = :ana AND number = 1",
    )
    async with store.transaction() as work:
        assert await work.lines_at([(ROOM, 8)]) == {}


OF_BEKA = "SELECT o.body FROM line o WHERE o.conversation = :beka"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE line SET body = :zeros WHERE conversation = :ana AND number = 0",
        "UPDATE line SET number = 9 WHERE conversation = :ana AND number = 0",
        f"UPDATE line SET body = ({OF_BEKA}) WHERE conversation = :ana AND number = 0",
    ],
)
async def test_a_line_that_does_not_open_is_left_out_and_told(store: Store, now: datetime, change: str) -> None:
    await begin(store, now)
    await harm(store, change)
    rest = [line for line in LINES if line.number != 0]
    assert await of_ana(store) == rest
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        assert await work.places([ana.id]) == {ana.id: rest}
        assert await work.lines_at([(ANA, 40), (ROOM, 7)]) == {}
    (doubt,) = await store.check()
    assert doubt.startswith("lines: 1 ")


async def test_of_a_conversation_that_does_not_open_no_line_is_read_and_the_others_are(
    store: Store, now: datetime
) -> None:
    await begin(store, now)
    await harm(store, "UPDATE conversation SET wrapped = :zeros WHERE id = :ana")
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
        places = await work.places([one.id for one in found.values()])
        assert [len(places[found[person].id]) for person in (ANA, BEKA)] == [0, 1]
        assert (await work.lines_at([(ANA, 40), (BEKA, 40)])).keys() == {(BEKA, 40)}


async def test_every_line_has_the_same_size_and_says_nothing_in_clear(store: Store, now: datetime) -> None:
    last = 2**63 - 1
    longest = Line(last, Author.CONSULTANT, last, (-last, last), bytes([255] * 32), -last, last)
    await begin(store, now, [*LINES, longest])
    async with store.transaction() as work:
        result = await work._connection.execute(text("SELECT * FROM line"))
        assert list(result.keys()) == ["conversation", "number", "person_index", "room_index", "body"]
        rows = result.all()
    assert {len(row.body) for row in rows} == {541}
    assert {len(index) for row in rows for index in (row.person_index, row.room_index) if index} == {16}
    assert await of_ana(store) == [*LINES, longest]


def test_a_line_shows_no_message() -> None:
    assert "4711" not in repr(Line(1, Author.PERSON, 4711, (4711, 4711), b"4711"))
