"""Nothing can be committed: who calls for help is answered all the same, and afterwards nothing is missing."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.housekeeping import Housekeeping, Watch
from bot.lifeline import ONCE_IN, PATIENCE, Lifeline
from bot.telegram.intake import PAUSE
from dialogs.events import Started, Wrote
from tests.fakes.disk import small_disk
from tests.fakes.house import NOON, arrival, house
from tests.fakes.whole import heard, lock_held, until, whole

NINO = 7_000_000_001
EIGHT, A_MINUTE = 8.0, 60.0
LATE = 2 * (PAUSE + 1.0)
"""A commit waits a second for a lock, then the next try a pause: so much later than the five seconds at most."""


@pytest.fixture
async def bot(tmp_path):
    async with whole(tmp_path) as running:
        yield running


def static(bot) -> str:
    """The text that needs no database, as a person sees it."""
    return bot.app.intake.lifeline.text.replace("<b>", "").replace("</b>", "")


def direct(bot, person) -> int:
    """How often this person was answered past the database."""
    return heard(person).count(static(bot))


async def test_a_locked_database_for_eight_seconds_keeps_sos_open_and_loses_no_text(tmp_path, capsys):
    async with whole(tmp_path, lambda _telegram: SystemClock()) as bot:
        anna, beso, began = bot.person("Anna"), bot.person("Beso"), time.monotonic()
        async with lock_held(tmp_path / "data" / "gza.db"):
            anna.says("/sos")
            beso.says("/start")
            await until(lambda: heard(anna))
            assert PATIENCE <= time.monotonic() - began < PATIENCE + LATE
            await until(lambda: time.monotonic() - began > EIGHT)
            assert (heard(anna), heard(beso), bot.updates_waiting) == ([static(bot)], [], 2)

        await until(lambda: len(heard(anna)) == 2 and heard(beso))
        await until(lambda: bot.updates_waiting == 0)
        assert (direct(bot, anna), len(heard(anna)), len(heard(beso))) == (1, 2, 1)
    assert "update.condemned" not in "".join(capsys.readouterr())


async def test_ten_minutes_without_a_commit_answer_each_call_for_help_once_and_every_text_afterwards(bot, capsys):
    anna, beso, nino = (bot.person(name) for name in ("Anna", "Beso", "Nino"))
    bot.store.locked, began = True, bot.clock.monotonic()
    anna.says("/sos")
    beso.says("/start")
    await until(lambda: heard(anna))
    assert bot.clock.monotonic() - began >= PATIENCE

    await until(lambda: bot.clock.monotonic() - began > ONCE_IN / 2)
    nino.says("/sos")
    await until(lambda: bot.clock.monotonic() - began > ONCE_IN - A_MINUTE)
    assert (heard(anna), heard(nino), heard(beso)) == ([static(bot)], [static(bot)], [])
    await until(lambda: bot.clock.monotonic() - began > ONCE_IN)
    assert bot.updates_waiting == 3

    bot.store.locked = False
    await until(lambda: bot.updates_waiting == 0)
    await until(lambda: all(len(heard(person)) > direct(bot, person) for person in (anna, nino, beso)))
    assert [len(heard(person)) - direct(bot, person) for person in (anna, nino, beso)] == [1, 1, 1]
    assert "update.condemned" not in "".join(capsys.readouterr())


async def test_a_call_for_help_is_answered_again_when_the_outage_outlasts_ten_minutes(bot):
    anna = bot.person("Anna")
    bot.store.locked = True
    began = bot.clock.monotonic()
    anna.says("/sos")

    await until(lambda: len(heard(anna)) == 2)

    assert bot.clock.monotonic() - began >= PATIENCE + ONCE_IN
    bot.store.locked = False


async def test_a_full_disk_keeps_sos_open_and_loses_no_text(tmp_path, capsys):
    with small_disk(tmp_path / "disk") as disk:
        async with whole(disk.folder) as bot:
            anna, beso = bot.person("Anna"), bot.person("Beso")
            await disk.fill(bot.app.store._engine)
            anna.says("/sos")
            beso.says("/start")
            await until(lambda: heard(anna))
            assert (heard(anna), heard(beso), bot.updates_waiting) == ([static(bot)], [], 2)

            await disk.free(bot.app.store._engine)
            await until(lambda: len(heard(anna)) == 2 and heard(beso))
            await until(lambda: bot.updates_waiting == 0)
            assert (direct(bot, anna), len(heard(beso))) == (1, 1)
    assert "update.condemned" not in "".join(capsys.readouterr())


class Wrong:
    """A clock that says 2035 until it is set right."""

    def __init__(self):
        self.time = NOON.replace(year=2035)

    def now(self):
        return self.time

    def monotonic(self):
        return self.time.timestamp()

    async def sleep(self, seconds):
        self.time += timedelta(seconds=seconds)


async def numbers(home):
    """Which update numbers the store still knows to be taken."""
    async with home.store._engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT update_id FROM seen_update ORDER BY update_id")
        return list(found.scalars())


async def test_with_the_clock_in_2035_nothing_is_erased_and_with_the_clock_right_again_all_goes_on(tmp_path):
    async with house(tmp_path) as home:
        clock = Wrong()
        watches = Watch(tmp_path / "published.txt"), Watch(tmp_path / "intermediaries.json")
        keeping = Housekeeping(home.store, home.conversing, clock, Lifeline("112", home.conversing.book), *watches)
        await home.tell(arrival(1, NINO, Started(), below=10))

        await home.tell(arrival(2, NINO, Wrote("/menu"), below=11), now=clock.now())
        await keeping.daily.once()

        assert [number for number, _hour in (await home.conversation(NINO))[1].ids] == [10, 11]
        assert await numbers(home) == [1, 2]

        clock.time = later = NOON + timedelta(hours=49)
        await home.tell(replace(arrival(3, NINO, Wrote("/menu"), below=12), sent=later), now=later)
        await keeping.daily.once()

        assert [number for number, _hour in (await home.conversation(NINO))[1].ids] == [12]
        assert await numbers(home) == [3]
