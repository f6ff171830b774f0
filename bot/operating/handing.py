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
SUMS = "SHA256SUMS"
"""The hashes of the files beside it, as `sha256sum --check` reads them."""


class ExportRefused(GzaError):
    """Files cannot be written there; the text says why."""


async def run_hand_out(settings: Settings, say: Say, folder: Path, period: str | None) -> None:
    """`gza export`. Raises NotShelved, ExportRefused or storage.StorageError; then nothing is overwritten."""
    require_database(settings)
    async with opened(settings) as store, store.transaction() as work:
        shelved = [one for one in await shelf.releases(work) if period in (None, one.release.period)]
        contents = [with_sums(one, await shelf.files(work, one)) for one in shelved]
    if not shelved and period is not None:
        raise shelf.NotShelved(f"There is no release of {period}. See what there is: gza export")
    if not shelved:
        say("There is no release yet. When one is due, says `gza doctor`; by hand: gza release")
    places = [folder / one.release.period for one in shelved]
    for place, files in zip(places, contents, strict=True):
        _require_free(place, files)
    for one, place, files in zip(shelved, places, contents, strict=True):
        _write(place, files)
        say(f"{one.release.period}  {len(files)} files in {place}/  SHA-256 {one.sha256}")


def with_sums(shelved: Shelved, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, and the list of their hashes."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in shelved.files.items())
    return {**files, SUMS: lines.encode()}


def _require_free(place: Path, files: Mapping[str, bytes]) -> None:
    for name, body in files.items():
        path = place / name
        if path.exists() and not _holds(path, body):
            raise ExportRefused(
                f"{path} is there already and holds something else: nothing was written. Name another: --to FOLDER"
            )


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.read_bytes() == body
    except OSError:
        return False


def _write(place: Path, files: Mapping[str, bytes]) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ExportRefused(f"{place} cannot be made: name a folder that you may write into: --to FOLDER") from None
    for name, body in files.items():
        if not (place / name).exists():
            with new_file(place / name) as beside:
                beside.write_bytes(body)
