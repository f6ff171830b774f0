"""Looking at a chat of the stand-in as somebody does who waits for something to come."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.sandbox.chats import Chat, Group
from bot.sandbox.clock import first_ring
from bot.sandbox.messages import Message
from bot.sandbox.person import Person


@dataclass(slots=True)
class Reader:
    """Sees of a chat what the bot wrote or changed, one after the other. A group may be another chat by now."""

    chat: Callable[[], Chat]
    _seen: int = 0
    _unread: deque[Message] = field(default_factory=deque)

    async def next(self) -> Message:
        """The next message that came or was changed; waits for it."""
        while not self._unread and not self._look():
            await first_ring((self.chat().changed,), None)
        return self._unread.popleft()

    async def button(self, *begins: str) -> tuple[Message, str]:
        """Wait for a button whose label, or data, begins in one of these ways; its message and its data."""
        while True:
            message = await self.next()
            for data in buttons(message, *begins):
                return message, data

    def skip(self) -> None:
        """Care only for what comes from now on."""
        self._look()
        self._unread.clear()

    def _look(self) -> bool:
        chat = self.chat()
        fresh = [one for one in chat.messages.values() if one.version > self._seen and one.sender.is_bot]
        self._unread.extend(sorted(fresh, key=lambda one: one.version))
        self._seen = chat.version
        return bool(fresh)


def buttons(message: Message, *begins: str) -> Iterator[str]:
    """The data of those buttons of a message whose label, or data, begins in one of these ways."""
    for key in (key for row in message.keyboard for key in row):
        data = str(key.get("callback_data", ""))
        if data.startswith(begins) or str(key["text"]).startswith(begins):
            yield data


async def tapped(person: Person, message: int, data: str, where: Group | None = None) -> str:
    """Tap, and wait for the note above the chat."""
    person.presses(message, data, where)
    while person.toast is None:
        await first_ring((person.chat.changed,), None)
    return person.toast
