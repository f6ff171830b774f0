"""An older copy of the database, put back under the keyring of today, is noticed at the next start."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text

from storage import Keyring, Store, WrongKeyring, witness
from storage import store as rooms
from storage.engine import make_engine

MOMENTS, TURNS = 200, 4


@dataclass(frozen=True)
class Seen:
    """The file of the witness."""

    path: Path

    def read(self) -> bytes:
        return self.path.read_bytes()

    def write(self, text: bytes | None) -> None:
        if text is None:
            self.path.unlink()
        else:
            self.path.write_bytes(text)

    def becomes_a_directory(self) -> None:
        self.path.mkdir()

    def mode(self) -> int:
        return self.path.stat().st_mode & 0o777


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    return Seen(tmp_path / "keyring" / "witness")


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder that no disk has to be waited for, where the machine has one."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@asynccontextmanager
async def opened(url: str, keyring: Keyring) -> AsyncIterator[Store]:
    store = await Store.open(url, keyring)
    try:
        yield store
    finally:
        await store.close()


async def raise_to(store: Store, moment: datetime) -> None:
    async with store.transaction() as work:
        await work.raise_high_water(moment)


def set_aside(file: Path, copy: Path) -> None:
    """As a thief or an operator copies a running database: the file and its log."""
    copy.mkdir()
    for one in file.parent.glob("gza.db*"):
        if not one.name.endswith("-shm"):
            shutil.copy(one, copy / one.name)


def put_back(copy: Path, file: Path) -> None:
    for one in file.parent.glob("gza.db*"):
        one.unlink()
    for one in copy.iterdir():
        shutil.copy(one, file.parent / one.name)


async def test_two_hundred_older_copies_are_all_noticed(
    quick: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn comes between every fifty of them; nobody lives here, so the keyring itself has nothing against a copy."""
    keyring, url, file = Keyring.create(quick / "keyring"), f"sqlite+aiosqlite:///{quick}/gza.db", quick / "gza.db"
    copies = [quick / f"copy {number}" for number in range(MOMENTS)]
    async with opened(url, keyring) as store:
        for number, copy in enumerate(copies):
            await raise_to(store, now + timedelta(seconds=number))
            set_aside(file, copy)
            if number % (MOMENTS // TURNS) == 0:
                await store.turn(keyring.newest.day + timedelta(days=1 + number))
        await raise_to(store, now + timedelta(seconds=MOMENTS))

    async def not_again(_url: str) -> None:
        """All of them have the schema of today, and looking for it takes longer than all the rest."""

    monkeypatch.setattr(rooms, "migrate", not_again)
    noticed = []
    for copy in copies:
        put_back(copy, file)
        async with opened(url, keyring) as store:
            noticed.append(store.rolled_back)
    assert noticed.count(True) == MOMENTS


async def test_an_older_copy_in_which_somebody_lives_is_refused_after_a_turn(
    sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime
) -> None:
    async with opened(sqlite_url, keyring) as store:
        async with store.transaction() as work:
            await work.save((await work.conversations([1])).values(), now)
        set_aside(tmp_path / "gza.db", tmp_path / "copy")
        await store.turn(keyring.newest.day + timedelta(days=1))
    put_back(tmp_path / "copy", tmp_path / "gza.db")
    with pytest.raises(WrongKeyring):
        await Store.open(sqlite_url, keyring)


async def test_the_database_that_was_there_is_no_suspicion(url: str, keyring: Keyring, now: datetime) -> None:
    async with opened(url, keyring) as store:
        assert (store.rolled_back, store.witness_lost, store.witnessed) == (False, False, True)
        await raise_to(store, now)
        await raise_to(store, now - timedelta(days=1))
    async with opened(url, keyring) as store:
        assert (store.rolled_back, store.witness_lost) == (False, False)


async def test_a_witness_that_is_behind_is_no_suspicion(
    sqlite_url: str, keyring: Keyring, seen: Seen, now: datetime
) -> None:
    """It is not waited for, so after a power cut it may say less than the database."""
    async with opened(sqlite_url, keyring) as store:
        await raise_to(store, now)
        before = seen.read()
        await raise_to(store, now + timedelta(days=1))
    seen.write(before)
    async with opened(sqlite_url, keyring) as store:
        assert (store.rolled_back, store.witness_lost) == (False, False)


@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "changed", "another's"])
async def test_a_witness_that_is_gone_or_damaged_is_told(
    sqlite_url: str, keyring: Keyring, seen: Seen, now: datetime, harm: str
) -> None:
    async with opened(sqlite_url, keyring) as store:
        await raise_to(store, now)
    whole = seen.read()
    changed = bytes((*whole[:7], whole[7] ^ 1, *whole[8:]))
    another_s = whole[:8] + bytes(32)
    seen.write({"empty": b"", "cut": whole[:20], "changed": changed, "another's": another_s}.get(harm))
    async with opened(sqlite_url, keyring) as store:
        assert (store.rolled_back, store.witness_lost) == (False, True)
        await raise_to(store, now)
    async with opened(sqlite_url, keyring) as store:
        assert (store.rolled_back, store.witness_lost) == (False, False)


