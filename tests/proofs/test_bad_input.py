"""Whatever is wrong at the start: one clear sentence with what to do, exit code 1, and nothing lost.

The real program as a process of its own.
"""

import asyncio
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import bot as house_bot
from bot.sandbox.standin import StandIn
from dialogs.finding import BookBroken
from dialogs.loader import load
from storage import Keyring, Store
from tests.fakes.program import TOKEN, program
from tests.fakes.whole import lock_held

TREE = Path(house_bot.__file__).parent.parent
SEALED = "gza.lock"
"""The lock file is written anew by each start and holds nothing."""


@pytest.fixture(scope="session")
def lived(tmp_path_factory):
    """A home as a healthy bot leaves it: a keyring and a database that belong together."""
    home = tmp_path_factory.mktemp("lived")
    asyncio.run(settle_in(home))
    return home


async def settle_in(home):
    (home / "data").mkdir(mode=0o700, parents=True)
    store = await Store.open(f"sqlite+aiosqlite:///{home / 'data' / 'gza.db'}", Keyring.create(home / "keyring"))
    await store.close()


@pytest.fixture
def home(lived, tmp_path):
    return Path(shutil.copytree(lived, tmp_path / "home"))


@pytest.fixture
async def telegram():
    async with StandIn(token=TOKEN) as stand_in:
        yield stand_in


def belongings(home):
    """Every file of the keyring and the data, byte for byte; of a sound database everything that is in it."""
    files = [path for name in ("data", "keyring") for path in sorted((home / name).rglob("*")) if path.is_file()]
    return {path.relative_to(home): contents(path) for path in files if path.name != SEALED}


def contents(path):
    if not path.read_bytes().startswith(b"SQLite format 3"):
        return path.read_bytes()
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


async def complaint(home, api, **environment):
    """Start the program and wait until it gives up; its one sentence. Nothing is lost."""
    before = belongings(home)
    said = await refusal(home, api, **environment)
    after = belongings(home)
    assert {path: after.get(path) for path in before} == before
    return said


async def refusal(home, api, **environment):
    with program(home, api, LOG_LEVEL="ERROR", **environment) as started:
        started.start()
        assert await started.ended() == 1
    return one_sentence(started.output.read_text())


def one_sentence(output):
    (line,) = [line for line in output.splitlines() if not line.startswith("Made a new keyring")]
    assert line.startswith("gza: ")
    assert "Traceback" not in output
    assert TOKEN not in output
    assert TOKEN.partition(":")[2] not in output
    return line


def half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


async def test_without_a_token_it_says_where_to_put_one(home, telegram):
    assert "BOT_TOKEN is not set. Put it into .env" in await complaint(home, telegram.url, BOT_TOKEN="")


async def test_a_token_without_the_form_of_one_is_to_be_copied_again(home, telegram):
    assert "Copy it again from @BotFather" in await complaint(home, telegram.url, BOT_TOKEN="a b:c")


async def test_a_token_telegram_does_not_know_is_to_be_copied_again(home, telegram):
    said = await complaint(home, telegram.url, BOT_TOKEN="4242:AA-another-token-that-nobody-knows")

    assert "Telegram does not know this BOT_TOKEN. Copy it again from @BotFather" in said
    assert "another" not in said


async def test_a_bot_api_that_does_not_answer_is_a_matter_of_the_network(home):
    assert "Check the network and BOT_API_URL" in await complaint(home, "http://127.0.0.1:9")


async def test_an_address_that_is_none_is_shown_how_one_looks(home):
    said = await complaint(home, "ftp://api.telegram.org")

    assert "BOT_API_URL: Value error, must look like http://host:port" in said


async def test_a_missing_keyring_beside_a_database_is_never_made_anew(home, telegram):
    shutil.rmtree(home / "keyring")

    assert "restore it there" in await complaint(home, telegram.url)
    assert not (home / "keyring").exists()


async def test_a_keyring_others_can_read_is_to_be_closed_first(home, telegram):
    (home / "keyring" / "house.key").chmod(0o644)

    assert f"run `chmod 600 {home / 'keyring' / 'house.key'}`" in await complaint(home, telegram.url)


