"""The self-check on a phone, from the first word to the card: in three languages, through the stand-in and the store.

A job ad is pasted with words in it that mean nothing, so that finding one anywhere on the disk means only one thing.
"""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.sandbox.shapes import Kind
from dialogs.speaking import words_of
from storage import Cell
from tests.fakes.real import book
from tests.fakes.whole import whole
from tests.proofs.test_canaries import Search

BOOK = book()
CANARY = "kvxzqwpjtrml"
ADS = {
    "ka": f"სასწრაფოდ! ვარშავაში გვჭირდება ხალხი მშენებლობაზე. კომპანია {CANARY}. ხელფასი 1500-2000 ევრო თვეში. "
    "ვიზა არ გჭირდებათ, მხოლოდ ბიომეტრიული პასპორტი. დაწერეთ ვაიბერზე +48 600 000 000",
    "ru": f"Срочно требуются люди на стройку в Варшаву. Фирма {CANARY}. Зарплата 1500-2000 евро в месяц. "
    "Виза не нужна, только биометрический паспорт. Пишите в вайбер +48 600 000 000",
    "en": f"Urgent: workers for a building site in Warsaw, company {CANARY}. Salary 1500-2000 EUR per month. "
    "No visa needed, only a biometric passport. Write to Viber +48 600 000 000",
}
A_WHILE = 5.0
"""Seconds between two taps, on a clock that jumps: nobody meets a limit for their chat."""
SKIPPED = ("none", "adult", "mine", "none", "ready", "checked", "none", "none", "normal")
"""What is left to be asked after the ad has answered where, what work and on which papers."""


@dataclass
class Phone:
    """A person who reads labels, as people do."""

    person: object
    language: str
    clock: object
    heard: list = field(default_factory=list)

    def words(self, text):
        return words_of(BOOK, text, self.language)

    async def taps(self, text, bubbles=1):
        await self.clock.sleep(A_WHILE)
        self.person.taps(self.words(text))
        return await self.waits(bubbles)

    async def writes(self, text, bubbles=1):
        await self.clock.sleep(A_WHILE)
        self.person.says(text)
        return await self.waits(bubbles)

    async def waits(self, bubbles):
        before = len(self.heard)
        async with asyncio.timeout(30):
            while len(self.heard) - before < bubbles or not self.heard[-1].keyboard:
                self.heard += [bubble for bubble in await self.person.hears() if bubble.author == "bot"]
        return self.heard[-1]

    async def starts(self):
        await self.writes("/start")
        self.person.taps(BOOK.texts[self.language][f"start.languages.{self.language}"])
        return await self.waits(1)

    def screen(self):
        return "\n".join(bubble.text for bubble in self.person.sees())


async def answers(phone, *given):
    """Answer question after question by the labels on the buttons, whatever is asked next."""
    for answer in given:
        label = next(
            text
            for place in BOOK.places()
            if place.script == "offer" and BOOK.node(place).question and answer in BOOK.node(place).question.answers
            for text in [BOOK.label(place, answer)]
            if words_of(BOOK, text, phone.language) in phone.person.sees()[-1].labels
        )
        await phone.taps(label)


@pytest.mark.parametrize("language", ["ka", "ru", "en"])
async def test_an_ad_is_pasted_the_rest_is_asked_and_a_card_is_kept(tmp_path, language):
    async with whole(tmp_path, alone=True) as house:
        phone = Phone(house.person("Nino"), language, house.clock)
        await phone.starts()
        await phone.taps("menu.top.check")
        await phone.taps("check.start.ad")
        await phone.writes(ADS[language], bubbles=3)
        assert phone.words("sign.tourist_work") in phone.screen()
        assert "1500–2000 EUR" in phone.screen()
        assert phone.words("country.poland") in phone.screen()

        await phone.taps("check.silent.on")
        await answers(phone, *SKIPPED)
        assert phone.words("sign.tourist_work") in phone.screen()
        assert "■■□" in phone.screen()

        card = await phone.taps("shared.card")
        assert card.kind is Kind.PHOTO
        assert phone.words("check.card.title") in card.text
        async with house.app.store.transaction() as work:
            counts = await work.counts()
        period = next(iter(counts)).period
        assert counts[Cell(period, "band", "orange")] == 1
        assert counts[Cell(period, "work", "build")] == 1
        assert counts[Cell(period, "destination", "eu")] == 1
    assert Search([CANARY], []).found_in(tmp_path) == []


async def test_the_caption_of_a_photo_is_read_like_a_text(tmp_path):
    async with whole(tmp_path, alone=True) as house:
        phone = Phone(house.person("Nino"), "ru", house.clock)
        await phone.starts()
        phone.person.sends(Kind.PHOTO, ADS["ru"])
        await phone.waits(2)
        assert "1500–2000 EUR" in phone.screen()


async def test_hiding_takes_the_card_away_too(tmp_path):
    async with whole(tmp_path, alone=True) as house:
        phone = Phone(house.person("Nino"), "en", house.clock)
        await phone.starts()
        await phone.writes(ADS["en"], bubbles=2)
        await phone.taps("check.silent.ask", bubbles=2)
        await phone.taps("check.ask_copy.card")
        phone.person.says("/hide")
        async with asyncio.timeout(30):
            while Kind.PHOTO in {bubble.kind for bubble in phone.person.sees()}:
                await phone.person.hears()
        assert "EUR" not in phone.screen()
