"""A room of one's own: whose group it may be, how it is changed, and how it is lost."""

from bot.desk.staff import Role
from bot.sandbox.chats import Standing
from tests.fakes.groups import bound, left, room_of
from tests.fakes.office import said, told


async def test_a_room_is_ones_own_group_and_neither_the_desk_nor_a_colleagues(desk):
    nino, olga, otar = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga"), await desk.hires("Otar")
    group, room = await bound(desk, nino), await room_of(desk, olga)
    assert (await desk.desk()).staff[olga.id].room == room.id
    assert told(olga, "staff.room.topics") == 1
    await desk.does(lambda: otar.says("/room", group), lambda: otar.says("/room", room))
    assert (await desk.desk()).staff[otar.id].room is None
    assert (told(otar, "staff.room.is_desk"), told(otar, "staff.room.taken")) == (1, 1)
    await desk.does(lambda: nino.says("/desk", room))
    assert told(nino, "staff.desk.is_room") == 1
    assert (await desk.desk()).group.chat == group.id
    await desk.later(hours=1)
    assert left(desk) == []


async def test_a_room_is_not_changed_while_cases_are_open(desk):
    olga = await desk.hires("Olga")
    room = await room_of(desk, olga)
    await desk.takes(olga, await desk.asks())
    await desk.does(lambda: olga.says("/room"))
    assert told(olga, "staff.room.busy") == 1
    assert (await desk.desk()).staff[olga.id].room == room.id


async def test_back_in_private_the_bot_leaves_what_was_the_room(desk):
    olga = await desk.hires("Olga")
    room = await room_of(desk, olga)
    await desk.does(lambda: olga.says("/room"))
    assert told(olga, "staff.room.plain") == 1
    await desk.later(minutes=16)
    assert left(desk) == [room.id]


async def test_put_out_of_a_room_its_cases_go_on_in_private_with_all_that_was_said(desk):
    olga = await desk.hires("Olga")
    room = await room_of(desk, olga)
    anna = await desk.asks()
    await desk.takes(olga, anna)
    topic = next(one.thread_id for one in room.sees() if one.thread_id)
    await desk.does(lambda: anna.says("I am hiding"), lambda: olga.says("stay there", room, thread=topic))
    await desk.does(lambda: room.takes_bot(Standing.KICKED))

    assert (await desk.desk()).staff[olga.id].room is None
    assert (await desk.case(anna)).owner == olga.id
    assert told(olga, "staff.room.fallen_back") == 1
    assert [words for words in said(olga) if "I am hiding" in words and "stay there" in words]
    await desk.does(lambda: anna.says("they are gone"), lambda: olga.says("go now"))
    assert [words for words in said(olga) if "they are gone" in words]
    assert "go now" in said(anna)
