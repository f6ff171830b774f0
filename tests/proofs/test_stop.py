"""The real process is told to stop while it works: nothing is lost, nothing is said twice, and there is only one."""

import asyncio
from collections import Counter

from bot.sandbox.clock import first_ring
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.standin import StandIn
from tests.fakes.program import TOKEN, program

PEOPLE = 120
PATIENCE = 30.0


def _answers(telegram):
    """How many bubbles each person got."""
    return Counter(call.chat_id for call in telegram.calls.of("sendMessage") if call.ok)


async def _until_answered(telegram, people, count):
    """Wait until so many people have their answer."""
    async with asyncio.timeout(PATIENCE):
        while len(_answers(telegram)) < count:
            await first_ring([person.chat.changed for person in people], None)


async def test_whoever_wrote_before_a_stop_is_answered_after_it_and_once(tmp_path):
    async with StandIn(token=TOKEN) as telegram:
        people = [telegram.world.person(f"Person {number}") for number in range(PEOPLE)]
        with program(tmp_path, telegram.url) as bot:
            bot.start()
            await telegram.poller_rests(within=PATIENCE)
            for person in people:
                person.says("/start")
            await _until_answered(telegram, people, 5)
            telegram.faults.expect(Fault(FaultKind.DELAY, "sendMessage", times=5, seconds=0.5))

            assert await bot.stop() == 0
            assert 0 < len(_answers(telegram)) < PEOPLE, "the stop came too early or too late to prove anything"

            bot.start()
            await _until_answered(telegram, people, PEOPLE)
            assert await bot.stop() == 0

            async with bot.left_behind() as store, store.transaction() as work:
                assert await work.waiting() == 0
        assert telegram.waiting_updates == 0
        assert _answers(telegram) == {person.id: 1 for person in people}


async def test_a_second_program_on_the_same_data_says_so_and_leaves(tmp_path):
    async with StandIn(token=TOKEN) as telegram:
        with (
            program(tmp_path, telegram.url) as first,
            program(tmp_path, telegram.url, name="second") as second,
        ):
            first.start()
            await telegram.poller_rests(within=PATIENCE)
            second.start()

            assert await second.ended() == 1
            lines = second.output.read_text().splitlines()
            assert lines == [
                f"gza: Another gza works with {first.data}. Stop it first, or set another DATA_DIR for this one."
            ]

            person = telegram.world.person("Nino")
            person.says("/start")
            assert await person.hears(), "the first goes on working"
            assert await first.stop() == 0
