"""Turn what pydantic says of a file into what an editor can act on: file, line, path, and what to write instead."""

import re
from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dialogs.finding import BookBroken, Finding
from dialogs.model import Part
from dialogs.reading import Document, Where

_Model = TypeVar("_Model", bound=Part)
_TOO_LONG = "string_too_long"
_FORM = "see docs/EDITING.md for the form of this file"
_ADVICE: Mapping[str, str] = {
    "missing": "add it",
    "extra_forbidden": "check the spelling, or take the line out",
    "string_type": 'write it in quotes: "…"',
    "string_pattern_mismatch": "use a-z, 0-9 and _ only, and begin with a letter",
    _TOO_LONG: "shorten the id: it travels in a button, and Telegram gives a button 64 bytes",
    "value_error": "leave exactly one of them",
}
_MESSAGE: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not a word of this form",
    "string_type": "is not text",
    "string_pattern_mismatch": "is not an id",
    _TOO_LONG: "is too long an id",
}


def build(model: type[_Model], document: Document, tree: object, under: Where = ()) -> _Model:
    """Make a `model` of `tree`, which stands in the document under the keys `under`. Raises BookBroken."""
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise BookBroken(tuple(sorted({_finding(document, under, detail) for detail in details}))) from error


def _finding(document: Document, under: Where, detail: ErrorDetails) -> Finding:
    keys = (*under, *(str(part) for part in detail["loc"] if part != "[key]"))
    known = _known(document.lines, keys)
    # What is missing has no line of its own, but its name is what the editor must write.
    shown = keys if detail["type"] == "missing" else known
    code = "D003" if detail["type"] == _TOO_LONG else "D002"
    message = _MESSAGE.get(detail["type"]) or _sentence(detail["msg"])
    advice = _ADVICE.get(detail["type"], _FORM)
    return Finding(document.file, document.lines[known], code, f"{'.'.join(shown) or 'file'}: {message}", advice)


def _known(lines: Mapping[Where, int], keys: Where) -> Where:
    # pydantic adds the names of union members to a path; the longest part the file really has is the place.
    while keys not in lines:
        keys = keys[:-1]
    return keys


def _sentence(message: str) -> str:
    message = re.sub(r"^Value error, ", "", message)
    return message[:1].lower() + message[1:]
