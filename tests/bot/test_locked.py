"""The keyring is missing after a restart: the bot goes on, nobody here can read what it keeps, and nobody is lost."""

from datetime import timedelta

from bot.locking.locked import home
from tests.fakes.lockable import SECRET, house
from tests.fakes.office import said, told


async def test_information_and_sos_are_there_without_the_keyring(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna = here.person()
        await here.does(lambda: anna.says("/start"), lambda: anna.taps("English"), lambda: anna.says("/sos"))

        assert here.app.locked is not None
        assert any("112" in line for line in said(anna))


async def test_whoever_asks_for_a_human_reads_that_nobody_can_read_them_yet(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna = await here.asks()
        await here.does(lambda: anna.says(SECRET), lambda: anna.says("please"))

        assert told(anna, "desk.locked.wait") == 1
        assert told(anna, "desk.locked.kept") == 1
        assert not told(anna, "desk.kept")
        assert not told(anna, "desk.wait.nobody")


async def test_what_was_written_before_a_crash_is_the_custodians(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna = await here.asks()
        await here.does(lambda: anna.says(SECRET))
        await here.crashes()

        assert SECRET in await here.sealed()
        assert await here.case(anna) is None
        (one,) = await here.archives()
        assert one.until == (here.now + timedelta(days=30)).date()
        assert not home(tmp_path / "data").exists()
        assert not [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


async def test_it_is_taken_over_without_any_key_when_the_house_is_still_locked(tmp_path):
    async with house(tmp_path) as here:
        await here.reboots()
        anna = await here.asks()
        await here.does(lambda: anna.says(SECRET))
        await here.crashes(unlocked=False)
        beka = await here.asks("Beka")
        await here.does(lambda: beka.says("another story"))
        await here.crashes()

        assert {SECRET, "another story"} <= set(await here.sealed())
        assert len(await here.archives()) == 2
