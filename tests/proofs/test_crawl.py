"""Every button of the book is tapped by people with phones, through the stand-in for Telegram, each in one language.

Beside each person walks the engine: it says where they are and what the phone must show. Nothing may fail, no bubble
may have a line in another language, in whichever it is read, and none may leave a person without a way on.
"""

import asyncio
import html
import re
from collections import deque
from dataclasses import dataclass, field, replace

import pytest

from bot.clock import TBILISI
from dialogs import checking, engine
from dialogs.effects import Show
from dialogs.events import Chose, Started, Wrote
from dialogs.rendering import parse_tap, render, tap_data
from dialogs.showing import on_offer
from dialogs.speaking import words_of
from dialogs.state import State
from tests.fakes.real import book
from tests.fakes.whole import whole

BOOK = book()
PLACES = list(BOOK.places())
ROWS = frozenset(name for row in BOOK.frame.always for name in row)
AT_ONCE = 8
"""People of one language who walk at the same time."""
A_WHILE = 0.5
"""Seconds between two taps, on the clock that jumps for all of them: nobody meets a limit for their chat."""
MANY = [
    "row.language",
    "menu.top.more",
    "more.topics.tongue",
    *(f"start.languages.{language}" for language in BOOK.frame.languages),
]
TAKE_UP = "on"
"""The button that goes on with the questions where they were left."""
LETTERS = {"ka": "[\u10d0-\u10ff]", "ru": "[\u0400-\u04ff]"}
NAMES = [words_of(BOOK, text, language) for text in MANY for language in BOOK.frame.languages]
"""Labels that are there for people who cannot read the language the bubble is in."""


def foreign_lines(language, lines):
    others = [letters for name, letters in LETTERS.items() if name != language]
    return [line for line in lines if line not in NAMES and any(re.search(letters, line) for letters in others)]


def is_of_book(bubble):
    """What the desk says to one who waits comes when it comes."""
    keys = [key for row in bubble.keyboard for key in row]
    return bool(keys) and not any(key.data.startswith("desk_") for key in keys)


@dataclass
class Visitor:
    """A person with a phone, and the engine's idea of where they are. `taken` is shared by all of one language."""

    phone: object
    clock: object
    language: str
    taken: set
    state: State = field(default_factory=lambda: State(nonce=0))
    screen: object = None

    async def starts(self):
        self.phone.says("/start")
        if self.state.place is None:  # where the bot begins to count is its own
            await self._looks()
            first = parse_tap(self.screen.keyboard[0][0].data)[1]
            self.state = replace(self.state, nonce=first - 1)
        await self._follows(Started())
        if self.state.place == BOOK.start:
            await self.chooses(
                next(name for name, way in self.offered() if getattr(way, "language", "") == self.language)
            )

    async def speaks_again(self):
        """Back to the visitor's own language, after all was forgotten or another one tried."""
        await (self.starts() if self.state.language is None else self.writes("/language"))
        if self.state.language != self.language:
            await self.chooses(self._own_language())

    async def writes(self, text):
        await self.clock.sleep(A_WHILE)
        self.phone.says(text)
        await self._follows(Wrote(text))

    async def chooses(self, choice):
        self.taken.add((self.state.place, choice))
        await self.clock.sleep(A_WHILE)
        self.phone.taps(tap_data(choice, self.state.nonce))
        await self._follows(Chose(choice, self.state.nonce))

    def _own_language(self):
        return next(name for name, way in self.offered() if getattr(way, "language", "") == self.language)

    def offered(self):
        return on_offer(BOOK, self.state, self.state.place).items()

    def untaken(self):
        """What is still to be tapped where the visitor stands."""
        offered = dict(self.offered())
        return next((choice for choice in choices_left(self, self.state.place) if choice in offered), None)

    async def _follows(self, event):
        done = engine.step(BOOK, self.state, event)
        self.state = done.state
        shows = [effect for effect in done.effects if isinstance(effect, Show)]
        if shows:
            await self._reads(shows[-1])
        else:  # hidden or forgotten: a line comes that has no buttons
            await self._looks()
            self.screen = None

    def _shown(self):
        screen = self.screen
        return screen and (screen.text, [[(key.text, key.data) for key in row] for row in screen.keyboard])

    async def _looks(self):
        """Wait for whatever comes next on the phone; the newest bubble of the book with buttons is the screen."""
        news = [bubble for bubble in await self.phone.hears(1, within=60) if is_of_book(bubble)]
        newest = [bubble for bubble in news if not self.screen or bubble.message_id >= self.screen.message_id]
        self.screen = max(newest, key=lambda bubble: bubble.message_id, default=self.screen)

    async def _reads(self, show):
        """Wait until the phone shows what the engine says, and look at it as a reader would."""
        told = render(BOOK, show, self.clock.now().astimezone(TBILISI).date())
        words = html.unescape(re.sub("</?b>", "", told.text))
        buttons = [[(button.label, button.data) for button in row] for row in told.rows]
        while self._shown() != (words, buttons):
            await self._looks()
        if show.language:
            assert {"sos", "human"} <= {offer.choice for offer in show.buttons}
            for language in BOOK.frame.languages:
                self._is_read_in(language, show)

    def _is_read_in(self, language, show):
        """The same bubble as somebody else reads it."""
        told = render(BOOK, replace(show, language=language), self.clock.now().astimezone(TBILISI).date())
        labels = [button.label for row in told.rows for button in row]
        assert foreign_lines(language, [*told.text.splitlines(), *labels]) == []


