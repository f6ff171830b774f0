"""Whether everything in a house is made up: `gza demo-data` says so when it makes one, and nothing ever unsays it.

Law: a house is marked while nobody has ever written to it, or never. So no real house becomes a demo, and a demo stays
one whatever happens in it later: its releases, its statistics and its health say so.
"""

from bot.errors import GzaError
from storage import Kind, Record, Transaction

DEMO = "demo"
"""The key of the record that says so."""


class NoDemo(GzaError):
    """A house that people have written to is a real one."""


async def is_demo(work: Transaction) -> bool:
    """Whether everything in this house is made up."""
    return any(record.key == DEMO for record in await work.records((Kind.SETTING,)))


async def mark(work: Transaction) -> None:
    """Say so from now on. Raises NoDemo where anything was ever taken in or counted."""
    if await work.high_water() is not None or await work.counts() or await work.lost_counts():
        raise NoDemo("Somebody has written to this house already: it cannot become a demo.")
    if not await is_demo(work):
        await work.keep([Record(Kind.SETTING, DEMO, "{}")])
