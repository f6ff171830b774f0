"""The desk group's cards: one message for a case, without a word of anybody's, from the asking to a bare tick."""

import json

from bot.desk.cards import TICK
from bot.desk.cases import Phase
from bot.desk.staff import Role
from bot.sandbox.shapes import Kind
from tests.fakes.groups import bound, cards, left
from tests.fakes.office import said, text, told


def asked_of(desk, *chats):
    """All that the bot ever asked of these groups, as it went over the wire."""
    return [json.dumps(call.parameters, ensure_ascii=False) for call in desk.telegram.calls if call.chat_id in chats]


async def closes(desk, consultant):
    await desk.does(lambda: consultant.says("/close"))
    await desk.presses(consultant, "out_answered", "cat_work", "shut")


async def test_what_goes_into_the_desk_group_tells_nothing_anybody_said(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    group = await bound(desk, nino)
    anna = await desk.asks("Anna Secretname")
    case = await desk.case(anna)
    await desk.does(lambda: anna.says("word-one"), lambda: group.welcomes(olga))
    await desk.does(lambda: olga.taps(f"claim:{case.token}", group), lambda: olga.says("word-two"))
    await desk.does(lambda: anna.says("word-three"), lambda: anna.sends(Kind.PHOTO, "word-four"))
    await desk.does(lambda: olga.says("// word-five"), lambda: olga.says("/release"))
    await desk.takes(olga, anna)
    await closes(desk, olga)

    everything = asked_of(desk, group.id)
    assert len(everything) > 4
    for secret in ("word-", "Secretname", str(anna.id)):
        assert not [call for call in everything if secret in call], secret
    assert {call.method for call in desk.telegram.calls if call.chat_id == group.id} <= {
        "sendMessage",
        "editMessageText",
    }


async def test_a_card_is_one_message_that_changes_and_ends_as_a_bare_tick(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    group = await bound(desk, nino)
    hello = group.sees()[-1].message_id
    anna = await desk.asks()
    case = await desk.case(anna)
    (card,) = cards(group, hello)
    assert case.alias in card.text
    assert [key.data for row in card.keyboard for key in row] == [f"claim:{case.token}"]

    await desk.does(lambda: olga.taps(f"claim:{case.token}", group))
    (taken,) = cards(group, hello)
    assert (taken.message_id, taken.keyboard) == (card.message_id, ())
    assert "Olga" in taken.text

    await desk.does(lambda: olga.says("/release"))
    (again,) = cards(group, hello)
    assert (again.message_id, again.labels) == (card.message_id, card.labels)

    await desk.takes(olga, anna)
    await closes(desk, olga)
    (tick,) = cards(group, hello)
    assert (tick.message_id, tick.text, tick.keyboard) == (card.message_id, TICK, ())


async def test_a_case_the_person_takes_back_leaves_a_tick(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    group = await bound(desk, nino)
    anna = await desk.asks()
    await desk.does(lambda: anna.taps("desk_cancel:0"))
    assert group.sees()[-1].text == TICK


async def test_the_first_who_taps_has_the_case_and_the_other_is_told_who(desk):
    nino, olga, otar = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga"), await desk.hires("Otar")
    group = await bound(desk, nino)
    stranger = desk.person("Mallory")
    anna = await desk.asks()
    case = await desk.case(anna)

    await desk.does(lambda: stranger.taps(f"claim:{case.token}", group))
    assert stranger.toast == text("staff.not_staff")
    assert (await desk.case(anna)).phase is Phase.WAITING

    def both():
        olga.taps(f"claim:{case.token}", group)
        otar.taps(f"claim:{case.token}", group)

    await desk.does(both)
    assert (await desk.case(anna)).owner == olga.id
    assert olga.toast == text("staff.yours", name=case.alias)
    assert otar.toast == text("staff.taken", name="Olga")
    assert told(anna, "desk.joined") == 1
    assert [one for one in said(olga) if case.alias in one], "the room opens"
    assert not [one for one in said(otar) if case.alias in one]


async def test_a_tap_on_a_card_that_is_over_is_answered_too(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    group = await bound(desk, nino)
    anna = await desk.asks()
    case, card = await desk.case(anna), group.sees()[-1]
    await desk.does(lambda: anna.taps("desk_cancel:0"))
    await desk.does(lambda: nino.presses(card.message_id, f"claim:{case.token}", group))
    assert nino.toast == text("staff.old")


async def test_what_staff_write_in_the_desk_group_goes_nowhere(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    group = await bound(desk, nino)
    anna = await desk.asks()
    await desk.takes(olga, anna)
    before = said(anna), len(await desk.transcript(anna))
    await desk.does(
        lambda: olga.says("lunch?", group), lambda: olga.says("// a note", group), lambda: olga.says("/close", group)
    )
    assert (said(anna), len(await desk.transcript(anna))) == before
    assert told(olga, "staff.not_here") == 1


async def test_the_desk_follows_its_group_when_that_is_upgraded_and_open_cards_come_anew(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    group = await bound(desk, nino)
    anna, bela, gia = await desk.asks("Anna"), await desk.asks("Bela"), await desk.asks("Gia")
    await desk.takes(olga, bela)
    await desk.does(lambda: gia.taps("desk_cancel:0"))
    small = group.id
    await desk.does(group.upgrades)

    assert (await desk.desk()).group.chat == group.id != small
    waiting, taken = await desk.case(anna), await desk.case(bela)
    assert sorted(waiting.alias in card.text for card in cards(group)) == [False, True]
    assert sorted(taken.alias in card.text for card in cards(group)) == [False, True]
    await desk.does(lambda: olga.taps(f"claim:{waiting.token}", group))
    assert (await desk.case(anna)).owner == olga.id

    await desk.does(lambda: olga.says("/cases"), lambda: olga.taps(f"pick:{taken.token}"))
    await closes(desk, olga)
    assert sorted(card.text == TICK for card in cards(group)) == [False, True]
    assert left(desk) == []


async def test_cards_wait_for_the_group_and_one_bound_later_gets_all_that_are_open(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    anna, bela = await desk.asks("Anna"), await desk.asks("Bela")
    await desk.takes(olga, bela)
    group = await bound(desk, nino)
    hello = next(one.message_id for one in group.sees() if one.text == text("staff.desk.bound"))
    assert len(cards(group, hello)) == 2

    await closes(desk, olga)
    assert sorted(card.text == TICK for card in cards(group, hello)) == [False, True], "and no tick comes alone"
    assert (await desk.case(anna)).phase is Phase.WAITING


async def test_another_group_made_the_desk_takes_the_cards_and_the_old_one_is_left(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    old = await bound(desk, nino)
    anna = await desk.asks()
    new = await bound(desk, nino)
    assert (await desk.case(anna)).alias in new.sees()[-1].text
    assert left(desk) == [old.id]
    await desk.does(lambda: nino.says("/desk", new))
    assert left(desk) == [old.id], "once more in the same group changes nothing"
