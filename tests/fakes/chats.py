"""A Telegram that lies in memory: chats are lists, and people are whoever says or taps something in them.

A letter is done at once; what somebody does comes back as the arrival that intake would make of it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.arrivals import Arrival, Barrier, Replied
from bot.letters import NEW_BUBBLES, Deed
from bot.telegram.calls import NOWHERE
from bot.telegram.failures import Never, Reason
from bot.telegram.gateway import Delivered
from dialogs.events import Chose, Sent, Started, Wrote
from dialogs.rendering import parse_tap


@dataclass
class Bubble:
    """One message. `author` is an account, None for the bot."""

    message: int
    text: str = ""
    rows: tuple = ()
    author: int | None = None
    thread: int | None = None
    reaction: str = ""
    kind: str = "text"


class Chats:
    """What would be Telegram: does what letters say.

    `trouble` says of a letter and its spot with which error it ends, if any; `meanwhile` is awaited once, while the
    next letter is in flight.
    """

    def __init__(self) -> None:
        self.chats: dict[int, dict[int, Bubble]] = defaultdict(dict)
        self.numbers = count(1)
        self.trouble: Callable = lambda letter, spot: None
        self.seen: Callable = lambda letter: None
        self.meanwhile: list[Callable] = []
        self.left: list[int] = []
        self.no_forums: set[int] = set()

    async def deliver(self, letter, spot=NOWHERE):
        if self.meanwhile:
            await self.meanwhile.pop()()
        failure = self.trouble(letter, spot)
        if failure is not None:
            raise failure
        self.seen(letter)
        chat = self.chats[letter.chat]
        if letter.deed in NEW_BUBBLES:
            kind = "photo" if letter.deed is Deed.COPY else "text"
            number = next(self.numbers)
            chat[number] = Bubble(number, letter.text, letter.rows, thread=spot.thread, kind=kind)
            return Delivered(letter.chat, number)
        self._change(letter, chat, spot)
        return Delivered(letter.chat)

    def _change(self, letter, chat, spot):
        match letter.deed:
            case Deed.LEAVE:
                self.left.append(letter.chat)
            case Deed.CLOSE_TOPIC:
                thread = letter.target[0] if letter.target else spot.thread
                for number in [number for number, one in chat.items() if one.thread == thread]:
                    del chat[number]
            case _:
                assert letter.target, letter
                for number in letter.target:
                    self._touch(letter, chat, number)

    @staticmethod
    def _touch(letter, chat, number):
        match letter.deed:
            case Deed.DELETE:
                chat.pop(number, None)
            case _ if number not in chat:
                pass
            case Deed.EDIT:
                chat[number].text, chat[number].rows = letter.text, letter.rows
            case Deed.STRIP:
                chat[number].rows = ()
            case Deed.REACT:
                chat[number].reaction = letter.emoji

    async def open_topic(self, chat, name):
        if chat in self.no_forums:
            raise Never(Reason.NO_RIGHTS)
        return next(self.numbers)


@dataclass
class Someone:
    """An account. What it does comes back as the arrival that intake would make of it."""

    village: Any
    id: int
    name: str

    def says(self, text, chat=0, *, thread=None, reply=None):
        return self._posted(Wrote(text), text, chat, thread=thread, reply=reply)

    def starts(self, payload=""):
        return self._posted(Started(payload), "/start", 0)

    def sends(self, kind, caption="", chat=0, *, thread=None, reply=None):
        return self._posted(Sent(kind, caption), caption, chat, thread=thread, reply=reply)

    def edits(self, message, text, chat=0):
        self.chat(chat)[message].text = text
        return self._arrival(Wrote(text), chat, below=message, edited=True)

    def taps(self, button, chat=0):
        """Press the newest button whose label, data or verb this is."""
        for bubble in sorted(self.chat(chat).values(), key=lambda one: -one.message):
            for label, data in (key for row in bubble.rows for key in row):
                if button in (label, data, parse_tap(data)[0]):
                    return self.presses(bubble.message, data, chat)
        raise LookupError(f"{self.name} sees no button {button}")

    def presses(self, message, data, chat=0):
        choice, nonce = parse_tap(data)
        callback = f"tap{next(self.village.taps)}"
        bubble = self.chat(chat).get(message)
        thread = bubble.thread if bubble else None
        return self._arrival(Chose(choice, nonce), chat, tapped=message, callback=callback, thread=thread)

    def blocks(self, *, blocked=True):
        return Barrier(next(self.village.updates), self.id, blocked)

    def chat(self, chat=0):
        return self.village.telegram.chats[chat or self.id]

    def sees(self, chat=0):
        """What the bot says there now, oldest first."""
        return [one for _, one in sorted(self.chat(chat).items()) if one.author is None]

    def reads(self, chat=0):
        """All of it in one."""
        return "\n".join(one.text for one in self.sees(chat))

    def _posted(self, event, text, chat, *, thread=None, reply=None):
        number = next(self.village.telegram.numbers)
        kind = event.kind if isinstance(event, Sent) else "text"
        answered = self.chat(chat).get(reply) if reply else None
        replied = Replied(reply, answered.text if answered else "", answered.kind if answered else "text")
        self.chat(chat)[number] = Bubble(number, text, author=self.id, thread=thread, kind=kind)
        return self._arrival(event, chat, below=number, thread=thread, reply=replied if reply else None)

    def _arrival(self, event, chat, **fields):
        number, now = next(self.village.updates), self.village.moment
        return Arrival(number, self.id, event, sent=now, chat=chat, name=self.name, **fields)
