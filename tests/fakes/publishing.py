"""A house whose periods are over: counts as a real year has them, and releases made at once, without drawing."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import text

from bot.releasing.job import Job, done
from bot.releasing.releasing import Releasing
from bot.statistics.periods import Period
from storage import Cell, Kind
from tests.fakes import real, years

SUMMER, AUTUMN = Period(2026, 3), Period(2026, 4)
OCTOBER = datetime(2026, 10, 20, 12, tzinfo=UTC)
"""Summer is over and due."""
ORGANISATION = "Migrant Resource Centre"


def forms(release, book):
    """Files that are not drawn, but are different for each release."""
    name = f"gza-{release.period}"
    return {f"{name}-en.csv": f"{name}, {len(book.scripts)}\n".encode(), f"{name}.json": release.to_json().encode()}


async def quickly(job):
    """What the process apart does, here. The same job was done before: `done` is proven to come to the same."""
    return _done(job.to_json())


@cache
def _done(job):
    return done(Job.from_json(job), forms, book=real.book())


def releasing(store, doing=quickly):
    return Releasing(store, ORGANISATION, doing)


def cells(period, number, seed=7):
    """The counts of a period with so many of each unit, spread over its months."""
    dice, found = random.Random(seed), {}
    for (table, value), sum_ in years.quarter(dice, number).items():
        for _ in range(sum_):
            cell = Cell(dice.choice(period.months), table, value)
            found[cell] = found.get(cell, 0) + 1
    return found


async def count(store, counts):
    async with store.transaction() as work:
        await work.count(counts)


async def counted(store):
    async with store.transaction() as work:
        return await work.counts()


def of_unit(counts, unit):
    """The counts that belong to a unit, those of its crossed tables too."""
    names = {table.name for table in years.tables().of_unit(unit)}
    return {cell: number for cell, number in counts.items() if cell.table.partition("*")[0] in names}


async def lose_files(store, period):
    """What a restore makes of a release whose bytes are in neither database."""
    async with store.transaction() as work:
        record = next(one for one in await work.records((Kind.RELEASE,)) if one.key == period)
        await work.keep([replace(record, body=json.dumps({**json.loads(record.body), "files": {}}))])
        index = work._ring.release_index(period)
        await work._connection.execute(text("DELETE FROM release WHERE blind_index = :at"), {"at": index})
