"""The frozen releases, and their files exactly as they were frozen.

Law: a file is handed out only when it has the hash that was written down when it was made. A release that was changed,
exchanged or taken away is said to be, and never passed over. One whose bytes a restore could not bring back is known by
its numbers, has no files, and is not made again.
"""

from hashlib import sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from bot.errors import GzaError
from bot.statistics.shelved import Shelved
from storage import Kind, Record, Tampered, Transaction, VaultError

CHANGED = "The release {} is not as it was frozen: put the last backup back (gza restore), it brings the release back."
MISSING = "A frozen release is missing, or its list of files: put the last backup back (gza restore)."


class NotShelved(GzaError):
    """There is no release, or no file of one, that is called so."""


async def releases(work: Transaction) -> list[Shelved]:
    """All releases, the oldest first. Raises storage.Tampered when one is missing or its list of files is another's.

    Those that are gone too. Two statements. Their files are not opened: `files` does.
    """
    found = [_read(record) for record in await work.records((Kind.RELEASE,))]
    if sum(not shelved.is_gone for shelved in found) != await work.releases():
        raise Tampered(MISSING)
    return sorted(found, key=lambda shelved: shelved.release.first)


async def files(work: Transaction, shelved: Shelved) -> dict[str, bytes]:
    """All files of a release, in the order they are listed; none of one that is gone. Raises storage.Tampered."""
    if shelved.is_gone:
        return {}
    period = shelved.release.period
    content = await _frozen(work, period)
    if content is None or sha256(content).hexdigest() != shelved.sha256:
        raise Tampered(CHANGED.format(period))
    try:
        with ZipFile(BytesIO(content)) as packed:
            found = {name: packed.read(name) for name in packed.namelist()}
    except BadZipFile:
        raise Tampered(CHANGED.format(period)) from None
    if {name: sha256(body).hexdigest() for name, body in found.items()} != shelved.files:
        raise Tampered(CHANGED.format(period))
    return found


async def file(work: Transaction, period: str, name: str) -> bytes:
    """A file of the release of a period. Raises NotShelved, or storage.Tampered when it is not as it was frozen."""
    for shelved in await releases(work):
        if shelved.release.period == period and name in shelved.files:
            return (await files(work, shelved))[name]
    raise NotShelved(f"There is no file {name} in a release of {period}.")


async def _frozen(work: Transaction, period: str) -> bytes | None:
    try:
        return await work.frozen(period)
    except VaultError:
        raise Tampered(CHANGED.format(period)) from None


def _read(record: Record) -> Shelved:
    try:
        shelved = Shelved.from_json(record.body)
    except ValueError:
        raise Tampered(MISSING) from None
    if shelved.release.period != record.key:
        raise Tampered(MISSING)
    return shelved
