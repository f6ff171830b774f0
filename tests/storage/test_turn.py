"""The turn of the day: everybody stays, everything is under the new secret, and the old one opens nothing any more."""

import fcntl
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from storage import Keyring, KeyringBroken, Store, WrongKeyring, keyfiles
from storage.vault.ring import Ring
from tests.fakes.turned import PEOPLE, epochs_of, everything, live


async def test_everybody_is_found_with_all_they_had_and_all_is_under_the_new_epoch(
    store: Store, now: datetime, tomorrow: date
) -> None:
    await live(store, now)
    before = await everything(store, now)
    turned = await store.turn(tomorrow)
    assert (turned.done, turned.lost, turned.log_cut) == (True, 0, True)
    assert (turned.conversations, turned.footprints, turned.transcripts, turned.cases) == (30, 30, 5, 5)
    assert await everything(store, now) == before
    assert await epochs_of(store) == {2}
    assert await store.check() == []


async def test_the_old_secret_is_gone_from_the_keyring_and_opens_nothing(
    url: str, keyring: Keyring, now: datetime, tomorrow: date
) -> None:
    store = await Store.open(url, keyring)
    await live(store, now)
    await store.turn(tomorrow)
    await store.close()
    kept = keyring.again()
    assert [(epoch.id, epoch.day) for epoch in kept.epochs] == [(2, tomorrow)]
    assert keyring.newest.secret not in [epoch.secret for epoch in kept.epochs]
    with pytest.raises(WrongKeyring):
        await Store.open(url, replace(keyring, directory=None))


async def test_an_old_copy_of_the_database_is_not_opened_by_the_keyring_of_today(
    sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime, tomorrow: date
) -> None:
    store = await Store.open(sqlite_url, keyring)
    await live(store, now)
    await store.close()
    shutil.copy(tmp_path / "gza.db", tmp_path / "copy.db")
    store = await Store.open(sqlite_url, keyring)
    await store.turn(tomorrow)
    await store.close()
    with pytest.raises(WrongKeyring):
        await Store.open(f"sqlite+aiosqlite:///{tmp_path}/copy.db", keyring.again())
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        wrapped = [row[0] for row in copy.execute("SELECT wrapped FROM conversation")]
    assert {Ring.epoch_of(one) for one in wrapped} == {1}
    assert 1 not in Ring.of(keyring.again()).epochs


async def test_a_day_that_has_its_secret_is_not_given_another(store: Store, keyring: Keyring, tomorrow: date) -> None:
    assert not (await store.turn(keyring.newest.day)).done
    assert (await store.turn(tomorrow)).done
    assert not (await store.turn(tomorrow)).done
    assert keyring.again().newest.id == 2


async def test_a_day_that_the_clock_had_wrong_is_set_right_by_the_next_turn(
    store: Store, keyring: Keyring, now: datetime, tomorrow: date
) -> None:
    """Which secret is the newer one, its number says."""
    await live(store, now)
    before = await everything(store, now)
    assert (await store.turn(tomorrow + timedelta(days=365))).done
    assert (await store.turn(tomorrow)).done
    assert not (await store.turn(tomorrow)).done
    assert [(epoch.id, epoch.day) for epoch in keyring.again().epochs] == [(3, tomorrow)]
    assert await everything(store, now) == before


async def test_many_days_pass(store: Store, keyring: Keyring, now: datetime, tomorrow: date) -> None:
    await live(store, now)
    before = await everything(store, now)
    for days in range(10):
        assert (await store.turn(tomorrow + timedelta(days=days))).lost == 0
    assert await everything(store, now) == before
    assert await epochs_of(store) == {11}
    assert [epoch.id for epoch in keyring.again().epochs] == [11]


