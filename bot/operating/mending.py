"""The verbs for repair: what the running bot does by itself every day and every hour, by hand and at once.

Law: whoever runs them sees the date they go by; a clock that runs behind erases and turns nothing.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.clock import MOST_BACK, Guard
from bot.conversing import Conversing
from bot.errors import GzaError
from bot.keeping.daily import day_begun, sweep_done
from bot.keeping.sweeping import KINDS, swept
from bot.settings import Settings
from bot.staffing import Say, opened
from dialogs.loader import load
from storage import Store
from storage.engine import is_sqlite

QUIET = timedelta(days=2)
"""After so long without a trusted time we ask whether the clock is right."""
NAMES = {
    "conversations": "conversations nobody came back to",
    "footprints": "footprints without a message to delete",
    "archives": "sealed cases past their day",
    "forgotten": "numbers of what was forgotten",
    "updates": "numbers of updates",
    "audit": "lines of the audit log",
    "invitations": "invitations nobody used",
    "counts": "counts published more than 30 days ago",
}

Ask = Callable[[str], bool]


class ClockDoubted(GzaError):
    """The date may be wrong; the text says what to do."""


async def run_purge(settings: Settings, say: Say, ask: Ask) -> None:
    """`gza purge`: erase everything that is past its day. Raises ClockDoubted or storage.StorageError."""
    async with at_hand(settings, ask) as (store, now):
        for name in KINDS:
            say(f"{await swept(store, name, now):>8}  {NAMES[name]}")
        await sweep_done(store, now, well=True)
        _say_cut(say, settings, cut=await store.cut_log())


async def run_turn(settings: Settings, say: Say, ask: Ask) -> None:
    """`gza turn`: a new epoch for today, if it has none. Raises ClockDoubted or storage.StorageError."""
    async with at_hand(settings, ask) as (store, now):
        turned = await day_begun(store, Conversing(store, load(), 0, Guard(high_water=now)), now)
        if not turned.done:
            say("Today has its epoch already: nothing to turn.")
        else:
            say(f"Turned {turned.conversations} conversations and {turned.cases} cases; the epoch before is destroyed.")
        if turned.lost:
            say(f"{turned.lost} of them did not open and are gone.")
        _say_cut(say, settings, cut=await store.cut_log())


@asynccontextmanager
async def at_hand(settings: Settings, ask: Ask) -> AsyncIterator[tuple[Store, datetime]]:
    """The store, and the time when it may be believed. Raises ClockDoubted or storage.StorageError."""
    async with opened(settings) as store:
        now = datetime.now(UTC)
        async with store.transaction() as work:
            known = await work.high_water()
        _require_right(now, known, ask)
        yield store, now


def _require_right(now: datetime, known: datetime | None, ask: Ask) -> None:
    """Raises ClockDoubted."""
    if known is not None and now < known - MOST_BACK:
        raise ClockDoubted("The clock runs behind: nothing was changed. Set it first: timedatectl set-ntp true")
    if known is not None and now > known + QUIET:
        question = f"This machine says it is {now:%d %B %Y}; the bot last knew {known:%d %B %Y}. Is today right?"
        if not ask(question):
            raise ClockDoubted("Nothing was changed. Set the clock first: timedatectl set-ntp true")


def _say_cut(say: Say, settings: Settings, *, cut: bool) -> None:
    """VACUUM would not do it: it lets deleted bytes be written over, and does not write over them."""
    if not is_sqlite(settings.database):
        say("On PostgreSQL deleted bytes linger until they are written over.")
        say("What is about people is useless after the night's turn; a sealed case its custodians could still open.")
    elif cut:
        say("What was deleted is gone from the database's files.")
    else:
        say("Another program reads the database: what was deleted lingers in its log until that ends.")
