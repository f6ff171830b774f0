"""How long 600 people who write within five seconds wait for their answers, next to a plain sender loop.

Both send the same letters in the same rush to the same stand-in, which refuses what Telegram's published limits
refuse. The courier also commits each letter to a database on disk before and after it goes; the loop keeps it in memory
and forgets it when the process dies.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import monotonic, time

import click

from bot.clock import SystemClock
from bot.letters import Deed, Letter, Urgency
from bot.sandbox.limits import Allowance
from bot.sandbox.person import Person
from bot.sandbox.standin import StandIn
from bot.telegram.courier import Courier
from bot.telegram.failures import DeliveryError, Later
from bot.telegram.gateway import Gateway
from storage import Keyring, Outgoing, Store

PEOPLE = 600
TALKATIVE = 20
"""Every so manieth person gets `LINES` letters at once, more than a chat takes in that time."""
LINES = 8
RUSH = 5.0
STEPS = 50
"""Commits in which the rush arrives."""
BULK = Allowance(30, 1.0)
"""Telegram's published limit for bulk messages; the second table enforces it for everything."""

Post = Callable[[list[Letter]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a rush looked like from the people's side; times in seconds from the commit of a letter."""

    name: str
    letters: int
    arrived: int
    refused: int
    median: float
    p99: float
    total: float

    def row(self) -> str:
        """One line of the table."""
        return (
            f"{self.name:<12}{self.arrived:>5} of {self.letters}{self.refused:>12}"
            f"{self.median:>12.2f}{self.p99:>10.2f}{self.total:>10.2f}"
        )


HEAD = f"{'':<12}{'answered':>12}{'429':>12}{'median s':>12}{'p99 s':>10}{'total s':>10}"


async def by_courier(telegram: StandIn, people: list[Person]) -> Result:
    """Our way: outbox, budgets, lanes."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/gza.db", Keyring.create(Path(folder) / "keyring"))
        gateway = Gateway.open(telegram.token, telegram.url)
        courier = Courier(store, gateway, SystemClock(), asyncio.Event())
        running = asyncio.create_task(courier.run())

        async def post(letters: list[Letter]) -> None:
            async with store.transaction() as work:
                known = await work.conversations({letter.chat for letter in letters})
                await work.save(list(known.values()), SystemClock().now())
                await work.post(
                    [Outgoing(known[letter.chat], Urgency.DIALOGUE, letter.to_json()) for letter in letters]
                )
            courier.wake.set()

        result = await _rush("courier", telegram, people, post)
        await courier.stop(5)
        await running
        await gateway.close()
        await store.close()
    return result


async def by_loop(telegram: StandIn, people: list[Person]) -> Result:
    """The plain way: one queue, one letter after the other, a 429 is waited out by all."""
    gateway = Gateway.open(telegram.token, telegram.url)
    queue: asyncio.Queue[Letter] = asyncio.Queue()

    async def post(letters: list[Letter]) -> None:
        for letter in letters:
            queue.put_nowait(letter)
        await asyncio.sleep(0)

    running = asyncio.create_task(_send_one_by_one(gateway, queue))
    result = await _rush("plain loop", telegram, people, post)
    running.cancel()
    await gateway.close()
    return result


async def _send_one_by_one(gateway: Gateway, queue: asyncio.Queue[Letter]) -> None:
    while True:
        letter = await queue.get()
        while True:
            try:
                await gateway.deliver(letter)
            except Later as refusal:
                await asyncio.sleep(refusal.after)
            except DeliveryError:
                break
            else:
                break


async def _rush(name: str, telegram: StandIn, people: list[Person], post: Post) -> Result:
    letters = [
        Letter(Deed.SEND, person.id, f"{number}.{line}")
        for number, person in enumerate(people)
        for line in range(LINES if number % TALKATIVE == 0 else 1)
    ]
    written: dict[str, float] = {}
    began = monotonic()
    for step in range(STEPS):
        await asyncio.sleep(max(0.0, began + step * RUSH / STEPS - monotonic()))
        portion = letters[step * len(letters) // STEPS : (step + 1) * len(letters) // STEPS]
        written |= {letter.text: time() for letter in portion}
        await post(portion)
    await _all_arrived(telegram, len(letters))
    return _result(name, telegram, written, monotonic() - began)


async def _all_arrived(telegram: StandIn, expected: int) -> None:
    while sum(call.ok for call in telegram.calls.of("sendMessage")) < expected:  # noqa: ASYNC110  # no event for it
        await asyncio.sleep(0.05)


def _result(name: str, telegram: StandIn, written: dict[str, float], total: float) -> Result:
    calls = telegram.calls.of("sendMessage")
    arrived = {str((call.parameters or {})["text"]): call.at for call in calls if call.ok}
    waits = [at - written[text] for text, at in arrived.items()]
    refused = sum(call.code == 429 for call in calls)  # noqa: PLR2004  # Too Many Requests
    cuts = quantiles(waits, n=100)
    return Result(name, len(written), len(arrived), refused, cuts[49], cuts[98], total)


async def measure(limit: Allowance | None) -> list[Result]:
    """Both ways, one after the other, each against a fresh stand-in."""
    results = []
    for way in (by_courier, by_loop):
        async with StandIn() as telegram:
            telegram.limits.whole_bot = limit
            people = [telegram.world.person(f"Person {number}") for number in range(PEOPLE)]
            for person in people:
                person.says("/start")
            results.append(await way(telegram, people))
    return results


def main() -> None:
    """Print both tables."""
    for limit, title in ((None, "limits per chat"), (BULK, "and 30 a second for the whole bot")):
        click.echo(f"\n{PEOPLE} people within {RUSH:g} s, {title}\n{HEAD}")
        for result in asyncio.run(measure(limit)):
            click.echo(result.row())


if __name__ == "__main__":
    main()
