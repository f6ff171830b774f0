"""The bot ends and begins again on the same data, at every point of a case: nobody notices.

Everything that was committed is in the outbox when it ends; what Telegram was not told to forget comes again.
"""

import random

import pytest

from bot.desk.staff import Role
from bot.sandbox.formatted import typed
from bot.sandbox.messages import Content
from bot.sandbox.shapes import Kind
from tests.fakes.office import buttons, office, said, told


class Lives:
    """An office; a `mortal` one ends after each of the moments that count, with all that they came to in its outbox."""

    def __init__(self, office_, *, mortal):
        self.office, self.mortal = office_, mortal

    async def does(self, *deeds):
        """One moment: all of it is settled but what the last deed comes to."""
        *before, last = deeds
        await self.office.does(*before)
        last()
        if self.mortal:
            await self.office.takes_in()
            await self.office.stops()
            await self.office.begins()
        await self.office.settle()


def screen(person, where=None):
    """Everything on it: who, what, buttons, and the mark."""
    return [
        (one.author, one.text, [key.data for row in one.keyboard for key in row], one.reaction)
        for one in person.sees(where)
    ]


async def story(lives):
    """From the asking to the end: handed over, ended, taken up again, forgotten at last.

    Nino reads in topics, Gia in private.
    """
    made, does = lives.office, lives.does
    nino, gia = await made.hires("Nino", Role.MANAGER), await made.hires("Gia")
    desk, room = made.telegram.world.group("Desk", nino), made.telegram.world.group("Room", nino, forum=True)
    await made.does(desk.takes_bot, lambda: nino.says("/desk", desk))
    await made.does(room.takes_bot, lambda: nino.says("/room", room))
    anna = await made.asks()
    tag = (await made.desk()).staff[gia.id].tag

    def presses(who, verb, where=None):
        return lambda: who.taps(next(d for d in reversed(buttons(who, where)) if d.partition(":")[0] == verb), where)

    def answers(words):
        return lambda: nino.says(words, room, thread=max(one.thread_id or 0 for one in room.chat.messages.values()))

    await does(lambda: anna.says("my boss has my passport"), lambda: anna.says("what shall I do"))
    await does(presses(nino, "claim", desk))
    await does(answers("Hello, where are you?"))
    await does(answers("Can you speak?"), lambda: anna.says("at the farm"))
    halfway = [screen(who, where) for who, where in ((anna, None), (nino, desk), (nino, room))]
    await does(presses(nino, "transfer", room), presses(nino, f"to_{tag}", room))
    await does(presses(gia, "accept"))
    await does(lambda: anna.says("yes"), lambda: gia.says("I am Gia"), lambda: gia.says("/undo"))
    await does(lambda: gia.says("/close"), presses(gia, "out_answered"), presses(gia, "cat_pay"))
    await does(presses(gia, "shut"))
    await does(lambda: anna.says("one more thing"), presses(anna, "desk_again"))
    await does(lambda: gia.says("here I am"), lambda: anna.says("/hide"))
    await does(lambda: anna.says("I am back"), lambda: anna.says("/forget"), presses(anna, "yes"))
    return halfway, [screen(who, where) for who, where in ((anna, None), (gia, None), (nino, desk), (nino, room))]


async def lived(folder, monkeypatch, *, mortal):
    monkeypatch.setattr("secrets.randbelow", random.Random(7).randrange)
    async with office(folder) as made:
        return await story(Lives(made, mortal=mortal))


async def test_a_bot_that_ends_and_begins_again_at_every_point_looks_the_same_to_everybody(tmp_path, monkeypatch):
    many_lives = await lived(tmp_path / "many", monkeypatch, mortal=True)

    assert many_lives == await lived(tmp_path / "one", monkeypatch, mortal=False)


async def in_flight(made, *, arrived):
    """Nino's line was on its way when the bot was killed; only Telegram knows whether it arrived."""
    nino = await made.hires("Nino", Role.MANAGER)
    anna = await made.asks()
    await made.takes(nino, anna)
    nino.says("come at noon")
    await made.takes_in()
    async with made.app.store.transaction() as work:
        due = await work.due(made.now, 10, ())
        await work.mark_sending([one.id for one in due])
    if arrived:
        made.telegram._ledger.post(anna.chat, made.telegram._ledger.bot, Content(Kind.TEXT, typed("come at noon")))
    await made.stops()
    await made.begins()
    await made.settle()
    return nino, anna


@pytest.mark.parametrize(("arrived", "verb"), [(True, "arrived"), (False, "again")])
async def test_of_a_line_in_flight_when_the_bot_was_killed_the_consultant_decides(tmp_path, arrived, verb):
    async with office(tmp_path) as made:
        nino, anna = await in_flight(made, arrived=arrived)
        assert told(nino, "staff.uncertain") == 1
        assert said(anna).count("come at noon") == arrived

        await made.stops()
        await made.begins()
        await made.settle()
        assert told(nino, "staff.uncertain") == 1
        await made.presses(nino, verb)

        assert said(anna).count("come at noon") == 1
        assert await _nothing_waits(made)


async def test_what_the_bot_says_itself_is_said_after_the_kill_without_asking_anybody(tmp_path):
    async with office(tmp_path) as made:
        nino = await made.hires("Nino", Role.MANAGER)
        anna = await made.asks()
        case = await made.case(anna)
        await made.does(lambda: nino.says("/queue"))
        nino.taps(f"claim:{case.token}")
        await made.takes_in()
        async with made.app.store.transaction() as work:
            await work.mark_sending([one.id for one in await work.due(made.now, 10, ())])

        await made.stops()
        await made.begins()
        await made.settle()

        assert told(anna, "desk.joined") == 1
        assert told(nino, "staff.uncertain") == 0
        assert await _nothing_waits(made)


async def test_a_line_that_nobody_decided_about_goes_with_its_case(tmp_path):
    async with office(tmp_path) as made:
        nino, anna = await in_flight(made, arrived=False)
        await made.does(lambda: nino.says("/close"))
        await made.presses(nino, "out_answered", "shut")
        assert not await _nothing_waits(made)

        await made.later(hours=25)

        assert await made.case(anna) is None
        assert await _nothing_waits(made)


async def _nothing_waits(made):
    async with made.app.store.transaction() as work:
        return await work.waiting() == 0
