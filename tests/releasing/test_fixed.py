"""How long a period is: said once, when the house is made, and for ever once something was counted."""

import asyncio

import pytest

from bot.custody.init import run_init
from bot.custody.offline import CustodyRefused
from bot.custody.words import INIT, LANGUAGES
from bot.releasing import fixed
from bot.releasing.fixed import Fixed
from bot.staffing import opened
from bot.statistics.periods import Length
from storage import Kind, Record
from tests.fakes.cheap import cheap
from tests.fakes.publishing import OCTOBER, SUMMER, cells, releasing
from tests.fakes.terminal import run, settings_in


class House:
    def __init__(self, home):
        self.settings = settings_in(home)

    def init(self, length=None, language="en", *, yes=True):
        return run(lambda: asyncio.run(run_init(self.settings, None, language, yes=yes, length=length))).output

    def does(self, deed):
        async def done():
            async with opened(self.settings) as store:
                return await deed(store)

        return asyncio.run(done())

    @property
    def length(self):
        async def read(store):
            async with store.transaction() as work:
                return (await fixed.read(work)).length

        return self.does(read)


@pytest.fixture
def house(tmp_path):
    with cheap():
        yield House(tmp_path)


async def counts(store):
    async with store.transaction() as work:
        await work.count({next(iter(cells(SUMMER, 5))): 1})


async def has_released(store):
    await counts(store)
    await releasing(store).release(OCTOBER)
    async with store.transaction() as work:
        await work.drop_counts(await work.counts())


@pytest.mark.parametrize("length", Length)
def test_it_is_what_was_said_when_the_house_was_made(house, length):
    said = house.init(length)
    assert house.length is length
    assert INIT["en"].period.format(length=INIT["en"].lengths[length]) in said


def test_where_nothing_was_said_it_is_a_quarter_and_that_is_told(house):
    assert INIT["en"].period.format(length="quarter") in house.init()
    assert house.length is Length.QUARTER


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_the_language_of_the_office(house, language):
    words = INIT[language]
    assert words.period.format(length=words.lengths[Length.YEAR]) in house.init(Length.YEAR, language)
    assert set(words.lengths) == set(Length)


def test_until_something_is_counted_another_can_be_said(house):
    house.init(Length.MONTH)
    house.init(Length.YEAR)
    assert house.length is Length.YEAR


@pytest.mark.parametrize("begun", [counts, has_released])
def test_once_something_was_counted_or_released_it_stays(house, begun):
    house.init()
    house.does(begun)
    with pytest.raises(CustodyRefused, match="by the quarter: that stays so"):
        house.init(Length.MONTH)
    assert house.length is Length.QUARTER
    assert INIT["en"].period.format(length="quarter") in house.init(Length.QUARTER)


def test_what_is_set_is_read_together(house):
    house.init(Length.HALF)

    async def read(store):
        async with store.transaction() as work:
            settings = [Record(Kind.SETTING, f"campaign:{name}", "{}") for name in ("b", "a")]
            await work.keep([*settings, Record(Kind.SETTING, "demo", "{}"), Record(Kind.SETTING, "desk", "{}")])
            return await fixed.read(work)

    assert house.does(read) == Fixed(Length.HALF, ("a", "b"), demo=True)
