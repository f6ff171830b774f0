import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from storage import Busy, Keyring, Stale, Store, StoredCase, WrongKeyring
from storage.keyring import Epoch

ANA, BEKA = 21, 22


async def begun(store: Store, now: datetime, *people: int) -> dict[int, bytes]:
    """The ids of saved conversations with these people."""
    async with store.transaction() as work:
        found = await work.conversations(people)
        await work.save(found.values(), now)
    return {person: one.id for person, one in found.items()}


async def save(store: Store, *cases: StoredCase) -> None:
    async with store.transaction() as work:
        await work.save_cases(cases)


async def read(store: Store) -> list[StoredCase]:
    async with store.transaction() as work:
        return await work.cases()


async def test_there_are_no_cases_at_first_and_saving_none_is_nothing(store: Store) -> None:
    await save(store)
    assert await read(store) == []


async def test_what_is_saved_is_read_in_the_order_of_the_conversations(store: Store, now: datetime) -> None:
    ids = await begun(store, now, *range(9))
    await save(store, *(StoredCase(one, f"case of {person}") for person, one in ids.items()))
    expected = [StoredCase(one, f"case of {person}", 1, 1) for person, one in ids.items()]
    assert await read(store) == sorted(expected, key=lambda case: case.conversation)


async def test_a_case_read_is_saved_over_itself(store: Store, now: datetime) -> None:
    ids = await begun(store, now, ANA, BEKA)
    await save(store, StoredCase(ids[ANA], "waits"), StoredCase(ids[BEKA], "stays"))
    (waits,) = [case for case in await read(store) if case.conversation == ids[ANA]]
    await save(store, replace(waits, body="claimed"))
    found = {case.conversation: (case.body, case.revision) for case in await read(store)}
    assert found == {ids[ANA]: ("claimed", 2), ids[BEKA]: ("stays", 1)}


async def test_two_who_claim_one_case_do_not_both_have_it(store: Store, now: datetime) -> None:
    """Both read it; the slower brings its batch again, and nothing of that batch was written."""
    ids = await begun(store, now, ANA, BEKA)
    await save(store, StoredCase(ids[ANA], "waits"))
    (waits,) = await read(store)
    await save(store, replace(waits, body="first has it"))
    with pytest.raises(Busy):
        await save(store, StoredCase(ids[BEKA], "new"), replace(waits, body="second has it"))
    assert [case.body for case in await read(store)] == ["first has it"]


async def test_inside_its_transaction_a_lost_race_is_told_apart(store: Store, now: datetime) -> None:
    ids = await begun(store, now, ANA)
    await save(store, StoredCase(ids[ANA], "waits"))
    async with store.transaction() as work:
        with pytest.raises(Stale):
            await work.save_cases([StoredCase(ids[ANA], "as if new")])
        await work.save_cases([StoredCase(ids[ANA], "goes on", 1)])
    assert [case.body for case in await read(store)] == ["goes on"]


async def test_a_case_that_was_closed_meanwhile_does_not_come_back(store: Store, now: datetime) -> None:
    ids = await begun(store, now, ANA)
    await save(store, StoredCase(ids[ANA], "open"))
    (opened,) = await read(store)
    async with store.transaction() as work:
        await work.drop_cases([ids[ANA]])
    with pytest.raises(Busy):
        await save(store, replace(opened, body="still open"))
    assert await read(store) == []


async def test_dropping_leaves_the_other_cases_and_the_conversation(store: Store, now: datetime) -> None:
    ids = await begun(store, now, ANA, BEKA)
    await save(store, StoredCase(ids[ANA], "a"), StoredCase(ids[BEKA], "b"))
    async with store.transaction() as work:
        await work.drop_cases([ids[ANA], b"nobody's"])
        assert [case.body for case in await work.cases()] == ["b"]
        assert (await work.conversations([ANA]))[ANA].id == ids[ANA]


