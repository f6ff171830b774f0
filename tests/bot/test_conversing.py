"""A batch is one transaction: everything in it happens once, in order, or not at all."""

import json
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.arrivals import Barrier, Condemned, Unneeded
from bot.letters import Deed, Urgency
from dialogs.events import Chose, Started, Wrote
from storage import Busy
from tests.fakes.house import NOON, arrival, house

NINO, LEVAN = 7_000_000_001, 7_000_000_002
STATEMENTS = [
    *("BEGIN", "SELECT"),  # the epoch everything is under
    "INSERT",  # the updates' numbers
    *("SELECT", "SELECT"),  # the desk: staff and settings, cases
    *("SELECT", "SELECT"),  # conversations and footprints
    *("SAVEPOINT", "INSERT", "INSERT", "RELEASE"),  # the same, written
    *("SAVEPOINT", "INSERT", "RELEASE"),  # the outbox
    "INSERT",  # the high-water mark
]
"""What a batch of plain updates says to the database, however large it is."""


@pytest.fixture
async def home(tmp_path):
    async with house(tmp_path) as opened:
        yield opened


async def test_a_first_contact_is_answered_with_the_choice_of_language(home):
    await home.tell(arrival(1, NINO, Started(), below=10))

    ((urgency, letter),) = (await home.letters())[NINO]
    assert (urgency, letter.deed) == (Urgency.DIALOGUE, Deed.SEND)
    assert [row[0][0] for row in letter.rows][:3] == ["ქართული", "Русский", "English"]


async def test_the_same_update_twice_changes_nothing_twice(home):
    start = arrival(1, NINO, Started())
    await home.tell(start, start)
    await home.tell(start)

    assert len((await home.letters())[NINO]) == 1


async def test_updates_of_one_person_in_one_batch_see_each_other(home):
    await home.tell(arrival(1, NINO, Started()), arrival(2, NINO, Chose("ka", 1001), tapped=5))

    state, _, _ = await home.conversation(NINO)
    assert json.loads(state)["language"] == "ka"


async def test_a_place_lasts_for_the_day_also_late_in_the_evening_and_not_for_the_next(home):
    """A day as it is stored (UTC), while in Tbilisi the next one has begun."""
    late = NOON.replace(hour=22)
    chosen = (arrival(1, NINO, Started()), arrival(2, NINO, Chose("en", 1001), tapped=5))
    await home.tell(*chosen, arrival(3, NINO, Wrote("in danger")), now=late)
    there = json.loads((await home.conversation(NINO))[0])["place"]
    await home.tell(arrival(4, NINO, Wrote("hm")), now=late)
    assert json.loads((await home.conversation(NINO))[0])["place"] == there == "sos.now"

    await home.tell(arrival(5, NINO, Wrote("hm")), now=late + timedelta(hours=9))
    assert json.loads((await home.conversation(NINO))[0])["place"] == "menu.main"


async def test_a_tap_edits_the_bubble_that_was_tapped(home):
    await home.tell(arrival(1, NINO, Started()), arrival(2, NINO, Chose("ka", 1001), tapped=5))

    last = (await home.letters())[NINO][-1][1]
    assert (last.deed, last.target) == (Deed.EDIT, (5,))


async def test_sos_voids_what_was_not_yet_sent_and_goes_first(home):
    await home.tell(arrival(1, NINO, Started()), arrival(2, LEVAN, Started()))
    await home.tell(arrival(3, NINO, Wrote("/sos")))

    letters = await home.letters()
    assert [urgency for urgency, _ in letters[NINO]] == [Urgency.SOS]
    assert len(letters[LEVAN]) == 1


async def test_sos_voids_unsent_letters_of_its_own_batch_too(home):
    await home.tell(arrival(1, NINO, Started()), arrival(2, NINO, Wrote("/sos")))

    assert [urgency for urgency, _ in (await home.letters())[NINO]] == [Urgency.SOS]


async def test_hide_deletes_the_footprint_and_leaves_one_cover_line(home):
    await home.tell(arrival(1, NINO, Started(), below=10), arrival(2, NINO, Wrote("/hide"), below=11))

    deleted, cover = [letter for _, letter in (await home.letters())[NINO]]
    assert (deleted.deed, deleted.target) == (Deed.DELETE, (11, 10))
    assert (cover.deed, cover.rows) == (Deed.SEND, ())
    assert (await home.conversation(NINO))[1].ids == ()


async def test_forget_leaves_no_row_and_says_so_from_memory(home):
    await home.tell(arrival(1, NINO, Started(), below=10), arrival(2, NINO, Chose("ka", 1001)))
    await home.tell(arrival(3, NINO, Wrote("/forget"), below=12))
    asked = (await home.letters())[NINO][-1][1]
    yes = next(data for row in asked.rows for _, data in row if data.startswith("yes:"))
    await home.tell(arrival(4, NINO, Chose("yes", int(yes.partition(":")[2])), tapped=13))

    rows = await home.rows()
    assert [letter.chat for letter in home.farewells] == [NINO]
    assert (rows["conversation"], rows["footprint"], rows["outbox"], rows["entry"]) == (0, 0, 0, 0)


