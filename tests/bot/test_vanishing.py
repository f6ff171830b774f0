"""Who has asked for it finds nothing in the chat that is older than a day; nobody else's chat is touched."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.keeping.sweeping import swept
from bot.vanishing import EVERY, Vanishing, due, letters, without
from dialogs.lifetimes import CONVERSATION, VANISH
from storage import Footprint
from storage.model import hour_of
from tests.fakes.house import NOON, house
from tests.fakes.office import MONDAY, office, said
from tests.fakes.stories import coded, newest


def left(*ages: int) -> Footprint:
    """A footprint of messages of so many hours; each is called by its age."""
    return Footprint(ids=tuple((age, hour_of(MONDAY - timedelta(hours=age))) for age in ages))


def test_what_will_be_a_day_old_before_it_is_gone_goes_the_newest_first():
    assert due(left(0, 1, 22, 23, 24, 47), MONDAY) == (47, 24, 23)
    assert due(Footprint(), MONDAY) == ()


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_the_last_look_before_a_day_is_over_comes_while_there_is_time(minute):
    sent = MONDAY.replace(minute=minute)
    footprint = Footprint().grown(1, sent)
    assert due(footprint, sent + VANISH.age - EVERY)
    assert not due(footprint, sent + VANISH.age - timedelta(hours=2, minutes=1))


def test_what_goes_is_no_longer_remembered_and_is_asked_for_by_hundreds():
    many = Footprint(ids=tuple((number, 0) for number in range(250)), vanish=True)
    assert without(many, range(249)) == replace(many, ids=((249, 0),))
    ids = due(many, MONDAY)
    assert [len(letter.target) for letter in letters(7, ids)] == [100, 100, 50]
    assert {letter.chat for letter in letters(7, ids)} == {7}
    assert not any(letter.sweeps for letter in letters(7, ids))


async def begins(desk, *switches):
    """Somebody begins to read, and presses these switches on the page of /privacy."""
    anna = desk.person("Anna")
    await desk.does(lambda: anna.says("/start"), lambda: anna.taps("English"))
    await turns(desk, anna, *switches)
    return anna


async def turns(desk, person, *switches):
    await desk.does(lambda: person.says("/privacy"))
    for choice in ("quiet", *switches):
        await desk.does(lambda choice=choice: person.taps(newest(person, choice)))


def oldest(desk, person):
    """The age of the oldest message in somebody's chat."""
    dates = [message.date for message in person.chat.messages.values()]
    return timedelta(seconds=desk.now.timestamp() - min(dates)) if dates else timedelta(0)


async def a_day_goes_by(desk, person):
    """It is looked every hour, and just before each look nothing in the chat is older than a day."""
    for _ in range(24):
        desk.telegram.clock.advance(3540)
        assert oldest(desk, person) <= VANISH.age
        if await desk.app.rounds.vanishing.look_round(desk.now):
            await desk.settle()
        desk.telegram.clock.advance(60)


async def test_over_a_week_nothing_older_than_a_day_stands_in_the_chat(tmp_path):
    async with office(tmp_path) as desk:
        nino, keta = await desk.seats("Nino"), await desk.waits("Keta")
        anna = await desk.waits()
        await turns(desk, anna, "vanish")
        await desk.takes(nino, anna)
        for day in range(7):
            if day < 5:
                await desk.does(lambda: nino.says("hello"), lambda: anna.says("good"))
            if day == 2:
                await desk.does(lambda: anna.says("/hide"))
                assert said(anna) == ["Hello."]
            if day == 4:
                await coded(desk, nino)
            await a_day_goes_by(desk, anna)
        assert not anna.chat.messages
        assert oldest(desk, keta) > timedelta(days=6)


async def test_turned_off_again_everything_stays(tmp_path):
    async with office(tmp_path) as desk:
        anna = await begins(desk, "vanish", "vanish")
        await desk.later(hours=30)
        assert oldest(desk, anna) > timedelta(hours=29)


async def test_a_chat_that_is_shut_is_emptied_when_it_is_open_again(tmp_path):
    async with office(tmp_path) as desk:
        anna = await begins(desk, "vanish")
        await desk.does(anna.blocks)
        await desk.later(hours=25)
        await desk.does(anna.unblocks)
        assert not anna.chat.messages


async def test_it_goes_on_while_the_clock_is_in_doubt_and_makes_no_conversation_younger(tmp_path):
    async with office(tmp_path) as desk:
        anna = await begins(desk, "vanish")
        before = await touched(desk, anna)
        await desk.later(heard=False, hours=24)
        assert not anna.chat.messages
        assert await touched(desk, anna) == before


async def touched(desk, person):
    async with desk.app.store.transaction() as work:
        return (await work.conversations([person.id]))[person.id].touched


async def test_whose_conversation_is_over_gets_none_that_lives_anew(tmp_path):
    """The row that carries the deletion is gone at the next midnight, whenever a late message came to lie there."""
    async with house(tmp_path) as home:
        async with home.store.transaction() as work:
            anna = (await work.conversations([7]))[7]
            footprint = Footprint(vanish=True).grown(5, NOON - VANISH.age)
            long_ago = NOON.date() - CONVERSATION.age - timedelta(days=1)
            await work.save([replace(anna, touched=long_ago, footprint=footprint)], NOON - VANISH.age)
        assert await swept(home.store, "conversations", NOON) == 1
        assert await Vanishing(home.store).look_round(NOON) == 1
        assert [letter.target for _, letter in (await home.letters())[7]] == [(5,)]
        async with home.store.transaction() as work:
            assert (await work.conversations([7]))[7].touched == NOON.date() - CONVERSATION.age
        assert await swept(home.store, "conversations", NOON + timedelta(days=1)) == 1
        assert (await home.rows())["conversation"] == 0
