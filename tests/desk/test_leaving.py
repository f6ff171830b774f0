"""Whoever leaves the staff keeps no case, no room and no button; the last manager stays."""

import asyncio
from dataclasses import replace

import pytest

from bot import filing
from bot.desk.cases import Phase
from bot.desk.staff import Role, Staff
from storage import Busy, Keyring, Store
from tests.fakes.frozen import freeze
from tests.fakes.office import buttons, said, text, told


async def names(desk):
    return sorted(one.name for one in (await desk.desk()).staff.values())


async def removes(desk, manager, other):
    tag = (await desk.desk()).staff[other.id].tag
    await desk.does(
        lambda: manager.says("/staff"),
        lambda: manager.taps(f"remove_{tag}:0"),
        lambda: manager.taps(f"removed_{tag}:0"),
    )


async def test_who_is_removed_keeps_no_case_no_room_no_button_and_no_desk(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    anna = await desk.asks("Anna")
    await desk.takes(olga, anna)
    await desk.does(lambda: anna.says("my boss has my passport"), lambda: olga.says("I read it"))
    token = (await desk.case(anna)).token
    asked = buttons(olga).count(f"claim:{token}")
    await removes(desk, nino, olga)

    case = await desk.case(anna)
    assert (case.phase, case.owner) == (Phase.WAITING, None)
    assert not [words for words in said(olga) if "passport" in words], "the room is empty"
    assert told(olga, "staff.dismissed") == 1
    assert told(anna, "desk.released") == 1
    assert f"claim:{token}" in buttons(nino), "those who stay are told"
    assert buttons(olga).count(f"claim:{token}") == asked, "and whoever left is not"

    await desk.does(
        lambda: olga.presses(olga.sees()[0].message_id, f"claim:{token}"),
        lambda: olga.says("/queue"),
        lambda: olga.says("I am still here"),
    )
    assert (await desk.case(anna)).phase is Phase.WAITING
    assert not [words for words in said(anna) if "still here" in words]
    await desk.does(lambda: olga.says("/start"))
    assert "English" in olga.sees()[-1].labels, "the chat is a dialogue again"


@pytest.mark.parametrize("by", ["a manager", "the operator"])
async def test_who_is_removed_is_sent_nothing_that_still_waited_for_them_but_the_goodbye(desk, by):
    await freeze(desk.app.store, "2026-Q3")
    nino, dato = await desk.seats("Nino", Role.MANAGER), await desk.seats("Dato", Role.MANAGER)
    before = len(dato.sees())
    anna = desk.person("Anna")
    await desk.does(lambda: anna.says("/start"), lambda: anna.taps("English"), lambda: anna.says("/human"))
    desk.confirms(anna)
    dato.presses(1, "statsfile_2026_q3_csv_en:0")
    dato.says("/queue")
    await desk.takes_in()
    if by == "a manager":
        nino.presses(1, f"removed_tag{dato.id}:0")
        dato.says("/cases")
        await desk.takes_in()
    else:
        await desk.app.rounds.attending.dismiss(dato.id, desk.now)
    await desk.settle()

    heard = [bubble.text for bubble in dato.sees()[before:] if bubble.author == "bot"]
    assert heard[0] == text("staff.dismissed")
    assert not [bubble for bubble in dato.sees() if bubble.document]
    assert (await desk.case(anna)).alias not in " ".join(heard)
    assert (await desk.case(anna)).alias in " ".join(said(nino)), "those who stay are told"


async def test_of_what_is_taken_away_from_who_is_removed_nothing_is_withdrawn(desk):
    nino, olga = await desk.seats("Nino", Role.MANAGER), await desk.seats("Olga")
    anna = await desk.waits("Anna")
    await desk.takes(olga, anna)
    await desk.does(lambda: anna.says("my boss has my passport"), lambda: olga.says("/close"))
    await desk.presses(olga, "out_answered")
    olga.taps(f"shut:{(await desk.case(anna)).token}")
    await desk.takes_in()
    assert [words for words in said(olga) if "passport" in words]
    nino.presses(1, f"removed_tag{olga.id}:0")
    await desk.settle()

    assert not [words for words in said(olga) if "passport" in words]
    assert told(olga, "staff.dismissed") == 1


async def test_the_forum_group_of_who_is_removed_is_emptied_and_left(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    room = desk.telegram.world.group("Room", olga, forum=True)
    await desk.does(room.takes_bot, lambda: olga.says("/room", room))
    anna = await desk.asks("Anna")
    await desk.takes(olga, anna)
    await desk.does(lambda: anna.says("my boss has my passport"))
    assert [bubble for bubble in room.sees() if "passport" in bubble.text]
    await removes(desk, nino, olga)

    assert not [bubble for bubble in room.sees() if "passport" in bubble.text]
    assert [call.chat_id for call in desk.telegram.calls.of("leaveChat")] == [room.id]


async def test_who_is_removed_reads_nothing_along_and_is_offered_nothing(desk):
    nino, olga, otar = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga"), await desk.hires("Otar")
    anna = await desk.asks("Anna")
    await desk.takes(nino, anna)
    await desk.does(lambda: anna.says("my boss has my passport"), lambda: nino.says("/second"))
    tag = (await desk.desk()).staff[otar.id].tag
    await desk.presses(nino, f"second_{tag}")
    assert [words for words in said(otar) if "passport" in words]
    await desk.does(lambda: nino.says("/transfer"))
    await desk.presses(nino, f"to_{tag}")
    assert (await desk.case(anna)).offered_to == otar.id
    await removes(desk, nino, otar)

    case = await desk.case(anna)
    assert (case.owner, case.readers, case.offered_to) == (nino.id, (), None)
    assert not [words for words in said(otar) if "passport" in words]
    assert told(nino, "staff.transfer.returned") == 1
    await desk.does(lambda: anna.says("are you there?"))
    assert not [words for words in said(otar) if "are you there" in words]
    assert not [words for words in said(olga) if "passport" in words]


async def test_the_last_manager_stays(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    await desk.hires("Olga")
    await removes(desk, nino, nino)
    assert told(nino, "staff.remove.last") == 1
    assert await names(desk) == ["Nino", "Olga"]


async def test_a_removal_is_asked_once_more_and_can_be_taken_back(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    tag = (await desk.desk()).staff[olga.id].tag
    await desk.does(lambda: nino.says("/staff"), lambda: nino.taps(f"remove_{tag}:0"))
    assert "Olga" in await names(desk)
    await desk.does(lambda: nino.taps("stay:0"))
    assert "Olga" in await names(desk)
    assert told(nino, "staff.remove.not") == 1


async def test_of_two_managers_who_remove_each_other_at_once_one_stays(desk):
    nino, mari = await desk.hires("Nino", Role.MANAGER), await desk.hires("Mari", Role.MANAGER)
    tags = {one.name: one.tag for one in (await desk.desk()).staff.values()}
    await desk.does(lambda: nino.says("/staff"), lambda: mari.says("/staff"))

    def both():
        nino.presses(nino.sees()[-1].message_id, f"removed_{tags['Mari']}:0")
        mari.presses(mari.sees()[-1].message_id, f"removed_{tags['Nino']}:0")

    await desk.does(both)
    assert await names(desk) == ["Nino"]


def a_manager(number):
    return Staff(number, f"tag{number}", Role.MANAGER, f"M{number}", "en")


async def dismissed(store, one, meet):
    """A manager goes, as far as the store is concerned; both have read before either writes."""
    async with store.transaction() as work:
        filed = await filing.read(work)
        await meet.wait()
        left = {person: each for person, each in filed.desk.staff.items() if person != one}
        await filing.write(work, filed, replace(filed.desk, staff=left), {})


async def test_of_two_managers_who_go_in_two_transactions_at_once_one_stays(server, template, tmp_path):
    async with server.copy(template) as url:
        store = await Store.open(url, Keyring.create(tmp_path / "keyring"))
        async with store.transaction() as work:
            filed = await filing.read(work)
            await filing.write(work, filed, replace(filed.desk, staff={n: a_manager(n) for n in (1, 2)}), {})
        meet = asyncio.Barrier(2)
        gone = await asyncio.gather(*(dismissed(store, n, meet) for n in (1, 2)), return_exceptions=True)
        async with store.transaction() as work:
            left = (await filing.read(work)).desk.managers()
        await store.close()

    assert sorted(one is None for one in gone) == [False, True]
    assert [type(one) for one in gone if one is not None and not isinstance(one, Busy)] == []
    assert len(left) == 1


async def test_whoever_blocks_the_bot_is_off_duty_and_their_cases_go_back(desk):
    await desk.hires("Nino", Role.MANAGER)
    olga = await desk.hires("Olga")
    anna = await desk.asks("Anna")
    await desk.takes(olga, anna)
    await desk.does(olga.blocks)

    assert (await desk.case(anna)).phase is Phase.WAITING
    assert not (await desk.desk()).staff[olga.id].on_duty
