"""One HTTP exchange with the Bot API, its answer read as loosely as possible.

Law: "ok" is delivered. aiogram checks every field of an answer, so one that a newer server adds or an older one omits
would turn a delivered message into an unknown one, and the courier would send it again; here only the envelope counts.
"""

from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientTimeout
from pydantic import BaseModel, ValidationError

from bot.telegram.failures import Migrated, Unknown, failure_of

PATIENCE = 40
"""Seconds for a whole exchange: the server itself waits up to 8 s for its own limits before it answers."""
CONNECTING = 10
"""Seconds for a connection: after these the request is known to be unsent."""


class Parameters(BaseModel):
    """What Telegram adds to some refusals."""

    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


class Envelope(BaseModel):
    """Every answer of the Bot API."""

    ok: bool
    result: Any = None
    description: str = ""
    parameters: Parameters = Parameters()


_Good = Response[Any]
"""Made once: pydantic forgets a model of this kind as soon as nobody holds it, and making it is slow."""


class Wire(AiohttpSession):
    """aiogram's session with our time limits, raw results and our errors."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> TelegramType:
        """Send one request; `timeout` is in seconds for the whole exchange."""
        limits = ClientTimeout(total=timeout or PATIENCE, sock_connect=CONNECTING)
        return await super().make_request(bot, method, limits)  # type: ignore[arg-type]  # aiohttp takes it as it is

    async def close(self) -> None:
        """Close the connections. aiohttp itself waits for that by now; aiogram would wait 250 ms more."""
        if self._session is not None:
            await self._session.close()

    def check_response(
        self,
        bot: Bot,  # noqa: ARG002  # aiogram's signature
        method: TelegramMethod[TelegramType],  # noqa: ARG002  # aiogram's signature
        status_code: int,
        content: str,
    ) -> Response[TelegramType]:
        """Open the envelope. Raises a DeliveryError that knows nothing of what was sent."""
        envelope = _opened(content)
        if envelope is None:
            raise Unknown
        if not envelope.ok:
            _refuse(status_code, envelope)
        return cast("Response[TelegramType]", _Good.model_construct(ok=True, result=envelope.result))


def _opened(content: str) -> Envelope | None:
    try:
        return Envelope.model_validate_json(content)
    except ValidationError:
        return None


def _refuse(status: int, envelope: Envelope) -> None:
    if envelope.parameters.migrate_to_chat_id is not None:
        raise Migrated(envelope.parameters.migrate_to_chat_id)
    failure = failure_of(status, envelope.description, envelope.parameters.retry_after)
    if failure is not None:
        raise failure
