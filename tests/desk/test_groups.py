"""Groups: which becomes the desk, and that every group which is nothing to it is left."""

import pytest

from bot.desk.cases import Phase
from bot.desk.staff import Role
from bot.sandbox.chats import Standing
from tests.fakes.groups import bound, cards, left, room_of
from tests.fakes.office import buttons, said, text, told


async def test_a_group_becomes_the_desk_by_a_managers_word(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    group = await bound(desk, nino)
    assert (await desk.desk()).group.chat == group.id
    assert told(nino, "staff.desk.bound", group) == 1
    await desk.later(hours=2)
    assert left(desk) == []


async def test_a_consultant_cannot_make_a_group_the_desk_and_is_told_so_in_private(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    group = desk.telegram.world.group("Desk", nino)
    group.welcomes(olga)
    await desk.does(group.takes_bot)
    before = len(group.sees())
    await desk.does(lambda: olga.says("/desk", group))

    assert (await desk.desk()).group is None
    assert told(olga, "staff.not_yours") == 1
    assert len(group.sees()) == before + 1, "her own line, and no answer"


async def test_a_manager_who_types_desk_in_private_is_told_where(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    await desk.does(lambda: nino.says("/desk"))
    assert told(nino, "staff.desk.how") == 1


@pytest.mark.parametrize("command", ["/desk", "/room"])
async def test_an_admin_who_hides_as_the_group_is_told_what_to_do(desk, command):
    nino = await desk.hires("Nino", Role.MANAGER)
    group = desk.telegram.world.group("Desk", nino, supergroup=True)
    group.welcomes(nino, Standing.ADMINISTRATOR, anonymous=True)
    await desk.does(group.takes_bot, lambda: nino.says(command, group))

    assert (await desk.desk()).group is None
    assert (await desk.desk()).staff[nino.id].room is None
    assert all(text("staff.anonymous", language) in said(nino, group)[-1] for language in ("ka", "ru", "en"))

    group.welcomes(nino, Standing.ADMINISTRATOR)
    await desk.does(lambda: nino.says("/desk", group))
    assert (await desk.desk()).group.chat == group.id


async def test_a_group_a_stranger_asked_the_bot_into_is_left_at_once(desk):
    await desk.hires("Nino", Role.MANAGER)
    mallory = desk.person("Mallory")
    group = desk.telegram.world.group("Anything", mallory)
    await desk.does(group.takes_bot)
    assert left(desk) == [group.id]
    assert not cards(group)


async def test_a_group_staff_asked_the_bot_into_is_left_after_a_quarter_of_an_hour_unbound(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    group = desk.telegram.world.group("Desk", nino)
    await desk.does(lambda: group.takes_bot(Standing.MEMBER))
    assert told(nino, "staff.desk.hint", group) == 1
    await desk.later(minutes=10)
    await desk.does(group.takes_bot)
    assert told(nino, "staff.desk.hint", group) == 1, "other rights are no new beginning"
    await desk.later(minutes=4)
    assert left(desk) == []
    await desk.later(minutes=2)
    assert left(desk) == [group.id]
    assert (await desk.desk()).guests == {}


async def test_an_upgrade_buys_an_unbound_group_no_time(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    group = desk.telegram.world.group("Desk", nino)
    await desk.does(group.takes_bot, group.upgrades)
    await desk.later(minutes=16)
    assert left(desk) == [group.id]


async def test_what_a_stranger_says_in_a_group_of_ours_is_heard_by_nobody(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    group, room = await bound(desk, nino, supergroup=True), await room_of(desk, olga)
    anna = await desk.asks()
    await desk.takes(olga, anna)
    topic = next(one.thread_id for one in room.sees() if one.thread_id)
    mallory = desk.person("Mallory")
    before = said(anna)
    await desk.does(
        lambda: mallory.says("hello", group),
        lambda: mallory.says("hello", room, thread=topic),
        lambda: mallory.says("/close", room, thread=topic),
        lambda: nino.says("hello from a colleague", room, thread=topic),
    )
    assert said(anna) == before
    assert (await desk.case(anna)).phase is Phase.HUMAN
    assert left(desk) == []


async def test_put_out_of_the_desk_group_managers_know_and_cases_are_announced_in_private(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    group = await bound(desk, nino)
    await desk.does(lambda: group.takes_bot(Standing.KICKED))
    assert (await desk.desk()).group is None
    assert (told(nino, "staff.desk.lost"), told(olga, "staff.desk.lost")) == (1, 0)

    anna = await desk.asks()
    token = (await desk.case(anna)).token
    assert f"claim:{token}" in buttons(olga)
    await desk.does(lambda: olga.taps(f"claim:{token}"))
    assert (await desk.case(anna)).owner == olga.id
