"""Nobody is told "deleted" before it is so: the stores are read again, and if need be again and again."""

from contextlib import asynccontextmanager

import pytest

from bot.desk.staff import Role
from bot.forgetting import Promise, kept
from bot.insisting import LOOKS, Insisting
from bot.letters import Deed, Letter
from storage import Busy
from tests.fakes.office import BOOK, office, text

GOODBYE = "Deleted."


@pytest.fixture
async def desk(tmp_path):
    async with office(tmp_path) as opened:
        yield opened


async def known(desk, person):
    async with desk.app.store.transaction() as work:
        return (await work.conversations([person.id]))[person.id]


async def promised(desk, person):
    """What somebody is promised who asks to be forgotten now."""
    return Promise(person.id, (await known(desk, person)).id, (Letter(Deed.SEND, person.id, GOODBYE),))


async def erased(desk, person):
    async with desk.app.store.transaction() as work:
        await work.erase((await work.conversations([person.id])).values(), desk.now)


class Sometimes:
    """A store that cannot be read the first so many times."""

    def __init__(self, store, busy=0, then=None):
        self.store, self.busy, self.then, self.reads = store, busy, then, 0

    @asynccontextmanager
    async def transaction(self):
        self.reads += 1
        if self.reads <= self.busy:
            raise Busy("locked")
        if self.reads == self.busy + 2 and self.then:
            await self.then()
        async with self.store.transaction() as work:
            yield work


def insisting(desk, store, heard):
    return Insisting(store, desk.app.rounds.clock, heard.extend, BOOK)


async def test_a_promise_is_kept_when_nothing_is_found(desk):
    anna = await desk.waits()
    promise = await promised(desk, anna)
    assert await kept(desk.app.store, [promise]) == []
    await erased(desk, anna)
    assert await kept(desk.app.store, [promise]) == [promise]


async def test_who_has_come_back_since_was_forgotten_all_the_same(desk):
    anna = await desk.waits()
    promise = await promised(desk, anna)
    await erased(desk, anna)
    await desk.does(lambda: anna.says("/start"))
    assert (await known(desk, anna)).revision
    assert await kept(desk.app.store, [promise]) == [promise]


async def test_a_footprint_left_alone_is_something_that_is_found(desk):
    anna = await desk.waits()
    promise = await promised(desk, anna)
    async with desk.app.store.transaction() as work:
        await work.drop_cases([promise.conversation])
        await work.expire(desk.now.date().replace(year=2099))
    assert await kept(desk.app.store, [promise]) == []


async def test_nothing_is_read_for_nobody():
    assert await kept(None, []) == []


async def test_done_is_said_as_soon_as_it_is_so_and_nobody_is_alarmed(desk):
    await desk.seats("Nino", Role.MANAGER)
    anna, heard = await desk.waits(), []
    promise = await promised(desk, anna)
    store = Sometimes(desk.app.store, busy=3, then=lambda: erased(desk, anna))
    await insisting(desk, store, heard).insist([promise])
    assert heard == list(promise.letters)
    assert store.reads == 5


async def test_after_a_minute_the_managers_are_told_and_the_person_is_told_nothing_untrue(desk, capsys):
    nino, _ = await desk.seats("Nino", Role.MANAGER), await desk.seats("Gio")
    anna, heard = await desk.waits(), []
    before = desk.now
    await insisting(desk, desk.app.store, heard).insist([await promised(desk, anna)])
    assert (desk.now - before).total_seconds() == LOOKS
    assert heard == [Letter(Deed.SEND, nino.id, text("staff.not_forgotten"))]
    written = "".join(capsys.readouterr())
    assert "forget.unfinished" in written
    assert str(anna.id) not in written


async def test_a_store_that_cannot_be_read_at_all_keeps_everybody_silent(desk):
    anna, heard = await desk.waits(), []
    promise = await promised(desk, anna)
    await insisting(desk, Sometimes(desk.app.store, busy=1000), heard).insist([promise])
    assert heard == []
