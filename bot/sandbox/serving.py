"""The page in the browser: gives it out, and keeps everybody else's pages away from the sandbox.

Law: the application answers only to names of this computer and only to its own page. A browser carries requests of
any site to 127.0.0.1, so a stranger's page could otherwise read a trial conversation (DNS rebinding) or write into
one (a form sent across sites). The page itself may load nothing from anywhere but here.

It will not: know what the page is told about chats; that is the control plane's.
"""

from http import HTTPStatus
from pathlib import Path

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

PAGE = Path(__file__).parent / "page"

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
CONTROL_PLANE = "/sim/"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    hdrs.CACHE_CONTROL: "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def add_page(app: web.Application) -> None:
    """Let `app` give out the page at `/` and refuse whatever comes from elsewhere, on every path it has.

    Call it before the application starts. A POST below `/sim/` must be JSON.
    """
    app.middlewares.append(_guard)
    app.on_response_prepare.append(_add_headers)
    app.router.add_get("/", _index)
    app.router.add_static("/page", PAGE)


async def _index(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    refusal = _objection(request)
    if refusal is None:
        return await handler(request)
    status, reason = refusal
    return web.json_response({"ok": False, "error_code": status, "description": reason}, status=status)


def _objection(request: web.Request) -> tuple[HTTPStatus, str] | None:
    """Why this request is not answered, or None."""
    if _host_name(request.host) not in LOCAL_NAMES:
        return HTTPStatus.FORBIDDEN, "The sandbox answers only at 127.0.0.1 or localhost: use the printed address."
    if _from_another_page(request):
        return HTTPStatus.FORBIDDEN, "The sandbox answers only its own page, not other sites."
    if _changes_a_chat(request) and request.content_type != "application/json":
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The control plane takes JSON: send Content-Type: application/json."
    return None


def _host_name(host: str) -> str:
    """The name without the port; an IPv6 address keeps its brackets."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


def _from_another_page(request: web.Request) -> bool:
    """Whether a browser says that another site's page asked (the bot and tests are no browsers and say nothing)."""
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None:
        return origin != f"http://{request.host}"
    if request.path == "/" and request.headers.get("Sec-Fetch-Mode") == "navigate":
        return False  # someone followed a link to the sandbox; to open the page changes nothing
    return request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}


def _changes_a_chat(request: web.Request) -> bool:
    return request.method == hdrs.METH_POST and request.path.startswith(CONTROL_PLANE)
