"""`gza doctor`: asks everybody, prints every line, and ends with how bad it is: 0, 1 or 2.

Law: it looks and mends nothing, but for one thing: when after a restore keyring and database are in order, the bot may
run again. What cannot be looked at is a finding too, and holds up no other.
"""

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot import filing
from bot.clock import TBILISI
from bot.doctor import book, house, keys, machine, releases, telegram
from bot.doctor import upkeep as regular
from bot.doctor.finding import Finding, Mark, green, red, sorted_lines, warn, worst
from bot.keeping import upkeep
from bot.operating import backing
from bot.operating.holding import holds
from bot.settings import Settings
from storage import Busy, Keyring, StorageError, Store

Say = Callable[[str], object]
FIRST = frozenset({"keyring", "keyring rights", "database", "database age", "archive key", "lost"})
"""What must not be red before a bot runs on what was put back; all else it can mend itself, or live with."""


async def run_doctor(settings: Settings, say: Say, now: datetime | None = None) -> int:
    """Print what was found; the exit code."""
    findings = await examined(settings, now or datetime.now(UTC))
    for line in sorted_lines(findings):
        say(line)
    return int(worst(findings))


async def examined(settings: Settings, now: datetime) -> list[Finding]:
    """Everything there is to find."""
    found = [
        *_asked("keyring", lambda: keys.look(settings)),
        *_asked("machine", lambda: machine.look(settings)),
        *_asked("book", lambda: book.look(now.astimezone(TBILISI).date())),
    ]
    return await _with_database(settings, now, found)


def _asked(name: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except Exception as error:  # noqa: BLE001 — what cannot be looked at must not hide the rest
        yield _unseen(name, error)


def _unseen(name: str, error: Exception) -> Finding:
    """A sentence of ours may be shown; of any other error only its kind."""
    if isinstance(error, StorageError):
        return red(name, "It cannot be looked at.", str(error))
    return red(name, f"It cannot be looked at ({type(error).__name__}).", "Tell whoever maintains this program.")


async def _with_database(settings: Settings, now: datetime, found: list[Finding]) -> list[Finding]:
    """What is in the database, then what Telegram says of the groups that are known from there."""
    if not backing.has_database(settings):
        there = [warn("database", "There is none yet.", "The first start of the bot makes it: gza run")]
        return [*found, *there, *await telegram.look(settings, None)]
    try:
        keyring = keys.load(settings)
        store = await Store.open(settings.database, keyring)
    except Exception as error:  # noqa: BLE001 — the same
        return [*found, _unseen("database", error), *await telegram.look(settings, None)]
    try:
        return await _opened(settings, now, found, store, keyring)
    finally:
        with suppress(Busy):  # a running bot reads the file: it cuts the log itself
            await store.close()


async def _opened(
    settings: Settings, now: datetime, found: list[Finding], store: Store, keyring: Keyring
) -> list[Finding]:
    running, desk = is_running(settings.data_dir), None
    try:
        found = found + await house.look(store, running=running)
        found = found + list(regular.look(await _seen(store, keyring, now, running=running)))
        found = found + await releases.look(store, now)
        async with store.transaction() as work:
            desk = (await filing.read(work)).desk
    except Exception as error:  # noqa: BLE001 — the same
        found = [*found, _unseen("database", error)]
    found = found + await telegram.look(settings, desk)
    return found + await _after_a_restore(store, found)


async def _seen(store: Store, keyring: Keyring, now: datetime, *, running: bool) -> regular.Seen:
    held = await holds(store)
    async with store.transaction() as work:
        return regular.Seen(now, keyring, await upkeep.recalled(work), held, await work.high_water(), running)


async def _after_a_restore(store: Store, found: list[Finding]) -> list[Finding]:
    """When nothing of what counts is red, whoever restored may start the bot."""
    spoilt = sorted({one.name for one in found if one.mark is Mark.RED} & FIRST)
    try:
        async with store.transaction() as work:
            if not await backing.restored(work):
                return []
            if spoilt:
                advice = f"Mend first what is red: {', '.join(spoilt)}."
                return [warn("restored", "A backup was put back: the bot does not run.", advice)]
            await backing.clear_restored(work)
    except StorageError:
        return []  # said above
    return [green("restored", "A backup was put back; keyring and database are in order: the bot may run.")]


def is_running(data_dir: Path) -> bool:
    """Whether a bot holds the directory."""
    try:
        with (data_dir / "gza.lock").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
