"""A real browser before a real stand-in. The browser is started once; every test has its own sandbox and window.

To start a process for a page costs more than all that a test does with the page, so the pages share one, and a picture
that nobody looks at keeps it alive between them.
"""

import subprocess
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from tests.browser.echo import echoing
from tests.browser.sandbox import Sandbox

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--process-per-site",
]
PATIENCE = 15_000  # milliseconds: the machine that runs the tests may be busy
PLAIN = {"locale": "en-US", "viewport": {"width": 1280, "height": 840}}


@pytest.fixture(scope="session")
def chromium():
    found = subprocess.run(
        [Path(__file__).with_name("chromium.sh"), "find"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium):
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def quiet_sandbox():
    """Nobody answers there yet."""
    async with Sandbox.running() as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(quiet_sandbox):
    async with echoing(quiet_sandbox.api):
        yield quiet_sandbox


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def plain(browser):
    """What all windows share that need nothing special."""
    async with Sandbox.running() as sandbox:
        context = await browser.new_context(**PLAIN)
        await (await context.new_page()).goto(f"{sandbox.address}page/icon.svg")
        yield context
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser, plain):
    """Opens windows; afterwards no window may have met an error or asked another computer for anything.

    `alone`, or with options of its own, a window shares nothing with those of other tests; else no more than a process.
    """
    contexts, pages, complaints = [], [], []

    async def open_window(address, *, alone=False, **options):
        context = plain
        if alone or options:
            context = await browser.new_context(**{**PLAIN, **options})
            contexts.append(context)
        page = await context.new_page()
        pages.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_defect(said) else None)
        page.on("request", lambda asked: None if asked.url.startswith(address) else complaints.append(asked.url))
        await page.goto(address)
        return page

    yield open_window
    for page in pages:
        await page.evaluate("localStorage.clear()")  # another sandbox may come to listen on the same port
        await page.close()
    for context in contexts:
        await context.close()
    assert complaints == []


def _is_defect(said):
    """A browser notes every refused request; the page shows those to the reader itself."""
    return said.type in {"error", "warning"} and not said.text.startswith("Failed to load resource")