def after(state, choice):
    return engine.step(BOOK, state, Chose(choice, state.nonce)).state


def ways_from_the_menu(language):
    """To each place the shortest way from the menu: where it leads through, and what is tapped there."""
    menu = engine.enter(BOOK, State(nonce=0, language=language), BOOK.menu).state
    ways, ahead = {menu.place: {}}, deque([menu])
    while ahead:
        state = ahead.popleft()
        for choice in on_offer(BOOK, state, state.place):
            there = after(state, choice)
            if there.language == language and there.place not in ways:
                ways[there.place] = {**ways[state.place], state.place: choice}
                ahead.append(there)
    return ways


def rest_of(way, state, place):
    """The taps that lead there from where somebody stands on the way, questions left behind taken up; None: none do."""
    taps = []
    while state.place != place:
        offered = on_offer(BOOK, state, state.place)
        choice = next((one for one in (way.get(state.place), TAKE_UP) if one in offered), None)
        if state.place not in way or choice is None or len(taps) > len(way):
            return None
        state = after(state, choice)
        taps.append(choice)
    return taps


def apart(ways, n):
    """The same ways, begun elsewhere by each of those who walk at the same time."""
    begin = n * len(ways) // AT_ONCE
    return dict([*ways.items()][begin:] + [*ways.items()][:begin])


async def crawl(visitor, ways):
    """Tap whatever nobody tapped yet; where nothing is left, go where something is."""
    await visitor.starts()
    for place, way in ways.items():
        while choices_left(visitor, place):
            for choice in await on_the_way(visitor, place, way):
                await visitor.chooses(choice)
            assert visitor.state.place == place
            await wander(visitor)


async def on_the_way(visitor, place, way):
    """Be somewhere on the way: here, in the menu, or in the menu as somebody new. What is to be tapped from there."""
    taps = rest_of(way, visitor.state, place) if visitor.screen else None
    for words in ("/menu", "/hide /menu"):
        if taps is None:
            for word in words.split():
                await visitor.writes(word)
            taps = rest_of(way, visitor.state, place)
    assert taps is not None
    return taps


async def wander(visitor):
    """On and on, as long as there is something nobody has tapped here, or one step back."""
    while visitor.screen:
        choice = visitor.untaken() or step_back(visitor)
        if choice is None:
            return
        await visitor.chooses(choice)
        if visitor.state.language != visitor.language:
            await visitor.speaks_again()


def step_back(visitor):
    behind = visitor.state.trail[-1:]
    return "back" if behind and choices_left(visitor, behind[0]) else None


def choices_left(visitor, place):
    """Lines, choices, answers and fixed rows of a place, in the language whose turn it is there.

    Choices that are there only at times are left to the plans.
    """
    node, turn = BOOK.node(place), PLACES.index(place) % len(BOOK.frame.languages)
    mine = BOOK.frame.languages[turn] == visitor.language
    rows = [*checking.ways(BOOK, place), *on_offer_everywhere(place)]
    own = [name for name, choice in (node.choose or {}).items() if choice.when is None] if node else []
    wanted = [*node.tick, *own, *rows] if node and mine else []
    return [choice for choice in wanted if (place, choice) not in visitor.taken]


def on_offer_everywhere(place):
    """The fixed rows that are under a place however one came there."""
    rows = sorted(ROWS - {"back", "menu"})
    return [*rows, *(["menu"] if place != BOOK.menu else [])]  # which leads away for good, hence last


@pytest.mark.timeout(400)
async def test_every_tap_is_answered_in_the_language_of_who_taps_and_leads_on(tmp_path):
    ways = {language: ways_from_the_menu(language) for language in BOOK.frame.languages}
    taken = {language: set() for language in ways}
    async with whole(tmp_path, alone=True) as house:
        visitors = [
            Visitor(house.person(f"{language} {n}"), house.clock, language, taken[language])
            for language in ways
            for n in range(AT_ONCE)
        ]
        parts = ((visitor, n % AT_ONCE) for n, visitor in enumerate(visitors))
        await asyncio.gather(*(crawl(visitor, apart(ways[visitor.language], n)) for visitor, n in parts))
    for visitor in visitors:
        assert [place for place in ways[visitor.language] if choices_left(visitor, place)] == []
