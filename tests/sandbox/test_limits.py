"""How fast a bot may write."""

import pytest

from bot.sandbox.limits import Allowance


async def send(wire, chat_id, **fields):
    return await wire.call("sendMessage", chat_id=chat_id, text="x", **fields)


@pytest.fixture
def desk(telegram, nino):
    group = telegram.world.group("Desk", nino, forum=True)
    group.takes_bot()
    return group


async def test_a_private_chat_takes_a_small_burst_and_then_one_a_second(wire, nino, clock):
    assert [(await send(wire, nino.id)).status for _ in range(6)] == [200] * 5 + [429]
    clock.advance(1)
    assert [(await send(wire, nino.id)).status for _ in range(2)] == [200, 429]


async def test_429_says_when_to_come_back_in_body_and_header(wire, nino):
    for _ in range(5):
        await send(wire, nino.id)
    answer = await send(wire, nino.id)
    assert answer.body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert answer.retry_after == "1"


async def test_one_chat_s_limit_is_nobody_else_s(telegram, wire, nino):
    giorgi = telegram.world.person("Giorgi")
    giorgi.says("/start")
    for _ in range(6):
        await send(wire, nino.id)
    assert (await send(wire, giorgi.id)).status == 200


async def test_a_group_has_20_in_any_minute_over_all_topics_edits_and_new_topics_included(wire, desk, clock):
    topic = (await wire.call("createForumTopic", chat_id=desk.id, name="BLUE HERON")).result
    thread = topic["message_thread_id"]
    first = (await send(wire, desk.id, message_thread_id=thread)).result["message_id"]
    clock.advance(10)
    for number in range(9):
        await send(wire, desk.id)
        await wire.call("editMessageText", chat_id=desk.id, message_id=first, text=str(number))
    answer = await send(wire, desk.id, message_thread_id=thread)
    assert (answer.status, answer.body["parameters"]) == (429, {"retry_after": 50})
    clock.advance(50)
    statuses = [(await send(wire, desk.id)).status for _ in range(3)]
    assert statuses == [200, 200, 429]


async def test_copies_cost_one_each(wire, nino, desk):
    ids = [nino.says(str(number)).message_id for number in range(20)]
    copied = await wire.call("copyMessages", chat_id=desk.id, from_chat_id=nino.id, message_ids=ids)
    assert copied.status == 200
    assert (await send(wire, desk.id)).status == 429


async def test_typing_has_a_budget_of_its_own(wire, nino):
    statuses = [(await wire.call("sendChatAction", chat_id=nino.id, action="typing")).status for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert (await send(wire, nino.id)).status == 200


async def test_deleting_costs_nothing(wire, nino):
    ids = [(await send(wire, nino.id)).result["message_id"] for _ in range(5)]
    assert (await wire.call("deleteMessages", chat_id=nino.id, message_ids=ids)).status == 200


async def test_the_limits_can_be_switched_off(telegram, wire, nino):
    telegram.limits.enforced = False
    assert {(await send(wire, nino.id)).status for _ in range(30)} == {200}


async def test_the_limit_of_bulk_sending_can_be_switched_on(telegram, wire, clock):
    telegram.limits.whole_bot = Allowance(30, 1.0)
    people = [telegram.world.person(f"P{number}") for number in range(31)]
    for person in people:
        person.says("/start")
    assert [(await send(wire, person.id)).status for person in people] == [200] * 30 + [429]
    clock.advance(1)
    assert (await send(wire, people[-1].id)).status == 200
