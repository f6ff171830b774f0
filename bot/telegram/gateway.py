"""The Bot API as the house uses it: a few verbs, raw updates in, letters out.

Law: whatever goes wrong comes out as a DeliveryError without a cause or context, because aiogram's and aiohttp's own
errors carry the token's address, the text and the chat. It never retries, waits or counts: that is the courier's.
"""

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import Any, Self, cast

from aiogram import Bot
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import AnswerCallbackQuery, GetMe
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError

from bot.letters import NEW_BUBBLES, Deed, Letter
from bot.logs import log, place_of
from bot.telegram.calls import Call, calls, deletion, poll
from bot.telegram.failures import DeliveryError, Migrated, Never, Reason, Unknown, Unsent, WrongToken
from bot.telegram.picture import draw
from bot.telegram.wire import Wire

Update = dict[str, Any]
"""One update as it came: JSON nobody has looked into yet, so that one broken update spoils no batch."""

POLL_GRACE = 10
"""Seconds the HTTP request may take longer than the poll it carries."""

MOST_DELETED_AT_ONCE = 100
"""Telegram's limit for one deleteMessages."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as Telegram knows it."""

    id: int
    username: str


class Gateway:
    """One bot at one Bot API server."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

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

    async def updates(self, offset: int | None, timeout: int, limit: int = 100) -> list[Update]:  # noqa: ASYNC109
        """What came in from `offset` on, waiting up to `timeout` seconds: Telegram itself waits, not we."""
        answer = await self.ask(poll(offset, timeout, limit), timeout + POLL_GRACE)
        if not isinstance(answer, list):
            raise Unknown
        return cast("list[Update]", answer)

    async def deliver(self, letter: Letter) -> int | None:
        """Do what the letter says; for a SEND or a PHOTO, the id of the new message where Telegram named one."""
        try:
            return await self._deliver(letter)
        except Migrated as news:
            moved = replace(letter, chat=news.to)
        return await self._deliver(moved)

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

    async def _deliver(self, letter: Letter) -> int | None:
        if letter.deed is Deed.DELETE:
            await self.delete(letter.chat, letter.target)
            return None
        picture = await _drawn(letter) if letter.deed is Deed.PHOTO else b""
        answer: Any = None
        for call in _calls(letter, picture):
            answer = await self.ask(call)
        number = answer.get("message_id") if letter.deed in NEW_BUBBLES and isinstance(answer, dict) else None
        return number if isinstance(number, int) else None

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


def _calls(letter: Letter, picture: bytes) -> tuple[Call, ...]:
    try:
        return calls(letter, picture)
    except ValueError:
        pass
    raise Never(Reason.UNREADABLE)
