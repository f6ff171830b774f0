"""Two things at once: whoever comes second finds what the first has done, and no line is lost or seen by two.

Most races end in one of two orders, and both are right; a test names both. `crosses` is the hard one: a worker has
read the desk, another commits, and only then the first goes on.
"""

import pytest

from bot.desk.cases import Phase
from tests.fakes.begun import at_once, crossed, desk_of, in_turn, offered, seen_once, sound, talk
from tests.fakes.village import DESK_GROUP, hears


async def test_of_two_who_claim_at_once_one_has_the_case_and_the_other_is_told_who(made):
    nino, gia, _luka, anna = await desk_of(made)
    first, second = nino.taps("claim", DESK_GROUP), gia.taps("claim", DESK_GROUP)

    await at_once(made, first, second)

    owner = (await made.case(anna)).owner
    winner, loser, late = (nino, gia, second) if owner == nino.id else (gia, nino, first)
    assert made.toasts[late.callback] == made.text("staff.taken", name=winner.name)
    assert hears(anna, "desk.joined") == 1
    assert not loser.sees()
    assert winner.sees()
    await sound(made)


async def test_who_read_the_desk_before_another_claimed_does_not_claim_after_all(on_postgres):
    made = on_postgres
    nino, gia, _luka, anna = await desk_of(made)
    late = gia.taps("claim", DESK_GROUP)

    await made.crosses(nino.taps("claim", DESK_GROUP), late=late)
    await made.rest()

    assert made.busy == 1
    assert (await made.case(anna)).owner == nino.id
    assert made.toasts[late.callback] == made.text("staff.taken", name="Nino")
    assert hears(anna, "desk.joined") == 1
    await sound(made)


async def test_a_case_that_is_cancelled_and_claimed_at_once_is_one_of_the_two_for_everybody(made):
    nino, _gia, _luka, anna = await desk_of(made)
    claim, cancel = nino.taps("claim", DESK_GROUP), anna.taps("desk_cancel")

    await at_once(made, claim, cancel)

    await _is_one_of_the_two(made, nino, anna)


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", ["claim", "cancel"])
async def test_cancelling_and_claiming_in_either_order(on_sqlite, first, together):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made)

    await in_turn(
        made, nino.taps("claim", DESK_GROUP), anna.taps("desk_cancel"), turned=first != "claim", together=together
    )

    case = await made.case(anna)
    assert case.phase is (Phase.HUMAN if first == "claim" else Phase.CLOSED)
    await _is_one_of_the_two(made, nino, anna)


@pytest.mark.parametrize("late", ["claim", "cancel"])
async def test_cancelling_and_claiming_on_a_desk_that_was_read_before(on_postgres, late):
    made = on_postgres
    nino, _gia, _luka, anna = await desk_of(made)
    claim, cancel = nino.taps("claim", DESK_GROUP), anna.taps("desk_cancel")

    await crossed(made, claim, cancel, turned=late == "claim")

    assert (await made.case(anna)).phase is (Phase.CLOSED if late == "claim" else Phase.HUMAN)
    await _is_one_of_the_two(made, nino, anna)


async def _is_one_of_the_two(made, nino, anna):
    case = await made.case(anna)
    talks = case.phase is Phase.HUMAN
    assert hears(anna, "desk.joined") == talks
    assert hears(anna, "desk.cancelled") == (not talks)
    assert bool(nino.sees()) == talks
    assert (nino.sees(DESK_GROUP)[0].text == "✓") == (not talks)
    await sound(made)


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", ["accept", "line"])
async def test_a_line_during_a_transfer_is_read_by_the_new_owner_alone(on_sqlite, first, together):
    made = on_sqlite
    nino, gia, anna = await offered(made)

    await in_turn(made, gia.taps("accept"), anna.says("my boss is coming"), turned=first != "accept", together=together)

    seen_once("my boss is coming", gia, nino)
    await sound(made)


async def test_a_line_during_a_transfer_by_another_worker_is_read_by_the_new_owner_alone(made):
    nino, gia, anna = await offered(made)

    await at_once(made, gia.taps("accept"), anna.says("my boss is coming"))

    seen_once("my boss is coming", gia, nino)
    await sound(made)


@pytest.mark.parametrize("late", ["accept", "line"])
async def test_a_line_and_a_transfer_on_a_desk_that_was_read_before(on_postgres, late):
    made = on_postgres
    nino, gia, anna = await offered(made)
    accept, line = gia.taps("accept"), anna.says("my boss is coming")

    await crossed(made, accept, line, turned=late == "accept")

    seen_once("my boss is coming", gia, nino)
    await sound(made)


async def test_an_edit_and_a_transfer_on_a_desk_that_was_read_before(on_postgres):
    made = on_postgres
    nino, gia, anna = await offered(made)
    line = anna.says("my boss")
    await made.does(lambda: line)

    await made.crosses(gia.taps("accept"), late=anna.edits(line.below, "my boss has a gun"))
    await made.rest()

    assert "gun" not in nino.reads()
    assert "gun" in gia.reads()
    await sound(made)


async def test_a_line_in_flight_while_the_case_changes_hands_is_taken_away_again(on_sqlite):
    made = on_sqlite
    nino, gia, anna = await offered(made)
    accept = gia.taps("accept")
    await made.take(anna.says("my boss is coming"))
    made.telegram.meanwhile.append(lambda: made.take(accept))

    await made.rest()

    seen_once("my boss is coming", gia, nino)
    await sound(made)


async def test_a_consultants_line_that_comes_after_the_case_is_gone_reaches_nobody(on_postgres):
    made = on_postgres
    nino, gia, anna = await offered(made)

    await made.crosses(gia.taps("accept"), late=nino.says("I am still here"))
    await made.rest()

    assert "still here" not in anna.reads()
    assert hears(nino, "staff.no_case") == 1
    await sound(made)


async def test_what_was_kept_is_shown_to_whoever_claims_in_the_same_moment(on_sqlite):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made)

    await made.take(anna.says("first"), anna.says("second"), nino.taps("claim", DESK_GROUP), anna.says("third"))
    await made.rest()

    shown = nino.reads()
    assert [shown.count(word) for word in ("first", "second", "third")] == [1, 1, 1]
    assert shown.index("first") < shown.index("second") < shown.index("third")
    await sound(made)


async def test_what_was_said_just_before_a_release_is_shown_to_whoever_claims_in_the_same_moment(on_sqlite):
    made = on_sqlite
    nino, gia, _luka, anna = await desk_of(made)
    await talk(made, nino, anna)
    token = (await made.case(anna)).token
    claim = gia.presses(gia.sees(DESK_GROUP)[0].message, f"claim:{token}", DESK_GROUP)

    await made.take(anna.says("first"), nino.says("/release"), anna.says("second"), claim)
    await made.rest()

    seen_once("first", gia, nino)
    seen_once("second", gia, nino)
    await sound(made)
