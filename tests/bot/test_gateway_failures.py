"""Whatever goes wrong comes out as one of our errors, and carries nothing of what was sent."""

import asyncio
import socket
import traceback

import pytest

from bot.letters import Deed, Letter
from bot.sandbox.clock import MovableClock
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.standin import StandIn
from bot.telegram.calls import calls
from bot.telegram.failures import (
    Blocked,
    Conflict,
    DeliveryError,
    Later,
    Never,
    Reason,
    Unknown,
    Unsent,
    WrongToken,
)
from bot.telegram.gateway import Gateway

SECRET = "my passport is with the boss"
TWO_DAYS = 48 * 3600.0


@pytest.fixture
async def telegram():
    async with StandIn(clock=MovableClock()) as stand_in:
        yield stand_in


@pytest.fixture
async def gateway(telegram):
    opened = Gateway.open(telegram.token, telegram.url)
    yield opened
    await opened.close()


@pytest.fixture
def anna(telegram):
    person = telegram.world.person("Anna")
    person.says("/start")
    return person


async def failure_of(gateway, letter):
    with pytest.raises(DeliveryError) as caught:
        await gateway.deliver(letter)
    return caught.value


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(FaultKind.DROP_BEFORE), Unknown),
        (Fault(FaultKind.DROP_AFTER), Unknown),
        (Fault(FaultKind.SERVER_ERROR), Unknown),
        (Fault(FaultKind.HTML), Unknown),
        (Fault(FaultKind.REFUSE, retry_after=3), Later),
        (Fault(FaultKind.REFUSE, code=403, description="Forbidden: bot was blocked by the user"), Blocked),
        (Fault(FaultKind.REFUSE, code=400, description=f"Bad Request: can't parse {SECRET}"), Never),
        (Fault(FaultKind.REFUSE, code=401, description="Unauthorized"), WrongToken),
    ],
)
async def test_every_trouble_has_its_error_and_the_error_tells_nobody_anything(telegram, gateway, anna, fault, kind):
    telegram.faults.expect(fault)

    failure = await failure_of(gateway, Letter(Deed.SEND, anna.id, SECRET))

    assert isinstance(failure, kind)
    told = f"{failure!r} {failure} {''.join(traceback.format_exception(failure))}"
    assert not any(secret in told for secret in (SECRET, telegram.token, str(anna.id), telegram.url))
    assert (failure.__cause__, failure.__context__) == (None, None)


async def test_nobody_at_the_door_means_unsent():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gateway = Gateway.open("1:" + "a" * 35, f"http://127.0.0.1:{taken.getsockname()[1]}")
        try:
            failure = await failure_of(gateway, Letter(Deed.SEND, 1, SECRET))
        finally:
            await gateway.close()

    assert isinstance(failure, Unsent)
    assert (failure.__cause__, failure.__context__) == (None, None)


async def test_a_server_that_never_answers_leaves_it_unknown(telegram, gateway, anna):
    telegram.faults.expect(Fault(FaultKind.DELAY, "sendMessage", seconds=60))
    (call,) = calls(Letter(Deed.SEND, anna.id, SECRET))

    with pytest.raises(Unknown):
        await gateway.ask(call, 1)


async def test_a_429_says_how_long(telegram, gateway, anna):
    telegram.faults.expect(Fault(FaultKind.REFUSE, retry_after=17))

    assert (await failure_of(gateway, Letter(Deed.SEND, anna.id, "x"))).after == 17


async def test_a_stranger_cannot_be_written_to(telegram, gateway):
    never_wrote = telegram.world.person("Nino")

    failure = await failure_of(gateway, Letter(Deed.SEND, never_wrote.id, "x"))

    assert (type(failure), failure.reason) == (Never, Reason.NOBODY)


async def test_a_bubble_that_is_gone_cannot_be_edited(gateway, anna):
    failure = await failure_of(gateway, Letter(Deed.EDIT, anna.id, "x", target=(999_999,)))

    assert (type(failure), failure.reason) == (Never, Reason.GONE)


async def test_one_message_past_its_time_keeps_no_other_visible(telegram, gateway, anna):
    telegram.limits.enforced = False
    old = (await gateway.deliver(Letter(Deed.SEND, anna.id, "old"))).message
    telegram.clock.advance(TWO_DAYS)
    young = [(await gateway.deliver(Letter(Deed.SEND, anna.id, f"young {number}"))).message for number in range(7)]

    failure = await failure_of(gateway, Letter(Deed.DELETE, anna.id, target=(*young[:3], old, *young[3:])))

    assert (type(failure), failure.reason) == (Never, Reason.LOCKED)
    assert [bubble.text for bubble in anna.sees()][1:] == ["old"]


async def test_of_two_pollers_one_is_told(gateway):
    pollers = [asyncio.create_task(gateway.updates(None, 50)) for _ in range(2)]

    done, waiting = await asyncio.wait(pollers, return_when=asyncio.FIRST_COMPLETED)

    assert [type(poller.exception()) for poller in done] == [Conflict]
    for poller in waiting:
        poller.cancel()
    await asyncio.wait(waiting)


async def test_a_token_without_the_form_of_one_is_refused_before_anything_is_sent():
    malformed = "x" * 40
    with pytest.raises(WrongToken) as caught:
        Gateway.open(malformed)

    assert malformed not in "".join(traceback.format_exception(caught.value))


async def test_a_token_telegram_does_not_know_is_told_at_the_first_question(telegram):
    stranger = Gateway.open("77:" + "b" * 35, telegram.url)
    with pytest.raises(WrongToken):
        await stranger.me()
    await stranger.close()


async def test_a_letter_that_is_no_request_is_no_reason_to_stop(gateway, anna):
    failure = await failure_of(gateway, Letter(Deed.SEND, anna.id, "broken \ud800 letter"))

    assert (type(failure), failure.reason) == (Never, Reason.UNREADABLE)


async def test_an_answer_that_lacks_fields_is_delivered_all_the_same(telegram, gateway, anna):
    """Else the courier would send it again and again to the same person."""
    telegram._ledger.wire = lambda chat, message: {"message_id": message.message_id}

    assert isinstance((await gateway.deliver(Letter(Deed.SEND, anna.id, "x"))).message, int)
