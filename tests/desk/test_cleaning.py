"""A room keeps nothing that Telegram would soon no longer let us delete, and the store nothing of what is over."""

from contextlib import asynccontextmanager
from datetime import timedelta

from bot.desk.cases import Phase
from bot.desk.staff import Role
from tests.fakes.office import MONDAY, office, said

FRIDAY = MONDAY + timedelta(days=4)


@asynccontextmanager
async def talk(folder, start=MONDAY):
    """Nino has Anna's case, and has said hello."""
    async with office(folder, start) as desk:
        nino = await desk.seats("Nino", Role.MANAGER)
        anna = await desk.waits()
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("hello"))
        yield desk, nino, anna


async def closes(desk, nino):
    await desk.does(lambda: nino.says("/close"))
    await desk.presses(nino, "out_answered", "cat_work", "shut")


async def test_a_room_is_emptied_of_what_is_forty_hours_old_and_history_shows_it_again(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        await desk.does(lambda: anna.says("an old line"))
        await desk.does(lambda: nino.says("an old answer"))
        await desk.later(hours=38)
        await desk.does(lambda: anna.says("a young line"), lambda: nino.says("a young answer"))
        await desk.later(hours=2)
        await desk.later(hours=1)
        lying = " ".join(bubble.text for bubble in nino.sees())
        assert "an old" not in lying
        assert "a young line" in lying
        assert "a young answer" in lying
        assert "an old answer" in said(anna)
        await desk.does(lambda: nino.says("/history"))
        assert "an old line" in said(nino)[-1]


async def test_nothing_becomes_too_old_to_be_deleted_in_a_silent_weekend(tmp_path):
    """Telegram lets a bot delete only what is younger than 48 hours, and nobody may have written since."""
    async with talk(tmp_path, FRIDAY) as (desk, nino, anna):
        await desk.does(lambda: anna.says("see you on Monday"), lambda: nino.says("see you"))
        for _ in range(41):
            await desk.later(hours=1, heard=False)
        assert not [bubble.text for bubble in nino.sees() if "see you" in bubble.text]
        assert (await desk.case(anna)).phase is Phase.HUMAN


async def test_beginning_to_close_does_not_make_a_room_younger(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        await desk.does(lambda: anna.says("an old line"), lambda: nino.says("an old answer"))
        await desk.later(hours=26)
        await desk.does(lambda: nino.says("/close"))
        await desk.presses(nino, "keep")
        for _ in range(15):
            await desk.later(hours=1)
        assert not [bubble.text for bubble in nino.sees() if "an old" in bubble.text]


async def test_a_room_of_topics_is_cleaned_as_well(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.seats("Nino", Role.MANAGER)
        group = desk.telegram.world.group("Nino's room", nino, forum=True)
        group.takes_bot()
        await desk.does(lambda: nino.says("/room", group))
        anna = await desk.waits()
        await desk.takes(nino, anna)
        await desk.does(lambda: anna.says("an old line"))
        (topic,) = {bubble.thread_id for bubble in group.sees() if "an old line" in bubble.text}
        await desk.does(lambda: nino.says("an old answer", group, thread=topic))
        await desk.later(hours=40)
        await desk.later(hours=1)
        assert not [bubble.text for bubble in group.sees(topic) if "an old" in bubble.text]


async def test_when_it_can_no_longer_be_reopened_nothing_of_the_case_is_left(tmp_path):
    async with talk(tmp_path) as (desk, nino, anna):
        await desk.does(lambda: anna.says("my boss has my passport"), lambda: nino.says("//a note"))
        await closes(desk, nino)
        await desk.later(hours=23)
        assert await desk.transcript(anna)
        await desk.later(hours=2)
        async with desk.app.store.transaction() as work:
            conversation = (await work.conversations([anna.id]))[anna.id]
            assert await work.cases() == []
            assert await work.transcript(conversation) == []
            assert await work.lines([conversation]) in ({}, {conversation.id: []})
            assert await work.waiting() == 0
        assert await desk.case(anna) is None
