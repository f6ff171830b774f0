"""What counting and releasing cost after ten thousand, a hundred thousand and a million conversations.

Ours adds to sums and makes a release of them: rules, attack, all files in three languages. The peer (`helpdesk.py`)
keeps a row for each conversation and adds the rows up, exact and unprotected, into one plain file. What to read is how
each grows. Batches of a hundred are timed at every size; in between both sides are filled in larger ones, which leaves
the same sums and the same rows.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, sleep

import click

from bench.consultations import Consultations, Row
from bench.helpdesk import WAYS, Helpdesk
from bot.releasing.fixed import Fixed
from bot.releasing.releasing import Seen
from bot.statistics.periods import Period
from bot.statistics.tables import Tables
from dialogs.loader import load
from storage import Keyring, Store

SIZES = (10_000, 100_000, 1_000_000)
BATCH, TIMED, BULK = 100, 20, 10_000
"""Conversations of a batch, how many of these are timed, and how many conversations are filled in at once."""
PERIOD, MADE = Period(2026, 3), date(2026, 10, 14)
CAMPAIGNS = ("kutaisi", "batumi", "zugdidi")
SEED = 7
RELEASE = "bot.releasing.child"
MEGABYTE = 1024
"""In kibibytes, in which Linux says how much memory a process took."""
LOOK = 0.01
"""Seconds between two looks at that."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds a batch, seconds and peak mebibytes of a report, mebibytes of the file."""

    batch: float
    seconds: float
    memory: float
    file: float


@dataclass(slots=True)
class Sides:
    """Both, with the same conversations in them."""

    folder: Path
    store: Store
    helpdesk: Helpdesk
    drawing: Consultations
    held: int = 0

    async def grow(self, size: int) -> tuple[float, float]:
        """Up to so many conversations; median milliseconds of a batch, ours and theirs."""
        with click.progressbar(length=size - self.held, label=f"{size:>9,} conversations", file=sys.stderr) as bar:
            while size - self.held > BATCH * TIMED:
                bar.update(await self._take(min(BULK, size - self.held - BATCH * TIMED)))
            times = []
            for _ in range(TIMED):
                rows = self.drawing.drawn(BATCH)
                times.append((await self._count(rows), self._add(rows)))
                self.held += BATCH
                bar.update(BATCH)
        ours, theirs = zip(*times, strict=True)
        return median(ours) * 1000, median(theirs) * 1000

    async def _take(self, number: int) -> int:
        rows = self.drawing.drawn(number)
        await self._count(rows)
        self._add(rows)
        self.held += number
        return number

    async def _count(self, rows: Sequence[Row]) -> float:
        counted = self.drawing.counted(list(rows))
        begun = perf_counter()
        async with self.store.transaction() as work:
            await work.count(counted)
        return perf_counter() - begun

    def _add(self, rows: Sequence[Row]) -> float:
        begun = perf_counter()
        self.helpdesk.add(rows)
        return perf_counter() - begun

    async def released(self, batch: float) -> Cost:
        """Make a release of ours, in a process of its own as the bot does."""
        begun = perf_counter()
        async with self.store.transaction() as work:
            counts = await work.counts()
        job = Seen(PERIOD, Fixed(campaigns=CAMPAIGNS), counts, lost=False, past=()).job(MADE, "")
        answer, memory = run([RELEASE], job.to_json())
        if not answer.startswith(b'{"made"'):
            raise RuntimeError("no release was made")
        return Cost(batch, perf_counter() - begun, memory, _size(self.folder / "gza.db"))

    def reported(self, batch: float, way: str) -> Cost:
        """Make the report of theirs."""
        path, begun = self.folder / "helpdesk.db", perf_counter()
        _, memory = run(["bench.helpdesk", str(path), way], json.dumps(self._asked()).encode())
        return Cost(batch, perf_counter() - begun, memory, _size(path))

    def _asked(self) -> dict[str, list[list[str]] | list[str]]:
        """The same tables as ours."""
        tables = self.drawing.tables
        pairs = [[cross.rows.name, cross.columns.name] for cross in tables.two_way]
        return {"columns": [table.name for table in tables.one_way], "pairs": pairs}


def run(module: Sequence[str], given: bytes = b"") -> tuple[bytes, float]:
    """What a process of its own says, and the most mebibytes it took, as the kernel saw it shortly before its end."""
    memory = 0.0
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as answered:
        asked.write(given)
        asked.seek(0)
        command = [sys.executable, "-m", *module]
        with subprocess.Popen(command, stdin=asked, stdout=answered) as process:  # noqa: S603  # our own
            while process.poll() is None:
                memory = max(memory, _peak(process.pid))
                sleep(LOOK)
        answered.seek(0)
        return answered.read(), memory


def _peak(process: int) -> float:
    """Its largest size so far. What wait4 says is no less than our own, from whom it was forked."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    sizes = dict(line.split(":", 1) for line in lines)
    return int(sizes["VmHWM"].split()[0]) / MEGABYTE if "VmHWM" in sizes else 0.0


def _size(path: Path) -> float:
    return sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*")) / 2**20


async def measured(folder: Path) -> dict[int, dict[str, Cost]]:
    """By size, the costs of each."""
    tables = Tables.of(load(), CAMPAIGNS)
    store = await Store.open(f"sqlite+aiosqlite:///{folder}/gza.db", Keyring.create(folder / "keyring"))
    helpdesk = Helpdesk(folder / "helpdesk.db", ["month", *(table.name for table in tables.one_way)])
    sides = Sides(folder, store, helpdesk, Consultations(tables, PERIOD, Random(SEED)))  # noqa: S311  # no secret
    costs = {}
    for size in SIZES:
        ours, theirs = await sides.grow(size)
        costs[size] = {"a release": await sides.released(ours)} | {
            WAYS[way]: sides.reported(theirs, way) for way in WAYS
        }
    helpdesk.close()
    await store.close()
    return costs


HEAD = (
    f"{'conversations':>13}  {'':<13}{'ms a batch':>12}"
    f"{'seconds':>10}{'times':>8}{'peak MB':>10}{'times':>8}{'file MB':>10}"
)


def main() -> None:
    """Print the table; `times` says how much it is of what it is after the first size."""
    with tempfile.TemporaryDirectory() as folder:
        costs = asyncio.run(measured(Path(folder)))
    click.echo(f"\nCounting in batches of {BATCH}, and a report of all that was counted\n{HEAD}")
    first = costs[SIZES[0]]
    for size, each in costs.items():
        for name, cost in each.items():
            slower, larger = cost.seconds / first[name].seconds, cost.memory / first[name].memory
            click.echo(
                f"{size:>13,}  {name:<13}{cost.batch:>12.1f}{cost.seconds:>10.1f}{slower:>8.1f}"
                f"{cost.memory:>10.0f}{larger:>8.1f}{cost.file:>10.1f}"
            )


if __name__ == "__main__":
    main()