async def test_two_workers_claim_in_one_moment_and_one_is_busy(
    postgres_url: str, keyring: Keyring, now: datetime
) -> None:
    workers = [await Store.open(postgres_url, keyring) for _ in range(2)]
    ids = await begun(workers[0], now, ANA, BEKA)
    await save(workers[0], StoredCase(ids[ANA], "waits"))
    (waits,) = await read(workers[0])
    for first, second in (
        (replace(waits, body="one"), replace(waits, body="two")),
        (StoredCase(ids[BEKA], "one"), StoredCase(ids[BEKA], "two")),
    ):
        async with workers[0].transaction() as work:
            await work.save_cases([first])
            slower = asyncio.create_task(save(workers[1], second))
            await asyncio.sleep(0.3)
            assert not slower.done()
        with pytest.raises(Busy):
            await slower
    assert [case.body for case in await read(workers[0])] == ["one", "one"]
    for worker in workers:
        await worker.close()


async def test_a_case_goes_with_its_conversation(store: Store, now: datetime) -> None:
    ids = await begun(store, now, ANA, BEKA)
    await save(store, StoredCase(ids[ANA], "a"), StoredCase(ids[BEKA], "b"))
    async with store.transaction() as work:
        await work.erase((await work.conversations([ANA])).values(), now)
    assert [case.body for case in await read(store)] == ["b"]


async def spoil(store: Store, sql: str, **values: object) -> None:
    async with store.transaction() as work:
        await work._connection.execute(text(sql), values)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE cases SET body = :zeros WHERE conversation = :ana",
        "UPDATE cases SET revision = 7 WHERE conversation = :ana",
        "UPDATE cases SET epoch = 2 WHERE conversation = :ana",
        "UPDATE cases SET body = (SELECT o.body FROM cases o WHERE o.conversation <> :ana) WHERE conversation = :ana",
    ],
)
@pytest.mark.parametrize("knowing", [True, False])
async def test_a_case_that_does_not_open_comes_without_its_body_is_told_and_can_be_replaced(
    store: Store, now: datetime, harm: str, *, knowing: bool
) -> None:
    """Also by who takes a damaged case for none: else everybody would wait behind it for ever."""
    ids = await begun(store, now, ANA, BEKA)
    await save(store, StoredCase(ids[ANA], "a"), StoredCase(ids[BEKA], "b"))
    named = {name: value for name, value in {"ana": ids[ANA], "zeros": bytes(541)}.items() if f":{name}" in harm}
    await spoil(store, harm, **named)
    (damaged,) = [case for case in await read(store) if case.body is None]
    assert damaged.conversation == ids[ANA]
    (doubt,) = await store.check()
    assert doubt.startswith("cases: 1 ")
    with pytest.raises(Busy):
        await save(store, replace(damaged, body="as if another's", revision=damaged.revision + 1))
    await save(store, replace(damaged, body="begun anew") if knowing else StoredCase(ids[ANA], "begun anew"))
    assert {case.body for case in await read(store)} == {"begun anew", "b"}
    assert await store.check() == []


async def test_a_case_that_was_read_before_a_turn_is_saved_under_the_new_epoch(
    sqlite_url: str, keyring: Keyring, now: datetime
) -> None:
    store = await Store.open(sqlite_url, keyring)
    ids = await begun(store, now, ANA, BEKA)
    await save(store, StoredCase(ids[ANA], "old"))
    (old,) = await read(store)
    await store.close()
    two = Keyring(keyring.house, (*keyring.epochs, Epoch(2, now.date(), b"\x07" * 32)))
    store = await Store.open(sqlite_url, two)
    await save(store, replace(old, body="older"), StoredCase(ids[BEKA], "new"))
    assert {case.body: case.epoch for case in await read(store)} == {"older": 2, "new": 2}
    await store.close()
    with pytest.raises(WrongKeyring, match="epochs"):
        await Store.open(sqlite_url, keyring)


async def test_beside_its_key_and_its_seal_a_case_has_two_numbers(store: Store, now: datetime) -> None:
    ids = await begun(store, now, ANA)
    await save(store, StoredCase(ids[ANA], "a"))
    async with store.transaction() as work:
        result = await work._connection.execute(text("SELECT * FROM cases"))
        assert list(result.keys()) == ["conversation", "epoch", "revision", "body"]


def test_a_case_shows_nothing_of_a_person() -> None:
    assert "secret" not in repr(StoredCase(b"secret", "secret"))
