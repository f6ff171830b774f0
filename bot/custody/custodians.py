"""`gza custodians`: makes the archive's keys on a machine that serves nobody, in three files of which two open."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import click

from bot.custody.files import require_private
from bot.custody.offline import CustodyRefused, require_offline
from bot.custody.passphrases import new_passphrases
from bot.settings import Settings
from storage.keyfiles import write_private
from storage.vault.archive import ArchiveKey, ArchivePrivate, Suite
from storage.vault.custodian import CUSTODIANS, Cost, Custodian
from storage.vault.custody import make_set, open_set

SUITES = {suite.name.lower(): suite for suite in Suite}
"""How the command line calls the kinds of keys."""
PUBLIC = "archive.txt"
NEXT = """
Made in {directory}: {files} and {public}.
Any two of the three open the archive. One alone opens nothing. Two lost: what is in the archive is lost for good.

The line for the server, no secret. Its fingerprint is {fingerprint}

{line}

What to do now:
  1. Copy each .key file onto a medium of its own, and give each to its custodian. Nobody may hold two of them.
  2. Look that each copy can be read. Then delete {directory} here.
  3. Print the line above, or {public}, and keep the paper with the organisation's documents.
  4. Carry {public} to the server. There: gza init --archive {public}
     Compare the fingerprint that it says with the one above.
  5. Try it now, and twice a year. On the server: gza export cases FILE
     Here, two custodians together: gza open FILE, which says how to go on."""


def make(settings: Settings, directory: Path, suite: Suite, cost: Cost | None = None) -> None:
    """Ask three passphrases and write the files. Raises CustodyRefused or storage.StorageError with what to do."""
    require_offline(settings)
    require_private(directory)
    _require_free(directory)
    passphrases = new_passphrases()
    click.echo("\nMaking the keys. This takes a few seconds.")
    private = ArchivePrivate.new(suite)
    try:
        made = make_set(private, passphrases, cost)
        public = private.public
    finally:
        private.wipe()
    _write(directory, made, public)
    _try([_file(directory, number) for number in CUSTODIANS], passphrases)
    files = ", ".join(_file(directory, number).name for number in CUSTODIANS)
    line, fingerprint = public.to_line(), public.fingerprint
    click.echo(
        NEXT.format(directory=directory.resolve(), files=files, public=PUBLIC, line=line, fingerprint=fingerprint)
    )


def _require_free(directory: Path) -> None:
    """Keys are never made over others."""
    if any(path.exists() for path in (*(_file(directory, number) for number in CUSTODIANS), directory / PUBLIC)):
        raise CustodyRefused(f"There are custodians' files in {directory} already: name an empty directory.")


def _write(directory: Path, made: Sequence[Custodian], public: ArchiveKey) -> None:
    for custodian in made:
        write_private(_file(directory, custodian.number), custodian.to_text())
    write_private(directory / PUBLIC, f"{public.to_line()}\n")


def _try(files: Sequence[Path], passphrases: Sequence[str]) -> None:
    """Read back what was written and open it in all three ways, before anybody relies on it. Raises CustodyError."""
    held = [
        (Custodian.from_text(path.read_text("ascii")), words) for path, words in zip(files, passphrases, strict=True)
    ]
    with click.progressbar(list(combinations(held, 2)), label="Trying all three pairs") as pairs:
        for one, other in pairs:
            open_set(one, other).wipe()


def _file(directory: Path, number: int) -> Path:
    return directory / f"custodian-{number}.key"
