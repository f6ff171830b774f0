"""Around the phone: people, languages, narrow windows, the keyboard, and a sandbox that goes away and comes back."""

import re

import pytest
from playwright.async_api import expect

from bot.sandbox.serving import PAGE
from tests.browser.echo import SILENT, echoing
from tests.browser.phone import add_person, the_phone

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_everything_works_with_the_keyboard_alone(sandbox, window):
    page = await window(sandbox.address)

    async def tab_to(name):
        for _ in range(30):
            await page.keyboard.press("Tab")
            if await page.evaluate("document.activeElement.textContent || document.activeElement.ariaLabel") == name:
                return
        raise AssertionError(f"{name} is not reached")

    await tab_to("Add")
    await page.keyboard.press("Enter")
    phone = the_phone(page, "Nino")
    await expect(phone.line).to_be_focused()
    await page.keyboard.type("hello")
    await page.keyboard.press("Enter")
    await expect(phone.button("Yes")).to_be_visible()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await expect(phone.button("No")).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(phone.button("Back")).to_be_focused()


async def test_what_has_the_focus_is_seen(sandbox, window):
    page = await window(sandbox.address)
    await page.keyboard.press("Tab")

    outline = await page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "solid 3px" in outline


async def test_a_screen_reader_hears_who_speaks_in_which_language(sandbox, window):
    page = await window(sandbox.address)
    await add_person(page, "ნინო", "ka")
    phone = the_phone(page, "ნინო")
    await phone.say("გამარჯობა")

    await expect(phone.bubbles.first).to_have_text(re.compile("^Person: გამარჯობა"))
    await expect(phone.bubbles.last).to_have_text(re.compile("^Bot: "))
    assert await phone.bubbles.first.locator(".text").get_attribute("lang") == "ka"
    assert await phone.button("Yes").get_attribute("lang") == "en"


async def test_every_control_has_a_name(sandbox, window):
    page = await window(sandbox.address)
    await add_person(page, "Nino", "ka")
    await the_phone(page, "Nino").say("hello")
    await expect(the_phone(page, "Nino").button("Yes")).to_be_visible()

    nameless = """[...document.querySelectorAll("button, summary, select, input, textarea, [role=log]")]
        .filter((it) => !(it.ariaLabel || it.textContent.trim() || it.closest("label")?.textContent.trim()))
        .map((it) => it.outerHTML)"""
    assert await page.evaluate(nameless) == []


async def test_a_reload_shows_the_same_person_and_chat(sandbox, window):
    page = await window(sandbox.address)
    await add_person(page, "Nino", "ka")
    await add_person(page, "Alex", "ru")
    await the_phone(page, "Alex").say("hello")
    await expect(the_phone(page, "Alex").bubbles).to_have_count(2)
    await page.reload()

    await expect(the_phone(page, "Alex").bubbles).to_have_count(2)


async def test_two_phones_side_by_side_do_not_mix(sandbox, window):
    page = await window(sandbox.address)
    await add_person(page, "Nino", "ka")
    await add_person(page, "Alex", "ru")
    await page.get_by_role("button", name="Second phone").click()
    nino, alex = the_phone(page, "Nino"), the_phone(page, "Alex")
    await nino.say("from Nino")
    await alex.say("from Alex")

    await expect(nino.bubbles).to_have_count(2)
    await expect(alex.bubbles).to_have_count(2)
    await expect(nino.bubbles.first).to_contain_text("from Nino")
    await expect(alex.bubbles.first).to_contain_text("from Alex")


async def test_a_narrow_window_is_the_phone_with_a_drop_down_of_people(sandbox, window):
    page = await window(sandbox.address, viewport={"width": 360, "height": 740})
    await add_person(page, "Nino", "ka")
    await add_person(page, "Alex", "ru")
    await expect(the_phone(page, "Alex").frame).to_be_visible()
    await page.get_by_role("combobox", name="People").select_option("Nino (ka)")

    await expect(the_phone(page, "Nino").frame).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize(
    ("locale", "banner"),
    [
        ("ka-GE", "სატესტო გარემო: ამ კომპიუტერიდან არაფერი გადის"),
        ("ru-RU", "Песочница: ничего не уходит с этого компьютера"),
        ("en-GB", "Sandbox: nothing leaves this computer"),
        ("de-DE", "Sandbox: nothing leaves this computer"),
    ],
)
async def test_the_page_speaks_the_browsers_language(sandbox, window, locale, banner):
    page = await window(sandbox.address, locale=locale)

    await expect(page.locator(".banner p")).to_have_text(banner)


async def test_another_language_of_the_page_is_kept(sandbox, window):
    page = await window(sandbox.address)
    await page.locator("#page-language").select_option("ru")
    await page.reload()

    await expect(page.locator(".banner p")).to_contain_text("Песочница")
    await expect(page.locator("html")).to_have_attribute("lang", "ru")


def _words() -> dict[str, set[str]]:
    source = (PAGE / "words.js").read_text("utf-8")
    blocks = re.findall(r"^  (\w\w): \{\n(.*?)^  \},", source, re.MULTILINE | re.DOTALL)
    return {language: set(re.findall(r"^    (\w+): \"", block, re.MULTILINE)) for language, block in blocks}


async def test_every_word_of_the_page_exists_in_every_language():
    words = _words()

    assert set(words) == {"ka", "ru", "en"}
    assert words["ka"] == words["ru"] == words["en"]


async def test_every_word_the_page_asks_for_exists():
    source = "".join(file.read_text("utf-8") for file in PAGE.iterdir())
    asked = set(re.findall(r'data-(?:word|label|hint|kind)="(\w+)"|\bword\("(\w+)"', source))

    assert {one or other for one, other in asked} <= _words()["en"]


async def test_a_stopped_sandbox_is_told_in_one_line_and_comes_back_by_itself(quiet_sandbox, window):
    page = await window(quiet_sandbox.address)
    await add_person(page, "Nino", "ka")
    phone = the_phone(page, "Nino")
    await phone.say("before")
    await expect(phone.bubbles).to_have_count(1)

    await quiet_sandbox.stop()
    await expect(phone.trouble).to_have_text(re.compile("^The sandbox does not answer"))
    await phone.say("not lost")
    await expect(phone.line).to_have_value("not lost")

    await quiet_sandbox.start()
    await expect(phone.trouble).to_have_text("")
    async with echoing(quiet_sandbox.api):
        await phone.say("after")
        await expect(phone.bubbles.last).to_contain_text("You said after")


async def test_a_sandbox_that_began_anew_gets_new_people(quiet_sandbox, window):
    page = await window(quiet_sandbox.address)
    await add_person(page, "Nino", "ka")
    await expect(page.locator(".phone")).to_have_count(1)
    await quiet_sandbox.stop()
    await quiet_sandbox.start(anew=True)

    await expect(page.locator("#newcomer form")).to_be_visible()
    await expect(page.locator(".phone")).to_have_count(0)


async def test_a_silent_bot_is_mentioned_after_ten_seconds_until_it_speaks(sandbox, window):
    page = await window(sandbox.address, alone=True)  # its clock would be everybody's
    await add_person(page, "Nino", "ka")
    phone = the_phone(page, "Nino")
    await page.clock.install()
    await phone.say(SILENT)
    await expect(phone.bubbles).to_have_count(1)
    await page.clock.run_for(9_000)
    await expect(phone.trouble).to_have_text("")
    await page.clock.run_for(1_500)
    await expect(phone.trouble).to_have_text(re.compile("^No answer for 10 seconds"))

    await phone.say("hello")
    await expect(phone.trouble).to_have_text("")
