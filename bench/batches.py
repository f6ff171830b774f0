"""What an update costs to take in, answer and commit, alone and in batches of ten and a hundred.

The peer is the usual way: a transaction for every update. Same store, same disk, same run; read the ratio.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

import click

from bot.arrivals import Arrival
from bot.clock import Guard
from bot.conversing import Conversing
from dialogs.events import Wrote
from dialogs.loader import load
from storage import Keyring, Store

SIZES = (1, 10, 100)
ROUNDS = 20
PEOPLE = 1000


async def measured(conversing: Conversing) -> dict[int, float]:
    """Median milliseconds an update, by batch size, once everybody is known."""
    numbers = count(1)
    await _timed(conversing, _batch(numbers, PEOPLE))
    return {size: median([await _timed(conversing, _batch(numbers, size)) for _ in range(ROUNDS)]) for size in SIZES}


def _batch(numbers: "count[int]", size: int) -> list[Arrival]:
    now = datetime.now(UTC)
    return [Arrival(number, number % PEOPLE + 1, Wrote("/menu"), number, sent=now) for number in _next(numbers, size)]


def _next(numbers: "count[int]", size: int) -> list[int]:
    return [next(numbers) for _ in range(size)]


async def _timed(conversing: Conversing, batch: Sequence[Arrival]) -> float:
    begun = perf_counter()
    await conversing.take(batch, datetime.now(UTC))
    return (perf_counter() - begun) * 1000 / len(batch)


async def compare() -> None:
    """Print milliseconds an update and the ratio to one transaction each."""
    with tempfile.TemporaryDirectory() as folder:
        keyring = Keyring.create(Path(folder) / "keyring")
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/gza.db", keyring)
        costs = await measured(Conversing(store, load(), 1, Guard()))
        await store.close()
    click.echo("batch of   ms an update   times cheaper than one transaction each")
    for size, cost in costs.items():
        click.echo(f"{size:>8}{cost:>15.2f}{costs[1] / cost:>10.1f}")


if __name__ == "__main__":
    asyncio.run(compare())
