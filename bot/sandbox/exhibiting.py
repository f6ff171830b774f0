"""Gives what was uploaded out, for the page.

Law: only what was found to be a picture is shown, and as the kind of picture it is; everything else is only ever
downloaded, so that no page the bot sends runs in the sandbox's own.
"""

from urllib.parse import quote

from aiohttp import hdrs, web

from bot.sandbox.documents import ANY_TYPE, Document
from bot.sandbox.newest import Newest
from bot.sandbox.pictures import Picture

PICTURES = "/sim/pictures/"
DOCUMENTS = "/sim/documents/"


def add_pictures(app: web.Application, gallery: Newest[Picture]) -> None:
    """Serve these pictures below `/sim/pictures/`, each by the id of its file."""

    async def give(request: web.Request) -> web.Response:
        picture = gallery.find(request.match_info["file_id"])
        if picture is None:
            raise web.HTTPNotFound
        return web.Response(body=picture.data, content_type=picture.mime)

    app.router.add_get(f"{PICTURES}{{file_id}}", give)


def add_documents(app: web.Application, cabinet: Newest[Document]) -> None:
    """Let these documents be downloaded below `/sim/documents/`, each by the id of its file."""

    async def give(request: web.Request) -> web.Response:
        document = cabinet.find(request.match_info["file_id"])
        if document is None:
            raise web.HTTPNotFound
        saved_as = {hdrs.CONTENT_DISPOSITION: f"attachment; filename*=UTF-8''{quote(document.name, safe='')}"}
        return web.Response(body=document.data, content_type=ANY_TYPE, headers=saved_as)

    app.router.add_get(f"{DOCUMENTS}{{file_id}}", give)
