"""One chats with the bot as on a phone."""

import pytest
from playwright.async_api import expect

from tests.browser.echo import LONG_LABEL, PAGE
from tests.browser.phone import Phone, add_person, the_phone

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def opened(sandbox, window):
    """A window with one person's phone in it."""

    async def open_phone(**options) -> Phone:
        page = await window(sandbox.address, **options)
        await add_person(page, "Nino", "ka")
        return the_phone(page, "Nino")

    return open_phone


async def test_start_is_one_press_and_the_bot_answers_with_bold_words(opened):
    phone = await opened()
    await phone.button("Start").click()

    await expect(phone.bubbles).to_have_count(2)
    await expect(phone.bubbles.first).to_contain_text("/start")
    await expect(phone.bubbles.last.locator("b")).to_have_text("/start")
    await expect(phone.button("Start")).to_be_hidden()


async def test_a_fresh_sandbox_offers_a_first_person_in_one_press(sandbox, window):
    page = await window(sandbox.address)
    await page.get_by_role("button", name="Add", exact=True).click()

    await expect(the_phone(page, "Nino").button("Start")).to_be_visible()


async def test_a_tap_shows_the_toast_and_changes_the_bubble_in_place(opened):
    phone = await opened()
    await phone.say("hello")
    await phone.button("No").click()

    await expect(phone.toast).to_have_text("Noted: no")
    await expect(phone.bubbles).to_have_count(2)
    await expect(phone.bubbles.last).to_contain_text("You chose no")
    await expect(phone.bubbles.last.locator(".edited")).to_have_text("edited")


async def test_a_label_too_long_for_a_phone_is_cut_where_a_phone_cuts_it(opened):
    phone = await opened()
    await phone.say("hello")
    await expect(phone.button("Yes")).to_be_visible()

    assert await phone.cut_labels() == [LONG_LABEL]
    box = await phone.button(LONG_LABEL).bounding_box()
    assert box["width"] <= 288


async def test_markup_in_what_is_said_stays_text(opened):
    phone = await opened()
    nasty = "<img src=x onerror=alert(1)> &lt;b&gt; </b> & <script>alert(2)</script>"
    await phone.say(nasty)

    await expect(phone.bubbles.first.locator(".text")).to_have_text(nasty)
    await expect(phone.bubbles.last.locator("b")).to_have_text(nasty)
    await expect(phone.log.locator("img, script")).to_have_count(0)


async def test_one_corrects_what_one_wrote(opened):
    phone = await opened()
    await phone.say("helo")
    await phone.bubbles.first.dblclick()
    await expect(phone.line).to_have_value("helo")
    await phone.say("hello")

    await expect(phone.bubbles.first.locator(".text")).to_have_text("hello")
    await expect(phone.bubbles.first.locator(".edited")).to_have_text("edited")
    await expect(phone.bubbles.last).to_contain_text("Changed to hello")


async def test_escape_leaves_the_correction_and_what_was_said_stays(opened):
    phone = await opened()
    await phone.say("first")
    await phone.log.get_by_role("button", name="Edit").click()
    await phone.line.press("Escape")
    await expect(phone.line).to_have_value("")
    await phone.say("second")

    await expect(phone.bubbles.nth(0).locator(".text")).to_have_text("first")
    await expect(phone.bubbles.nth(2).locator(".text")).to_have_text("second")


@pytest.mark.parametrize(
    ("entry", "kind"), [("Voice message", "voice"), ("Photo", "photo"), ("Sticker", "sticker"), ("File", "document")]
)
async def test_everything_in_the_attachments_reaches_the_bot(opened, entry, kind):
    phone = await opened()
    await phone.say("/start")
    await phone.attach(entry)

    await expect(phone.bubbles.nth(2)).to_contain_text(entry)
    await expect(phone.bubbles.last).to_contain_text(f"You sent a {kind}: no words")


async def test_words_in_the_line_become_the_caption(opened):
    phone = await opened()
    await phone.say("/start")
    await phone.line.fill("my contract")
    await phone.attach("Photo")

    await expect(phone.bubbles.last).to_contain_text("You sent a photo: my contract")
    await expect(phone.line).to_have_value("")


async def test_a_picture_of_the_bot_is_seen_with_its_words_and_buttons(sandbox, opened):
    phone = await opened()
    await phone.say("card")

    picture = phone.bubbles.last.get_by_role("img", name="Photo")
    await expect(phone.bubbles.last).to_contain_text("Keep this")
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1080
    box, bubble = await picture.bounding_box(), await phone.bubbles.last.bounding_box()
    assert 250 < box["width"] <= bubble["width"] <= 288
    assert box["height"] > box["width"] / 2
    await expect(phone.bubbles.last).to_be_in_viewport(ratio=0.99)
    await expect(phone.button("Yes")).to_be_in_viewport()


async def test_a_file_of_the_bot_is_saved_under_its_name_and_not_opened(opened):
    phone = await opened()
    await phone.say("report")

    link = phone.bubbles.last.get_by_role("link", name="gza-2026-Q3-ka.html")
    async with link.page.expect_download() as saving:
        await link.click()
    saved = await saving.value

    assert saved.suggested_filename == "gza-2026-Q3-ka.html"
    assert (await saved.path()).read_bytes() == PAGE
    await expect(phone.bubbles.last).to_be_in_viewport(ratio=0.99)


async def test_blocking_hides_the_line_until_unblocked(opened):
    phone = await opened()
    await phone.say("hello")
    await phone.choose_from_menu("Block the bot")
    await expect(phone.line).to_be_hidden()
    await phone.button("Unblock the bot").click()

    await expect(phone.line).to_be_visible()


async def test_a_cleared_chat_begins_anew(opened):
    phone = await opened()
    await phone.say("hello")
    await expect(phone.bubbles).to_have_count(2)
    await phone.choose_from_menu("Clear history")

    await expect(phone.bubbles).to_have_count(0)
    await expect(phone.button("Start")).to_be_visible()


async def test_the_newest_is_in_sight_unless_one_reads_further_up(opened):
    phone = await opened()
    for number in range(8):
        await phone.say(f"line {number}")
        await expect(phone.bubbles).to_have_count(2 * number + 2)
    await expect(phone.bubbles.last).to_be_in_viewport()

    await phone.bubbles.first.scroll_into_view_if_needed()
    await phone.button("Yes").first.click()
    await expect(phone.toast).to_have_text("Noted: yes")
    await expect(phone.bubbles.first).to_be_in_viewport()
