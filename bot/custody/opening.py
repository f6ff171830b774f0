"""`gza open`: two custodians read closed cases, or turn the line of a backup into one that restores it.

Law: who opens, when and why is written down before anything is read. A case that does not open is named by its tag and
stops no other one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.custody.files import require_private, write_private
from bot.custody.offline import CustodyRefused, require_offline
from bot.custody.page import Opening, page
from bot.custody.passphrases import unlocked
from bot.settings import Settings
from storage import VaultError
from storage.archives import Archived
from storage.copies.exported import Export, exported, tag
from storage.vault.archive import ArchivePrivate
from storage.vault.tickets import BackupTicket, require_custodians, turned

BOOK = "opened.txt"


def list_cases(export: Path) -> None:
    """Print what there is: tag, last day, lines. Nothing is opened. Raises storage.StorageError."""
    with exported(export) as found:
        archives = found.archives()
    click.echo("case      until       lines")
    for one in archives:
        click.echo(f"{tag(one)}  {one.until.isoformat()}  {one.entries:>5}")
    click.echo("\nOpen one, two custodians together:")
    click.echo(f"  gza open {export} DIR --key FILE --key FILE --who NAMES --reason TEXT --case CASE")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are to be read, where the pages go, with whose files, who reads and why."""

    export: Path
    tags: Sequence[str]
    into: Path | None
    keys: Sequence[Path]
    who: str
    reason: str


def open_cases(settings: Settings, wanted: Wanted) -> int:
    """Write one page for each of the cases; 1 when one of them does not open, else 0.

    Raises CustodyRefused or storage.StorageError with what to do.
    """
    require_offline(settings)
    into, opening = wanted.into, Opening(wanted.who.strip(), wanted.reason.strip(), datetime.now(UTC))
    if into is None or not opening.who or not opening.reason:
        raise CustodyRefused('Say where the pages go, who opens and why: gza open FILE DIR --who "…" --reason "…".')
    require_private(into)
    with exported(wanted.export) as found:
        chosen = _chosen(found.archives(), wanted.tags)
        private = unlocked(wanted.keys)
        try:
            write_private(into / BOOK, opening.to_line(map(tag, chosen)), more=True)
            troubles = _write(found, chosen, private, into, opening)
        finally:
            private.wipe()
    return _report(troubles, len(chosen), into)


def open_backup(settings: Settings, line: str, keys: Sequence[Path]) -> None:
    """Print the line that restores a backup once. Raises CustodyRefused or storage.StorageError with what to do."""
    require_offline(settings)
    ticket = BackupTicket.from_line(line)
    require_custodians(ticket)
    private = unlocked(keys)
    try:
        restore = turned(ticket, private)
    finally:
        private.wipe()
    click.echo("Carry this line to the server, for: gza restore FILE --line LINE")
    click.echo("Whoever has it and the backup reads the backup. Destroy it when the server is restored.\n")
    click.echo(restore.to_line())


def _chosen(archives: Sequence[Archived], tags: Sequence[str]) -> list[Archived]:
    """The cases that are called so. Raises CustodyRefused when one is not there."""
    wanted = {name.strip().lower() for name in tags}
    if wanted - {tag(one) for one in archives}:
        raise CustodyRefused("A case of this name is not in the file. See what there is: gza open FILE")
    return [one for one in archives if tag(one) in wanted]


def _write(
    found: Export, chosen: Sequence[Archived], private: ArchivePrivate, into: Path, opening: Opening
) -> dict[str, str]:
    """Write the pages; of what does not open, by tag, why."""
    troubles: dict[str, str] = {}
    with click.progressbar(chosen, label="Opening") as cases:
        for one in cases:
            try:
                text = page(tag(one), one.until, found.opened(one.id, private), opening)
            except VaultError as error:
                troubles[tag(one)] = str(error)
            except ValueError:
                troubles[tag(one)] = "It was written by a newer program: update this one."
            else:
                write_private(into / f"{tag(one)}.html", text)
    return troubles


def _report(troubles: dict[str, str], count: int, into: Path) -> int:
    for name, why in troubles.items():
        click.echo(f"{name} does not open. {why}", err=True)
    if count > len(troubles):
        click.echo(f"{count - len(troubles)} of {count} opened, into {into.resolve()}. Who and why stands in {BOOK}.")
        click.echo("Read them here, then delete them: copies in other places cannot be called back.")
    return 1 if troubles else 0
