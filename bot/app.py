"""The composition root: builds every part, starts and stops them. Nothing else wires anything.

Stopping (SIGTERM, SIGINT): no new updates are taken, a commit under way is finished, letters in flight get a few
seconds to settle. Whatever is not sent by then lies in the outbox and goes out at the next start.

A database without its keyring is an error that loses nothing; if it has an archive key, the bot goes on locked
(`bot.locking.locked`) until the keyring is there, and then begins anew, in the same process.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path
from typing import Self

import dialogs
from bot.arrivals import Incoming
from bot.attending import Attending
from bot.clock import Clock, Guard, SystemClock
from bot.conversing import Conversing, Taken, report
from bot.errors import RestoreUnchecked, SettingsError, TokenRefused, Unreachable
from bot.hardening import harden
from bot.housekeeping import Housekeeping, Watch, told
from bot.insisting import Insisting
from bot.intermediaries import load_register
from bot.keeping import upkeep
from bot.keys import keyring
from bot.letters import Told
from bot.lifeline import Lifeline, static_text
from bot.lock import claimed
from bot.locking.locked import Locked, adopted
from bot.logs import log
from bot.releasing import fixed
from bot.releasing import shelf as releases
from bot.rounds import Rounds
from bot.settings import Settings
from bot.telegram.courier import Courier
from bot.telegram.failures import DeliveryError, WrongToken
from bot.telegram.gateway import Gateway, Me
from bot.telegram.intake import Intake
from bot.telegram.introducing import introduce
from dialogs.book import Book
from dialogs.loader import load
from storage import KeyringMissing, Store, Transaction
from storage.adopting import archive_key_of
from storage.copies.returning import RESTORED

GRACE = 8.0
"""Seconds that letters in flight get when the process is told to stop."""
PUBLISHED = Path(dialogs.__file__).parent / "book" / "published.txt"
GREETINGS = 3
"""How often the Bot API is asked at the start before we say that it does not answer."""


@dataclass(slots=True)
class App:
    """All parts of a running bot. `locked`: it runs without its keyring, until that is there."""

    store: Store
    gateway: Gateway
    me: Me
    book: Book
    intake: Intake
    courier: Courier
    housekeeping: Housekeeping
    rounds: Rounds
    locked: Locked | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop or unlocked. An error in one part stops all: a supervisor starts the process anew."""
        parts = [
            asyncio.create_task(part)
            for part in (
                self.intake.run(),
                self.courier.run(),
                self.housekeeping.run(),
                self._beside(),
                _stopped(stop),
            )
        ]
        parts.append(asyncio.create_task(introduce(self.gateway, self.book)))
        log.info("running")
        try:
            await _first_end(parts[:5])
        finally:
            await self._wind_down(parts)

    def _beside(self) -> Coroutine[None, None, None]:
        """While locked nobody is at the desk whom time would remind: the keyring is looked for instead."""
        return self.rounds.run() if self.locked is None else self.locked.run()

    async def _wind_down(self, parts: Sequence[asyncio.Task[None]]) -> None:
        intake, courier, *rest = parts
        await _cancel([intake, *rest])
        await asyncio.gather(self.intake.finish(GRACE), self.courier.stop(GRACE))
        await _cancel([courier])
        log.info("stopped")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The book with the list of companies; the files of both are watched before they are read: no change slips by."""

    published: Watch
    intermediaries: Watch
    book: Book

    @classmethod
    def read(cls, intermediaries: Path, reopen: timedelta) -> Self:
        published, listed = Watch(PUBLISHED), Watch(intermediaries)
        return cls(published, listed, replace(told(load(), reopen), register=load_register(intermediaries)))


@asynccontextmanager
async def assembled(
    settings: Settings, clock: Clock | None = None, intermediaries: Path | None = None
) -> AsyncIterator[App]:
    """Build a bot and take it apart again. Raises GzaError, storage.StorageError or BookBroken with what to do.

    `intermediaries` is where the list of companies lies if not in DATA_DIR.
    """
    clock = clock or SystemClock()
    reopen = timedelta(hours=settings.reopen_hours)
    shelf = _Shelf.read(intermediaries or settings.intermediaries, reopen)
    async with AsyncExitStack() as stack:
        stack.enter_context(claimed(settings.data_dir))
        await adopted(settings.data_dir, settings.database, clock.now())
        locked = await _locked(settings, clock)
        store = await (_opened(settings) if locked is None else locked.opened())
        stack.push_async_callback(store.close)
        if locked is not None:
            stack.push_async_callback(locked.close)
        gateway = _gateway(settings)
        stack.push_async_callback(gateway.close)
        doors = _Doors(store, gateway, await greet(gateway), reopen, settings.org_name, locked)
        app = await _wired(doors, shelf, clock)
        yield app
        if locked is not None:
            app.intake.say(await locked.carried(app.housekeeping.conversing, clock.now()))
            await app.intake.finish(GRACE)


async def _opened(settings: Settings) -> Store:
    """The real store. Raises RestoreUnchecked while a backup that was put back has not been looked at."""
    store = await Store.open(settings.database, keyring(settings))
    async with store.transaction() as work:
        unchecked = RESTORED in await upkeep.recalled(work)
        demo = (await fixed.read(work)).demo
    if unchecked:
        await store.close()
        raise RestoreUnchecked("A backup was put back and nobody has looked at it yet. Run `gza doctor` first.")
    if demo:
        log.warning("house.demo")
    return store


async def _locked(settings: Settings, clock: Clock) -> Locked | None:
    """A locked house, where the keyring is missing. Raises KeyringMissing when nothing could be sealed there."""
    try:
        keyring(settings)
    except KeyringMissing:
        archive = await archive_key_of(settings.database)
        if archive is None:
            raise
        return Locked.now(settings.data_dir, archive, partial(_opened, settings), clock.now().astimezone(UTC).date())
    return None


@dataclass(frozen=True, slots=True)
class _Doors:
    """What is open by now: the store, the way to Telegram, who we are there; and what the operator set."""

    store: Store
    gateway: Gateway
    me: Me
    reopen: timedelta
    organisation: str
    locked: Locked | None = None


async def _wired(doors: _Doors, shelf: _Shelf, clock: Clock) -> App:
    store, gateway, me = doors.store, doors.gateway, doors.me
    book = shelf.book
    async with store.transaction() as work:
        guard = Guard(high_water=await work.high_water())
    locked = doors.locked is not None
    conversing = Conversing(store, book, me.id, guard, bot_name=me.username, reopen=doors.reopen, locked=locked)
    attending = Attending(store, conversing)
    wake = asyncio.Event()
    wake.set()

    async def commit(arrivals: Sequence[Incoming]) -> Taken:
        taken = await conversing.take(arrivals, clock.now())
        report(taken.condemned)
        return taken

    async def frozen(period: str, name: str) -> bytes:
        async with store.transaction() as work:
            return await releases.file(work, period, name)

    gateway.frozen = frozen

    async def settled(work: Transaction, tolds: Sequence[Told]) -> None:
        await attending.told(work, tolds, clock.now())

    lifeline = Lifeline(static_text(book), book)
    taking = commit if doors.locked is None else doors.locked.sifting(commit, lambda: conversing.book)
    intake = Intake(gateway, taking, lifeline, clock, wake)
    intake.insist = Insisting(store, clock, intake.say, lambda: conversing.book).insist
    return App(
        store=store,
        gateway=gateway,
        me=me,
        book=book,
        intake=intake,
        courier=Courier(store, gateway, clock, wake, guard, settled),
        rounds=Rounds(attending, clock, intake.say, wake),
        housekeeping=Housekeeping(
            store, conversing, clock, lifeline, shelf.published, shelf.intermediaries, doors.organisation
        ),
        locked=doors.locked,
    )


async def greet(gateway: Gateway) -> Me:
    """Ask the Bot API who we are. Raises TokenRefused or Unreachable."""
    for pause in range(GREETINGS):
        try:
            return await gateway.me()
        except WrongToken:
            raise TokenRefused("Telegram does not know this BOT_TOKEN. Copy it again from @BotFather.") from None
        except DeliveryError:
            await asyncio.sleep(pause)
    raise Unreachable("The Bot API does not answer. Check the network and BOT_API_URL, then start again.")


async def me_of(settings: Settings) -> Me:
    """Who the token in the settings makes us. Raises SettingsError, TokenRefused or Unreachable."""
    gateway = _gateway(settings)
    try:
        return await greet(gateway)
    finally:
        await gateway.close()


async def run(settings: Settings) -> None:
    """`gza run`: the bot until SIGTERM or SIGINT."""
    harden()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(settings, stop)


async def serve(settings: Settings, stop: asyncio.Event, clock: Clock | None = None) -> None:
    """The bot until told to stop: locked first if need be, and then, with the keyring, anew."""
    while not stop.is_set():
        async with assembled(settings, clock) as app:
            await app.run(stop)


def _token(settings: Settings) -> str:
    if settings.bot_token is None:
        raise SettingsError("BOT_TOKEN is not set. Put it into .env, or start the sandbox with: make run")
    return settings.bot_token.get_secret_value()


def _gateway(settings: Settings) -> Gateway:
    try:
        return Gateway.open(_token(settings), settings.bot_api_url)
    except WrongToken:
        raise TokenRefused("BOT_TOKEN does not look like a token. Copy it again from @BotFather.") from None


async def _stopped(stop: asyncio.Event) -> None:
    await stop.wait()


async def _first_end(parts: Sequence[asyncio.Task[None]]) -> None:
    done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
    for part in done:
        part.result()


async def _cancel(parts: Sequence[asyncio.Task[None]]) -> None:
    for part in parts:
        part.cancel()
    await asyncio.gather(*parts, return_exceptions=True)
