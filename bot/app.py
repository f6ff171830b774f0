"""The composition root: builds every part, starts and stops them. Nothing else wires anything.

Stopping (SIGTERM, SIGINT): no new updates are taken, a commit under way is finished, letters in flight get a few
seconds to settle. Whatever is not sent by then lies in the outbox and goes out at the next start.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Self

import click

import dialogs
from bot.arrivals import Incoming
from bot.attending import Attending
from bot.clock import Clock, Guard, SystemClock
from bot.conversing import Conversing, Taken, report
from bot.errors import SettingsError, TokenRefused, Unreachable
from bot.housekeeping import Housekeeping, Watch
from bot.intermediaries import load_register
from bot.letters import Told
from bot.lifeline import Lifeline, static_text
from bot.lock import sole_runner
from bot.logs import log
from bot.rounds import Rounds
from bot.settings import Settings
from bot.telegram.courier import Courier
from bot.telegram.failures import DeliveryError, WrongToken
from bot.telegram.gateway import Gateway, Me
from bot.telegram.intake import Intake
from bot.telegram.introducing import introduce
from dialogs.book import Book
from dialogs.loader import load
from storage import Keyring, Store, Transaction

GRACE = 8.0
"""Seconds that letters in flight get when the process is told to stop."""
PUBLISHED = Path(dialogs.__file__).parent / "book" / "published.txt"
GREETINGS = 3
"""How often the Bot API is asked at the start before we say that it does not answer."""


@dataclass(slots=True)
class App:
    """All parts of a running bot."""

    store: Store
    gateway: Gateway
    me: Me
    book: Book
    intake: Intake
    courier: Courier
    housekeeping: Housekeeping
    rounds: Rounds

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop. An error in one part stops all: a supervisor starts the process anew."""
        parts = [
            asyncio.create_task(part)
            for part in (
                self.intake.run(),
                self.courier.run(),
                self.housekeeping.run(),
                self.rounds.run(),
                _stopped(stop),
            )
        ]
        parts.append(asyncio.create_task(introduce(self.gateway, self.book)))
        log.info("running")
        try:
            await _first_end(parts[:5])
        finally:
            await self._wind_down(parts)

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
    def read(cls, intermediaries: Path) -> Self:
        published, listed = Watch(PUBLISHED), Watch(intermediaries)
        return cls(published, listed, replace(load(), register=load_register(intermediaries)))


@asynccontextmanager
async def assembled(
    settings: Settings, clock: Clock | None = None, intermediaries: Path | None = None
) -> AsyncIterator[App]:
    """Build a bot and take it apart again. Raises GzaError, storage.StorageError or BookBroken with what to do.

    `intermediaries` is where the list of companies lies if not in DATA_DIR.
    """
    clock = clock or SystemClock()
    shelf = _Shelf.read(intermediaries or settings.intermediaries)
    async with AsyncExitStack() as stack:
        _claim(settings.data_dir, stack)
        store = await Store.open(settings.database, keyring(settings))
        stack.push_async_callback(store.close)
        gateway = _gateway(settings)
        stack.push_async_callback(gateway.close)
        doors = _Doors(store, gateway, await greet(gateway), timedelta(hours=settings.reopen_hours))
        yield await _wired(doors, shelf, clock)


@dataclass(frozen=True, slots=True)
class _Doors:
    """What is open by now: the store, the way to Telegram, who we are there; and how long a case can be reopened."""

    store: Store
    gateway: Gateway
    me: Me
    reopen: timedelta


async def _wired(doors: _Doors, shelf: _Shelf, clock: Clock) -> App:
    store, gateway, me = doors.store, doors.gateway, doors.me
    book = shelf.book
    async with store.transaction() as work:
        guard = Guard(high_water=await work.high_water())
    conversing = Conversing(store, book, me.id, guard, bot_name=me.username, reopen=doors.reopen)
    attending = Attending(store, conversing)
    wake = asyncio.Event()
    wake.set()

    async def commit(arrivals: Sequence[Incoming]) -> Taken:
        taken = await conversing.take(arrivals, clock.now())
        report(taken.condemned)
        return taken

    async def told(work: Transaction, tolds: Sequence[Told]) -> None:
        await attending.told(work, tolds, clock.now())

    lifeline = Lifeline(static_text(book), book)
    intake = Intake(gateway, commit, lifeline, clock, wake)
    return App(
        store=store,
        gateway=gateway,
        me=me,
        book=book,
        intake=intake,
        courier=Courier(store, gateway, clock, wake, guard, told),
        rounds=Rounds(attending, clock, intake.say, wake),
        housekeeping=Housekeeping(store, conversing, clock, lifeline, shelf.published, shelf.intermediaries),
    )


def prepare_directory(directory: Path) -> None:
    """Make a directory that only we may look into. Raises SettingsError when that cannot be done."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(directory, error) from None


def keyring(settings: Settings) -> Keyring:
    """The keyring; made anew, and said so, only where there is neither keyring nor database."""
    there = any((settings.keyring_dir / name).exists() for name in ("house.key", "epochs"))
    database = settings.database_url is not None or (settings.data_dir / "gza.db").exists()
    return Keyring.load(settings.keyring_dir, house_keys()) if there or database else make_keyring(settings)


def make_keyring(settings: Settings) -> Keyring:
    """Make a keyring and say where. Raises storage.KeyringBroken when there is one."""
    made = Keyring.create(settings.keyring_dir, house_keys())
    place = settings.keyring_dir.resolve()
    click.echo(f"Made a new keyring in {place}. Keep it out of every backup of {settings.data_dir}.", err=True)
    return made


def house_keys() -> list[Path]:
    """Where a house key may lie instead of the keyring directory: a systemd credential, a Docker secret."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    return [*([Path(credentials) / "house.key"] if credentials else []), Path("/run/secrets/gza_house_key")]


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
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with assembled(settings) as app:
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


def _claim(directory: Path, stack: AsyncExitStack) -> None:
    """Make the directory ours, and hold its lock as long as the stack lives."""
    prepare_directory(directory)
    try:
        stack.enter_context(sole_runner(directory))
    except OSError as error:
        raise _unusable(directory, error) from None


def _unusable(directory: Path, error: OSError) -> SettingsError:
    return SettingsError(f"{directory} cannot be written ({error.strerror}). Set DATA_DIR to a writable place.")


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
