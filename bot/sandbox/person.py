"""A person with a phone: says, taps, edits, blocks, and looks at what came back.

Law: a person does what the app lets people do; everything they do reaches the bot as Telegram would bring it.
It will not: answer by itself.
"""

import asyncio
from typing import Protocol

from bot.sandbox.bubbles import Bubble, Key, bubble
from bot.sandbox.chats import Chat, Group, Member, PrivateChat, Standing
from bot.sandbox.clock import first_ring
from bot.sandbox.delivery import deliver, deliver_standing, member_json
from bot.sandbox.formatted import typed
from bot.sandbox.ledger import Ledger
from bot.sandbox.messages import Content, Message
from bot.sandbox.people import Someone, anonymous_admin
from bot.sandbox.shapes import CAPTIONED, Json, Kind

PATIENCE = 5.0
TBILISI: Json = {"latitude": 41.7151, "longitude": 44.8271}
FILELESS: dict[Kind, Json] = {
    Kind.LOCATION: TBILISI,
    Kind.VENUE: {"location": TBILISI, "title": "Station", "address": "Station square"},
    Kind.DICE: {"emoji": "🎲", "value": 4},
    Kind.POLL: {
        "id": "5000000000000000001",
        "question": "When?",
        "options": [
            {"persistent_id": str(number), "text": text, "voter_count": 0}
            for number, text in enumerate(("now", "later"))
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
}
"""What is sent without a file."""


class Venue(Protocol):
    """Where else than in private one may act: a group, under whatever number it has today."""

    chat: Group


class Person:
    """Somebody who writes to the bot, alone or in a group (`where`)."""

    def __init__(self, ledger: Ledger, chat: PrivateChat) -> None:
        self._ledger = ledger
        self._heard = 0
        self.chat = chat

    @property
    def id(self) -> int:
        """The account's number, and that of the private chat."""
        return self.chat.id

    @property
    def who(self) -> Someone:
        """The account."""
        return self.chat.person

    @property
    def toast(self) -> str | None:
        """The note after the last tap."""
        return self.chat.toast

    def says(
        self, text: str, where: Venue | Group | None = None, *, thread: int | None = None, reply_to: int | None = None
    ) -> Message:
        """Write a text."""
        return self._post(Content(Kind.TEXT, typed(text)), where, thread, reply_to)

    def sends(
        self,
        kind: Kind,
        caption: str = "",
        where: Venue | Group | None = None,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Send a thing: a voice note, a photo, a sticker, a document, a contact, a place, a poll."""
        return self._post(self._content(kind, caption), where, thread, reply_to)

    def sends_album(self, *captions: str, where: Venue | Group | None = None) -> list[Message]:
        """Send several photos as one, a caption each."""
        album = self._ledger.new_album()
        photos = (self._content(Kind.PHOTO, caption) for caption in captions)
        return [self._post(photo, where, None, None, album) for photo in photos]

    def edits(self, message_id: int, text: str, where: Venue | Group | None = None) -> None:
        """Change what one wrote, or the caption. Raises KeyError when there is no such message."""
        chat = self._place(where)
        message = chat.messages[message_id]
        message.content = Content(message.content.kind, typed(text), message.content.thing)
        message.edited_at = self._ledger.clock.now()
        chat.touch(message)
        deliver(self._ledger, chat, message, edited=True)

    def taps(self, label: str, where: Venue | Group | None = None) -> str:
        """Press the newest button with this label or data; the query's id. Raises LookupError when there is none."""
        for message in reversed(self._shown(where)):  # a chat may be long, and what is tapped is mostly new
            seen = bubble(self._ledger, message, self.who)
            for key in (key for row in seen.keyboard for key in row):
                if label in (key.text, key.data):
                    return self.presses(seen.message_id, _data(key), where)
        raise LookupError("no button with this label or data is on the screen")

    def presses(self, message_id: int, data: str, where: Venue | Group | None = None) -> str:
        """Send this data as a tap on this message, whatever its buttons are by now; the query's id."""
        chat = self._place(where)
        tap = self._ledger.taps.begin(self.id)
        self.chat.toast = None
        body: Json = {
            "id": tap.query_id,
            "from": self.who.to_json(),
            "message": self._tapped(chat, message_id),
            "chat_instance": str(chat.id * 31),
            "data": data,
        }
        self._ledger.queue.add("callback_query", body)
        return tap.query_id

    def blocks(self) -> None:
        """Stop the bot from writing."""
        self._set_blocked(blocked=True)

    def unblocks(self) -> None:
        """Let the bot write again."""
        self._set_blocked(blocked=False)

    def clears(self) -> None:
        """Empty one's own view of the chat; the bot is not told."""
        for message in self.chat.messages.values():
            message.hidden = True
        self.chat.touch()

    def leaves_telegram(self) -> None:
        """Delete the account."""
        self.chat.deactivated = True

    def sees(self, where: Venue | Group | None = None) -> list[Bubble]:
        """What is on the screen, oldest first."""
        return [bubble(self._ledger, message, self.who) for message in self._shown(where)]

    async def hears(self, count: int = 1, within: float = PATIENCE) -> list[Bubble]:
        """Wait (real seconds) until the bot wrote or edited so many bubbles since last asked; all of them, in order.

        Raises TimeoutError, which says how many came.
        """
        try:
            async with asyncio.timeout(within):
                while len(self._news()) < count:
                    await first_ring((self.chat.changed,), None)
        except TimeoutError:
            came = len(self._news())
            raise TimeoutError(f"the bot said {came} of {count} things within {within} s") from None
        news = self._news()
        self._heard = self.chat.version
        return [bubble(self._ledger, message, self.who) for message in news]

    def _shown(self, where: Venue | Group | None) -> list[Message]:
        return [message for message in self._place(where).messages.values() if not message.hidden]

    def _news(self) -> list[Message]:
        fresh = [one for one in self.chat.messages.values() if one.version > self._heard]
        return sorted((one for one in fresh if one.sender == self._ledger.bot), key=lambda one: one.version)

    def _post(
        self,
        content: Content,
        where: Venue | Group | None,
        thread: int | None,
        reply_to: int | None,
        album: str | None = None,
    ) -> Message:
        chat = self._place(where)
        self._open_private(chat)
        message = self._ledger.post(chat, self._name_in(chat), content)
        message.thread_id, message.reply_to, message.album = thread, reply_to, album
        message.anonymous = message.sender != self.who
        deliver(self._ledger, chat, message)
        return message

    def _place(self, where: Venue | Group | None) -> Chat:
        if where is None:
            return self.chat
        return where if isinstance(where, Group) else where.chat

    def _open_private(self, chat: Chat) -> None:
        """Writing to a blocked bot unblocks it, as the app does."""
        if chat is self.chat:
            self.chat.started = True
            if self.chat.blocked:
                self.unblocks()

    def _name_in(self, chat: Chat) -> Someone:
        member = chat.members.get(self.id) if isinstance(chat, Group) else None
        return anonymous_admin() if member is not None and member.anonymous else self.who

    def _content(self, kind: Kind, caption: str) -> Content:
        return Content(kind, typed(caption if kind in CAPTIONED else ""), self._thing(kind))

    def _thing(self, kind: Kind) -> object:
        if kind is Kind.CONTACT:
            return {"phone_number": "+995555000000", "first_name": self.who.name, "user_id": self.id}
        return FILELESS.get(kind) or self._ledger.files.new(kind)

    def _tapped(self, chat: Chat, message_id: int) -> Json:
        message = chat.messages.get(message_id)
        if message is None:
            return {"chat": chat.to_json(), "message_id": message_id, "date": 0}
        return self._ledger.wire(chat, message)

    def _set_blocked(self, *, blocked: bool) -> None:
        if self.chat.blocked is blocked:
            return
        self.chat.blocked = blocked
        bot = self._ledger.bot
        old, new = Member(bot, _standing(not blocked)), Member(bot, _standing(blocked))
        deliver_standing(self._ledger, self.chat, self.who, member_json(old), member_json(new))
        self.chat.touch()


def _standing(blocked: bool) -> Standing:  # noqa: FBT001 - a state, not a choice
    return Standing.KICKED if blocked else Standing.MEMBER


def _data(key: Key) -> str:
    if key.data is None:
        raise LookupError("this button is a link")
    return key.data
