"""`kill -9`, twenty times, while people write and tap: the real process against the stand-in.

What they must read comes from the same updates taken one after the other, with no process, database or network.
"""

import asyncio
import random
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import groupby, zip_longest

from bot.answering import answer
from bot.arrivals import Arrival
from bot.clock import TBILISI
from bot.sandbox.clock import first_ring
from bot.sandbox.person import Person
from bot.sandbox.standin import StandIn
from bot.telegram.updates import incoming
from dialogs.editing.plans import choices
from dialogs.rendering import parse_tap
from storage import Conversation
from storage.vault.dek import Dek
from tests.fakes import real
from tests.fakes.program import TOKEN, program

KILLS = 20
PEOPLE = 12
WORDS = ("/help", "/privacy", "/menu", "/language", "something we do not understand")
VOIDS = {"sos", "forget"}
"""Scripts that rightly void what was not sent yet, so that what must be read depends on how far the courier was."""
PATIENCE = 60.0
MORE_LIVES = 5


@dataclass
class Writer:
    """Somebody who writes and taps all the time. Keeps which updates came of it and where the numbering began."""

    telegram: StandIn
    person: Person
    chance: random.Random
    arrivals: list[Arrival] = field(default_factory=list)
    first_nonce: int = 0

    async def live(self, over: asyncio.Event):
        self.person.says("/start")
        self._note()
        first, *_ = await self.person.hears(within=PATIENCE)
        _, self.first_nonce = parse_tap(first.keyboard[0][0].data)
        while not over.is_set():
            if self.chance.random() < 0.7:
                self.person.says(self.chance.choice(WORDS))
                self._note()
            else:
                self._tap()
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), self.chance.uniform(1.5, 4.0))  # a chat is given one line a second

    def _tap(self):
        """Any button on the screen, fresh or stale."""
        keys = [
            (bubble.message_id, key.data) for bubble in self.person.sees() for row in bubble.keyboard for key in row
        ]
        harmless = [(message, data) for message, data in keys if parse_tap(data)[0] not in _voiding()]
        if harmless:
            self.person.presses(*self.chance.choice(harmless[-8:]))
            self._note()

    def _note(self):
        arrival = incoming(self.telegram._ledger.queue._waiting[-1].to_json())
        assert isinstance(arrival, Arrival)
        self.arrivals.append(arrival)

    def heard(self) -> list[str]:
        """What the bot wrote into this chat, bubbles and edits, in order."""
        mine = (call for call in self.telegram.calls if call.chat_id == self.person.id and call.ok)
        words = (call.parameters.get("text") or call.parameters.get("caption") for call in mine)
        return [text for text in words if text]


@cache
def _voiding() -> frozenset[str]:
    """The choices that lead into such a script, hide, or ask whether to hide; and the answer that there is danger."""
    book = real.book()
    nodes = ((name, place, (book.node(place).choose or {}).get(name)) for place, name in choices(book))
    ways = [(name, place, way) for name, place, way in nodes if way]
    named = {
        name
        for name, place, way in ways
        if way.do or (way.goto or way.call) == "privacy.vanish" or _script(book, place, way) in VOIDS
    }
    return frozenset(named | {"sos", "danger"})


def _script(book, place, way):
    target = way.goto or way.call
    return book.target(target, place).script if target else None


def _serially(book, writer: Writer):
    """The texts that answer what this person did, in order, and the state after it."""
    conversation, said, today = Conversation(b"", writer.person.id, Dek.new()), [], datetime.now(TBILISI).date()
    greeting = answer(book, conversation, writer.arrivals[0], today, 0).letters[-1]
    _, greeted = parse_tap(greeting.rows[0][0][1])
    for arrival in writer.arrivals:
        answered = answer(book, conversation, arrival, today, writer.first_nonce - greeted)
        assert not answered.supersedes
        conversation = answered.conversation
        said += [letter.text for letter in answered.letters if letter.text]
    return said, conversation.state


def _doubles(heard: Iterable[str], said: Iterable[str]) -> int | None:
    """How many texts were heard again right after themselves; None when anything else differs."""
    runs = [[(text, len(list(run))) for text, run in groupby(texts)] for texts in (heard, said)]
    more = 0
    for (text, times), (expected, least) in zip_longest(*runs, fillvalue=("", 0)):
        if text != expected or times < least:
            return None
        more += times - least
    return more


async def _live_and_die(telegram, bot, chance, number):
    """One life: most end at work, every fifth while still starting."""
    bot.start()
    if number % 5 == 4:
        await asyncio.sleep(chance.uniform(0.05, 0.9))
    else:
        async with asyncio.timeout(PATIENCE):
            await first_ring([telegram._gate.polling._replaced], None)  # it asked for updates
        await asyncio.sleep(chance.uniform(0.0, 0.3))
    bot.kill()


async def _all_answered(book, telegram, writers):
    """Wait until everybody has heard what they must."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while telegram.waiting_updates or any(
                _doubles(writer.heard(), _serially(book, writer)[0]) is None for writer in writers
            ):
                await first_ring([writer.person.chat.changed for writer in writers], 1.0)


async def _say_the_rest(bot, telegram):
    """What was in flight at the last kill is said again, perhaps only after everybody has heard enough."""
    for _ in range(MORE_LIVES):
        async with bot.left_behind() as store, store.transaction() as work:
            if not await work.waiting():
                return
        bot.start()
        async with asyncio.timeout(PATIENCE):
            await first_ring([telegram._gate.polling._replaced], None)
        await asyncio.sleep(2.0)  # to say it: what has not departed when the stop comes waits for the next life
        assert await bot.stop() == 0


async def test_twenty_kills_under_traffic_leave_nobody_unanswered_and_nothing_broken(tmp_path):
    seed, book = secrets.randbits(32), real.book()
    chance, over = random.Random(seed), asyncio.Event()
    async with StandIn(token=TOKEN) as telegram:
        telegram.limits.enforced = False
        people = [telegram.world.person(f"Person {number}") for number in range(PEOPLE)]
        writers = [Writer(telegram, person, random.Random(f"{seed} {person.chat.title}")) for person in people]
        with program(tmp_path, telegram.url) as bot:
            async with asyncio.TaskGroup() as group:
                for writer in writers:
                    group.create_task(writer.live(over))
                for number in range(KILLS):
                    await _live_and_die(telegram, bot, chance, number)
                bot.start()
                over.set()
            await _all_answered(book, telegram, writers)
            assert await bot.stop() == 0
            await _say_the_rest(bot, telegram)

            for writer in writers:
                doubles = _doubles(writer.heard(), _serially(book, writer)[0])
                assert doubles is not None, f"somebody was not answered, or out of order (seed {seed})"
                assert doubles <= KILLS, f"more was said twice than kills explain (seed {seed})"
            await _assert_sound(bot, book, writers, seed)
        assert telegram.waiting_updates == 0, f"seed {seed}"
        assert sum(len(writer.arrivals) for writer in writers) > 2 * KILLS, "there was no traffic"
        assert '"courier.recovered"' in bot.output.read_text(), "no kill met a letter in flight"


async def _assert_sound(bot, book, writers, seed):
    """The file is whole, every conversation opens and stands where it must, and no letter is left."""
    async with bot.left_behind() as store:
        assert await store.check() == [], f"seed {seed}"
        async with store.transaction() as work:
            assert await work.waiting() == 0, f"seed {seed}"
            found = await work.conversations([writer.person.id for writer in writers])
            for writer in writers:
                stored = found[writer.person.id]
                assert not stored.damaged
                assert stored.state == _serially(book, writer)[1], f"seed {seed}"
