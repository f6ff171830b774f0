"""Updates: repeated until confirmed, in order, and gone when too old."""

import asyncio

TWO_POLLERS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def ids(updates):
    return [update["update_id"] for update in updates]


def texts(updates):
    return [update["message"]["text"] for update in updates]


async def test_an_update_is_repeated_until_a_later_offset_confirms_it(wire, nino):
    nino.says("one")
    first = await wire.updates()
    assert await wire.updates() == first
    assert await wire.updates(offset=first[0]["update_id"]) == first
    assert await wire.updates(offset=first[0]["update_id"] + 1) == []
    assert await wire.updates() == []


async def test_ids_are_consecutive_and_order_is_kept(wire, nino):
    for number in range(5):
        nino.says(str(number))
    updates = await wire.updates()
    assert texts(updates) == ["0", "1", "2", "3", "4"]
    assert ids(updates) == list(range(updates[0]["update_id"], updates[0]["update_id"] + 5))


async def test_at_most_100_come_at_once(wire, nino):
    for number in range(120):
        nino.says(str(number))
    assert len(await wire.updates(limit=500)) == 100


async def test_a_negative_offset_forgets_all_but_the_last(wire, nino):
    for text in ("one", "two", "three"):
        nino.says(text)
    assert texts(await wire.updates(offset=-1)) == ["three"]
    assert texts(await wire.updates(offset=0)) == ["three"]


async def test_after_a_quiet_week_ids_start_anywhere_and_an_old_offset_loses_nothing(telegram, wire, nino):
    nino.says("before")
    last = ids(await wire.updates())[0]
    await wire.updates(offset=last + 1)
    telegram.world.jump_update_ids(17)
    nino.says("after")
    updates = await wire.updates(offset=last + 1)
    assert (ids(updates), texts(updates)) == ([17], ["after"])


async def test_a_poller_who_repeats_an_offset_at_once_gets_one_at_a_time(wire, nino, clock):
    nino.says("one")
    nino.says("two")
    assert len(await wire.updates()) == 2
    assert len(await wire.updates()) == 1
    clock.advance(1)
    assert len(await wire.updates()) == 2


async def test_a_long_poll_ends_with_the_next_update(telegram, wire, nino):
    poll = asyncio.create_task(wire.updates(timeout=50))
    await telegram.poller_rests()
    nino.says("at last")
    assert texts(await poll) == ["at last"]


async def test_a_long_poll_ends_after_its_time_and_never_after_more_than_50_seconds(telegram, wire, clock):
    poll = asyncio.create_task(wire.updates(timeout=3600))
    rests = await telegram.poller_rests()
    clock.advance(49)
    await telegram.poller_rests(more_than=rests)
    clock.advance(1)
    assert await poll == []


async def test_the_older_of_two_pollers_is_sent_away(telegram, wire, nino):
    older = asyncio.create_task(wire.call("getUpdates", timeout=50))
    await telegram.poller_rests()
    younger = asyncio.create_task(wire.call("getUpdates", timeout=50))
    answer = await older
    assert (answer.status, answer.error) == (409, TWO_POLLERS)
    nino.says("hello")
    assert texts((await younger).result) == ["hello"]


async def test_nobody_polls_while_a_webhook_is_set(wire):
    await wire.call("setWebhook", url="https://gza.example/hook")
    assert (await wire.call("getWebhookInfo")).result["url"] == "https://gza.example/hook"
    answer = await wire.call("getUpdates")
    assert (answer.status, answer.error) == (409, WEBHOOK)
    await wire.call("deleteWebhook")
    assert await wire.updates() == []


async def test_a_webhook_needs_https(wire):
    answer = await wire.call("setWebhook", url="http://gza.example/hook")
    assert answer.error == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"


async def test_pending_updates_can_be_dropped(wire, nino):
    nino.says("never mind")
    assert (await wire.call("getWebhookInfo")).result["pending_update_count"] == 1
    await wire.call("deleteWebhook", drop_pending_updates=True)
    assert await wire.updates() == []


async def test_texts_wait_for_a_day(wire, nino, clock):
    nino.says("is anybody there?")
    clock.advance(86_399)
    assert len(await wire.updates()) == 1
    clock.advance(2)
    assert await wire.updates() == []


async def test_taps_wait_for_150_seconds_only(wire, nino, clock):
    nino.presses(1, "x")
    nino.says("text")
    clock.advance(149)
    assert len(await wire.updates()) == 2
    clock.advance(2)
    assert texts(await wire.updates()) == ["text"]


async def test_only_the_kinds_asked_for_come_and_only_from_then_on(wire, nino):
    nino.says("before")
    await wire.updates(allowed_updates=["callback_query"])
    nino.says("after")
    nino.presses(1, "x")
    updates = await wire.updates(offset=0)
    assert [set(update) - {"update_id"} for update in updates] == [{"message"}]
    assert len(await wire.updates(limit=2, offset=ids(updates)[0] + 1)) == 1


async def test_an_edit_comes_as_an_edit(wire, nino):
    said = nino.says("helo")
    nino.edits(said.message_id, "hello")
    edited = (await wire.updates())[1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (said.message_id, "hello")
    assert "edit_date" in edited
