"""The verb `gza restore`: a backup into the place of the database, or into a folder for a drill.

Law: nothing is replaced before all that comes in was read to its end and found whole; a running bot is never replaced
under its feet; and what a restore changed is said plainly, because some of it only people can set right.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import TBILISI
from bot.keeping import upkeep
from bot.lock import claimed, deserted
from bot.operating.backing import DRILL, BackingError, has_database, now, progress
from bot.settings import Settings
from bot.staffing import Say, opened
from storage import Keyring
from storage.copies.backup import read_backup, ticket_of
from storage.copies.published import Kept
from storage.copies.restoring import Restored, restore, shred_database
from storage.copies.returning import Known, Wanted, known
from storage.keyfiles import HOUSE as HOUSE_KEY
from storage.keyfiles import SECRET, checked, write_private
from storage.keyring import EPOCHS, Epoch
from storage.recovery import house_line
from storage.turning import alone
from storage.vault.ring import Ring
from storage.vault.tickets import HOUSE, BackupTicket, RestoreTicket
from storage.witness import reset

Ask = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """What stood on the command line. With `into` it is a drill, and `keep` leaves what came of it there."""

    file: Path
    line: str | None = None
    into: Path | None = None
    keep: bool = False


async def run_restore(settings: Settings, asked: Asked, say: Say, ask: Ask) -> int:
    """`gza restore`: the exit code, 1 when custodians must act first, it was not wanted after all, or is not sound.

    Raises BackingError, AlreadyRunning or storage.StorageError; then nothing was changed.
    """
    ticket = ticket_of(asked.file)
    if ticket.suite != HOUSE and asked.line is None:
        _say_custodians(say, asked.file, ticket)
        return 1
    if asked.into is not None:
        return await _drill(settings, asked, asked.into, say)
    with claimed(settings.data_dir), deserted(settings.data_dir):
        async with alone(_keyring(settings).directory):  # no turn while the day is compared with the backup's
            return await _for_good(settings, asked, say, ask)


def _say_custodians(say: Say, file: Path, ticket: BackupTicket) -> None:
    say("This backup is sealed to the custodians. Two of them run this on their own machine, with their key files:")
    say(f'  gza open --backup "{ticket.to_line()}" --key FILE --key FILE')
    say("That prints a line which begins with gza-restore. With it, here:")
    say(f'  gza restore {file} --line "gza-restore …"')


async def _for_good(settings: Settings, asked: Asked, say: Say, ask: Ask) -> int:
    keyring = _keyring(settings)
    wanted = await _wanted(settings, asked, keyring)
    if not wanted.better.readable:
        say("The database that is there cannot be read: who was forgotten since the backup is not known any more.")
    if not ask("What is in the database now is destroyed, and the backup takes its place. Go on?"):
        say("Nothing was changed.")
        return 1
    _save(keyring)
    with progress("Restoring") as tell:
        done = await restore(wanted, settings.database, keyring, tell)
    reset(keyring)
    _say_restored(say, done, wanted.better)
    return 0


async def _wanted(settings: Settings, asked: Asked, keyring: Keyring) -> Wanted:
    line, ring = None if asked.line is None else RestoreTicket.from_line(asked.line), Ring.of(keyring)
    content = read_backup(asked.file, ring, line)
    return Wanted(content, await known(settings.database, ring), datetime.now(TBILISI), for_good=asked.into is None)


def _say_restored(say: Say, done: Restored, better: Known) -> None:
    _say_found(say, done)
    if better.readable:
        say("Who was forgotten since the backup is forgotten again. Letters that waited then are not sent.")
    else:
        say("Letters that waited then are not sent. Who was forgotten since the backup may be back.")
    _say_published(say, done.fit.published)
    say("Staff are those of the day of the backup: see `gza staff`, and remove again who has left since.")
    say("Run `gza doctor` now: the bot runs when keyring and database are in order there.")


def _say_published(say: Say, kept: Kept) -> None:
    say("What was counted since the backup is lost: the next release says that its numbers may be too low.")
    for name in kept.gone:
        say(f"The files of the release {name} are gone; it is not made again. Keep what was given out of it.")
    if not kept.sure:
        say("Which releases were made since the backup is not known: of what is over by today none is made by itself.")
        say("Ask managers what was given out, then see `gza doctor`.")


def _say_found(say: Say, done: Restored) -> None:
    living = "with the conversations of that day" if done.fit.alive else "without conversations: their keys are gone"
    say(f"Back are staff, settings, counts and closed cases ({done.archives}), {living}.")
    for fault in done.faults:
        say(f"  ! {fault}")


async def _drill(settings: Settings, asked: Asked, into: Path, say: Say) -> int:
    """All that a restore does, into a folder of its own; the living database only remembers that it was done."""
    keyring, path = _keyring(settings), _empty(into) / "gza.db"
    wanted = await _wanted(settings, asked, keyring)
    try:
        with progress("Restoring") as tell:
            done = await restore(wanted, f"sqlite+aiosqlite:///{path.resolve()}", keyring, tell)
    finally:
        if not asked.keep:
            shred_database(path)
    _say_found(say, done)
    if done.faults:
        say("The drill found faults: run `gza doctor` here, and make another backup when it is green.")
        return 1
    await _remember_drill(settings)
    say("The drill went well." + ("" if asked.keep else f" What was put into {into} is overwritten and deleted."))
    return 0


async def _remember_drill(settings: Settings) -> None:
    if has_database(settings):
        async with opened(settings) as store, store.transaction() as work:
            await upkeep.remember(work, DRILL, at=now())


def _empty(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        filled = any(folder.iterdir())
    except OSError:
        raise BackingError(f"{folder} cannot be used: name a folder that you may write into.") from None
    if filled:
        raise BackingError(f"{folder} is not empty: a drill needs a folder of its own, name a new one.")
    return folder


def _keyring(settings: Settings) -> Keyring:
    """The keyring. Where only the house key was saved, on the recovery sheet, days are counted anew."""
    from bot.keys import house_keys

    folder, others = settings.keyring_dir, house_keys()
    saved = any(path.exists() for path in (*others, folder / HOUSE_KEY))
    if not saved or (folder / EPOCHS).exists():
        return Keyring.load(folder, others)
    _, house = checked(house_line(folder, others), fields=0)
    return Keyring(house, (Epoch(1, datetime.now(UTC).date(), secrets.token_bytes(SECRET)),), folder, tuple(others))


def _save(keyring: Keyring) -> None:
    """Write down the first day of a keyring that was only saved in half."""
    if keyring.directory is not None and not (keyring.directory / EPOCHS).exists():
        write_private(keyring.directory / EPOCHS, keyring.newest.to_line())
