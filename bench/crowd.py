"""The load the desk is built for: two hundred people talk with eight consultants at once.

Five consultants read in their private chat, three each in a forum group of their own. The first takes cases from the
cards in the desk group, the others as they come. A line carries a word that no other has, `p17x2` for the third line of
person 17 and `c17x2` for its answer, so that what each side sees can be held against what was said.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bench.reading import Reader, tapped
from bot.app import App
from bot.desk.gate import AGAIN as ASK
from bot.desk.staff import Role
from bot.filing import read
from bot.sandbox.chats import Chat
from bot.sandbox.group import Meeting
from bot.sandbox.messages import Message
from bot.sandbox.person import Person
from bot.sandbox.standin import StandIn
from bot.staffing import invite
from dialogs.state import State

PEOPLE = 200
PLAIN, TOPICS = 5, 3
LINES = 3
"""Of each person: one while they wait, the others at once when somebody has come."""
TOGETHER, ARRIVING = 10, 3.0
"""So many people come at once, and the next so many seconds later."""
THOUGHT = 1.0
"""Seconds a consultant takes for an answer."""
PATIENCE = 1800.0
"""Seconds after which everybody goes, answered or not."""
LOOKING = 2.0
"""Seconds between two looks of a consultant at the queue."""
WORD = re.compile(r"\b([pc]\d+x\d+)\b")

Sleep = Callable[[float], Awaitable[None]]


def words(message: Message) -> list[str]:
    """The words by which lines are known, as they stand in a message."""
    return WORD.findall(message.content.words.text)


@dataclass(slots=True)
class Talker:
    """A person who asks for a human, says what they have to say, and waits until all of it is answered."""

    number: int
    phone: Person
    lines: int
    said: dict[str, Message] = field(default_factory=dict)

    async def talk(self, sleep: Sleep, *, asks: bool = True, in_turn: bool = False) -> None:
        """To the last answer, from the asking on where one must ask; `in_turn`: after each line wait for its answer."""
        await sleep(self.number // TOGETHER * ARRIVING)
        reader = Reader(lambda: self.phone.chat)
        if asks:
            self.phone.presses(0, f"{ASK}:0")
            _, begun = await reader.button("desk_cancel", "desk_end")
        self.says(0)
        if asks and not begun.startswith("desk_end"):
            await reader.button("desk_end")
        answers: set[str] = set()
        for line in range(1, self.lines):
            self.says(line)
            while in_turn and f"c{self.number}x{line}" not in answers:
                answers.update(words(await reader.next()))
        while len(answers) < self.lines:
            answers.update(words(await reader.next()))

    def says(self, line: int) -> None:
        """Say a line."""
        word = f"p{self.number}x{line}"
        self.said[word] = self.phone.says(f"{word} and what a person has to say")


@dataclass(slots=True)
class Answerer:
    """A consultant with a share of the cases, who answers every line by reply, or in its topic."""

    phone: Person
    mine: frozenset[int]
    lines: int
    room: Meeting | None = None
    cards: Meeting | None = None
    said: dict[str, Message] = field(default_factory=dict)

    @property
    def place(self) -> Chat:
        """Where cases are read."""
        return self.phone.chat if self.room is None else self.room.chat

    async def work(self, app: App | None, sleep: Sleep) -> None:
        """Take cases, where there is a desk, and answer at the same time, until every line is answered."""
        async with asyncio.TaskGroup() as both:
            if app is not None:
                both.create_task(self._from_cards(self.cards) if self.cards else self._as_they_come(app, sleep))
            both.create_task(self._answers(sleep))

    async def _as_they_come(self, app: App, sleep: Sleep) -> None:
        taken: set[int] = set()
        while len(taken) < len(self.mine):
            async with app.store.transaction() as work:
                waiting = (await read(work)).desk.waiting()
            for case in (case for case in waiting if case.person in self.mine - taken):
                await tapped(self.phone, 0, f"claim:{case.token}")
                taken.add(case.person)
            await sleep(LOOKING)

    async def _from_cards(self, cards: Meeting) -> None:
        reader, taken = Reader(lambda: cards.chat), 0
        while taken < len(self.mine):
            card, data = await reader.button("claim:")
            await tapped(self.phone, card.message_id, data, cards.chat)
            taken += 1

    async def _answers(self, sleep: Sleep) -> None:
        reader, expected = Reader(lambda: self.place), len(self.mine) * self.lines
        while len(self.said) < expected:
            message = await reader.next()
            for word in words(message):
                await self._answer(message, word.replace("p", "c"), sleep)

    async def _answer(self, message: Message, word: str, sleep: Sleep) -> None:
        if word in self.said:
            return
        await sleep(THOUGHT)
        text, thread = f"{word} and what a consultant answers", message.thread_id
        self.said[word] = self.phone.says(text, self.room, thread=thread, reply_to=message.message_id)


@dataclass(slots=True)
class Crowd:
    """Everybody, once the desk is staffed; without an `app` no desk stands between them."""

    app: App | None
    desk: Meeting
    talkers: list[Talker]
    answerers: list[Answerer]

    async def talk(self, sleep: Sleep, *, in_turn: bool = False) -> None:
        """All of it, to the last answer; what has not come after `PATIENCE` does not come any more."""
        talk, patience = asyncio.create_task(self._talk(sleep, in_turn=in_turn)), asyncio.ensure_future(sleep(PATIENCE))
        await asyncio.wait((talk, patience), return_when=asyncio.FIRST_COMPLETED)
        patience.cancel()
        talk.cancel()
        with suppress(asyncio.CancelledError):
            await talk

    async def _talk(self, sleep: Sleep, *, in_turn: bool) -> None:
        async with asyncio.TaskGroup() as everybody:
            for talker in self.talkers:
                everybody.create_task(talker.talk(sleep, asks=self.app is not None, in_turn=in_turn))
            for answerer in self.answerers:
                everybody.create_task(answerer.work(self.app, sleep))

    def waits(self) -> tuple[list[float], list[float]]:
        """Seconds each line took: to the rooms, of those said when somebody was there; and to the people."""
        places = [*(one.place for one in self.answerers), *(one.phone.chat for one in self.talkers)]
        at = {word: one.date for place in places for one in _ours(place) for word in words(one)}
        there = [(word, line) for one in self.talkers for word, line in one.said.items() if not word.endswith("x0")]
        answers = [(word, line) for one in self.answerers for word, line in one.said.items()]
        return _waited(there, at), _waited(answers, at)


def _waited(said: Iterable[tuple[str, Message]], at: Mapping[str, float]) -> list[float]:
    return [at[word] - line.date for word, line in said if word in at]


def _ours(chat: Chat) -> list[Message]:
    return [message for message in chat.messages.values() if message.sender.is_bot]


async def staffed(app: App, telegram: StandIn, people: int = PEOPLE, lines: int = LINES) -> Crowd:
    """A manager with a desk group, eight consultants with their rooms, and as many people as are to come."""
    world = telegram.world
    manager = await _hired(app, world.person("Manager"), Role.MANAGER)
    desk = world.group("Desk", manager, supergroup=True)
    await _bound(manager, desk, "/desk")
    phones = [world.person(f"Person {number}") for number in range(people)]
    await _known(app, phones)
    answerers, share = [], people // (PLAIN + TOPICS)
    for seat in range(PLAIN + TOPICS):
        one = await _hired(app, world.person(f"Consultant {seat}"), Role.CONSULTANT)
        room = world.group(f"Room {seat}", one, forum=True) if seat >= PLAIN else None
        if room is not None:
            await _bound(one, room, "/room")
        mine = frozenset(phone.id for phone in phones[seat * share : (seat + 1) * share])
        answerers.append(Answerer(one, mine, lines, room, desk if seat == 0 else None))
    return Crowd(app, desk, [Talker(number, phone, lines) for number, phone in enumerate(phones)], answerers)


def seated(telegram: StandIn, people: int = PEOPLE, lines: int = LINES) -> Crowd:
    """The same people and consultants in the same rooms, and no desk."""
    world, share = telegram.world, people // (PLAIN + TOPICS)
    phones = [world.person(f"Person {number}") for number in range(people)]
    answerers = []
    for seat in range(PLAIN + TOPICS):
        one = world.person(f"Consultant {seat}")
        room = world.group(f"Room {seat}", one, supergroup=True) if seat >= PLAIN else None
        if room is not None:
            room.takes_bot()
        mine = frozenset(phone.id for phone in phones[seat * share : (seat + 1) * share])
        answerers.append(Answerer(one, mine, lines, room))
    for phone in (*phones, *(one.phone for one in answerers)):
        phone.chat.started = True
    talkers = [Talker(number, phone, lines) for number, phone in enumerate(phones)]
    return Crowd(None, world.group("Nobody", phones[0]), talkers, answerers)


async def _known(app: App, phones: Sequence[Person]) -> None:
    """People who have spoken with the bot before: they have a language, and the bot may write to them."""
    now = datetime.now(UTC)
    state = State(0, language="en").to_json()
    async with app.store.transaction() as work:
        known = await work.conversations({phone.id for phone in phones})
        await work.save([replace(one, state=state, touched=now.date()) for one in known.values()], now)
    for phone in phones:
        phone.chat.started = True


async def _hired(app: App, phone: Person, role: Role) -> Person:
    link = await invite(app.store, app.me.username, role)
    reader = Reader(lambda: phone.chat)
    phone.says(f"/start {link.partition('start=')[2]}")
    message, data = await reader.button("speak_en")
    phone.presses(message.message_id, data)
    await reader.next()
    return phone


async def _bound(phone: Person, group: Meeting, command: str) -> None:
    """The word that it is done comes into the desk group, or to whom the room is."""
    group.takes_bot()
    await Reader(lambda: group.chat).next()
    reader = Reader(lambda: group.chat if command == "/desk" else phone.chat)
    reader.skip()
    phone.says(command, group)
    await reader.next()
