"""`gza init`: the keyring, the recovery sheet, the archive key and the period of a new house, in its language.

Law: a keyring is never made over another, nor where there is a database that needs one; nothing is replaced unasked.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from bot.clock import TBILISI
from bot.custody.offline import CustodyRefused
from bot.custody.sheet import write_sheet
from bot.custody.words import INIT, LANGUAGE, LANGUAGES, InitWords
from bot.keys import house_keys
from bot.releasing import fixed
from bot.settings import Settings
from bot.staffing import opened
from bot.statistics.periods import Length
from storage import Keyring, Store, Tampered
from storage.vault.archive import NAME, ArchiveKey

PLAIN = "en"
"""What is said where nobody is asked."""
UNKNOWN = "????"
"""In place of the fingerprint of an archive key that is not the one we were given."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Asks and says in one language; with `yes` everything is answered so beforehand."""

    language: str
    yes: bool

    @classmethod
    def begun(cls, language: str | None, *, yes: bool) -> "Talk":
        """Ask for the language where nobody named it."""
        if language is None and not yes:
            language = click.prompt(LANGUAGE, type=click.Choice(LANGUAGES), default=LANGUAGES[0])
        return cls(language or PLAIN, yes)

    @property
    def words(self) -> InitWords:
        """The words."""
        return INIT[self.language]

    def agreed(self, question: str) -> bool:
        """Whether a step is wanted."""
        return self.yes or click.confirm(question, default=True)


async def run_init(
    settings: Settings, archive: str | None, language: str | None, *, yes: bool, length: Length | None = None
) -> None:
    """All of it. Raises GzaError or storage.StorageError with what to do."""
    key = None if archive is None else archive_key(archive)
    new = not any((settings.keyring_dir / name).exists() for name in ("house.key", "epochs"))
    _require_sense(settings, new=new, asked=key is not None or length is not None)
    talk = Talk.begun(language, yes=yes)
    if new and not _made(settings, talk):
        click.echo(talk.words.nothing)
        return
    if key is not None or length is not None:
        async with opened(settings) as store:
            await _set(store, key, length, talk)
    if new and length is None:
        click.echo(talk.words.period.format(length=talk.words.lengths[Length.QUARTER]))
    if new:
        click.echo(talk.words.next if key is not None else f"\n{talk.words.none}\n\n{talk.words.next}")


async def _set(store: Store, key: ArchiveKey | None, length: Length | None, talk: Talk) -> None:
    if length is not None:
        await set_period(store, length, talk)
    if key is not None:
        await set_archive_key(store, key, talk)


async def set_period(store: Store, length: Length, talk: Talk) -> None:
    """Give the periods of the statistics this length. Raises CustodyRefused when they have begun with another."""
    async with store.transaction() as work:
        if not await fixed.fix(work, length):
            old = (await fixed.read(work)).length.name.lower()
            raise CustodyRefused(
                f"Something was counted already, by the {old}: that stays so, for periods may never overlap."
            )
    click.echo(talk.words.period.format(length=talk.words.lengths[length]))


def archive_key(given: str) -> ArchiveKey:
    """The key in a line, or in a file that holds one. Raises storage.ArchiveKeyError; CustodyRefused for no file."""
    if given.split()[:1] == [NAME] or len(given.split()) > 1:
        return ArchiveKey.from_line(given)
    try:
        return ArchiveKey.from_line(Path(given).read_bytes().decode("ascii", "replace"))
    except OSError:
        raise CustodyRefused(f"--archive takes the line that begins with {NAME}, or a file that holds it.") from None


async def set_archive_key(store: Store, key: ArchiveKey, talk: Talk) -> None:
    """Set it; another one is only replaced when that is wanted."""
    words = talk.words
    old = await _fingerprint(store)
    if old == key.fingerprint:
        click.echo(words.same.format(fingerprint=old))
    elif old is not None and not talk.agreed(words.replace.format(old=old, new=key.fingerprint)):
        click.echo(words.kept)
    else:
        async with store.transaction() as work:
            await work.set_archive_key(key)
        click.echo(words.set.format(fingerprint=key.fingerprint))
        if old is not None:
            click.echo(words.replaced)


async def _fingerprint(store: Store) -> str | None:
    """That of the key that is set. One nobody gave us is no reason not to set a better one."""
    try:
        async with store.transaction() as work:
            found = await work.archive_key()
    except Tampered:
        return UNKNOWN
    return None if found is None else found.fingerprint


def _made(settings: Settings, talk: Talk) -> bool:
    """Make keyring and sheet; False when that is not wanted. Raises storage.KeyringError."""
    words, place = talk.words, settings.keyring_dir.resolve()
    if not talk.agreed(words.make.format(place=place)):
        return False
    Keyring.create(settings.keyring_dir, house_keys())
    click.echo(words.made.format(place=place))
    if talk.agreed(words.sheet):
        path = write_sheet(settings.keyring_dir, talk.language, datetime.now(TBILISI).date())
        click.echo(words.printed.format(file=path.resolve()))
    return True


def _require_sense(settings: Settings, *, new: bool, asked: bool) -> None:
    """A new keyring opens nothing of an old database, and would stand in the place of the one that does."""
    if new and settings.database_url is None and (settings.data_dir / "gza.db").exists():
        raise CustodyRefused(f"There is a database in {settings.data_dir}, but no keyring: restore the keyring to it.")
    if not new and not asked:
        raise CustodyRefused(
            f"There is a keyring in {settings.keyring_dir} already: it is never overwritten. "
            "To set an archive key: gza init --archive FILE"
        )
