"""What is counted of a batch: what happened, once, in its month, whoever it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot import batch
from bot.arrivals import Condemned
from dialogs.events import Chose, Started, Wrote
from storage import Cell
from tests.fakes.house import NOON, arrival, house

NINO, LEVAN = 7_000_000_001, 7_000_000_002
TOPIC = Cell("2026-11", "topic", "visas")
HEARD = {person: Cell("2026-11", "language", f"of {person}") for person in (NINO, LEVAN)}


@pytest.fixture
async def home(tmp_path):
    async with house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def counting(monkeypatch):
    """Every arrival that is answered counts in two tables; LEVAN's words "unwritable" are more than the store takes."""
    answer = batch.answer

    def counting(book, conversation, taken, *rest):
        language = ("language", f"of {conversation.person}")
        answered = replace(answer(book, conversation, taken, *rest), counts=(("topic", "visas"), language))
        if taken.event == Wrote("unwritable"):
            return replace(answered, conversation=replace(answered.conversation, state="\ud83d"))
        return answered

    monkeypatch.setattr(batch, "answer", counting)


async def counts(home):
    async with home.store.transaction() as work:
        return await work.counts()


async def test_what_happened_is_counted_with_the_answer(home):
    await home.tell(arrival(1, NINO, Started()), arrival(2, LEVAN, Started()), arrival(3, NINO, Wrote("/menu")))
    assert await counts(home) == {TOPIC: 3, HEARD[NINO]: 2, HEARD[LEVAN]: 1}


async def test_the_same_update_twice_counts_once(home):
    start = arrival(1, NINO, Started())
    await home.tell(start, start)
    await home.tell(start)
    assert (await counts(home))[TOPIC] == 1


async def test_what_was_condemned_counts_nothing(home):
    async with home.store.transaction() as work:
        found = await work.conversations([NINO])
        await work.save([replace(found[NINO], state='{"schema": 99}')], NOON)
    unread = Condemned(3, "message", "ValidationError", "x:1", NINO)
    await home.tell(arrival(1, NINO, Wrote("words")), arrival(2, LEVAN, Started()), unread)
    assert await counts(home) == {TOPIC: 1, HEARD[LEVAN]: 1}


async def test_who_cannot_be_written_down_is_not_counted_and_the_others_are_counted_once(home):
    condemned = await home.tell(arrival(1, LEVAN, Wrote("unwritable")), arrival(2, NINO, Started()))
    assert [one.update for one in condemned] == [1]
    assert await counts(home) == {TOPIC: 1, HEARD[NINO]: 1}


@pytest.mark.parametrize("together", [True, False])
async def test_forgetting_counts_nothing_and_takes_nothing_back(home, together):
    """The sums have no link to the person; in one batch it comes to the same as in several."""
    one_by_one = [
        arrival(1, NINO, Started()),
        arrival(2, NINO, Chose("ka", 1001)),
        arrival(3, NINO, Wrote("/forget")),
        arrival(4, NINO, Chose("yes", 1003)),
    ]
    for arrivals in [one_by_one] if together else [[one] for one in one_by_one]:
        await home.tell(*arrivals)
    assert [letter.chat for letter in home.farewells][-1] == NINO
    assert (await home.rows())["conversation"] == 0
    assert await counts(home) == {TOPIC: 3, HEARD[NINO]: 3}


async def test_a_month_begins_at_midnight_in_tbilisi(home):
    """At eight in the evening of UTC."""
    midnight = datetime(2026, 11, 30, 20, tzinfo=UTC)
    for number, now in enumerate((midnight - timedelta(seconds=1), midnight), 1):
        await home.tell(replace(arrival(number, NINO, Wrote("/menu")), sent=now), now=now)
    assert {cell.period: number for cell, number in (await counts(home)).items() if cell.table == "topic"} == {
        "2026-11": 1,
        "2026-12": 1,
    }


async def test_a_clock_that_ran_ahead_counts_in_the_month_that_was_trusted_last(home):
    await home.tell(arrival(1, NINO, Started()))
    await home.tell(arrival(2, NINO, Wrote("/menu")), now=NOON + timedelta(days=400))
    assert (await counts(home))[TOPIC] == 2


@pytest.mark.parametrize("people", [1, 10, 100])
async def test_counting_costs_a_batch_two_statements_at_any_size(home, people):
    said = []

    def note(_connection, _cursor, statement, *_):
        said.append(statement.split(maxsplit=1)[0])

    event.listen(home.store._engine.sync_engine, "before_cursor_execute", note)
    for turn in range(2):
        said.clear()
        await home.tell(*(arrival(turn * 1000 + number, number, Started()) for number in range(1, people + 1)))
    assert said[-3:] == ["SELECT", "UPDATE", "INSERT"]
    assert len(said) == 15 + 2