async def test_who_writes_again_after_forget_begins_anew(home):
    await home.tell(
        arrival(1, NINO, Started()), arrival(2, NINO, Chose("ka", 1001)), arrival(3, NINO, Wrote("/forget"))
    )
    state, _, _ = await home.conversation(NINO)
    yes = Chose("yes", json.loads(state)["nonce"])
    await home.tell(arrival(4, NINO, yes), arrival(5, NINO, Wrote("hello")))

    state, footprint, _ = await home.conversation(NINO)
    assert json.loads(state)["language"] is None
    assert footprint.language is None
    assert len((await home.letters())[NINO]) == 1


async def test_blocking_is_noted_and_writing_again_lifts_it(home):
    await home.tell(arrival(1, NINO, Started()), Barrier(2, NINO, blocked=True))
    assert (await home.conversation(NINO))[2]

    await home.tell(arrival(3, NINO, Wrote("/menu")))
    assert not (await home.conversation(NINO))[2]


async def test_an_update_that_could_not_be_read_is_answered_with_a_human_and_does_not_stop_the_others(home):
    broken = Condemned(1, "message", "ValidationError", "x:1", NINO)
    condemned = await home.tell(broken, arrival(2, LEVAN, Started()), Unneeded(3))

    letters = await home.letters()
    assert condemned == [broken]
    assert "error.sorry" in letters[NINO][0][1].text
    assert len(letters[LEVAN]) == 1


async def test_a_state_of_a_newer_program_condemns_its_own_update_only(home):
    async with home.store.transaction() as work:
        found = await work.conversations([NINO])
        await work.save([replace(found[NINO], state='{"schema": 99}')], NOON)
    (condemned,) = await home.tell(arrival(1, NINO, Wrote("secret words")), arrival(2, LEVAN, Started()))

    assert condemned.error == "NewerState"
    assert "secret" not in repr(condemned)
    assert (await home.conversation(NINO))[0] == '{"schema": 99}'
    assert len((await home.letters())[LEVAN]) == 1


async def test_a_busy_store_passes_through_and_the_same_batch_succeeds_later(home):
    class Locked:
        @asynccontextmanager
        async def transaction(self):
            raise Busy("locked")
            yield

    store, home.conversing.store = home.conversing.store, Locked()
    batch = (arrival(1, NINO, Started()), arrival(2, LEVAN, Started()))
    with pytest.raises(Busy):
        await home.tell(*batch)

    home.conversing.store = store
    assert await home.tell(*batch) == []
    assert len(await home.letters()) == 2


@pytest.mark.parametrize("people", [1, 10, 100])
async def test_a_batch_is_one_transaction_and_the_same_number_of_statements_at_any_size(home, people):
    batch = [arrival(number, 7_000_000_000 + number, Started(), below=number) for number in range(1, people + 1)]
    said = []
    engine = home.store._engine.sync_engine

    def note(_connection, _cursor, statement, *_):
        said.append(statement.split(maxsplit=1)[0])

    event.listen(engine, "before_cursor_execute", note)
    await home.tell(*batch)
    event.remove(engine, "before_cursor_execute", note)

    assert said.count("BEGIN") == 1
    assert said == STATEMENTS


async def test_nothing_voids_what_was_promised_to_be_deleted(home):
    await home.tell(arrival(1, NINO, Started(), below=10), arrival(2, NINO, Wrote("/hide"), below=11))
    await home.tell(arrival(3, NINO, Wrote("/hide"), below=12), arrival(4, NINO, Wrote("/sos"), below=13))

    letters = [letter for _, letter in (await home.letters())[NINO]]
    deleted = [letter.target for letter in letters if letter.deed is Deed.DELETE]
    assert deleted == [(11, 10), (12,)]
    assert [letter.deed for letter in letters if letter.deed is not Deed.DELETE] == [Deed.SEND]


async def test_blocking_by_somebody_unknown_leaves_no_trace(home):
    await home.tell(Barrier(1, NINO, blocked=True))

    assert (await home.rows())["conversation"] == 0


async def test_a_row_that_cannot_even_be_read_costs_one_update_and_not_the_queue(home):
    await home.tell(arrival(1, NINO, Started()))
    await home.letters()
    async with home.store._engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE conversation SET revision = 'no number'")
    batch = (arrival(2, NINO, Wrote("secret words")), arrival(3, LEVAN, Started()))
    condemned = await home.tell(*batch)

    assert [one.update for one in condemned] == [2]
    assert [letter.chat for letter in home.farewells] == [NINO]
    assert "secret" not in repr(condemned)
    assert len((await home.letters())[LEVAN]) == 1
    assert await home.tell(*batch) == []
