"""The verb `gza export`: the frozen files of releases into folders, to be given to anybody.

Law: the same bytes every time. A file that is there with other bytes is never written over, and then nothing is
written at all.
"""

from collections.abc import Mapping
from pathlib import Path

from bot.errors import GzaError
from bot.operating.backing import require_database
from bot.releasing import shelf
from bot.settings import Settings
from bot.staffing import Say, opened
from bot.statistics.shelved import Shelved
from storage.copies.newfile import new_file

FOLDER = Path("gza-releases")
GONE = "its files are gone since a restore: keep what was given out of it"
SUMS = "SHA256SUMS"
"""The hashes of the files beside it, as `sha256sum --check` reads them."""


class ExportRefused(GzaError):
    """Files cannot be written there; the text says why."""


async def run_hand_out(settings: Settings, say: Say, folder: Path, period: str | None) -> None:
    """`gza export`. Raises NotShelved, ExportRefused or storage.StorageError; then nothing is overwritten."""
    require_database(settings)
    async with opened(settings) as store, store.transaction() as work:
        shelved = [one for one in await shelf.releases(work) if period in (None, one.release.period)]
        contents = [(one, with_sums(one, await shelf.files(work, one))) for one in shelved if not one.is_gone]
    if not shelved and period is not None:
        raise shelf.NotShelved(f"There is no release of {period}. See what there is: gza export")
    if not shelved:
        say("There is no release yet. When one is due, says `gza doctor`; by hand: gza release")
    for one, files in contents:
        _require_free(folder / one.release.period, files)
    for one in shelved:
        if one.is_gone:
            say(f"{one.release.period}  {GONE}")
    for one, files in contents:
        place = folder / one.release.period
        _write(place, files)
        say(f"{one.release.period}  {len(files)} files in {place}/  SHA-256 {one.sha256}")


def with_sums(shelved: Shelved, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, and the list of their hashes."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in shelved.files.items())
    return {**files, SUMS: lines.encode()}


def _require_free(place: Path, files: Mapping[str, bytes]) -> None:
    for name, body in files.items():
        if _found(place / name) not in (None, body):
            raise ExportRefused(
                f"{place / name} is there already and holds something else: nothing was written. "
                "Name another: --to FOLDER"
            )


def _found(path: Path) -> bytes | None:
    """What is there, None for nothing. Raises ExportRefused."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        raise ExportRefused(f"{path} cannot be read: nothing was written. Name another: --to FOLDER") from None


def _write(place: Path, files: Mapping[str, bytes]) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ExportRefused(f"{place} cannot be made: name a folder that you may write into: --to FOLDER") from None
    for name, body in files.items():
        if _found(place / name) is None:
            with new_file(place / name) as beside:
                beside.write_bytes(body)
