"""Whatever persons, staff and groups do, in whatever order and batches: nothing is condemned and nobody is mistaken.

Three people, three of the staff, a desk group and a forum group do anything they could do, and much they should not.
Each line carries a word that says whose it is, so that every letter can be asked whether it may go where it goes.
"""

import asyncio
import random
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from bot.arrivals import Joined, Moved
from bot.desk import table
from bot.desk.cases import Phase
from bot.desk.desk import Desk
from bot.desk.staff import Role
from bot.desk.talking import TAPS
from bot.letters import NEW_BUBBLES, Deed
from bot.telegram.failures import Blocked, Never, Reason, Unknown
from dialogs.rendering import parse_tap
from tests.fakes.village import DESK_GROUP, village

FORUM, STRANGE = -2000, -3000
WORD = re.compile(r"([PC])(\d+)n\d+")
"""A person's or a consultant's own word: whose, and which."""
KINDS = ("photo", "voice", "document", "contact", "sticker", "unsupported", "something new")
TYPED = ("/start", "/menu", "/sos", "/human", "/hide", "/forget", "/language", "/privacy", "/help", "112", "thank you")
LEADING = ("write", "human", "desk_again", "claim", "accept", "send", "allow", "again", "shut", "out_answered")
"""Buttons that people press more often than others, so that much happens."""
CHANCES = (1,)
BATCHES = 20


