"""Reading a request: JSON, form or multipart, all into one flat object.

Law: an uploaded file becomes a file id at once.
Source: core.telegram.org/bots/api#making-requests.
"""

import json
from collections.abc import Mapping

from aiohttp import web

from bot.sandbox.files import ATTACHED, Files
from bot.sandbox.refusals import bad_request, too_large
from bot.sandbox.shapes import Json, Kind


async def read_request(request: web.Request, files: Files) -> Json:
    """The parameters of a call. Raises a refusal when the body is not what it says, or too large."""
    values: Json = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return values
    try:
        if request.content_type == "application/json":
            return values | _object(await request.read())
        form = await request.post()
    except web.HTTPRequestEntityTooLarge as error:
        raise too_large() from error
    uploads = {name: value for name, value in form.items() if isinstance(value, web.FileField)}
    values |= {name: value for name, value in form.items() if isinstance(value, str)}
    return _with_files(values, uploads, files) if uploads else values


def _object(body: bytes) -> Json:
    try:
        found = json.loads(body or b"{}")
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(found, dict):
        raise bad_request("object expected as JSON")
    return found


def _with_files(values: Json, uploads: Mapping[str, web.FileField], files: Files) -> Json:
    """Uploads come under their own field, or under any name a field points to."""
    wanted = {name: value for name, value in values.items() if isinstance(value, str)}
    pointed = {value.removeprefix(ATTACHED): name for name, value in wanted.items() if value.startswith(ATTACHED)}
    for part, upload in uploads.items():
        field = pointed.get(part, part)
        if field in {kind.value for kind in Kind}:
            values[field] = files.upload(Kind(field), upload.filename, upload.file.read())
    return values
