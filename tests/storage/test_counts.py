"""How often what happened: sums that are never lost to one another, never read by a thief, and belong to nobody."""

import asyncio
import random
from collections.abc import Callable, Mapping
from datetime import datetime

import pytest
from sqlalchemy import event, text

from storage import Busy, Cell, Keyring, Store, VaultError, statements
from storage.keyring import Epoch
from storage.model import Count
from storage.packing import open_count, seal_count
from storage.vault.ring import Ring

RED, ORANGE = Cell("2026-11", "band", "red"), Cell("2026-11", "band", "orange")
SPOKEN = Cell("2026-11", "language", "ka")
CHANGES, TRIES = 3_000, 1_000


async def add(store: Store, increments: Mapping[Cell, int]) -> None:
    async with store.transaction() as work:
        await work.count(increments)


async def counted(store: Store) -> dict[Cell, int]:
    async with store.transaction() as work:
        return await work.counts()


async def lost(store: Store) -> int:
    async with store.transaction() as work:
        return len(await work.lost_counts())


async def rows(store: Store) -> dict[bytes, bytes]:
    async with store.transaction() as work:
        found = await work._connection.execute(text("SELECT blind_index, body FROM counts"))
        return {bytes(index): bytes(body) for index, body in found}


async def spoil(store: Store, body: bytes, cell: Cell, ring: Ring) -> None:
    async with store.transaction() as work:
        await work._connection.execute(
            text("UPDATE counts SET body = :body WHERE blind_index = :index"),
            {"body": body, "index": ring.cell_index(cell.period, cell.table, cell.value)},
        )


@pytest.fixture
def ring(keyring: Keyring) -> Ring:
    return Ring.of(keyring)


async def test_a_new_database_has_counted_nothing(store: Store) -> None:
    assert await counted(store) == {}


async def test_increments_add_up(store: Store) -> None:
    await add(store, {RED: 1, SPOKEN: 3})
    await add(store, {RED: 2, ORANGE: 5})
    assert await counted(store) == {RED: 3, ORANGE: 5, SPOKEN: 3}


async def test_also_within_one_transaction(store: Store) -> None:
    async with store.transaction() as work:
        await work.count({RED: 1})
        await work.count({RED: 1, ORANGE: 1})
        assert await work.counts() == {RED: 2, ORANGE: 1}


async def test_a_month_a_table_and_a_value_make_a_cell_and_their_letters_do_not_run_together(store: Store) -> None:
    cells = [RED, Cell("2026-12", "band", "red"), Cell("2026-11", "bandr", "ed"), Cell("2026-11", "red", "band")]
    await add(store, dict.fromkeys(cells, 1))
    await add(store, {RED: 1})
    assert await counted(store) == {**dict.fromkeys(cells, 1), RED: 2}


async def test_what_was_not_committed_was_not_counted(store: Store) -> None:
    async def stumble() -> None:
        async with store.transaction() as work:
            await work.count({RED: 1})
            raise ZeroDivisionError

    await add(store, {RED: 1})
    with pytest.raises(ZeroDivisionError):
        await stumble()
    assert await counted(store) == {RED: 1}


async def test_counting_says_the_same_at_any_size_and_nothing_for_nothing(store: Store) -> None:
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement.split(maxsplit=1)[0])

    async def heard(increments: Mapping[Cell, int]) -> list[str]:
        said.clear()
        await add(store, increments)
        return [word for word in said if word != "BEGIN"]

    event.listen(store._engine.sync_engine, "before_cursor_execute", hear)
    assert await heard({}) == ["SELECT"]  # under which epoch everything is
    for size in (1, 10, 400):
        cells = {Cell("2026-11", f"table of {size}", str(value)): 1 for value in range(size)}
        assert await heard(cells) == ["SELECT", "SELECT", "INSERT"]
        assert await heard(cells) == ["SELECT", "SELECT", "UPDATE"]
        more = {**cells, Cell("2026-12", f"table of {size}", "new"): 1}
        assert await heard(more) == ["SELECT", "SELECT", "UPDATE", "INSERT"]


async def test_beyond_an_engine_s_limit_cells_are_asked_for_in_parts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MOST", 7)
    cells = {Cell("2026-11", "number", str(value)): value for value in range(1, 51)}
    await add(store, cells)
    await add(store, cells)
    assert await counted(store) == {cell: 2 * number for cell, number in cells.items()}


async def test_counts_outlive_every_epoch(sqlite_url: str, keyring: Keyring, now: datetime) -> None:
    """As after turns, or a restore from an older epoch: only the house key is the same."""
    store = await Store.open(sqlite_url, keyring)
    await add(store, {RED: 2})
    await store.close()
    store = await Store.open(sqlite_url, Keyring(keyring.house, (Epoch(9, now.date(), b"\x09" * 32),)))
    await add(store, {RED: 1})
    assert await counted(store) == {RED: 3}
    await store.close()


async def persistently(worker: Store, increments: Mapping[Cell, int]) -> int:
    """Count as the bot does: what is Busy is brought again. How often it was."""
    for tries in range(100):
        try:
            await add(worker, increments)
        except Busy:
            continue
        return tries
    raise AssertionError("Busy a hundred times.")


