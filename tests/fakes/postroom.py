"""A courier at work: the real store on SQLite, the real gateway, the stand-in for Telegram."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bench.leaps import Leaps, leaping
from bot.clock import SystemClock
from bot.letters import Deed, Letter, Told, Urgency
from bot.sandbox.clock import MovableClock
from bot.sandbox.person import Person
from bot.sandbox.standin import StandIn
from bot.telegram.courier import Courier
from bot.telegram.gateway import Gateway
from storage import Busy, Conversation, Keyring, Line, Outgoing, Store
from tests.fakes.cheap import cheap


@dataclass
class StubbornStore:
    """The real store, with bad moments: `moods` say of each coming transaction whether it works."""

    store: Store
    moods: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def transaction(self):
        mood = self.moods.pop(0) if self.moods else "works"
        if mood == "locked":
            raise Busy("locked")
        async with self.store.transaction() as work:
            yield work
        if mood == "commits, but the connection is lost before it says so":
            raise Busy("lost")


class PostRoom:
    """`async with PostRoom(folder) as room`: people write to the bot, letters are posted, the courier delivers.

    With `leaps` nobody waits for a limit: time is its own, and `drain` moves it to the end of every wait.
    """

    def __init__(self, folder: Path, *, leaps: bool = False) -> None:
        self.folder = folder
        self.telegram = StandIn(clock=MovableClock()) if leaps else StandIn()
        self.clock = Leaps(self.telegram.clock) if leaps else SystemClock()
        self.cheap = cheap()
        self.wake = asyncio.Event()
        self.told: list[Told] = []

    async def __aenter__(self) -> Self:
        self.cheap.__enter__()
        await self.telegram.start()
        self.keyring = Keyring.create(self.folder / "keyring")
        self.store = StubbornStore(await Store.open(f"sqlite+aiosqlite:///{self.database}", self.keyring))
        self.gateway = Gateway.open(self.telegram.token, self.telegram.url)
        self.courier = self.new_courier()
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.courier.stop(0)
        await self.gateway.close()
        await self.store.store.close()
        await self.telegram.stop()
        self.cheap.__exit__(None, None, None)

    @property
    def database(self) -> Path:
        return self.folder / "gza.db"

    def new_courier(self) -> Courier:
        return Courier(self.store, self.gateway, self.clock, self.wake, on_settled=self.listen)

    async def drain(self) -> None:
        """Everything is delivered, and all that has to be waited for leapt over."""
        courier = self.courier
        leaping_on = asyncio.create_task(leaping(self.clock, lambda: courier.at_rest, courier.next_look, self.wake))
        await courier.drain()
        leaping_on.cancel()

    async def listen(self, _work, told) -> None:
        self.told += told

    def person(self, name: str = "Anna") -> Person:
        somebody = self.telegram.world.person(name)
        somebody.says("/start")
        return somebody

    async def post(self, *letters: tuple[Person, Letter], urgency=Urgency.DIALOGUE, scripted: bool = True) -> None:
        """Commit letters about these people, to them or to another chat, as conversing does, and wake the courier."""
        now = self.clock.now()
        async with self.store.store.transaction() as work:
            known = await work.conversations({person.id for person, _letter in letters})
            await work.save(list(known.values()), now)
            await work.post(
                [self.outgoing(known[person.id], letter, urgency, scripted=scripted) for person, letter in letters]
            )
        self.wake.set()

    @staticmethod
    def outgoing(about: Conversation, letter: Letter, urgency=Urgency.DIALOGUE, *, scripted: bool = True) -> Outgoing:
        chat = None if letter.chat == about.person else letter.chat
        return Outgoing(about, urgency, letter.to_json(), scripted, chat=chat)

    async def say(self, person: Person, *texts: str, **how) -> None:
        await self.post(*((person, Letter(Deed.SEND, person.id, text)) for text in texts), **how)

    async def waiting(self) -> int:
        async with self.store.store.transaction() as work:
            return await work.waiting()

    async def lines(self, person: Person) -> dict[int, Line]:
        """Where the lines of this person's conversation lie."""
        async with self.store.store.transaction() as work:
            known = (await work.conversations([person.id]))[person.id]
            return {line.number: line for line in (await work.lines([known])).get(known.id, [])}

    async def conversation(self, person: Person):
        async with self.store.store.transaction() as work:
            return (await work.conversations([person.id]))[person.id]


def heard(person: Person) -> list[str]:
    """What the bot said to this person, in order; the person's own /start is left out."""
    return [bubble.text for bubble in person.sees() if bubble.text != "/start"]


async def until(so: Callable[[], bool]) -> None:
    """Let others work until something is so; the test's own time limit ends a wait for nothing."""
    while not so():  # noqa: ASYNC110  # what is waited for happens in the stand-in, which has no event for it
        await asyncio.sleep(0.005)