async def test_a_start_that_finds_two_secrets_finishes_the_turn(
    url: str, keyring: Keyring, now: datetime, tomorrow: date
) -> None:
    store = await Store.open(url, keyring)
    await live(store, now)
    before = await everything(store, now)
    await store.close()
    keyring.with_new(tomorrow)
    store = await Store.open(url, keyring)
    assert store.finished is not None
    assert (store.finished.conversations, store.finished.lost) == (30, 0)
    assert await everything(store, now) == before
    assert [epoch.id for epoch in keyring.again().epochs] == [2]
    assert list(store._ring.epochs) == [2]
    await store.close()


async def test_a_turn_of_another_day_is_finished_under_the_secret_of_today(
    store: Store, keyring: Keyring, now: datetime, tomorrow: date
) -> None:
    await live(store, now)
    before = await everything(store, now)
    keyring.with_new(tomorrow)
    today = tomorrow + timedelta(days=1)
    assert (await store.turn(today)).conversations == 30
    assert [(epoch.id, epoch.day) for epoch in keyring.again().epochs] == [(3, today)]
    assert await everything(store, now) == before
    assert await epochs_of(store) == {3}


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_start_that_cannot_write_the_keyring_works_on_and_the_next_turn_finishes(
    url: str, keyring: Keyring, now: datetime, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """`before` everything is moved, and after it: the house's own epoch says which secret is the right one."""
    tomorrow = keyring.newest.day + timedelta(days=1)
    store = await Store.open(url, keyring)
    await live(store, now)
    before = await everything(store, now)
    await store.close()
    folder = keyring.with_new(tomorrow).directory
    if when == "before" and folder:
        (folder / "epochs.new").touch()

    def full(*_: object, **__: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(keyfiles, "_shred" if when == "before" else "_write", full)
        store = await Store.open(url, keyring)
        assert (store.unfinished, store.finished) == (True, None)
        assert await everything(store, now) == before
        assert await epochs_of(store) == {1 if when == "before" else 2}
        with pytest.raises(KeyringBroken):
            await store.turn(tomorrow)
        await live(store, now, range(3))
    assert (await store.turn(tomorrow)).done
    assert not store.unfinished
    assert [epoch.id for epoch in keyring.again().epochs] == [2]
    assert {person: one for person, one in (await everything(store, now)).items() if person in PEOPLE} == before
    await store.close()


async def test_a_start_that_finds_only_something_beside_the_keyring_sweeps_it(
    sqlite_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    for ending in ("new", "old"):
        (tmp_path / "keyring" / f"epochs.{ending}").write_text("left behind")
    store = await Store.open(sqlite_url, keyring)
    assert (store.unfinished, store.finished) == (False, None)
    assert {file.name for file in (tmp_path / "keyring").iterdir()} == {"epochs", "house.key"}
    await store.close()


async def test_a_keyring_on_a_disk_that_knows_no_locks_is_told_and_the_bot_works_on(
    sqlite_url: str, keyring: Keyring, now: datetime, tomorrow: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError

    keyring.with_new(tomorrow)
    monkeypatch.setattr(fcntl, "flock", no_locks)
    store = await Store.open(sqlite_url, Keyring(keyring.house, keyring.epochs, keyring.directory))
    assert store.unfinished
    with pytest.raises(KeyringBroken, match="this machine"):
        await store.turn(tomorrow)
    await live(store, now, range(3))
    await store.close()


async def test_a_start_that_finds_all_moved_and_the_old_secret_destroys_it(
    url: str, keyring: Keyring, now: datetime, tomorrow: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await Store.open(url, keyring)
    await live(store, now)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Keyring, "without", dies)
        with pytest.raises(KeyboardInterrupt):
            await store.turn(tomorrow)
    assert [epoch.id for epoch in keyring.again().epochs] == [1, 2]
    await live(store, now, range(3))  # whoever goes on meanwhile works under the new one
    assert await epochs_of(store) == {2}
    await store.close()
    store = await Store.open(url, keyring)
    assert [epoch.id for epoch in keyring.again().epochs] == [2]
    await store.close()
