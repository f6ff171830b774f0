"""A frozen release: there byte by byte, once and never over another, and what was changed never passes for it."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from storage import Busy, Cell, Keyring, Stale, Store, Tampered, VaultError
from storage.keyring import Epoch
from storage.packing import open_release, seal_release
from storage.vault.ring import Ring
from tests.fakes.freezing import CONTENT, freeze, frozen, sql

SUMMER, AUTUMN = "2026-Q3", "2026-Q4"
LIST, NO_FILES = '{"files": {"a": "0"}, "sha256": "1"}', {"files": {}, "sha256": "1"}
CHANGES, TRIES = 2_000, 500
JULY, OCTOBER = Cell("2026-07", "band", "red"), Cell("2026-10", "band", "red")


async def count_and_freeze(store: Store) -> None:
    async with store.transaction() as work:
        await work.count({JULY: 1})
        await work.freeze(SUMMER, b"better numbers")


async def freeze_and_fail(store: Store) -> None:
    async with store.transaction() as work:
        await work.freeze(SUMMER, CONTENT)
        _ = 1 / 0


@pytest.fixture
def ring(keyring: Keyring) -> Ring:
    return Ring.of(keyring)


@pytest.fixture
async def another(url: str, store: Store, keyring: Keyring) -> AsyncIterator[Store]:
    """A second worker on the same database."""
    opened = await Store.open(url, keyring)
    yield opened
    await opened.close()


async def test_nothing_is_frozen_in_a_new_house(store: Store) -> None:
    assert await frozen(store, SUMMER) is None
    async with store.transaction() as work:
        assert await work.releases() == 0


async def test_what_was_frozen_is_there_byte_by_byte(store: Store) -> None:
    await freeze(store, SUMMER)
    await freeze(store, AUTUMN, b"")
    assert await frozen(store, SUMMER) == CONTENT
    assert await frozen(store, AUTUMN) == b""
    async with store.transaction() as work:
        assert await work.releases() == 2


async def test_a_release_is_never_written_over_and_what_else_the_transaction_did_is_undone(store: Store) -> None:
    await freeze(store, SUMMER)
    with pytest.raises(Busy):
        await count_and_freeze(store)
    assert await frozen(store, SUMMER) == CONTENT
    async with store.transaction() as work:
        assert await work.counts() == {}
        with pytest.raises(Stale):
            await work.freeze(SUMMER, CONTENT)


async def test_of_two_workers_who_freeze_one_release_at_once_one_does(store: Store, another: Store) -> None:
    done = await asyncio.gather(freeze(store, SUMMER, b"one"), freeze(another, SUMMER, b"two"), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Busy", "NoneType"]
    assert await frozen(store, SUMMER) == (b"one" if done[0] is None else b"two")


async def test_what_was_not_committed_was_not_frozen(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        await freeze_and_fail(store)
    assert await frozen(store, SUMMER) is None


async def test_it_outlives_the_turn(store: Store, keyring: Keyring) -> None:
    await freeze(store, SUMMER)
    await store.turn(keyring.newest.day.replace(year=2027))
    assert await frozen(store, SUMMER) == CONTENT


async def test_neither_name_nor_content_is_in_the_clear(store: Store) -> None:
    await freeze(store, SUMMER, b"a canary of numbers")
    ((index, body),) = await sql(store, "SELECT blind_index, body FROM release")
    assert b"canary" not in bytes(body)
    assert b"2026" not in bytes(index) + bytes(body)


async def test_one_that_was_exchanged_with_another_does_not_pass_for_it(store: Store) -> None:
    await freeze(store, SUMMER, b"one")
    await freeze(store, AUTUMN, b"two")
    bodies = dict(await sql(store, "SELECT blind_index, body FROM release"))
    (one, two) = bodies
    for index, other in ((one, two), (two, one)):
        query = "UPDATE release SET body = :body WHERE blind_index = :index"
        await sql(store, query, body=bodies[other], index=index)
    for name in (SUMMER, AUTUMN):
        with pytest.raises(Tampered):
            await frozen(store, name)
    assert await store.check() == ["releases: 2 did not open, and cannot be sent or exported"]


async def test_one_that_was_changed_is_still_not_written_over(store: Store) -> None:
    await freeze(store, SUMMER)
    await sql(store, "UPDATE release SET body = :body", body=b"\x01" + bytes(600))
    with pytest.raises(Busy):
        await freeze(store, SUMMER)
    with pytest.raises(Tampered):
        await frozen(store, SUMMER)


def test_every_changed_byte_and_every_cut_is_noticed(ring: Ring) -> None:
    index, chance = ring.release_index(SUMMER), random.Random(7)
    sealed = seal_release(ring, index, CONTENT[:3000])
    for _ in range(CHANGES):
        spoilt = bytearray(sealed)
        spoilt[chance.randrange(len(sealed))] ^= 1 << chance.randrange(8)
        with pytest.raises(VaultError):
            open_release(ring, index, bytes(spoilt))
    for _ in range(TRIES):
        with pytest.raises(VaultError):
            open_release(ring, index, sealed[: chance.randrange(len(sealed))])
    assert open_release(ring, index, sealed) == CONTENT[:3000]


def test_another_house_opens_nothing_of_it(ring: Ring, keyring: Keyring) -> None:
    index = ring.release_index(SUMMER)
    stranger = Ring.of(Keyring(b"h" * 32, (Epoch(1, keyring.newest.day, b"e" * 32),)))
    assert stranger.release_index(SUMMER) != index
    with pytest.raises(Tampered):
        open_release(stranger, index, seal_release(ring, index, CONTENT))


async def test_only_the_counts_that_are_named_go(store: Store) -> None:
    async with store.transaction() as work:
        await work.count({JULY: 3, OCTOBER: 4})
        assert await work.drop_counts([JULY, Cell("2026-08", "band", "red")]) == 1
        assert await work.counts() == {OCTOBER: 4}
        assert await work.drop_counts([]) == 0


async def test_with_them_goes_every_count_that_does_not_open(store: Store, ring: Ring) -> None:
    async with store.transaction() as work:
        await work.count({JULY: 3, OCTOBER: 4})
    index = ring.cell_index("2026-07", "band", "red")
    await sql(
        store, "UPDATE counts SET body = :body WHERE blind_index = :index", body=b"\x01" + bytes(540), index=index
    )
    async with store.transaction() as work:
        assert await work.drop_counts([]) == 1
        assert await work.counts() == {OCTOBER: 4}
        assert await work.lost_counts() == []


# Backups
