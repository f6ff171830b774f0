"""The printed pages in a real browser: from the disk, without the network, on a screen and on a phone."""

from datetime import date

import pytest

from dialogs.editing.printed import run
from dialogs.loader import load

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    directory = tmp_path_factory.mktemp("pages")
    run(load(), directory, date(2026, 11, 24), lambda _: None)
    return directory


async def test_a_button_brings_its_card_to_the_reader(pages, window):
    page = await window((pages / "en.html").as_uri())
    await page.locator('[id="menu.top"] a.key[href="#travel.topics"]').click()

    assert await page.evaluate("document.querySelector(':target').id") == "travel.topics"
    assert await page.evaluate("document.querySelector(':target').getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("language", ["ka", "ru", "en"])
async def test_the_cards_fit_a_phone(pages, window, language):
    page = await window((pages / f"{language}.html").as_uri(), viewport={"width": 360, "height": 740})

    assert await page.evaluate("document.documentElement.scrollWidth") == 360
