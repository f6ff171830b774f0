"""From what came over the wire to one of aiogram's typed methods.

Law: a method is known by its name in any case of letters; its parameters are checked by aiogram's own class,
so whatever aiogram would not send is refused here too.
It will not: say what aiogram says; it says what Telegram says.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import (
    ForceReply,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    TelegramObject,
)
from pydantic import ValidationError

from bot.sandbox.refusals import Refusal, bad_request

Method = TelegramMethod[Any]

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "entities": "can't parse entities: wrong message entity",
    "inline_keyboard": "can't parse inline keyboard button: expected an object",
    "keyboard": "can't parse keyboard button: expected an object",
}
_MARKUPS: dict[str, type[TelegramObject]] = {
    "inline_keyboard": InlineKeyboardMarkup,
    "keyboard": ReplyKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
    "force_reply": ForceReply,
}


def typed_request(model: type[Method], raw: Mapping[str, object]) -> Method:
    """The request as aiogram's type. Raises a refusal for the first parameter that does not fit."""
    as_text = _text_fields(model)
    values = {name: value if name in as_text else _opened(value) for name, value in raw.items()}
    try:
        if "reply_markup" in values:
            values["reply_markup"] = _markup(values["reply_markup"])
        return model.model_validate(values)
    except ValidationError as error:
        raise _refusal(error) from error


def _markup(value: object) -> TelegramObject | None:
    """The one kind of markup its first telling field names; an object without any is no markup at all."""
    if isinstance(value, str):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    kind = next((kind for field, kind in _MARKUPS.items() if field in value), None)
    return None if kind is None else kind.model_validate(value)


@cache
def _text_fields(model: type[Method]) -> frozenset[str]:
    """The parameters that may be plain text; everything else may come as JSON inside a form field."""
    return frozenset(name for name, info in model.model_fields.items() if _may_be_text(info.annotation))


def _may_be_text(annotation: object) -> bool:
    return annotation is str or str in get_args(annotation)


def _opened(value: object) -> object:
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _refusal(error: ValidationError) -> Refusal:
    first = error.errors(include_url=False, include_input=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    if "inline_keyboard" in first["loc"] and first["loc"][-1] == "text":
        return bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    return bad_request(_MISSING.get(field, f'wrong parameter "{field}" in the request'))


def plain(value: str | Default | None) -> str | None:
    """A parameter aiogram may leave to its own defaults: on the wire it was simply not there."""
    return None if isinstance(value, Default) else value


def switched_on(value: bool | Default | None) -> bool:  # noqa: FBT001 - it is a wire value, not a choice of ours
    """A yes-no parameter aiogram may leave to its own defaults."""
    return value is True
