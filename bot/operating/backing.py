"""The verbs `gza backup` and `gza export cases`, and what the house remembers of backups.

Law: both work beside a running bot and take one moment of its database; they write new files that only we can read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.clock import TBILISI
from bot.errors import GzaError
from bot.keeping import upkeep
from bot.settings import Settings
from bot.staffing import Say, opened
from storage import Transaction
from storage.copies.backup import write_backup
from storage.copies.copying import Tell, path_of
from storage.copies.exporting import export_cases
from storage.copies.returning import RESTORED
from storage.vault.ring import Ring
from storage.vault.tickets import HOUSE, BackupTicket

BACKUP = "backup"
"""{"at": when the last backup was made}"""
DRILL = "drill"
"""{"at": when a backup was last put back for a try, and found whole}"""


class BackingError(GzaError):
    """A backup that cannot be made or put back as asked; the text says what to do."""


async def restored(work: Transaction) -> bool:
    """Whether a backup was put back and nobody has looked since: until then the bot does not run."""
    return RESTORED in await upkeep.recalled(work)


async def clear_restored(work: Transaction) -> None:
    """The doctor has looked and seen nothing red."""
    await upkeep.forget(work, RESTORED)


async def run_backup(settings: Settings, file: Path | None, say: Say) -> None:
    """`gza backup`. Raises BackingError or storage.StorageError; then there is no file."""
    from bot.keys import keyring

    require_database(settings)
    path = file or Path(f"gza-backup-{datetime.now(TBILISI):%Y-%m-%d-%H%M}.gza")
    async with opened(settings) as store:
        with progress("Copying") as tell:
            ticket = await write_backup(settings.database, Ring.of(keyring(settings)), path, tell)
        async with store.transaction() as work:
            await upkeep.remember(work, BACKUP, at=now())
    _say_written(say, path, ticket)


def _say_written(say: Say, path: Path, ticket: BackupTicket) -> None:
    say(f"Wrote {path} ({max(1, round(path.stat().st_size / 1e6))} MB). The keyring is not in it.")
    say("Carry it to another place, away from this machine and from the recovery sheet. Delete it after 30 days.")
    if ticket.suite == HOUSE:
        say("This server's house key opens it, for no archive key is set: see `gza init --help`.")
    else:
        say("It opens with two custodians and this server's house key. They need its first line, which is no secret:")
        say(ticket.to_line())


async def run_export(settings: Settings, file: Path, say: Say) -> None:
    """`gza export cases`. Raises BackingError or storage.StorageError; then there is no file."""
    require_database(settings)
    async with opened(settings):
        number = await export_cases(settings.database, file)
    say(f"Wrote {file}: closed cases ({number}), sealed as they are. On the custodians' machine: gza open {file}")


def require_database(settings: Settings) -> None:
    """Raise BackingError where there is nothing yet: a verb that only reads must not make it."""
    if not has_database(settings):
        raise BackingError(f"There is no database in {settings.data_dir} yet: set DATA_DIR to where the bot keeps it.")


def has_database(settings: Settings) -> bool:
    """Whether there is one; of a server's we take it for granted."""
    path = path_of(settings.database)
    return path is None or path.exists()


def now() -> str:
    """The moment, as the house remembers it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def progress(label: str) -> Iterator[Tell]:
    """A bar that grows with the rows."""
    with click.progressbar(length=1, label=label) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell
