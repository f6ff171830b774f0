"""A room that is gone, whole or in part: the case goes on in the next best one, and no line is lost on the way."""

from bot.desk.cases import Phase
from bot.telegram.failures import Blocked, Never, Reason
from tests.fakes.begun import FORUM, desk_of, sound, talk
from tests.fakes.village import DESK_GROUP, hears


async def test_a_deleted_topic_is_made_anew_and_the_line_is_in_it(on_sqlite):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made, Nino=FORUM)
    await talk(made, nino, anna)
    gone = {one.thread for one in nino.sees(FORUM)}
    made.telegram.trouble = lambda letter, spot: Never(Reason.TOPIC) if spot.thread in gone else None

    await made.does(lambda: anna.says("are you there"))
    (shown,) = [one for one in nino.sees(FORUM) if "are you there" in one.text]
    await made.does(lambda: nino.says("yes I am", FORUM, thread=shown.thread))

    assert shown.thread not in gone
    assert "yes I am" in anna.reads()
    await sound(made)


async def test_a_room_without_topics_is_left_for_the_private_chat_with_all_its_cases(on_sqlite):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made, Nino=FORUM)
    maka = await made.asks("Maka")
    await made.does(lambda: anna.says("first"), lambda: maka.says("second"))
    made.telegram.no_forums.add(FORUM)

    await made.take(*(nino.presses(one.message, one.rows[0][0][1], DESK_GROUP) for one in nino.sees(DESK_GROUP)))
    await made.rest()

    assert {(await made.case(one)).owner for one in (anna, maka)} == {nino.id}
    assert [nino.reads().count(word) for word in ("first", "second")] == [1, 1]
    await made.does(lambda: anna.says("third"))
    assert "third" in nino.reads()
    await sound(made)


async def test_a_room_that_is_lost_in_the_middle_of_a_talk_costs_no_line(on_sqlite):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made, Nino=FORUM)
    await talk(made, nino, anna)
    await made.does(lambda: anna.says("first"))
    made.telegram.trouble = lambda letter, _spot: Never(Reason.NO_RIGHTS) if letter.chat == FORUM else None

    await made.take(anna.says("second"), anna.says("third"))
    await made.rest()

    assert (await made.case(anna)).owner == nino.id
    assert [nino.reads().count(word) for word in ("first", "second", "third")] == [1, 1, 1]
    assert hears(nino, "staff.room.fallen_back") == 1
    await made.does(lambda: nino.says("I read you"))
    assert "I read you" in anna.reads()
    await sound(made)


async def test_a_room_that_cannot_be_opened_at_all_gives_the_case_back_at_once(on_sqlite):
    made = on_sqlite
    nino, gia, _luka, anna = await desk_of(made, Nino=FORUM)
    await made.does(lambda: anna.says("first"))
    made.telegram.no_forums.add(FORUM)
    made.telegram.trouble = lambda letter, _spot: Blocked() if letter.chat == nino.id else None

    await made.does(lambda: nino.taps("claim", DESK_GROUP))

    case = await made.case(anna)
    assert (case.phase, case.owner) == (Phase.WAITING, None)
    assert hears(anna, "desk.released") == 1
    await made.does(lambda: gia.taps("claim", DESK_GROUP))
    assert gia.reads().count("first") == 1
    await sound(made)


async def test_a_room_that_fails_after_the_case_is_gone_costs_the_new_owner_nothing(on_sqlite):
    made = on_sqlite
    nino, gia, _luka, anna = await desk_of(made, Nino=FORUM)
    case = await made.case(anna)
    release, claim = nino.says("/release"), gia.taps("claim", DESK_GROUP)
    await made.take(nino.taps("claim", DESK_GROUP))

    async def changes_hands():
        await made.take(release)
        await made.take(claim)

    made.telegram.trouble = lambda letter, _spot: Never(Reason.NO_RIGHTS) if letter.chat == FORUM else None
    made.telegram.meanwhile += [changes_hands]
    await made.rest()

    now = await made.case(anna)
    assert (now.phase, now.owner) == (Phase.HUMAN, gia.id)
    assert sum(case.alias in one.text for one in gia.sees()) == 1
    await sound(made)
