import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage import BadData, Busy, Conversation, Keyring, Outgoing, Store, VaultError
from storage.keyring import Epoch

ANA, BEKA, NINO = 5_000_000_001, 2**62, -7


async def begin(store: Store, now: datetime, *people: int) -> dict[int, Conversation]:
    """Everyone with a state of their own; what comes back is only good to compare with."""
    async with store.transaction() as work:
        found = await work.conversations(people)
        made = {person: replace(one, state=f"state of {person}") for person, one in found.items()}
        await work.save(made.values(), now)
    return made


async def test_an_unknown_person_gets_a_new_conversation(store: Store) -> None:
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
    assert found.keys() == {ANA, BEKA}
    assert found[ANA].state is None
    assert found[ANA].revision == 0
    assert found[ANA].id != found[BEKA].id


async def test_what_is_saved_is_found_again(store: Store, now: datetime) -> None:
    made = await begin(store, now, ANA, BEKA, NINO)
    async with store.transaction() as work:
        found = await work.conversations([NINO, ANA, BEKA])
    assert found == {person: replace(one, revision=1) for person, one in made.items()}


async def test_asking_changes_nothing(store: Store) -> None:
    async with store.transaction() as work:
        await work.conversations([ANA])
    async with store.transaction() as work:
        assert (await work.conversations([ANA]))[ANA].revision == 0


async def test_only_who_is_passed_is_saved(store: Store, now: datetime) -> None:
    await begin(store, now, ANA, BEKA)
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
        await work.save([replace(found[ANA], state="moved")], now)
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
    assert (found[ANA].state, found[ANA].revision) == ("moved", 2)
    assert (found[BEKA].state, found[BEKA].revision) == (f"state of {BEKA}", 1)


async def test_a_footprint_keeps_what_can_still_be_deleted(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        print_ = replace(ana.footprint, language="ka", hidden=True)
        print_ = print_.grown(10, now - timedelta(hours=49)).grown(12, now).grown(11, now - timedelta(hours=47))
        await work.save([replace(ana, footprint=print_)], now)
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
    assert (ana.footprint.language, ana.footprint.hidden) == ("ka", True)
    assert [message for message, _ in ana.footprint.ids] == [11, 12]


async def test_blocked_is_remembered_and_lifted(store: Store, now: datetime) -> None:
    for blocked in (True, False):
        async with store.transaction() as work:
            ana = (await work.conversations([ANA]))[ANA]
            await work.save([replace(ana, blocked=blocked)], now)
        async with store.transaction() as work:
            assert (await work.conversations([ANA]))[ANA].blocked is blocked


async def test_erasing_leaves_nobody(store: Store, now: datetime) -> None:
    await begin(store, now, ANA, BEKA)
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
        await work.post([Outgoing(found[ANA], 1, "letter")])
        await work.erase([found[ANA]], now)
    async with store.transaction() as work:
        again = await work.conversations([ANA, BEKA])
        assert await work.waiting() == 0
    assert again[ANA].state is None
    assert again[ANA].id != found[ANA].id
    assert again[BEKA].state == f"state of {BEKA}"


async def test_after_erasing_one_may_begin_anew_in_the_same_transaction(store: Store, now: datetime) -> None:
    await begin(store, now, ANA)
    async with store.transaction() as work:
        old = (await work.conversations([ANA]))[ANA]
        await work.erase([old], now)
        new = replace(old.renewed(), state="new")
        await work.save([new], now)
        await work.post([Outgoing(new, 1, "done")])
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
    assert (ana.state, ana.id == old.id, ana.footprint.language) == ("new", False, None)


async def test_saving_twice_in_one_transaction_is_refused_and_undoes_nothing(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        await work.save([replace(ana, state="first")], now)
        with pytest.raises(BadData) as caught:
            await work.save([replace(ana, state="second")], now)
        assert caught.value.people == {ANA}
    async with store.transaction() as work:
        assert (await work.conversations([ANA]))[ANA].state == "first"


async def test_the_same_conversation_twice_in_one_call_is_refused(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        with pytest.raises(BadData):
            await work.save([replace(ana, state="one"), replace(ana, state="two")], now)


async def test_a_conversation_ends_with_its_transaction(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
    async with store.transaction() as work:
        with pytest.raises(VaultError):
            await work.save([ana], now)


async def test_two_workers_take_turns_with_a_person(postgres_url: str, keyring: Keyring, now: datetime) -> None:
    """Each adds its letter to the state twenty times; no turn is lost. New people meet in the same moment too."""
    workers = [await Store.open(postgres_url, keyring) for _ in range(2)]

    async def add(worker: Store, letter: str) -> None:
        while True:
            try:
                async with worker.transaction() as work:
                    found = await work.conversations([BEKA, ANA])
                    added = [replace(one, state=(one.state or "") + letter) for one in found.values()]
                    await work.save(added, now)
            except Busy:
                continue
            return

    await asyncio.gather(*(add(workers[turn % 2], "ab"[turn % 2]) for turn in range(40)))
    async with workers[0].transaction() as work:
        found = await work.conversations([ANA, BEKA])
        assert {"".join(sorted(one.state or "")) for one in found.values()} == {"a" * 20 + "b" * 20}
    for worker in workers:
        await worker.close()


async def test_people_are_found_when_a_start_has_finished_a_turn(
    sqlite_url: str, keyring: Keyring, now: datetime
) -> None:
    """The new secret was on the disk, the rows still lay under the old one."""
    store = await Store.open(sqlite_url, keyring)
    await begin(store, now, ANA)
    await store.close()
    two = Keyring(keyring.house, (*keyring.epochs, Epoch(2, now.date(), b"\x07" * 32)))
    store = await Store.open(sqlite_url, two)
    await begin(store, now, BEKA)
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
        await work.save(found.values(), now)
    async with store.transaction() as work:
        again = await work.conversations([ANA, BEKA])
    assert {person: (one.epoch, one.revision) for person, one in again.items()} == {ANA: (2, 2), BEKA: (2, 2)}
    await store.close()


def test_a_conversation_shows_nothing_of_a_person() -> None:
    from storage.vault.dek import Dek

    shown = repr(Conversation(b"\x01" * 16, ANA, Dek(b"\x02" * 32), state="secret words"))
    assert not any(word in shown for word in (str(ANA), "secret", "x01", "x02"))
