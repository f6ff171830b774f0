"""The page of a release in a real browser: from the disk, without the network, on a phone, to a screen reader."""

import pytest

from bot.statistics.forms.page import page
from bot.statistics.forms.report import report
from tests.fakes import releases
from tests.fakes.real import book

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = ("ka", "ru", "en")


def told(language):
    return report(releases.made_up(book()), book(), language)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    directory = tmp_path_factory.mktemp("released")
    for language in LANGUAGES:
        (directory / f"{language}.html").write_bytes(page(told(language)))
    return directory


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_release_fits_a_phone(pages, window, language):
    opened = await window((pages / f"{language}.html").as_uri(), viewport={"width": 360, "height": 740})

    assert await opened.evaluate("document.documentElement.scrollWidth") == 360
    beyond = (
        "[...document.querySelectorAll('svg text')].filter(e => e.getBoundingClientRect().right > innerWidth).length"
    )
    assert await opened.evaluate(beyond) == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_screen_reader_finds_every_table_by_its_caption_and_every_chart(pages, window, language):
    opened = await window((pages / f"{language}.html").as_uri())
    parts = told(language).parts
    captions = [table.caption for part in parts for table in (*part.listings, *part.crossings)]
    seen = await opened.locator("body").aria_snapshot()

    assert [line.strip() for line in seen.splitlines() if line.lstrip().startswith("- table ")] == [
        f'- table "{caption}":' for caption in captions
    ]
    assert await opened.get_by_role("img").count() == sum(len(part.listings) for part in parts)
    for landmark in ("banner", "main", "contentinfo"):
        assert await opened.get_by_role(landmark).count() == 1


async def test_on_paper_every_page_says_that_the_data_are_made_up(pages, window):
    opened = await window((pages / "en.html").as_uri())
    assert not await opened.locator(".watermark").is_visible()

    await opened.emulate_media(media="print")
    assert await opened.locator(".watermark").is_visible()
    assert await opened.locator(".watermark").evaluate("e => getComputedStyle(e).position") == "fixed"
