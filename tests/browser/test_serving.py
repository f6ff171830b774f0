"""The sandbox answers its own page on this computer, and nobody else's."""

import re

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.sandbox.serving import PAGE, add_page

JSON = {"Content-Type": "application/json"}


async def _done(_request: web.Request) -> web.Response:
    return web.json_response({"done": True})


@pytest.fixture
async def browser():
    app = web.Application()
    add_page(app)
    app.router.add_route("*", "/sim/people", _done)
    app.router.add_route("*", "/bot1:x/getUpdates", _done)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
def own(browser):
    return f"http://{browser.host}:{browser.port}"


@pytest.mark.parametrize("path", ["/", *(f"/page/{file.name}" for file in sorted(PAGE.iterdir()))])
async def test_every_file_of_the_page_is_given_out_strictly(browser, path):
    answer = await browser.get(path)

    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_the_page_names_no_other_computer():
    remote = re.compile(r"(?:https?:)?//[\w-]+\.\w")
    named = [file.name for file in PAGE.iterdir() if remote.search(file.read_text("utf-8").replace("www.w3.org", ""))]

    assert named == []


async def test_answers_that_are_not_pages_are_kept_from_other_sites_too(browser):
    answer = await browser.get("/sim/people")

    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8081", "localhost:8081", "LocalHost", "[::1]:8081"])
async def test_names_of_this_computer_are_answered(browser, host):
    assert (await browser.get("/", headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "host",
    ["rebound.example", "rebound.example:8081", "127.0.0.1.example", "localhost.example:80", "192.168.1.7:8081", ""],
)
@pytest.mark.parametrize("path", ["/", "/page/chat.js", "/sim/people", "/bot1:x/getUpdates"])
async def test_a_name_that_was_rebound_to_this_computer_is_refused_everywhere(browser, host, path):
    answer = await browser.get(path, headers={"Host": host})

    assert answer.status == 403
    assert "use the printed address" in (await answer.json())["description"]


@pytest.mark.parametrize("origin", ["https://stranger.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
@pytest.mark.parametrize("path", ["/sim/people", "/bot1:x/getUpdates"])
async def test_another_page_can_neither_write_nor_take_updates(browser, origin, path):
    answer = await browser.post(path, json={}, headers={"Origin": origin})

    assert answer.status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_picture_on_another_page_cannot_take_updates(browser, site):
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}

    assert (await browser.get("/bot1:x/getUpdates", headers=headers)).status == 403


async def test_a_link_from_another_page_opens_the_sandbox(browser):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}

    assert (await browser.get("/", headers=headers)).status == 200


async def test_a_link_from_another_page_cannot_take_updates(browser):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}

    assert (await browser.get("/bot1:x/getUpdates", headers=headers)).status == 403


async def test_the_page_itself_may_write_json(browser, own):
    headers = {"Origin": own, "Sec-Fetch-Site": "same-origin"}

    assert (await browser.post("/sim/people", json={}, headers=headers)).status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_form_cannot_pose_as_the_page(browser, kind):
    answer = await browser.post("/sim/people", data=b"{}", headers={"Content-Type": kind})

    assert answer.status == 415


async def test_the_bot_may_send_forms_as_it_does_to_telegram(browser):
    assert (await browser.post("/bot1:x/getUpdates", data={"offset": "1"})).status == 200
