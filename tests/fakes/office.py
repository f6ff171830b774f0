"""The whole bot with its desk, in this process, against the stand-in: nobody waits, and time goes only when moved.

`settle` lets everything happen that can: updates taken, letters delivered, outcomes told. Budgets are free here; what
they cost is measured elsewhere.
"""

import asyncio
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from click.testing import CliRunner, Result
from pydantic import SecretStr

from bot import filing
from bot.__main__ import gza
from bot.app import App, assembled
from bot.arrivals import Condemned
from bot.clock import TBILISI
from bot.desk.desk import Upshot
from bot.desk.staff import Role, Staff
from bot.desk.words import plain
from bot.sandbox.clock import MovableClock
from bot.sandbox.standin import StandIn
from bot.settings import Settings
from bot.staffing import invite
from bot.telegram.budgets import Budgets
from bot.telegram.updates import incoming
from dialogs.state import Place, State
from tests.fakes import real
from tests.fakes.cheap import cheap

BOOK = real.book
MONDAY = datetime(2026, 11, 23, 12, tzinfo=TBILISI)
"""A working day at noon."""


class Free(Budgets):
    """No limits of our own."""

    def take(self, _errand, _now):
        return None

    def put_back(self, _errand, _now):
        pass


class Moved:
    """The stand-in's time, as the bot sees it."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        self.clock.advance(seconds)


class Office:
    """Made by `office`. People of the stand-in act; `settle` and `later` let the bot do its part.

    An arrival that is condemned fails the test; who expects one empties `condemned`.
    """

    app: App

    def __init__(self, settings: Settings, telegram: StandIn, condemned: list[Condemned]) -> None:
        self.telegram, self.condemned = telegram, condemned
        self._settings, self._life = settings, AsyncExitStack()
        self._offset = None

    async def begins(self) -> None:
        """The bot starts, and takes up what the last one left half done."""
        self.app = await self._life.enter_async_context(assembled(self._settings, Moved(self.telegram.clock)))
        self.app.courier._boarding.budgets = Free()
        await self.app.courier._recover()

    async def stops(self) -> None:
        """The bot is gone, with all that it had not written down."""
        await self._life.aclose()
        self._offset = None

    async def runs(self, *arguments: str) -> Result:
        """`gza …` beside the running bot."""
        environment = {
            "BOT_TOKEN": self.telegram.token,
            "BOT_API_URL": self.telegram.url,
            "DATA_DIR": str(self._settings.data_dir),
            "KEYRING_DIR": str(self._settings.keyring_dir),
            "LOG_LEVEL": "ERROR",
        }
        return await asyncio.to_thread(CliRunner().invoke, gza, arguments, env=environment)

    def person(self, name: str = "Anna"):
        return self.telegram.world.person(name)

    async def settle(self, most: int = 40) -> None:
        """Let everything happen that can happen now."""
        for _ in range(most):
            await self.takes_in()
            await self.app.courier.drain()
            if not self.telegram.waiting_updates:
                return
        raise AssertionError("the bot does not come to rest")

    async def takes_in(self) -> None:
        """Commit what came in, and deliver nothing of what it comes to."""
        if self._offset is None or self.telegram.waiting_updates:
            raw = await self.app.gateway.updates(self._offset, 0)
            await self._takes([arrival for arrival in map(incoming, raw) if arrival is not None])
        await self.app.intake.finish(5)
        assert not self.condemned, self.condemned

    async def _takes(self, arrivals) -> None:
        if arrivals:
            await self.app.intake._take(arrivals)
            self._offset = arrivals[-1].update + 1
            self.telegram._ledger.queue.fetch(self._offset, 0)  # confirmed, as the next poll would

    @property
    def now(self) -> datetime:
        return Moved(self.telegram.clock).now().astimezone(TBILISI)

    async def later(self, *, heard: bool = True, **time_) -> None:
        """Time goes by, and the bot looks round. Unless somebody is `heard` meanwhile, long silence makes it doubt."""
        self.telegram.clock.advance(timedelta(**time_).total_seconds())
        if heard:
            self.app.courier.guard.see(self.now, [self.now])
        await self.app.rounds.once()
        await self.settle()

    async def at(self, moment: datetime, *, heard: bool = True) -> None:
        """It is that time, and the bot looks round."""
        await self.later(heard=heard, seconds=(moment - self.now).total_seconds())

    async def does(self, *deeds) -> None:
        """People do things one after the other; the bot has its turn after each."""
        for deed in deeds:
            deed()
            await self.settle()

    async def hires(self, name: str, role: Role = Role.CONSULTANT, language: str = "en"):
        """Somebody joins the staff by an invitation link."""
        with patch("bot.staffing.datetime", SimpleNamespace(now=lambda _zone: self.now)):
            link = await invite(self.app.store, self.app.me.username, role)
        one = self.person(name)
        await self.does(
            lambda: one.says(f"/start {link.partition('start=')[2]}"),
            lambda: one.taps(f"speak_{language}:0"),
        )
        return one

    async def seats(self, name: str, role: Role = Role.CONSULTANT, language: str = "en"):
        """Somebody who is staff already: quicker than to hire them."""
        one = self.person(name)
        one.chat.started = True
        member = Staff(one.id, f"tag{one.id}", role, name, language)
        async with self.app.store.transaction() as work:
            filed = await filing.read(work)
            await filing.write(work, filed, filed.desk.after(Upshot(staff=(member,))), {})
        return one

    async def waits(self, name: str = "Anna", language: str = "en"):
        """Somebody who stood in the menu and asked for a human: quicker than all they tap for it."""
        person = self.person(name)
        person.chat.started = True
        state = State(nonce=person.id, language=language, place=Place.parse(BOOK().frame.menu)).to_json()
        async with self.app.store.transaction() as work:
            conversation = (await work.conversations([person.id]))[person.id]
            footprint = replace(conversation.footprint, language=language)
            await work.save([replace(conversation, state=state, footprint=footprint)], self.now)
        await self.does(lambda: person.presses(1, "desk_again:0"))
        return person

    async def asks(self, name: str = "Anna", language: str = "English"):
        """Somebody asks for a human and confirms it."""
        person = self.person(name)
        await self.does(lambda: person.says("/start"), lambda: person.taps(language))
        await self.does(lambda: person.says("/human"), lambda: self.confirms(person))
        return person

    async def asks_again(self, person) -> None:
        """Somebody who has a case, or had one, presses the button that asks for a human."""
        await self.does(lambda: person.taps("desk_again:0"))

    async def takes(self, consultant, person) -> None:
        """A consultant takes somebody's case out of the queue."""
        case = await self.case(person)
        await self.does(lambda: consultant.says("/queue"), lambda: consultant.taps(f"claim:{case.token}"))

    async def presses(self, person, *verbs: str) -> None:
        """Press the newest button of each of these verbs, one after the other."""
        for verb in verbs:
            data = next(
                data for data in reversed(buttons(person)) if f"{data.partition(':')[0]}_".startswith(f"{verb}_")
            )
            await self.does(lambda data=data: person.taps(data))

    @staticmethod
    def confirms(person) -> None:
        person.taps(
            next(
                key.data
                for bubble in person.sees()[::-1]
                for row in bubble.keyboard
                for key in row
                if key.data.startswith("write:")
            )
        )

    async def desk(self):
        """The desk as it lies in the store."""
        async with self.app.store.transaction() as work:
            return (await filing.read(work)).desk

    async def case(self, person):
        return (await self.desk()).cases.get(person.id)

    async def transcript(self, person):
        async with self.app.store.transaction() as work:
            conversation = (await work.conversations([person.id]))[person.id]
            return await work.transcript(conversation)


