"""The Bot API as the house uses it: a few verbs, raw updates in, letters out.

Law: whatever goes wrong comes out as a DeliveryError without a cause or context, because aiogram's and aiohttp's own
errors carry the token's address, the text and the chat. It never retries, waits or counts: that is the courier's.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Self, cast

from aiogram import Bot
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import AnswerCallbackQuery, GetChatMember, GetMe, GetWebhookInfo
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError

from bot.letters import NEW_BUBBLES, Deed, Letter
from bot.logs import log, place_of
from bot.telegram.calls import NOWHERE, Call, Spot, calls, captioning, deletion, opening, poll
from bot.telegram.failures import DeliveryError, Migrated, Never, Reason, Unknown, Unsent, WrongToken
from bot.telegram.picture import draw
from bot.telegram.wire import Wire
from storage import Busy

Update = dict[str, Any]
"""One update as it came: JSON nobody has looked into yet, so that one broken update spoils no batch."""

POLL_GRACE = 10
"""Seconds the HTTP request may take longer than the poll it carries."""

Frozen = Callable[[str, str], Awaitable[bytes]]
"""Looks up a frozen file by its period and name. Raises storage.Busy when the store cannot be read now."""

MOST_DELETED_AT_ONCE = 100
"""Telegram's limit for one deleteMessages."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as Telegram knows it."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter was delivered: the new `message`, where Telegram named one, and the `chat` it lies in.

    That is not the letter's chat if the group moved meanwhile.
    """

    chat: int
    message: int | None = None


async def _nothing_frozen(_period: str, _name: str) -> bytes:
    raise LookupError("this gateway brings no files")


class Gateway:
    """One bot at one Bot API server. `frozen` is where the files come from that letters bring."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self.frozen: Frozen = _nothing_frozen

    @classmethod
    def open(cls, token: str, api_url: str | None = None) -> Self:
        """Prepare to speak with the server at `api_url`, Telegram's own if None. Connects with the first request.

        Raises WrongToken when the token has not even the form of one.
        """
        # Its records could hold what is sent; nothing it says is news to us.
        logging.getLogger("aiogram").disabled = True
        server = TelegramAPIServer.from_base(api_url) if api_url else PRODUCTION
        bot = _bot(token, Wire(api=server))
        if bot is None:
            raise WrongToken
        return cls(bot)

    async def close(self) -> None:
        """End the connections. Requests still in flight fail as Unknown."""
        await self._bot.session.close()

    async def me(self) -> Me:
        """Who the token makes us. Raises WrongToken, Unsent or Unknown."""
        answer = await self.ask(GetMe())
        return Me(answer["id"], answer["username"])

    async def webhook(self) -> str:
        """Where Telegram sends the updates; "" when it waits for us to ask. Raises a DeliveryError."""
        answer = await self.ask(GetWebhookInfo())
        return str(answer.get("url", "")) if isinstance(answer, dict) else ""

    async def member(self, chat: int, user: int) -> dict[str, Any]:
        """What somebody is in a group and may do there, as Telegram says it. Raises a DeliveryError."""
        answer = await self.ask(GetChatMember(chat_id=chat, user_id=user))
        return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}

    async def updates(self, offset: int | None, timeout: int, limit: int = 100) -> list[Update]:  # noqa: ASYNC109
        """What came in from `offset` on, waiting up to `timeout` seconds: Telegram itself waits, not we."""
        answer = await self.ask(poll(offset, timeout, limit), timeout + POLL_GRACE)
        if not isinstance(answer, list):
            raise Unknown
        return cast("list[Update]", answer)

    async def deliver(self, letter: Letter, spot: Spot = NOWHERE) -> Delivered:
        """Do what the letter says; a new bubble goes where `spot` says. Raises a DeliveryError."""
        try:
            return await self._deliver(letter, spot)
        except Migrated as news:
            moved = replace(letter, chat=news.to)
        if letter.target:
            # The new group counts its messages anew: the old numbers would be somebody else's.
            raise Never(Reason.GONE)
        return await self._deliver(moved, NOWHERE)

    async def open_topic(self, chat: int, name: str) -> int:
        """Make a forum topic and return its number. Raises Never(NO_RIGHTS) where that cannot be done.

        Nothing but a topic too many comes of asking twice, so that an unknown end is as good as Unsent.
        """
        thread: object = None
        small = False
        try:
            thread = (await self.ask(opening(chat, name)))["message_thread_id"]
        except Migrated:
            small = True
        except (Unknown, TypeError, LookupError):
            pass
        if small:
            raise Never(Reason.NO_RIGHTS)  # it has just moved, and has no topics yet
        if not isinstance(thread, int):
            raise Unsent
        return thread

    async def delete(self, chat: int, ids: tuple[int, ...]) -> None:
        """Delete messages. Raises Never(LOCKED) if some may not be deleted; all others are gone then."""
        portions = [ids[first : first + MOST_DELETED_AT_ONCE] for first in range(0, len(ids), MOST_DELETED_AT_ONCE)]
        if not all([await self._all_deleted(chat, portion) for portion in portions]):
            raise Never(Reason.LOCKED)

    async def answer(self, callback_id: str, text: str | None = None) -> None:
        """Stop the spinner on a tapped button; `text` (at most 200 characters) shows above the chat."""
        await self.ask(AnswerCallbackQuery(callback_query_id=callback_id, text=text))

    async def ask(self, call: Call, timeout: float | None = None) -> Any:  # noqa: ANN401, ASYNC109  # JSON, as it came
        """Make one request and return its raw result. Raises a DeliveryError that carries nothing of it."""
        try:
            return await self._bot(call, request_timeout=None if timeout is None else int(timeout))
        except TelegramNetworkError as error:
            never_left = isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError)
            failure: DeliveryError = Unsent() if never_left else Unknown()
        except UnicodeEncodeError:
            failure = Never(Reason.UNREADABLE)
        except (ClientError, OSError, ValueError):
            failure = Unknown()
        raise failure

    async def _deliver(self, letter: Letter, spot: Spot) -> Delivered:
        if letter.deed is Deed.DELETE:
            await self.delete(letter.chat, letter.target)
            return Delivered(letter.chat)
        content = await self._content(letter)
        answer: Any = None
        refused: Never | None = None
        try:
            for call in _calls(letter, spot, content):
                answer = await self.ask(call)
        except Never as refusal:
            refused = refusal
        if refused is not None:
            await self._mend(letter, refused)
        number = answer.get("message_id") if letter.deed in NEW_BUBBLES and isinstance(answer, dict) else None
        return Delivered(letter.chat, number if isinstance(number, int) else None)

    async def _content(self, letter: Letter) -> bytes:
        """What the letter brings beside its words. Raises Never, or Unsent while the store cannot be read."""
        if letter.frozen is None:
            return await _drawn(letter) if letter.deed is Deed.PHOTO else b""
        failure: DeliveryError = Unsent()
        try:
            return await self.frozen(*letter.frozen)
        except Busy:
            pass
        except Exception as error:  # noqa: BLE001  # whatever it is, that it does not open can still be said
            log.error("file.unopened", error=type(error).__name__, where=place_of(error))
            failure = Never(Reason.UNOPENED)
        raise failure

    async def _mend(self, letter: Letter, refusal: Never) -> None:
        """What can be done about a refusal at once: a topic to delete is gone; a line's new words are a caption."""
        if letter.deed is Deed.CLOSE_TOPIC and refusal.reason is Reason.TOPIC:
            return
        if letter.deed is not Deed.EDIT or letter.line is None or refusal.reason is not Reason.WORDLESS:
            raise refusal
        for message in letter.target:
            await self.ask(captioning(letter, message))

    async def _all_deleted(self, chat: int, ids: tuple[int, ...]) -> bool:
        """Halve a batch that is refused: one message past its 48 h must not keep ninety-nine others visible."""
        try:
            await self.ask(deletion(chat, ids))
        except Never as refusal:
            if refusal.reason is not Reason.LOCKED:
                raise
            middle = len(ids) // 2
            halves = (ids[:middle], ids[middle:]) if middle else ()
            return all([await self._all_deleted(chat, half) for half in halves]) and bool(halves)
        return True


def _bot(token: str, session: Wire) -> Bot | None:
    try:
        return Bot(token, session=session)
    except TokenValidationError:
        return None


async def _drawn(letter: Letter) -> bytes:
    """The card as a picture, drawn beside the event loop, so that nobody waits for another's picture."""
    try:
        title, *lines = letter.card
        return await asyncio.to_thread(draw, title, lines)
    except Exception as error:  # noqa: BLE001  # whatever it is, the words can still be said
        log.error("picture.undrawn", error=type(error).__name__, where=place_of(error))
    raise Never(Reason.UNDRAWN)


def _calls(letter: Letter, spot: Spot, content: bytes) -> tuple[Call, ...]:
    try:
        return calls(letter, spot, content)
    except ValueError:
        pass
    raise Never(Reason.UNREADABLE)
