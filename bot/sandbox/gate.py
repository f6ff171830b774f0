"""One request of the bot, from its name and parameters to the answer.

Law: token, method, faults, rules, in this order; every request leaves a call behind.
It will not: know HTTP; the server does.
"""

from http import HTTPStatus

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook

from bot.sandbox.calls import Call, Calls
from bot.sandbox.faults import Faults
from bot.sandbox.ledger import Ledger
from bot.sandbox.methods import rule_for
from bot.sandbox.polling import Polling
from bot.sandbox.refusals import Refusal, method_not_found
from bot.sandbox.requests import Method, typed_request
from bot.sandbox.shapes import Json

_HEARING: dict[str, type[Method]] = {
    model.__api_method__.lower(): model for model in (GetUpdates, SetWebhook, DeleteWebhook, GetWebhookInfo)
}


class Gate:
    """The Bot API of one bot."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.polling = Polling(ledger.clock, ledger.queue)
        self.faults = Faults()
        self.calls = Calls()

    async def answer(self, method: str, parameters: Json) -> Json:
        """The body of the answer, whether yes or no."""
        try:
            body: Json = {"ok": True, "result": await self._result(method, parameters)}
        except Refusal as refusal:
            self.note(method, parameters, refusal.code, refusal.description)
            return refusal.to_json()
        self.note(method, parameters, HTTPStatus.OK)
        return body

    async def _result(self, method: str, parameters: Json) -> object:
        hearing = _HEARING.get(method.lower())
        if hearing is not None:
            return await self._hear(typed_request(hearing, parameters))
        rule = rule_for(method)
        if rule is None:
            raise method_not_found()
        return rule.answer(self.ledger, typed_request(rule.model, parameters))

    async def _hear(self, request: Method) -> object:
        match request:
            case GetUpdates():
                return await self.polling.get_updates(request)
            case SetWebhook():
                return self.polling.set_webhook(request)
            case DeleteWebhook():
                return self.polling.delete_webhook(request)
            case GetWebhookInfo():
                return self.polling.webhook_info(request)
            case _:
                raise method_not_found()

    def note(self, method: str, parameters: Json, code: int, description: str = "") -> None:
        """Remember the call; getUpdates would crowd out the rest and is left out when it succeeded."""
        if method.lower() != "getupdates" or code != HTTPStatus.OK:
            at = self.ledger.clock.now()
            self.calls.append(Call(method, chat_of(parameters), at, code, description, parameters))


def chat_of(parameters: Json) -> int | None:
    """The chat a request is about."""
    try:
        return int(str(parameters["chat_id"]))
    except (KeyError, ValueError):
        return None
