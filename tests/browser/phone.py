"""What one does with a phone on the page, found as a screen reader finds it: by role and name."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect


@dataclass(frozen=True)
class Phone:
    frame: Locator

    @property
    def log(self) -> Locator:
        return self.frame.get_by_role("log")

    @property
    def bubbles(self) -> Locator:
        return self.log.locator(".bubble")

    @property
    def line(self) -> Locator:
        return self.frame.locator("textarea")

    @property
    def toast(self) -> Locator:
        return self.frame.locator(".toast")

    @property
    def trouble(self) -> Locator:
        return self.frame.locator(".trouble")

    def button(self, name: str) -> Locator:
        return self.frame.get_by_role("button", name=name, exact=True)

    async def say(self, text: str) -> None:
        await self.line.fill(text)
        await self.line.press("Enter")

    async def attach(self, entry: str) -> None:
        await self.frame.locator("summary[aria-label=Attach]").click()
        await self.button(entry).click()

    async def choose_from_menu(self, entry: str) -> None:
        await self.frame.locator("summary[aria-label=More]").click()
        await self.button(entry).click()

    async def cut_labels(self) -> list[str]:
        return await self.frame.locator(".key[data-cut]").all_text_contents()


def the_phone(page: Page, name: str) -> Phone:
    """The phone that shows this person's chat."""
    return Phone(page.get_by_role("region", name=f"Phone: {name}"))


async def add_person(page: Page, name: str, language: str) -> None:
    """Through the form beside the phones; returns when the person is there."""
    form = page.locator("#newcomer form")
    await expect(page.locator("#newcomer[open], .phone").first).to_be_attached()
    if not await form.is_visible():
        await page.locator("#newcomer summary").click()
    await form.locator("input").fill(name)
    await form.locator("select").select_option(language)
    await form.locator("button").click()
    await expect(form).to_be_hidden()
