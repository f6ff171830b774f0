"""The Bot API over HTTP: `/bot<token>/<method>`, and `/file/bot<token>/<path>` for what getFile names.

Law: what is said, and the token, appear in no log; a dropped connection is really dropped.
It will not: listen beyond the loopback address; the caller binds it.
"""

import hmac
import json
from http import HTTPStatus
from typing import assert_never

from aiohttp import web

from bot.sandbox.clock import first_ring
from bot.sandbox.documents import ANY_TYPE
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.gate import Gate, chat_of
from bot.sandbox.intake import read_request
from bot.sandbox.refusals import Refusal, not_found, too_many_requests, unauthorized
from bot.sandbox.shapes import Json

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
DROPPED = 0


class BotApi:
    """The HTTP side of one bot's Telegram."""

    def __init__(self, gate: Gate, token: str) -> None:
        self._gate = gate
        self._token = token

    def add_to(self, app: web.Application) -> None:
        """Serve the Bot API in this application."""
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._give)

    def _knows(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.match_info["token"].encode(), self._token.encode())

    async def _give(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return _answer(unauthorized().to_json())
        data = self._gate.ledger.files.lying_at(request.match_info["path"])
        if data is None:
            return _answer(not_found().to_json())
        return web.Response(body=data, content_type=ANY_TYPE)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return _answer(unauthorized().to_json())
        method = request.match_info["method"]
        try:
            parameters = await read_request(request, self._gate.ledger.files)
        except Refusal as refusal:
            return _answer(refusal.to_json())
        fault = self._gate.faults.take(method, chat_of(parameters))
        if fault is None:
            return _answer(await self._gate.answer(method, parameters))
        return await self._misbehave(request, fault, method, parameters)

    async def _misbehave(self, request: web.Request, fault: Fault, method: str, parameters: Json) -> web.StreamResponse:
        match fault.kind:
            case FaultKind.DELAY:
                await self._wait(fault.seconds)
                return _answer(await self._gate.answer(method, parameters))
            case FaultKind.DROP_AFTER:
                await self._gate.answer(method, parameters)
                return _drop(request)
            case FaultKind.DROP_BEFORE:
                self._gate.note(method, parameters, DROPPED, "connection dropped")
                return _drop(request)
            case FaultKind.HTML:
                self._gate.note(method, parameters, HTTPStatus.BAD_GATEWAY, "HTML instead of JSON")
                return web.Response(status=HTTPStatus.BAD_GATEWAY, text=BAD_GATEWAY, content_type="text/html")
            case FaultKind.SERVER_ERROR | FaultKind.REFUSE:
                return self._refuse(fault, method, parameters)
            case _:
                assert_never(fault.kind)

    def _refuse(self, fault: Fault, method: str, parameters: Json) -> web.Response:
        refusal = _refusal(fault)
        self._gate.note(method, parameters, refusal.code, refusal.description)
        return _answer(refusal.to_json())

    async def _wait(self, seconds: float) -> None:
        """Let the stand-in's own clock run so far: a test moves it, the sandbox waits."""
        clock = self._gate.ledger.clock
        until = clock.now() + seconds
        while (left := until - clock.now()) > 0 and not self._gate.polling.closed:
            await first_ring((clock.moved, self._gate.polling.closing), clock.real_seconds(left))


def _refusal(fault: Fault) -> Refusal:
    if fault.retry_after is not None:
        return too_many_requests(fault.retry_after)
    if fault.kind is FaultKind.SERVER_ERROR:
        return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error: restart")
    return Refusal(fault.code, fault.description)


def _drop(request: web.Request) -> web.StreamResponse:
    """Cut the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _answer(body: Json) -> web.Response:
    """The answer with its status; a 429 also says when to come back in a header."""
    code = body.get("error_code", HTTPStatus.OK)
    assert isinstance(code, int)
    parameters = body.get("parameters")
    headers = {}
    if isinstance(parameters, dict) and "retry_after" in parameters:
        headers["Retry-After"] = str(parameters["retry_after"])
    text = json.dumps(body, separators=(",", ":"))
    return web.Response(text=text, status=code, headers=headers, content_type="application/json")
