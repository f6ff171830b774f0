"""What an ordinary update costs while cases are open at the desk, next to the same with none.

Every batch reads the whole desk, so that whoever has a case is answered by it. The peer is the desk without cases: same
house, same disk, same run; read the ratio. The updates are of people who have no case.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from statistics import median
from time import perf_counter

import click

from bot import filing
from bot.arrivals import Arrival
from bot.clock import Guard
from bot.conversing import Conversing
from bot.desk.cases import Case, claimed
from bot.desk.staff import Role, Staff
from dialogs.events import Wrote
from dialogs.loader import load
from storage import Keyring, Store

OPEN = (0, 50, 200)
SIZES = (1, 10)
ROUNDS = 50
PEOPLE = 200
CONSULTANTS = 8
FIRST_CASE, FIRST_OWNER = 10_000, 20_000
"""Numbers of the people with a case, and of those who have them; below are those without."""

Costs = dict[tuple[int, int], float]
"""Milliseconds an update, by open cases and size of the batch."""


def main() -> None:
    """Print milliseconds an update, and the ratio to a desk without cases."""
    costs = asyncio.run(measured())
    click.echo("\nbatch of   open cases   ms an update   times the cost with none")
    for (cases, size), cost in sorted(costs.items(), key=lambda one: (one[0][1], one[0][0])):
        click.echo(f"{size:>8}{cases:>13}{cost:>15.2f}{cost / costs[0, size]:>13.2f}")


async def measured() -> Costs:
    """Three houses with more and more cases, a batch to each in turn: what else the machine does troubles all alike."""
    with tempfile.TemporaryDirectory() as folder:
        houses = {cases: await _house(Path(folder) / str(cases), cases) for cases in OPEN}
        numbers = count(1)
        for one in houses.values():
            await _timed(one, _batch(numbers, PEOPLE))
        times: dict[tuple[int, int], list[float]] = {(cases, size): [] for cases in OPEN for size in SIZES}
        for _ in range(ROUNDS):
            for (cases, size), taken in times.items():
                taken.append(await _timed(houses[cases], _batch(numbers, size)))
        for one in houses.values():
            await one.store.close()
    return {key: median(values) for key, values in times.items()}


async def _house(home: Path, cases: int) -> Conversing:
    keyring = Keyring.create(home / "keyring")
    store = await Store.open(f"sqlite+aiosqlite:///{home}/gza.db", keyring)
    await _staffed(store, cases)
    return Conversing(store, load(), 1, Guard())


async def _staffed(store: Store, cases: int) -> None:
    """Eight consultants who have so many cases between them."""
    now = datetime.now(UTC)
    staff = {number: _consultant(number) for number in range(FIRST_OWNER, FIRST_OWNER + CONSULTANTS)}
    people = range(FIRST_CASE, FIRST_CASE + cases)
    async with store.transaction() as work:
        known = await work.conversations(set(people))
        await work.save(list(known.values()), now)
        filed = await filing.read(work)
        taken = {person: claimed(_case(person, now), _owner(person), "menu:start", now) for person in people}
        await filing.write(work, filed, replace(filed.desk, cases=taken, staff=staff), known)


def _consultant(number: int) -> Staff:
    return Staff(number, f"tag{number}", Role.CONSULTANT, "Consultant", "ka")


def _owner(person: int) -> int:
    return FIRST_OWNER + person % CONSULTANTS


def _case(person: int, now: datetime) -> Case:
    return Case(
        person=person,
        token=person,
        alias=f"BLUE HERON {person}",
        language="ka",
        topic="offer",
        asked_at=now,
        since=now,
        heard_at=now,
        next_line=12,
        last_owner_line=11,
        band="orange",
    )


def _batch(numbers: Iterator[int], size: int) -> list[Arrival]:
    now = datetime.now(UTC)
    return [Arrival(each, each % PEOPLE + 1, Wrote("/menu"), each, sent=now) for each in islice(numbers, size)]


async def _timed(house: Conversing, batch: list[Arrival]) -> float:
    begun = perf_counter()
    await house.take(batch, datetime.now(UTC))
    return (perf_counter() - begun) * 1000 / len(batch)


if __name__ == "__main__":
    main()
