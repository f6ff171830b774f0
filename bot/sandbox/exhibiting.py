"""Gives the uploaded pictures out, for the page.

Law: only what was found to be a picture is given out, and as the kind of picture it is.
"""

from aiohttp import web

from bot.sandbox.pictures import Gallery

PICTURES = "/sim/pictures/"


def add_pictures(app: web.Application, gallery: Gallery) -> None:
    """Serve the pictures of this gallery below `/sim/pictures/`, each by the id of its file."""

    async def give(request: web.Request) -> web.Response:
        picture = gallery.find(request.match_info["file_id"])
        if picture is None:
            raise web.HTTPNotFound
        return web.Response(body=picture.data, content_type=picture.mime)

    app.router.add_get(f"{PICTURES}{{file_id}}", give)
