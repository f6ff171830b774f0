"""A backup is put back for a try: it proves that it can be, and leaves nothing."""

import pytest

from bot.lock import sole_runner
from bot.operating.backing import BackingError
from tests.fakes.house import NOON
from tests.fakes.keeper import names
from tests.fakes.lived import ANA, forget


async def test_a_drill_proves_the_backup_is_remembered_and_leaves_nothing(plain):
    before = await plain.remembers()
    with sole_runner(plain.settings.data_dir):  # beside the running bot
        assert await plain.restores(into=plain.folder / "drill") == 0
    after = await plain.remembers()
    assert names(plain.folder / "drill") == []
    assert (plain.asked, "restored" in after) == (0, False)
    assert after["drill"]["at"] > before["drill"]["at"]
    assert "went well" in plain.text


async def test_what_a_drill_made_can_be_kept(plain):
    assert await plain.restores(into=plain.folder / "drill", keep=True) == 0
    assert names(plain.folder / "drill") == ["gza.db"]


async def test_a_drill_forgets_too_and_finds_what_does_not_open(plain):
    async def harmed(store):
        async with store.transaction() as work:
            await work._connection.exec_driver_sql("UPDATE counts SET body = x'00'")

    await plain.does(harmed)
    plain.file.unlink()
    await plain.backs_up("a.gza")
    await plain.does(lambda store: forget(store, ANA, NOON))
    assert await plain.restores(into=plain.folder / "drill") == 1
    assert "! counts: 1 lower" in plain.text
    assert (await plain.remembers())["drill"]["at"] == "2026-10-01"


async def test_a_drill_needs_an_empty_folder(plain):
    with pytest.raises(BackingError, match="not empty"):
        await plain.restores(into=plain.settings.data_dir)
    with pytest.raises(BackingError, match="cannot be used"):
        await plain.restores(into=plain.file / "drill")
