"""The real program, whose keyring is not there after a restart, is killed, started, unlocked, and loses nobody."""

import asyncio
import os
from pathlib import Path

from bot import filing
from bot.desk.entries import Said
from bot.sandbox.clock import FlowingClock
from bot.sandbox.standin import StandIn
from storage import Keyring, Store
from storage.vault.archive import ArchivePrivate, Suite
from tests.fakes.office import text, told
from tests.fakes.program import TOKEN, program

CUSTODIANS = ArchivePrivate.new(Suite.X25519)
CANARY = "canary in a locked house"
PATIENCE = 60.0


async def until(so, within=PATIENCE):
    async with asyncio.timeout(within):
        while not so():  # noqa: ASYNC110  # what is waited for happens in another process
            await asyncio.sleep(0.05)


def labels(person) -> set[str]:
    """What stands on the buttons of the newest bubble."""
    return {key.text for row in person.sees()[-1].keyboard for key in row}


async def asks(person):
    """Ask for a human, by what stands on the screen."""
    person.says("/start")
    await until(lambda: "English" in labels(person))
    person.taps("English")
    await until(lambda: labels(person) and "English" not in labels(person))
    person.says("/human")
    await until(lambda: text("shared.write") in labels(person))
    person.taps(text("shared.write"))
    await until(lambda: told(person, "desk.locked.wait"))


def traces(home: Path, words: str) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


async def test_locked_killed_and_unlocked(tmp_path):
    keyring, away = tmp_path / "keyring", tmp_path / "away"
    made = Keyring.create(keyring)
    (tmp_path / "data").mkdir(mode=0o700)
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/data/gza.db", made)
    async with store.transaction() as work:
        await work.set_archive_key(CUSTODIANS.public)
    await store.close()
    keyring.rename(away)
    async with StandIn(token=TOKEN, clock=FlowingClock()) as telegram:
        telegram.limits.enforced = False
        with program(tmp_path, telegram.url) as bot:
            bot.start()
            anna, beka = telegram.world.person("Anna"), telegram.world.person("Beka")
            await asks(anna)
            anna.says(CANARY)
            await until(lambda: told(anna, "desk.locked.kept"))
            bot.kill()

            bot.start()
            await asks(beka)
            beka.says(f"{CANARY} too")
            await until(lambda: told(beka, "desk.locked.kept"))
            os.replace(away, keyring)  # noqa: PTH105 — the same as an operator's mv
            await until(lambda: told(beka, "desk.locked.over"))
            beka.says("after that")
            await until(lambda: not telegram.waiting_updates)
            assert await bot.stop() == 0

            async with bot.left_behind() as left, left.transaction() as work:
                assert [one.entries for one in await work.archives()] == [2]
                (case,) = (await filing.read(work)).desk.cases.values()
                known = await work.conversations([beka.id])
                written = [Said.opened(entry.body).text for entry in await work.transcript(known[beka.id])]
        assert case.person == beka.id
        assert written[1:] == [f"{CANARY} too", "after that"]
        assert traces(tmp_path, CANARY) == []
        assert not (tmp_path / "data" / "locked").exists()
        assert "unlocked" in bot.output.read_text()