def text(name: str, language: str = "en", /, **values: str) -> str:
    """A text of the book as it shows."""
    return plain(BOOK(), language, name, **values)


def told(person, name: str, where=None, /, **values: str) -> int:
    """How many bubbles on a screen say this text of the book, under an alias or not."""
    words = text(name, **values)
    return sum(words in (line, line.partition("\n")[2]) for line in said(person, where))


def buttons(person, where=None) -> list[str]:
    """The data of all buttons on a screen, oldest first."""
    return [key.data for bubble in person.sees(where) for row in bubble.keyboard for key in row if key.data]


def said(person, where=None) -> list[str]:
    """What the bot said to somebody, in order."""
    return [bubble.text for bubble in person.sees(where) if bubble.author == "bot"]


@asynccontextmanager
async def office(folder, start: datetime = MONDAY):
    telegram = StandIn(clock=MovableClock(start.timestamp()))
    async with telegram:
        telegram.limits.enforced = False
        settings = Settings(
            bot_token=SecretStr(telegram.token),
            bot_api_url=telegram.url,
            data_dir=folder / "data",
            keyring_dir=folder / "keyring",
            log_level="ERROR",
        )
        condemned: list[Condemned] = []
        with cheap(), patch("bot.app.load", BOOK), patch("bot.app.report", condemned.extend):
            desk = Office(settings, telegram, condemned)
            await desk.begins()
            try:
                yield desk
            finally:
                await desk.stops()
