"""A talk ends, or its owner goes, while something is being said: it is heard, or its writer is told the truth."""

from dataclasses import replace

import pytest

from bot.desk.cases import Phase
from bot.desk.staff import Role, invitation
from bot.filing import read, write
from tests.fakes.begun import ROLES, at_once, crossed, desk_of, in_turn, sound, talk
from tests.fakes.village import DESK_GROUP, hears


async def wrapping_up(made, **rooms):
    nino, _gia, _luka, anna = await desk_of(made, **rooms)
    await talk(made, nino, anna)
    await made.does(lambda: nino.says("/close"), lambda: nino.taps("out_answered"))
    return nino, anna


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", ["shut", "line"])
async def test_a_line_at_the_very_end_goes_on_with_the_talk_or_is_answered_honestly(on_sqlite, first, together):
    made = on_sqlite
    nino, anna = await wrapping_up(made)

    await in_turn(made, nino.taps("shut"), anna.says("one more thing"), turned=first != "shut", together=together)

    assert (await made.case(anna)).phase is (Phase.CLOSED if first == "shut" else Phase.HUMAN)
    await _is_heard_or_told(made, nino, anna)


async def test_a_line_and_the_end_at_once(made):
    nino, anna = await wrapping_up(made)

    await at_once(made, nino.taps("shut"), anna.says("one more thing"))

    await _is_heard_or_told(made, nino, anna)


@pytest.mark.parametrize("late", ["shut", "line"])
async def test_a_line_and_the_end_on_a_desk_that_was_read_before(on_postgres, late):
    made = on_postgres
    nino, anna = await wrapping_up(made)
    shut, line = nino.taps("shut"), anna.says("one more thing")

    await crossed(made, shut, line, turned=late == "shut")

    assert (await made.case(anna)).phase is (Phase.HUMAN if late == "shut" else Phase.CLOSED)
    await _is_heard_or_told(made, nino, anna)


async def _is_heard_or_told(made, nino, anna):
    over = (await made.case(anna)).phase is Phase.CLOSED
    assert hears(anna, "desk.closed") == over
    assert hears(anna, "desk.after") == over
    assert nino.reads().count("one more thing") == (not over)
    await sound(made)


@pytest.mark.parametrize("first", ["removal", "lines"])
async def test_an_owner_removed_in_the_middle_of_a_talk_leaves_the_case_whole_to_the_next(on_sqlite, first):
    made = on_sqlite
    nino, gia, luka, anna = await desk_of(made)
    await talk(made, luka, anna)
    await made.does(lambda: nino.says("/staff"), lambda: nino.taps(f"remove_tag{luka.id}"))
    removal = [nino.taps(f"removed_tag{luka.id}")]
    lines = [anna.says("are you there"), luka.says("yes I am")]

    await made.take(*(removal + lines if first == "removal" else lines + removal))
    await made.rest()
    await made.does(lambda: gia.taps("claim", DESK_GROUP))

    assert gia.reads().count("are you there") == 1
    assert ("yes I am" in anna.reads()) == (first == "lines")
    assert ("yes I am" in gia.reads()) == (first == "lines")
    assert "are you there" not in luka.reads()
    assert "claim" not in [data.partition(":")[0] for one in luka.sees() for row in one.rows for _, data in row]
    await sound(made)


@pytest.mark.parametrize("late", ["removal", "line"])
async def test_an_owner_who_is_removed_while_writing(on_postgres, late):
    made = on_postgres
    nino, _gia, luka, anna = await desk_of(made)
    await talk(made, luka, anna)
    await made.does(lambda: nino.says("/staff"), lambda: nino.taps(f"remove_tag{luka.id}"))
    removal, line = nino.taps(f"removed_tag{luka.id}"), luka.says("yes I am")

    await crossed(made, removal, line, turned=late == "removal")

    assert ("yes I am" in anna.reads()) == (late == "removal")
    assert (await made.case(anna)).phase is Phase.WAITING
    await sound(made)


async def test_two_managers_who_remove_each_other_at_once_leave_one(on_postgres):
    made = on_postgres
    nino, gia, _luka, _anna = await desk_of(made)
    for one, other in ((nino, gia), (gia, nino)):
        await made.does(
            lambda one=one: one.says("/staff"), lambda one=one, other=other: one.taps(f"remove_tag{other.id}")
        )

    await made.crosses(nino.taps(f"removed_tag{gia.id}"), late=gia.taps(f"removed_tag{nino.id}"))
    await made.rest()

    assert [one.name for one in (await made.desk()).managers()] == ["Nino"]
    await sound(made)


async def test_two_managers_at_once_allow_one_reader_once(on_postgres):
    made = on_postgres
    nino, gia, luka, anna = await desk_of(made)
    await talk(made, luka, anna)
    await made.does(lambda: luka.says("/second"), lambda: luka.taps(f"second_tag{gia.id}"))

    await made.crosses(nino.taps(f"allow_tag{gia.id}"), late=gia.taps(f"deny_tag{gia.id}"))
    await made.rest()

    assert (await made.case(anna)).readers == (gia.id,)
    assert hears(gia, "staff.old") == 1
    await sound(made)


async def test_an_invitation_that_two_use_at_once_is_used_once(on_postgres):
    made = on_postgres
    await desk_of(made)
    async with made.workers[0].store.transaction() as work:
        filed = await read(work)
        one = invitation("code", Role.CONSULTANT, made.moment)
        await write(work, filed, replace(filed.desk, invitations={one.hash: one}), {})
    dato, vera = made.someone("Dato"), made.someone("Vera")

    await made.crosses(dato.starts("i_code"), late=vera.starts("i_code"))
    await made.rest()

    assert {"Dato"} == {one.name for one in (await made.desk()).staff.values()} - set(ROLES)
    await sound(made)
