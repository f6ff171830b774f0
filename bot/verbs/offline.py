"""The verbs of custodians, for a machine that serves nobody."""

import sys
from pathlib import Path

import click

from bot.verbs.common import settings


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--suite",
    type=click.Choice(["x25519", "hybrid"]),
    default="x25519",
    show_default=True,
    help="hybrid also holds against a quantum computer; its line is long.",
)
def custodians(directory: Path, suite: str) -> None:
    """Make the archive's keys.

    Three files into DIR, one for each custodian, of which any two open the archive. On a machine without a network that
    serves nobody.
    """
    from bot.custody.custodians import SUITES, make

    make(settings(), directory, SUITES[suite])


@click.command("open")
@click.argument(
    "export", metavar="[FILE]", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--key", "keys", metavar="FILE", multiple=True, type=click.Path(path_type=Path), help="A custodian's file; two."
)
@click.option("--who", default="", metavar="NAMES", help="Who opens; stands on every page.")
@click.option("--reason", default="", metavar="TEXT", help="Why; stands on every page.")
@click.option("--case", "tags", metavar="CASE", multiple=True, help="Open this one; as often as there are cases.")
@click.option("--backup", metavar="LINE", help="Instead: turn the line of a backup into the one that restores it.")
def open_archive(  # noqa: PLR0913 — one argument for each thing the command line takes
    *,
    export: Path | None,
    directory: Path | None,
    keys: tuple[Path, ...],
    who: str,
    reason: str,
    tags: tuple[str, ...],
    backup: str | None,
) -> None:
    """Read closed cases, two custodians together.

    FILE comes from `gza export cases`; without --case its cases are listed. Each opened one becomes a page in DIR. On a
    machine without a network that serves nobody.
    """
    from bot.custody.opening import Wanted, list_cases, open_backup, open_cases

    if backup is not None:
        open_backup(settings(), backup, keys)
    elif export is None:
        raise click.UsageError("Name the file from `gza export cases`, or give --backup LINE.")
    elif not tags:
        list_cases(export)
    else:
        sys.exit(open_cases(settings(), Wanted(export, tags, directory, keys, who, reason)))


VERBS = (
    custodians,
    open_archive,
)
