"""Locked: the database is there and its keyring is not, after a restart say. The bot goes on without it.

It lives on a database of its own in DATA_DIR/locked, whose keyring exists in memory only. So information, SOS, hiding
and asking for a human work as ever; what people write is sealed to the archive key from the first line, and nobody here
can read it. When the keyring is back, whoever waits comes into the real queue; an orderly stop looks for it once more.
When the process ends before, what they wrote goes to the custodians, at the next start (`storage.adopting`).

Law: nothing that is done here needs a key that lasts. Whoever asks for a human is told that nobody can read them yet,
and whoever asks to be forgotten that only what lies here could be deleted. Staff are unknown here and are told so, once
in each chat; no group is left, or bound.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from bot.arrivals import Arrival, Barrier, Condemned, Incoming
from bot.conversing import Conversing, Taken
from bot.desk import table
from bot.desk.verbs import found
from bot.desk.words import plain, say
from bot.errors import GzaError
from bot.letters import Deed, Letter
from bot.lock import prepare_directory
from bot.locking.carrying import brought, carry, carry_counts, patiently
from bot.logs import log
from dialogs.book import Book
from dialogs.events import Wrote
from dialogs.lifetimes import ARCHIVE_MINOR
from storage import Busy, Keyring, KeyringMissing, StorageError, Store
from storage.adopting import adopt, is_there, shred
from storage.keyring import Epoch
from storage.vault.archive import ArchiveKey

EVERY = 3.0
"""Seconds between two looks for the keyring."""
DIRECTORY = "locked"
SECRET = 32

Commit = Callable[[Sequence[Incoming]], Awaitable[Taken]]


def home(data_dir: Path) -> Path:
    """Where the database of a locked house lies."""
    return data_dir / DIRECTORY


def address(data_dir: Path) -> str:
    """The same as an address."""
    return f"sqlite+aiosqlite:///{home(data_dir).resolve() / 'gza.db'}"


async def adopted(data_dir: Path, database: str, now: datetime) -> None:
    """Take over what a locked house left behind, if one did. Raises storage.StorageError; then nothing is lost."""
    if not is_there(database):
        return
    if is_there(address(data_dir)):
        count = await adopt(address(data_dir), database, now.astimezone(UTC).date() + ARCHIVE_MINOR.age)
        log.warning("adopted", count=count)
    shred(home(data_dir))


def keyring_of_the_moment(today: date) -> Keyring:
    """A keyring that never lies in a file."""
    return Keyring(secrets.token_bytes(SECRET), (Epoch(1, today, secrets.token_bytes(SECRET)),))


@dataclass(slots=True)
class Locked:
    """A locked house. `opens` opens the real store; `real` is that store as soon as it could be opened.

    `explained` are the chats where staff were told; `forgot` are people who asked to be forgotten.
    """

    data_dir: Path
    archive: ArchiveKey
    opens: Callable[[], Awaitable[Store]]
    keyring: Keyring
    real: Store | None = None
    explained: set[int] = field(default_factory=set)
    forgot: set[int] = field(default_factory=set)
    _refused: str = ""

    @classmethod
    def now(cls, data_dir: Path, archive: ArchiveKey, opens: Callable[[], Awaitable[Store]], today: date) -> Self:
        """Lock the house, with keys of the moment."""
        return cls(data_dir, archive, opens, keyring_of_the_moment(today))

    async def opened(self) -> Store:
        """The store of the locked house, new and empty. Raises storage.StorageError."""
        prepare_directory(home(self.data_dir))
        store = await Store.open(address(self.data_dir), self.keyring)
        async with store.transaction() as work:
            await work.set_archive_key(self.archive)
        log.warning("locked")
        return store

    async def run(self) -> None:
        """Look for the keyring until it is there and fits."""
        while not await self.look():  # noqa: ASYNC110 — what is waited for happens on the disk, and nobody tells us
            await asyncio.sleep(EVERY)

    async def look(self, *, patient: bool = False) -> bool:
        """Whether the real store can be opened by now; `patient`: waits while it is busy.

        Why not is logged once, unless the keyring just is not there.
        """
        try:
            self.real = await (patiently(self.opens) if patient else self.opens())
        except KeyringMissing:
            return False
        except (StorageError, GzaError) as error:
            if self._refused != type(error).__name__:
                self._refused = type(error).__name__
                log.error("unlocking.refused", error=self._refused)
            return False
        log.warning("unlocked")
        return True

    async def close(self) -> None:
        """Let go of the real store: whoever starts next opens it anew."""
        if self.real is not None:
            with suppress(Busy):  # somebody else reads the file: the log is cut when the house closes
                await self.real.close()

    async def carried(self, conversing: Conversing, now: datetime) -> list[Letter]:
        """Whoever was here meanwhile goes into the real store; what is to be said from memory.

        The keyring may have come since the last look, right before the bot was told to stop: nobody is left for that.
        """
        if self.real is None:
            await self.look(patient=True)
        if self.real is None:
            return []
        there = replace(conversing, store=self.real, locked=False)
        said = await carry(there, await brought(conversing.store, now), self.forgot, now)
        await carry_counts(conversing.store, self.real)
        return said

    def sifting(self, commit: Commit, book: Callable[[], Book]) -> Commit:
        """Commit what people do in their own chats; what is meant for the desk is answered from memory."""

        async def sifted(arrivals: Sequence[Incoming]) -> Taken:
            asides = [one for one in arrivals if isinstance(one, Arrival) and self._is_for_the_desk(one, book())]
            away = {one.update for one in asides}
            rest = [one for one in arrivals if _is_private(one) and one.update not in away]
            taken = await commit(rest) if rest else Taken()
            self.forgot.update(taken.forgotten)
            return self._explained(taken, asides, book())

        return sifted

    def _is_for_the_desk(self, arrival: Arrival, book: Book) -> bool:
        """A tap or a command in a group; in a private chat a command that only staff have, once."""
        command = _command(arrival)
        if arrival.chat:
            return arrival.callback is not None or command is not None
        ours = {"start", *book.frame.commands, *book.frame.aliases}
        is_of_staff = command is not None and command not in ours and found(table.COMMANDS, command) is not None
        return is_of_staff and arrival.person not in self.explained

    def _explained(self, taken: Taken, asides: Iterable[Arrival], book: Book) -> Taken:
        words = "\n\n".join(say(book, language, "staff.locked") for language in book.frame.languages)
        taps = {one.callback: plain(book, "en", "staff.locked") for one in asides if one.callback is not None}
        chats = {one.chat or one.person for one in asides if one.callback is None} - self.explained
        self.explained |= chats
        letters = [Letter(Deed.SEND, chat, words) for chat in sorted(chats)]
        return replace(taken, farewells=[*taken.farewells, *letters], toasts={**taken.toasts, **taps})


def _is_private(arrival: Incoming) -> bool:
    match arrival:
        case Arrival():
            return not arrival.chat
        case Barrier() | Condemned():
            return True
        case _:
            return False


def _command(arrival: Arrival) -> str | None:
    """The name of the command that was typed."""
    text = arrival.event.text.lstrip() if isinstance(arrival.event, Wrote) else ""
    return text.split()[0].removeprefix("/").partition("@")[0].lower() if text.startswith("/") else None
