"""The control plane: `/sim/...`, JSON, for the page and for tests in other processes.

Law: it does what people do, through the same objects as tests in this process.
It will not: need a token; the stand-in listens on the loopback address only.
"""

import json
from http import HTTPStatus
from typing import TypeVar

from aiohttp import web
from pydantic import ValidationError

from bot.sandbox.asked import Asked, BotStanding, Joined, Moved, NewGroup, NewPerson, Rules, Trouble
from bot.sandbox.bubbles import Bubble
from bot.sandbox.chats import Chat
from bot.sandbox.clock import first_ring
from bot.sandbox.deeds import DEEDS, Actor
from bot.sandbox.faults import Fault
from bot.sandbox.gate import Gate
from bot.sandbox.group import Meeting
from bot.sandbox.person import Person
from bot.sandbox.shapes import Json
from bot.sandbox.world import World

LONGEST_WATCH = 60.0
A = TypeVar("A", bound=Asked)


class Control:
    """The control plane of one stand-in."""

    def __init__(self, gate: Gate, world: World) -> None:
        self._gate = gate
        self._world = world

    def add_to(self, app: web.Application) -> None:
        """Serve the control plane in this application."""
        app.router.add_get("/sim/people", self._people)
        app.router.add_post("/sim/people", self._new_person)
        app.router.add_get("/sim/chats/{id}", self._watch)
        app.router.add_post("/sim/chats/{id}/{deed}", self._do)
        app.router.add_get("/sim/groups", self._groups)
        app.router.add_post("/sim/groups", self._new_group)
        app.router.add_post("/sim/groups/{id}/members", self._join)
        app.router.add_post("/sim/groups/{id}/bot", self._set_bot)
        app.router.add_post("/sim/groups/{id}/upgrade", self._upgrade)
        app.router.add_post("/sim/faults", self._fault)
        app.router.add_delete("/sim/faults", self._no_faults)
        app.router.add_post("/sim/clock", self._advance)
        app.router.add_post("/sim/limits", self._limits)
        app.router.add_get("/sim/calls", self._calls)

    async def _people(self, _request: web.Request) -> web.Response:
        return web.json_response([_person_json(one) for one in self._world.people])

    async def _new_person(self, request: web.Request) -> web.Response:
        asked = await _read(request, NewPerson)
        person = self._world.person(asked.name, asked.language_code)
        return web.json_response({"id": person.id})

    async def _watch(self, request: web.Request) -> web.Response:
        """What lies in a chat; waits up to `wait` seconds until its version is not `after` any more."""
        chat_id = _number(request.match_info["id"])
        after = _number(request.query.get("after", "0"))
        wait = min(float(_number(request.query.get("wait", "0"))), LONGEST_WATCH)
        person = self._find_person(chat_id) if chat_id > 0 else None
        chat: Chat = person.chat if person is not None else self._find_group(chat_id).chat
        await self._wait_for_change(chat, after, wait)
        return web.json_response(self._view(chat_id, after))

    async def _wait_for_change(self, chat: Chat, after: int, wait: float) -> None:
        if chat.version == after and wait > 0 and not self._gate.polling.closed:
            await first_ring((chat.changed, self._gate.polling.closing), wait)

    def _view(self, chat_id: int, after: int) -> Json:
        if chat_id < 0:
            meeting = self._find_group(chat_id)
            return _chat_json(meeting.chat.version, meeting.sees())
        person = self._find_person(chat_id)
        toast = person.toast if person.chat.toast_version > after else None
        state: Json = {"toast": toast, "blocked": person.chat.blocked}
        return _chat_json(person.chat.version, person.sees()) | state

    async def _do(self, request: web.Request) -> web.Response:
        deed = DEEDS.get(request.match_info["deed"])
        if deed is None:
            raise _problem(HTTPStatus.NOT_FOUND, f"there is no such deed; there are {', '.join(DEEDS)}")
        asked = await _read(request, deed.form)
        actor = self._actor(_number(request.match_info["id"]), getattr(asked, "person", None))
        try:
            return web.json_response(deed.act(actor, asked))
        except LookupError as error:
            raise _problem(HTTPStatus.NOT_FOUND, "there is no such message in this chat") from error

    def _actor(self, chat_id: int, person_id: int | None) -> Actor:
        if chat_id > 0:
            return Actor(self._find_person(chat_id), None)
        if person_id is None:
            raise _problem(HTTPStatus.BAD_REQUEST, "in a group say who acts: person")
        return Actor(self._find_person(person_id), self._find_group(chat_id))

    async def _groups(self, _request: web.Request) -> web.Response:
        return web.json_response([_group_json(one) for one in self._world.groups])

    async def _new_group(self, request: web.Request) -> web.Response:
        asked = await _read(request, NewGroup)
        creator = self._find_person(asked.creator)
        group = self._world.group(asked.title, creator, forum=asked.forum, supergroup=asked.supergroup)
        group.takes_bot()
        return web.json_response({"id": group.id})

    async def _join(self, request: web.Request) -> web.Response:
        asked = await _read(request, Joined)
        group = self._find_group(_number(request.match_info["id"]))
        group.welcomes(self._find_person(asked.person), asked.standing, anonymous=asked.anonymous)
        return web.json_response({})

    async def _set_bot(self, request: web.Request) -> web.Response:
        asked = await _read(request, BotStanding)
        self._find_group(_number(request.match_info["id"])).takes_bot(asked.standing)
        return web.json_response({})

    async def _upgrade(self, request: web.Request) -> web.Response:
        return web.json_response({"id": self._find_group(_number(request.match_info["id"])).upgrades()})

    async def _fault(self, request: web.Request) -> web.Response:
        asked = await _read(request, Trouble)
        self._gate.faults.expect(Fault(**asked.model_dump()))
        return web.json_response({})

    async def _no_faults(self, _request: web.Request) -> web.Response:
        self._gate.faults.clear()
        return web.json_response({})

    async def _advance(self, request: web.Request) -> web.Response:
        self._gate.ledger.clock.advance((await _read(request, Moved)).advance)
        return web.json_response({"now": self._gate.ledger.clock.now()})

    async def _limits(self, request: web.Request) -> web.Response:
        self._gate.ledger.limits.enforced = (await _read(request, Rules)).enforced
        return web.json_response({})

    async def _calls(self, _request: web.Request) -> web.Response:
        return web.json_response([call.to_json() for call in self._gate.calls])

    def _find_person(self, person_id: int) -> Person:
        try:
            return self._world.find_person(person_id)
        except KeyError as error:
            raise _problem(HTTPStatus.NOT_FOUND, "there is no such person") from error

    def _find_group(self, chat_id: int) -> Meeting:
        try:
            return self._world.find_group(chat_id)
        except KeyError as error:
            raise _problem(HTTPStatus.NOT_FOUND, "there is no such group") from error


def _problem(status: HTTPStatus, reason: str) -> web.HTTPException:
    body = json.dumps({"ok": False, "error_code": status, "description": reason})
    kinds = {HTTPStatus.NOT_FOUND: web.HTTPNotFound, HTTPStatus.BAD_REQUEST: web.HTTPBadRequest}
    return kinds[status](text=body, content_type="application/json")


async def _read(request: web.Request, form: type[A]) -> A:
    try:
        return form.model_validate_json(await request.read() or b"{}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise _problem(HTTPStatus.BAD_REQUEST, f"{where}: {first['msg']}") from error


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise _problem(HTTPStatus.BAD_REQUEST, "a whole number is needed") from error


def _person_json(person: Person) -> Json:
    return {"id": person.id, "name": person.who.name, "language_code": person.who.language}


def _group_json(group: Meeting) -> Json:
    return {"id": group.id, "title": group.chat.title, "forum": group.chat.is_forum}


def _chat_json(version: int, bubbles: list[Bubble]) -> Json:
    return {"version": version, "messages": [one.to_json() for one in bubbles]}
