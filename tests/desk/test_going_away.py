"""A person blocks the bot, hides the chat or is forgotten, at any point and together with anything else."""

import random
import shutil
from itertools import permutations

import pytest

from bot.desk.cases import Phase
from bot.telegram.failures import Blocked
from tests.fakes.begun import desk_of, keys_of, offered, sound, talk, verbs_of
from tests.fakes.village import DESK_GROUP, hears, village


@pytest.mark.parametrize("phase", ["waiting", "human", "wrap_up", "ended", "closed"])
async def test_who_blocks_the_bot_hears_nothing_more_in_any_phase_and_is_heard_again_when_back(on_sqlite, phase):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made)
    steps = {
        "waiting": [],
        "human": [lambda: nino.taps("claim", DESK_GROUP)],
        "wrap_up": [lambda: nino.taps("claim", DESK_GROUP), lambda: nino.says("/close")],
        "ended": [lambda: nino.taps("claim", DESK_GROUP), lambda: anna.taps("desk_end")],
        "closed": [
            lambda: nino.taps("claim", DESK_GROUP),
            lambda: nino.says("/close"),
            lambda: nino.taps("out_answered"),
            lambda: nino.taps("shut"),
        ],
    }
    await made.does(*steps[phase])

    await made.take(anna.blocks())
    await made.rest()
    assert anna.sees() == []
    assert hears(nino, "staff.blocked") == (phase in ("human", "wrap_up", "ended"))
    await made.does(lambda: nino.says("hello?"), lambda: nino.says("/release"))
    await made.later(minutes=45)

    assert anna.sees() == []
    await made.does(lambda: anna.blocks(blocked=False), lambda: anna.says("I am back"))
    assert anna.sees() != []
    await sound(made)


async def test_who_blocks_the_bot_while_a_line_is_in_flight_is_not_sent_what_waits_behind_it(on_sqlite):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made)
    await talk(made, nino, anna)
    await made.take(nino.says("first"), nino.says("second"))
    made.telegram.trouble = lambda letter, _spot: Blocked() if letter.chat == anna.id else None

    await made.rest()

    assert "first" not in anna.reads()
    assert hears(nino, "staff.undelivered.blocked") >= 1
    assert (await made.case(anna)).owner == nino.id
    await sound(made)


@pytest.mark.parametrize("phase", ["nobody", "waiting", "human"])
async def test_who_hides_is_left_with_the_cover_and_nothing_else_in_any_phase(on_sqlite, phase):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made)
    if phase == "nobody":
        await made.does(lambda: anna.taps("desk_cancel"))
    if phase == "human":
        await talk(made, nino, anna)

    await made.take(nino.says("hello"), anna.says("/hide"), nino.says("are you there"))
    await made.rest()

    assert [one.text for one in anna.sees()] == [made.text("hide.cover")]
    await sound(made)


async def test_who_asks_again_by_typing_what_the_button_says_is_shown_with_all_that_was_said(on_sqlite):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made)
    await talk(made, nino, anna)
    await made.does(lambda: anna.says("at the farm"), lambda: nino.says("/close"))
    await made.does(lambda: nino.taps("out_answered"), lambda: nino.taps("shut"), lambda: anna.says("/human"))

    await made.does(lambda: anna.says(next(label for label, data in keys_of(anna) if data.startswith("write:"))))

    assert (await made.case(anna)).phase is Phase.HUMAN
    assert "at the farm" in nino.reads()
    await sound(made)


async def test_who_is_forgotten_by_typing_what_the_button_says_leaves_nothing_in_a_group(on_sqlite):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made)
    await made.does(lambda: anna.says("/forget"))

    await made.does(lambda: anna.says(next(label for label, data in keys_of(anna) if data.startswith("yes:"))))

    assert await made.case(anna) is None
    assert [one.text for one in nino.sees(DESK_GROUP)] == ["✓"]
    await sound(made)