class Anything:
    """Draws what happens next."""

    def __init__(self, village_, chance):
        self.village, self.chance = village_, chance
        self.words = 0
        self.people, self.staff, self.stranger = [], [], None
        self.forum, self.group = FORUM, DESK_GROUP
        self.had = defaultdict(set)
        self.said = defaultdict(set)
        self.desk = Desk()
        self.places = defaultdict(set)

    async def settle_in(self):
        made = self.village
        self.staff = [
            await made.hires("Nino", Role.MANAGER),
            await made.hires("Gia", Role.MANAGER),
            await made.hires("Luka", room=FORUM),
        ]
        await made.binds()
        self.people = [await made.asks(name) for name in ("Anna", "Maka", "Temo")]
        self.stranger = made.someone("Stranger")
        await made.does(*(lambda one=one: one.taps("claim", DESK_GROUP) for one in self.staff))

    def word(self, one):
        self.words += 1
        return f"{'P' if one in self.people else 'C'}{one.id}n{self.words}"

    def arrival(self):
        chance = self.chance.random()
        if chance < 0.03:
            return self.about_groups()
        one = self.chance.choice([*self.people, *self.staff] if chance < 0.97 else [self.stranger])
        act = self.staffs if one in self.staff else self.persons
        return act(one)

    def persons(self, one):
        """Each deed as often as it stands here."""
        own = self.chance.choice(self.own_buttons())
        deeds = [
            *[lambda: self.says(one, 0)] * 4,
            *[lambda: self.tap(one, 0)] * 4,
            one.starts,
            lambda: one.says(self.chance.choice(TYPED)),
            lambda: one.sends(self.chance.choice(KINDS), self.word(one)),
            lambda: self.edit(one, 0),
            lambda: one.presses(1, f"{own}:{self.chance.randrange(4)}"),
            lambda: one.says(self.word(one), self.chance.choice((self.group, self.forum, STRANGE))),
        ]
        return self.one_of(deeds, seldom=lambda: one.blocks(blocked=self.chance.random() < 0.5))

    def staffs(self, one):
        chat = self.chance.choice((0, 0, 0, self.forum, self.forum, self.group, STRANGE))
        reply = self.any_message(one, chat)
        deeds = [
            *[lambda: self.says(one, chat)] * 4,
            *[lambda: self.tap(one, chat)] * 3,
            *[lambda: one.says(self.command(), chat, thread=self.thread(chat), reply=reply)] * 2,
            lambda: one.starts("i_nothing"),
            lambda: self.edit(one, chat),
            lambda: one.says(f"// {self.word(one)}", chat, reply=reply),
            lambda: one.sends(self.chance.choice(KINDS), self.word(one), chat, thread=self.thread(chat)),
            lambda: one.presses(1, self.forged(), chat),
        ]
        return self.one_of(deeds, seldom=lambda: one.blocks(blocked=self.chance.random() < 0.3))

    def one_of(self, deeds, seldom):
        return seldom() if self.chance.random() < 0.015 else self.chance.choice(deeds)()

    def says(self, one, chat):
        reply = self.any_message(one, chat) if self.chance.random() < 0.5 else None
        return one.says(self.word(one), chat, thread=self.thread(chat), reply=reply)

    def edit(self, one, chat):
        own = [message for message, bubble in one.chat(chat).items() if bubble.author == one.id]
        return one.edits(self.chance.choice(own), self.word(one), chat) if own else self.says(one, chat)

    def tap(self, one, chat):
        keys = [(b.message, data) for b in one.chat(chat).values() for row in b.rows for _, data in row]
        leading = [key for key in keys if parse_tap(key[1])[0].startswith(LEADING)]
        if not keys:
            return self.says(one, chat)
        drawn = self.chance.random()
        return one.presses(*self.chance.choice(leading if leading and drawn < 0.5 else keys[-8:]), chat)

    def any_message(self, one, chat):
        there = list(one.chat(chat))
        return self.chance.choice(there[-20:]) if there else None

    def thread(self, chat):
        threads = {bubble.thread for bubble in self.village.telegram.chats[self.forum].values()} - {None}
        return self.chance.choice([None, 77, *sorted(threads)]) if chat == self.forum else None

    def command(self):
        verb = self.chance.choice(table.COMMANDS).name
        return f"/{verb} {self.chance.choice(('', 'a word', '18:00', '31.12 10:00', '99:99'))}".strip()

    def forged(self):
        """A button as nobody was shown it."""
        verb = self.chance.choice(table.TAPS)
        rest = (
            f"_{self.chance.choice(('nothing', 'answered', 'other', 'tag7000000003', 'hour'))}" if verb.prefix else ""
        )
        tokens = [case.token for case in self.desk.cases.values()]
        return f"{verb.name}{rest}:{self.chance.choice([0, 1, 2**53, *tokens])}"

    @staticmethod
    def own_buttons():
        return [f"desk_{name}" for name in (*TAPS, "pass_photo", "pass_contact", "again")]

    def about_groups(self):
        number, by = next(self.village.updates), self.chance.choice([*self.staff, self.stranger]).id
        match self.chance.randrange(4):
            case 0:
                old, self.group = self.group, self.group - 1
                self.village.telegram.chats[self.group] = self.village.telegram.chats.pop(old, {})
                return Moved(number, old, self.group)
            case 1:
                return Joined(number, self.chance.choice((STRANGE, self.group)), by, inside=True)
            case 2:
                return Joined(number, self.chance.choice((STRANGE, self.forum)), by, inside=False)
            case _:
                return Joined(number, STRANGE - self.chance.randrange(3), by, inside=True)

    def trouble(self, letter, _spot):
        """Now and then Telegram says no, or nothing."""
        if self.chance.random() > 0.03:
            return None
        if letter.deed in NEW_BUBBLES and letter.chat > 0 and self.chance.random() < 0.5:
            return Blocked()
        if letter.deed in NEW_BUBBLES and self.chance.random() < 0.5:
            return Never(self.chance.choice((Reason.TOPIC, Reason.NO_RIGHTS, Reason.REFUSED, Reason.SOURCE)))
        return Unknown() if letter.deed in (Deed.SEND, Deed.COPY) and letter.chat > 0 else None

    # What must be so

    def watch(self, monkeypatch):
        after, anything = Desk.after, self

        def watched(desk, upshot):
            now = after(desk, upshot)
            anything.decided(desk, now, upshot)
            return now

        monkeypatch.setattr(Desk, "after", watched)
        self.village.telegram.seen = self.delivered

    def decided(self, before, now, upshot):
        for case in now.cases.values():
            if case.owner is not None and case.phase in (Phase.HUMAN, Phase.WRAP_UP):
                self.had[case.person] |= {case.owner, *case.readers}
        for one in now.staff.values():
            self.places[one.person].add(one.person)
            self.places[one.room].add(one.person)
        for post in upshot.posts:
            for whose, number in WORD.findall(post.letter.text):
                if whose == "C" and post.letter.chat in {person.id for person in self.people}:
                    case = before.cases[post.letter.chat]
                    assert case.owner == int(number), "only the owner's words go to a person"
                    assert case.phase is not Phase.CLOSED

    def delivered(self, letter):
        """At the moment of delivery what somebody said goes only where it may be read."""
        for whose, number in WORD.findall(letter.text):
            if whose == "P" and letter.chat != int(number):
                assert self.places[letter.chat] & self.had[int(number)], "read by who never had the case"
            if whose == "C":
                assert letter.chat != self.group
                self.reached(letter, int(number))

    def reached(self, letter, author):
        if letter.chat in {person.id for person in self.people}:
            assert author in self.had[letter.chat]
            if letter.deed in NEW_BUBBLES:
                self.said[letter.text].add(letter.chat)
                assert len(self.said[letter.text]) == 1, "one line, one person"

    async def check(self):
        self.desk = await self.village.desk()
        assert not self.village.condemned, Counter(self.village.condemned)
        for case in self.desk.cases.values():
            if case.phase is Phase.WAITING:
                assert case.owner is None
            if case.phase in (Phase.HUMAN, Phase.WRAP_UP):
                assert case.owner is not None
        assert self.desk.managers()

    async def check_round(self):
        await self.check()
        for case in self.desk.cases.values():
            assert not (case.is_open and case.owner is not None) or case.owner in self.desk.staff
        faults = await self.village.workers[0].store.check()
        assert not faults


async def lives(home, seed, monkeypatch, batches=BATCHES):
    chance = random.Random(seed)
    async with village(home) as made:
        anything = Anything(made, chance)
        anything.watch(monkeypatch)
        await anything.settle_in()
        made.telegram.trouble = anything.trouble
        await anything.check()
        for _ in range(batches):
            await made.take(*(anything.arrival() for _ in range(chance.randint(1, 6))))
            await anything.check()
            if chance.random() < 0.7:
                await made.rest()
            if chance.random() < 0.2:
                await made.later(minutes=chance.choice((1, 12, 35, 700)))
                await anything.check_round()
        await made.rest()
        await made.later(minutes=1)
        await anything.check_round()
        return anything


@pytest.fixture(scope="module")
def empty():
    """A home with a migrated database, to copy others from."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_opened(Path(folder)))
        yield Path(folder)


async def _opened(home):
    async with village(home):
        pass


@pytest.mark.parametrize("seed", CHANCES)
async def test_whatever_happens_nothing_is_condemned_and_nobody_reads_what_is_not_theirs(
    seed, empty, tmp_path, monkeypatch
):
    shutil.copytree(empty, tmp_path / "home")
    await lives(tmp_path / "home", seed, monkeypatch)