async def test_two_workers_lose_no_increment(postgres_url: str, keyring: Keyring) -> None:
    """Fifty each, all at once: in a cell that both also make in the same moment, and in others named in any order."""
    workers = [await Store.open(postgres_url, keyring) for _ in range(2)]
    others = [Cell("2026-11", "topic", str(number)) for number in range(10)]

    def mixed(turn: int) -> dict[Cell, int]:
        return dict.fromkeys(random.Random(turn).sample([RED, *others], 11), 1)

    await asyncio.gather(*(persistently(workers[turn % 2], mixed(turn)) for turn in range(100)))
    assert await counted(workers[0]) == dict.fromkeys([RED, *others], 100)
    for worker in workers:
        await worker.close()


async def test_a_row_that_two_workers_make_in_one_moment_is_made_once(postgres_url: str, keyring: Keyring) -> None:
    """The slower one waits, is Busy, and finds the row when it tries again."""
    workers = [await Store.open(postgres_url, keyring) for _ in range(2)]
    async with workers[0].transaction() as work:
        await work.count({RED: 1})
        slower = asyncio.create_task(persistently(workers[1], {RED: 1}))
        await asyncio.sleep(0.3)
        assert not slower.done()
    assert await slower == 1
    assert await counted(workers[0]) == {RED: 2}
    for worker in workers:
        await worker.close()


async def test_a_row_that_another_worker_is_raising_is_waited_for(postgres_url: str, keyring: Keyring) -> None:
    workers = [await Store.open(postgres_url, keyring) for _ in range(2)]
    await add(workers[0], {RED: 1})
    async with workers[0].transaction() as work:
        await work.count({RED: 1})
        slower = asyncio.create_task(persistently(workers[1], {RED: 1}))
        await asyncio.sleep(0.3)
        assert not slower.done()
    assert await slower == 0
    assert await counted(workers[0]) == {RED: 3}
    for worker in workers:
        await worker.close()


async def test_what_does_not_open_is_no_number_and_is_told(store: Store, ring: Ring) -> None:
    await add(store, {RED: 7, ORANGE: 4})
    await spoil(store, bytes(541), RED, ring)
    assert await counted(store) == {ORANGE: 4}
    assert await lost(store) == 1
    (doubt,) = await store.check()
    assert doubt.startswith("counts: 1 ")


async def test_what_does_not_open_begins_anew_and_says_so_for_good(store: Store, ring: Ring) -> None:
    """Nobody waits for an answer because of it, and nobody takes the smaller number for the whole one."""
    await add(store, {RED: 7, ORANGE: 4})
    await spoil(store, bytes(541), RED, ring)
    for _ in range(2):
        await add(store, {RED: 1, ORANGE: 1})
    assert await counted(store) == {RED: 2, ORANGE: 6}
    assert await lost(store) == 1


async def test_a_count_in_another_s_place_is_not_taken_for_it(store: Store, ring: Ring) -> None:
    await add(store, {RED: 7, ORANGE: 4, SPOKEN: 1})
    stored = await rows(store)
    await spoil(store, stored[ring.cell_index("2026-11", "band", "orange")], RED, ring)
    await spoil(store, stored[ring.cell_index("2026-11", "band", "red")], ORANGE, ring)
    assert await counted(store) == {SPOKEN: 1}
    assert await lost(store) == 2


def test_every_number_has_the_same_size(ring: Ring) -> None:
    sizes = {len(seal_count(ring, b"i" * 32, Count(RED, 10**digits))) for digits in range(18)}
    assert len(sizes) == 1


async def test_no_row_tells_how_often_or_when(store: Store, ring: Ring) -> None:
    """A cell that was counted a hundred times differs from one counted once in nothing but sealed bytes."""
    for _ in range(100):
        await add(store, {RED: 1})
    await add(store, {ORANGE: 1})
    async with store.transaction() as work:
        result = await work._connection.execute(text("SELECT * FROM counts"))
        assert list(result.keys()) == ["blind_index", "body"]
        assert {(len(index), len(body)) for index, body in result} == {(32, 541)}


def change(chance: random.Random, stored: dict[bytes, bytes], index: bytes) -> tuple[bytes, bytes]:
    """One byte of the body or of the blind index."""
    whole = bytearray(index + stored[index])
    whole[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
    return bytes(whole[:32]), bytes(whole[32:])


def swap(chance: random.Random, stored: dict[bytes, bytes], index: bytes) -> tuple[bytes, bytes]:
    return index, stored[chance.choice([other for other in stored if other != index])]


def truncate(chance: random.Random, stored: dict[bytes, bytes], index: bytes) -> tuple[bytes, bytes]:
    return index, stored[index][: chance.randrange(len(stored[index]))]


@pytest.mark.parametrize(("harm", "tries"), [(change, CHANGES), (swap, TRIES), (truncate, TRIES)])
async def test_every_change_of_a_stored_count_is_noticed(
    sqlite_store: Store, ring: Ring, harm: Callable[..., tuple[bytes, bytes]], tries: int
) -> None:
    await add(sqlite_store, {Cell("2026-11", "topic", str(number)): number for number in range(12)})
    stored, chance = await rows(sqlite_store), random.Random(20261123)
    assert len({open_count(ring, index, body).cell for index, body in stored.items()}) == 12
    for _ in range(tries):
        index, body = harm(chance, stored, chance.choice(list(stored)))
        with pytest.raises(VaultError):
            open_count(ring, index, body)