@pytest.mark.parametrize("name", ["house.key", "epochs"])
async def test_a_damaged_keyring_is_to_be_restored(home, telegram, name):
    half(home / "keyring" / name)

    assert "is damaged: restore it" in await complaint(home, telegram.url)


async def test_another_databases_keyring_is_refused(home, telegram):
    shutil.rmtree(home / "keyring")
    Keyring.create(home / "keyring")

    assert "The keyring belongs to another database: set KEYRING_DIR" in await complaint(home, telegram.url)


async def test_a_newer_programs_database_is_not_touched(home, telegram):
    with closing(sqlite3.connect(home / "data" / "gza.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'from_2031'")

    assert "written by a newer version of this program: install that" in await complaint(home, telegram.url)


async def test_a_damaged_database_is_to_be_kept_and_the_backup_restored(home, telegram):
    file = home / "data" / "gza.db"
    file.write_bytes(b"not a database, whatever it once was " * 400)

    assert "damaged: stop, keep a copy of it, and restore the last backup" in await complaint(home, telegram.url)


async def test_a_database_that_another_program_holds_is_left_alone(home, telegram):
    before = belongings(home)
    async with lock_held(home / "data" / "gza.db"):
        said = await refusal(home, telegram.url)

    assert "The database cannot be written now: it is locked" in said
    assert belongings(home) == before


@pytest.mark.parametrize("place", ["gza.db/data", "/sys/kernel"])
async def test_a_place_that_cannot_be_written_is_named_and_another_asked_for(home, telegram, place):
    place = str(home / "data" / place)

    said = await complaint(home, telegram.url, DATA_DIR=place)

    assert "Set DATA_DIR to a writable place" in said


async def test_a_keyring_that_cannot_be_made_is_a_matter_of_its_place(home, telegram):
    said = await complaint(home, telegram.url, KEYRING_DIR="/sys/kernel/keyring", DATA_DIR=str(home / "new"))

    assert "cannot be written: look at the disk and at who owns its directory" in said


async def test_a_taken_port_is_said_and_how_to_take_another(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with program(tmp_path, "", verb=("sandbox", "--port", str(port)), LOG_LEVEL="ERROR") as sandbox:
            sandbox.start()
            assert await sandbox.ended() == 1

    assert f"Port {port} on 127.0.0.1 is taken. Set SANDBOX_PORT" in one_sentence(sandbox.output.read_text())
    assert not sandbox.data.exists()


@pytest.fixture
def broken_tree(tmp_path):
    """A copy of the program with a menu that does not read."""
    for name in ("bot", "dialogs", "storage", "locales"):
        shutil.copytree(TREE / name, tmp_path / "tree" / name)
    menu = next((tmp_path / "tree" / "dialogs" / "book" / "scripts").rglob("menu*.yaml"))
    menu.write_text(menu.read_text().replace("nodes:", "nodes: [", 1))
    return tmp_path / "tree"


def test_a_broken_script_is_named_with_its_line_and_stops_the_start_before_anything_is_made(broken_tree, tmp_path):
    place = {"DATA_DIR": str(tmp_path / "data"), "KEYRING_DIR": str(tmp_path / "keyring"), "BOT_TOKEN": TOKEN}
    environment = {"PATH": os.environ["PATH"], "LOG_LEVEL": "ERROR", **place}
    command = [sys.executable, "-m", "bot", "run"]
    done = subprocess.run(
        command, cwd=broken_tree, env=environment, capture_output=True, text=True, check=False, timeout=120
    )

    *problems, sentence = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 1
    assert sentence == "gza: the book does not load; mend the lines above."
    assert all("menu" in line and " D0" in line for line in problems)
    with pytest.raises(BookBroken) as broken:
        load(broken_tree / "dialogs" / "book", broken_tree / "locales")
    assert [str(problem).replace(f"{broken_tree}/", "") for problem in broken.value.problems] == problems
    assert not {path.name for path in tmp_path.iterdir()} & {"data", "keyring"}