async def test_what_is_rolled_back_is_not_remembered(sqlite_url: str, keyring: Keyring, now: datetime) -> None:
    async with opened(sqlite_url, keyring) as store:
        await raise_to(store, now)
        with pytest.raises(ZeroDivisionError):
            await stumble(store, now + timedelta(days=1))
    async with opened(sqlite_url, keyring) as store:
        assert not store.rolled_back


async def stumble(store: Store, moment: datetime) -> None:
    async with store.transaction() as work:
        await work.raise_high_water(moment)
        raise ZeroDivisionError


async def test_a_witness_that_cannot_be_written_holds_nothing_up(
    sqlite_url: str, keyring: Keyring, seen: Seen, now: datetime
) -> None:
    """Root may write everywhere, so here a directory lies where the file should be."""
    async with opened(sqlite_url, keyring) as store:
        seen.becomes_a_directory()
        await raise_to(store, now)
        assert not store.witnessed
        async with store.transaction() as work:
            assert await work.high_water() == now.replace(microsecond=0)


async def test_a_database_that_was_put_there_on_purpose_is_believed(
    sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime
) -> None:
    async with opened(sqlite_url, keyring) as store:
        await raise_to(store, now)
        set_aside(tmp_path / "gza.db", tmp_path / "copy")
        await raise_to(store, now + timedelta(days=1))
    put_back(tmp_path / "copy", tmp_path / "gza.db")
    witness.reset(keyring)
    async with opened(sqlite_url, keyring) as store:
        assert (store.rolled_back, store.witness_lost) == (False, False)


async def on_the_quiet(url: str, sql: str) -> None:
    """Somebody else writes into the database."""
    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(sql))
    await engine.dispose()


@pytest.mark.parametrize("also", ["", ", mac = NULL"])
async def test_an_older_copy_that_was_given_a_later_time_is_noticed(
    sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime, also: str
) -> None:
    async with opened(sqlite_url, keyring) as store:
        await raise_to(store, now)
        set_aside(tmp_path / "gza.db", tmp_path / "copy")
        await raise_to(store, now + timedelta(hours=5))
    put_back(tmp_path / "copy", tmp_path / "gza.db")
    await on_the_quiet(sqlite_url, f"UPDATE clock SET high_water = high_water + 20000{also}")
    async with opened(sqlite_url, keyring) as store:
        assert store.rolled_back


async def test_a_time_that_another_wrote_is_noticed_though_no_witness_is_left(
    url: str, keyring: Keyring, seen: Seen, now: datetime
) -> None:
    async with opened(url, keyring) as store:
        await raise_to(store, now)
    seen.write(None)
    await on_the_quiet(url, "UPDATE clock SET high_water = high_water - 1")
    async with opened(url, keyring) as store:
        assert (store.rolled_back, store.witness_lost) == (True, True)


async def test_a_time_of_an_older_program_is_believed_until_the_next_is_written(
    url: str, keyring: Keyring, seen: Seen, now: datetime
) -> None:
    """Older programs prove no time and keep no witness."""
    async with opened(url, keyring) as store:
        await raise_to(store, now)
    seen.write(None)
    await on_the_quiet(url, "UPDATE clock SET mac = NULL")
    async with opened(url, keyring) as store:
        assert not store.rolled_back
        await raise_to(store, now + timedelta(seconds=1))
    await on_the_quiet(url, "UPDATE clock SET high_water = high_water + 1")
    async with opened(url, keyring) as store:
        assert store.rolled_back


async def test_the_witness_tells_nothing_but_a_time(
    sqlite_url: str, keyring: Keyring, seen: Seen, now: datetime
) -> None:
    async with opened(sqlite_url, keyring) as store:
        await raise_to(store, now)
    assert (seen.mode(), len(seen.read())) == (0o600, 40)


async def test_a_keyring_in_memory_has_no_witness(sqlite_url: str, keyring: Keyring, now: datetime) -> None:
    async with opened(sqlite_url, Keyring(keyring.house, keyring.epochs)) as store:
        await raise_to(store, now)
        assert (store.rolled_back, store.witness_lost) == (False, False)
