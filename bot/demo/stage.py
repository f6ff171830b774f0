"""The house in play: its store, its conversing and its time; what people do is taken in, and letters reach nobody.

Law: whatever happens, happens through `Conversing.take` and `Attending.look_round`, as in a house that runs. A letter
is settled as delivered, in bulk and without a request to anybody; as it lies in no chat, no number is remembered.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot import filing
from bot.arrivals import Arrival
from bot.attending import Attending
from bot.clock import Guard
from bot.conversing import Conversing
from bot.demo.visiting import Lost, Visit
from bot.desk.desk import Desk
from bot.keeping.sweeping import KINDS, swept
from dialogs.book import Book
from dialogs.events import Event, Started
from dialogs.state import State
from storage import Outcome, Settled, Store, Transaction

BOT = 1
BREATH = timedelta(seconds=20)
"""Between two things that people do."""
BAG = 1000
"""Letters delivered at once."""


@dataclass(slots=True)
class Stage:
    """A house with its store and its book. `now` is the time in it."""

    store: Store
    book: Book
    now: datetime
    guard: Guard = field(default_factory=Guard)
    conversing: Conversing = field(init=False)
    attending: Attending = field(init=False)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.conversing = Conversing(self.store, self.book, BOT, self.guard, bot_name="demo_bot")
        self.attending = Attending(self.store, self.conversing)

    async def take(self, deeds: Sequence[tuple[Visit, Event]]) -> None:
        """People do something, each one thing; afterwards everybody knows where they stand."""
        people = {visit.one.number: visit for visit, _ in deeds}
        states = await self._arrive([self._arrival(visit.one.number, event) for visit, event in deeds], people)
        for person, state in states.items():
            people[person].state = state

    async def staff_do(self, deeds: Sequence[tuple[int, Event]]) -> None:
        """Consultants do something."""
        await self._arrive([self._arrival(consultant, event) for consultant, event in deeds])

    async def later(self, moment: datetime) -> None:
        """Time goes by: the desk looks round, and what is over is erased."""
        self.now = moment
        self.guard.see(moment, [moment])
        await self.attending.look_round(moment)
        async with self.store.transaction() as work:
            await self._deliver(work)
        for name in KINDS:
            await swept(self.store, name, moment)

    async def desk(self) -> Desk:
        """The desk as it lies in the store."""
        async with self.store.transaction() as work:
            return (await filing.read(work)).desk

    def _arrival(self, person: int, event: Event) -> Arrival:
        number = next(self.numbers)
        tapped = None if isinstance(event, Started) else number
        return Arrival(number, person, event, below=number, tapped=tapped, callback=str(number), sent=self.now)

    async def _arrive(self, arrivals: Sequence[Arrival], people: Collection[int] = ()) -> dict[int, State]:
        """Take in what was done and deliver what comes of it; where these people stand then.

        Raises Lost when something could not be answered.
        """
        if not arrivals:
            return {}
        self.now += BREATH
        taken = await self.conversing.take(arrivals, self.now)
        if taken.condemned:
            raise Lost(f"What is played cannot be answered: {taken.condemned[0].error} in {taken.condemned[0].where}.")
        async with self.store.transaction() as work:
            await self._deliver(work)
            known = (await work.conversations(people)).values() if people else ()
            return {one.person: State.from_json(one.state) for one in known if one.state is not None}

    async def _deliver(self, work: Transaction) -> None:
        """Round by round, for of every chat only the first letter can be due."""
        while due := await work.due(self.now, BAG, ()):
            await work.settle([Outcome(one.id, Settled.DELIVERED) for one in due], self.now)
