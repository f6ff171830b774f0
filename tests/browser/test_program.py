"""The real program in the real browser: `gza sandbox`, as `make run` starts it on a fresh machine."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.phone import Phone, add_person, the_phone

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/?")
STARTS_WITHIN = 60.0
LANGUAGES = ["ქართული", "Русский", "English"]


async def _printed_address(process: asyncio.subprocess.Process) -> str:
    said = b""
    async for line in process.stdout:
        said += line
        if found := ADDRESS.search(line):
            return found.group().decode().rstrip("/") + "/"
    raise AssertionError(f"no address was printed: {said.decode()}")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(tmp_path_factory):
    """The address that the sandbox printed; ended with SIGTERM, as a supervisor ends it."""
    home = tmp_path_factory.mktemp("home")
    places = {"DATA_DIR": str(home / "data"), "KEYRING_DIR": str(home / "keyring")}
    environment = {name: value for name, value in os.environ.items() if name != "BOT_TOKEN"} | places
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("gza"),
        *("sandbox", "--port", "0"),
        cwd=home,
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(STARTS_WITHIN):
        where = await _printed_address(process)
    rest = asyncio.create_task(process.stdout.read())  # a full pipe would stop the program
    yield where
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), 20)
    if process.returncode is None:
        process.kill()
    await rest
    assert await process.wait() == 0


async def _begun(window, address: str, name: str) -> Phone:
    page = await window(address)
    await add_person(page, name, "ka")
    phone = the_phone(page, name)
    await phone.button("Start").click()
    return phone


async def test_the_first_start_offers_every_language_whatever_the_apps_own(address, window):
    phone = await _begun(window, address, "Nino")

    for language in LANGUAGES:
        await expect(phone.button(language)).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_label_is_cut_on_the_way_to_the_menu_and_sos(address, window, language):
    phone = await _begun(window, address, f"Reader of {language}")
    await phone.button(language).click()
    await expect(phone.button(language)).to_have_count(0)
    for command in ("/menu", "/sos", "/privacy", "/help"):
        before = await phone.bubbles.count()
        await phone.say(command)
        await expect(phone.bubbles.nth(before + 1)).to_be_visible()
        assert await phone.cut_labels() == []
