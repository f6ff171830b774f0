from datetime import datetime, timedelta

from storage import Store

BOT, OTHER_BOT = 7_000_000_001, 7_000_000_002


async def test_an_update_is_taken_once(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        assert await work.fresh(BOT, [5, 6], now) == {5, 6}
    async with store.transaction() as work:
        assert await work.fresh(BOT, [6, 7, 7], now) == {7}


async def test_the_number_of_an_update_is_no_order(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        await work.fresh(BOT, [900_000_000], now)
    async with store.transaction() as work:
        assert await work.fresh(BOT, [3, 2**31 + 5], now) == {3, 2**31 + 5}


async def test_two_bots_may_have_the_same_number(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        await work.fresh(BOT, [1], now)
        assert await work.fresh(OTHER_BOT, [1], now) == {1}


async def test_no_updates_is_no_question(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        assert await work.fresh(BOT, [], now) == set()


async def test_an_update_of_a_failed_batch_is_fresh_again(store: Store, now: datetime) -> None:
    class Stumble(Exception):
        pass

    try:
        async with store.transaction() as work:
            await work.fresh(BOT, [1], now)
            raise Stumble
    except Stumble:
        pass
    async with store.transaction() as work:
        assert await work.fresh(BOT, [1], now) == {1}


async def test_old_numbers_are_forgotten_and_young_ones_kept(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        await work.fresh(BOT, [1, 2], now - timedelta(hours=49))
        await work.fresh(BOT, [3], now - timedelta(hours=47))
        assert await work.forget_updates(now - timedelta(hours=48)) == 2
        assert await work.fresh(BOT, [1, 3], now) == {1}


async def test_the_high_water_mark_never_falls(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        assert await work.high_water() is None
        await work.raise_high_water(now)
        await work.raise_high_water(now - timedelta(days=1))
    async with store.transaction() as work:
        assert await work.high_water() == now
        await work.raise_high_water(now + timedelta(seconds=1))
        assert await work.high_water() == now + timedelta(seconds=1)