ALL = ("ask", "text", "cancel", "ask again", "hide", "forget")
ORDERS = random.Random(5).sample(list(permutations(ALL)), 4)


async def test_all_that_one_person_can_do_in_one_batch_in_any_order_condemns_nothing(on_sqlite):
    made = on_sqlite
    nino, *_ = await desk_of(made)
    for order in ORDERS:
        anna = made.someone("Anna")
        await made.does(anna.starts, lambda anna=anna: anna.taps("English"), lambda anna=anna: anna.says("/human"))
        deeds = {
            "ask": anna.taps("write"),
            "text": anna.says("my boss has my passport"),
            "cancel": anna.presses(1, "desk_cancel:0"),
            "ask again": anna.presses(1, "desk_again:0"),
            "hide": anna.says("/hide"),
            "forget": anna.says("/forget"),
        }
        erase = [deeds[name] for name in order]
        await made.take(*erase)
        await made.rest()
        if "yes" in verbs_of(anna):
            await made.does(lambda anna=anna: anna.taps("yes"))
            assert await made.case(anna) is None
        await sound(made)
    assert "passport" not in nino.reads(DESK_GROUP)


@pytest.mark.parametrize("phase", ["waiting", "human", "closed"])
async def test_who_is_forgotten_and_asks_again_in_one_batch_begins_with_nothing(on_sqlite, phase):
    made = on_sqlite
    nino, gia, _luka, anna = await desk_of(made)
    await made.does(lambda: anna.says("my boss has my passport"))
    if phase != "waiting":
        await talk(made, nino, anna)
    if phase == "closed":
        await made.does(lambda: nino.says("/close"), lambda: nino.taps("out_answered"), lambda: nino.taps("shut"))
    await made.does(lambda: anna.says("/forget"))
    old = next(bubble.message for bubble in anna.chat().values() if "passport" in bubble.text)

    await made.take(
        anna.taps("yes"), anna.presses(1, "desk_again:0"), anna.edits(old, "he has my passport"), anna.says("hello")
    )
    await made.rest()
    await made.does(lambda: gia.taps("claim", DESK_GROUP))

    assert "passport" not in gia.reads() + nino.reads()
    assert gia.reads().count("hello") == 1
    await sound(made)


async def test_a_line_taken_back_for_one_who_is_forgotten_in_the_same_batch(on_sqlite):
    made = on_sqlite
    nino, _gia, _luka, anna = await desk_of(made)
    await talk(made, nino, anna)
    line = nino.says("come at noon")
    await made.does(lambda: line, lambda: anna.says("/forget"))

    await made.take(nino.says("one more"), nino.edits(line.below, "come at one"), nino.says("/undo"), anna.taps("yes"))
    await made.rest()

    assert "one" not in [bubble.text for bubble in anna.sees()]
    assert anna.sees()[-1].text
    assert await made.case(anna) is None
    assert "come" not in "".join(bubble.text for bubble in nino.sees())
    await sound(made)


async def after_all(begun, home, when=None):
    """What everybody sees after much has happened, on a store that is locked every other time, or never."""
    shutil.copytree(begun.home, home)
    async with village(home) as made:
        made.recalls(begun.memory)
        if when:
            made.locked(when)
        nino, gia, anna = await offered(made)
        await made.take(anna.says("one"), gia.taps("accept"), anna.says("two"))
        await made.rest()
        await made.does(lambda: gia.says("three"), lambda: anna.says("/forget"), lambda: anna.taps("yes"))
        assert bool(made.busy) == bool(when)
        await sound(made)
        return [[one.text for one in who.sees(chat)] for who in (nino, gia, anna) for chat in (0, DESK_GROUP)]


@pytest.mark.parametrize("when", ["before", "at the end"])
async def test_a_store_that_is_locked_in_the_middle_changes_nothing_but_the_time(begun, tmp_path, when):
    assert await after_all(begun, tmp_path / "locked", when) == await after_all(begun, tmp_path / "free")
