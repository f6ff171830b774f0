"""The verbs about copies of the house: backups, and files for other machines."""

import asyncio
import sys
from pathlib import Path

import click

from bot.verbs.common import serve, settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", required=False, type=FILE)
def backup(file: Path | None) -> None:
    """Copy all that is worth keeping into one sealed file.

    FILE, or gza-backup-<date>-<time>.gza here. Works while the bot runs; never overwrites; the keyring is not in it.
    """
    from bot.operating.backing import run_backup

    serve(run_backup(settings(), file, click.echo))


@click.command()
@click.argument("file", type=FILE)
@click.option("--line", metavar="LINE", help="What custodians made of the backup's first line: gza open --backup.")
@click.option(
    "--into",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Only a drill: into this empty folder, looked at and destroyed again; beside the running bot.",
)
@click.option("--keep", is_flag=True, help="After a drill, leave the database in the folder.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(*, file: Path, line: str | None, into: Path | None, keep: bool, yes: bool) -> None:
    """Put a backup into the place of the database.

    Stop the bot first. What is in the database now is destroyed. Who was forgotten since the backup stays forgotten;
    conversations come back only on the day of the backup itself. Afterwards: gza doctor.
    """
    from bot.operating.restoring import Asked, run_restore

    def sure(question: str) -> bool:
        return yes or click.confirm(question)

    sys.exit(asyncio.run(run_restore(settings(), Asked(file, line, into, keep), click.echo, sure)))


@click.group(invoke_without_command=True)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("gza-releases"),
    show_default=True,
    help="Into folders in this one.",
)
@click.option("--period", metavar="NAME", help="Only this release, such as 2026-Q3.")
@click.pass_context
def export(context: click.Context, folder: Path, period: str | None) -> None:
    """Write files to give away.

    Without COMMAND the frozen files of all releases, each in a folder of its own with their hashes. They are the same
    every time; nothing is overwritten.
    """
    from bot.operating.handing import run_hand_out

    if context.invoked_subcommand is None:
        serve(run_hand_out(settings(), click.echo, folder, period))


@export.command()
@click.argument("file", type=FILE)
def cases(file: Path) -> None:
    """Closed cases, still sealed, for the custodians' machine.

    FILE is for `gza open` there. Works while the bot runs; never overwrites.
    """
    from bot.operating.backing import run_export

    serve(run_export(settings(), file, click.echo))


VERBS = (backup, restore, export)
