"""How long a line takes from a person to their consultant and back, next to a bare relay that only copies.

Once as if Telegram had no limits, in real time and each line after the answer to the last: what our work costs. Once
within its limits, in Telegram's time: what waiting for them costs when two hundred people and eight consultants talk at
once. Both bots meet the same people and the same stand-in. Ours also commits every line before it goes, shows a header,
marks what has arrived, and keeps each case in a topic of its own and a card of it in the desk group; the relay keeps
what it knows in memory.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import click

from bench import cases
from bench.crowd import LINES, Crowd, seated, staffed
from bench.leaps import Leaps, leaping, rest
from bench.peer import relaying
from bench.stage import NOON, stage
from bot.sandbox.clock import FlowingClock
from bot.sandbox.standin import StandIn

FEW, MANY = 16, 200
"""People without limits, and within them."""
IN_TURN = 10
"""Lines of each person where there are no limits, each after the answer to the last."""
TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Result:
    """Median and p99 in seconds, to the rooms and to the people; how many lines that were; refusals of Telegram."""

    name: str
    to_rooms: tuple[float, float]
    to_people: tuple[float, float]
    lines: int
    refused: int

    def row(self, peer: "Result") -> str:
        """One line of the table."""
        return (
            f"{self.name:<12}{self.lines:>7}{self.refused:>7}"
            f"{_figures(self.to_rooms, peer.to_rooms)}{_figures(self.to_people, peer.to_people)}"
        )


HEAD = (
    f"{'':<12}{'lines':>7}{'429':>7}{'to rooms: median s, p99 s, times':>38}{'to people: median s, p99 s, times':>38}"
)


def _figures(ours: tuple[float, float], peer: tuple[float, float]) -> str:
    """Of the ratio the median's: that of two lone worst cases says little."""
    return f"{ours[0]:>18.3f}{ours[1]:>10.3f}{ours[0] / max(peer[0], 0.001):>10.1f}"


async def ours(people: int, *, limits: bool) -> Result:
    """The whole bot."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), FlowingClock(), limits=limits) as one:
            crowd = await staffed(one.app, one.telegram, people, _lines(limits=limits))
            await crowd.talk(one.clock.sleep, in_turn=not limits)
            await one.settled()
            return _result("the desk", crowd, one.telegram)


async def theirs(people: int, *, limits: bool) -> Result:
    """The bare relay."""
    clock = FlowingClock()
    clock.advance(NOON - clock.now())
    async with StandIn(clock=clock) as telegram:
        telegram.limits.enforced = limits
        crowd, leaps = seated(telegram, people, _lines(limits=limits)), Leaps(clock)
        rooms = {person: one.place.id for one in crowd.answerers for person in one.mine}
        async with relaying(telegram, rooms, leaps.sleep) as relay:

            def at_rest() -> bool:
                return telegram.waiting_updates == 0 and relay.under_way == 0

            time = asyncio.create_task(leaping(leaps, at_rest, lambda: None, asyncio.Event()))
            await crowd.talk(leaps.sleep, in_turn=not limits)
            await rest(at_rest)
            time.cancel()
        return _result("bare relay", crowd, telegram)


def _lines(*, limits: bool) -> int:
    return LINES if limits else IN_TURN


def _result(name: str, crowd: Crowd, telegram: StandIn) -> Result:
    to_rooms, to_people = crowd.waits()
    refused = sum(call.code == TOO_MANY for call in telegram.calls)
    return Result(name, _cut(to_rooms), _cut(to_people), len(to_rooms) + len(to_people), refused)


def _cut(waits: list[float]) -> tuple[float, float]:
    cuts = quantiles(waits, n=100)
    return cuts[49], cuts[98]


async def compare(people: int, *, limits: bool) -> None:
    """Both, and the table."""
    peer = await theirs(people, limits=limits)
    desk = await ours(people, limits=limits)
    for one in (desk, peer):
        click.echo(one.row(peer))


def main() -> None:
    """Print all tables."""
    click.echo(f"\n{FEW} people, 8 consultants, no limits, real time\n{HEAD}")
    asyncio.run(compare(FEW, limits=False))
    click.echo(f"\n{MANY} people, 8 consultants, within Telegram's limits, its time\n{HEAD}")
    asyncio.run(compare(MANY, limits=True))
    cases.main()


if __name__ == "__main__":
    main()
