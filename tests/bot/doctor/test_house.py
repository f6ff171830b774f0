"""The database and the book: every bad set-up has a line that says what to do."""

import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from bot.clock import TBILISI
from bot.doctor.finding import Mark
from bot.doctor.running import run_doctor
from dialogs.finding import BookBroken
from storage import Keyring, Kind, Record, Store
from storage.copies.returning import RESTORED
from storage.vault.archive import ArchivePrivate, Suite
from tests.fakes.patient import NOW, PRIVATE, TOKEN, change, found, looked, remembers, running, says


async def test_a_healthy_house_is_green_but_for_the_token_it_does_not_have(settings):
    bad = [one.line() for one in await looked(settings) if one.mark is not Mark.GREEN]
    assert len(bad) == 1
    assert "BOT_TOKEN is not set" in bad[0]


async def test_it_ends_with_2_and_the_worst_comes_first(settings):
    (settings.keyring_dir / "house.key").chmod(0o644)
    (settings.keyring_dir / "recovery.html").touch(mode=0o600)
    lines = []
    assert await run_doctor(settings, lines.append, NOW) == 2
    marks = [line[0] for line in lines]
    assert marks == sorted(marks, key="✗!✓".index)


async def test_a_file_that_is_no_database(settings):
    (settings.data_dir / "gza.db").write_bytes(b"nonsense" * 2000)
    await says(settings, "database", Mark.RED, "restore the last backup")
    assert (await found(settings, "swap")).mark is Mark.GREEN


async def test_no_database_yet(settings):
    (settings.data_dir / "gza.db").unlink()
    await says(settings, "database", Mark.WARN, "gza run")
    assert not (settings.data_dir / "gza.db").exists()


async def test_no_archive_key(settings):
    change(settings, "UPDATE house SET archive = NULL, archive_mac = NULL")
    await says(settings, "archive key", Mark.WARN, "destroyed")


async def test_an_archive_key_that_nobody_gave_us(settings):
    other = ArchivePrivate.new(Suite.X25519).public.to_bytes()
    change(settings, "UPDATE house SET archive = ?", other)
    await says(settings, "archive key", Mark.RED, "exchanged")


async def test_records_that_do_not_open(settings):
    change(settings, "UPDATE record SET body = x'01' WHERE kind = 5")
    await says(settings, "lost", Mark.WARN, "did not open")


async def test_a_database_of_another_day(settings, tmp_path):
    store = await Store.open(settings.database, Keyring.load(settings.keyring_dir))
    await store.close()
    shutil.copy(settings.data_dir / "gza.db", tmp_path / "old.db")
    store = await Store.open(settings.database, Keyring.load(settings.keyring_dir))
    async with store.transaction() as work:
        await work.raise_high_water(NOW + timedelta(hours=1))
    await store.close()
    shutil.copy(tmp_path / "old.db", settings.data_dir / "gza.db")
    await says(settings, "database age", Mark.RED, "older than the keyring has seen", NOW + timedelta(hours=1))


async def test_no_witness(settings):
    (settings.keyring_dir / "witness").unlink()
    await says(settings, "database age", Mark.WARN, "nothing tells")


async def test_a_legal_hold_is_seen_with_its_day_and_without_its_reason(settings):
    store = await Store.open(settings.database, Keyring.load(settings.keyring_dir))
    async with store.transaction() as work:
        body = json.dumps({"since": "2026-11-01", "reason": "order about Anna"})
        await work.keep([Record(Kind.HOLD, "all", body)])
    await store.close()
    await says(settings, "legal holds", Mark.WARN, "1 since 2026-11-01")
    assert "Anna" not in (await found(settings, "legal holds")).line()


async def test_what_was_deleted_lingers_while_somebody_reads_the_database(settings):
    change(settings, "UPDATE house SET created_day = created_day")
    reader = sqlite3.connect(settings.data_dir / "gza.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM house").fetchall()
    await says(settings, "deleted data", Mark.WARN, "Another program")
    with running(settings):
        await says(settings, "deleted data", Mark.GREEN, "every hour")
    reader.close()


async def test_after_a_restore_the_bot_may_run_when_keyring_and_database_are_in_order(settings):
    """What else is red does not hold it up: as long as it does not run, it cannot mend its clock or its token."""
    await remembers(settings, RESTORED, at=NOW.isoformat())
    (settings.data_dir / "bot.log").write_text(TOKEN)
    change(settings, "UPDATE house SET archive = ?", ArchivePrivate.new(Suite.X25519).public.to_bytes())
    await says(settings, "restored", Mark.WARN, "Mend first what is red: archive key.")
    change(settings, "UPDATE house SET archive = ?", PRIVATE.public.to_bytes())
    behind = NOW - timedelta(hours=1)
    there = await looked(settings, behind)
    assert {one.name for one in there if one.mark is Mark.RED} == {"clock", "token in logs"}
    assert [one.mark for one in there if one.name == "restored"] == [Mark.GREEN]
    assert all(one.name != "restored" for one in await looked(settings))


async def test_facts_that_nobody_confirmed_or_that_are_past_their_date(settings):
    today = NOW.astimezone(TBILISI).date()
    fact = SimpleNamespace(confirmed=True, valid_until=today - timedelta(days=1))
    hidden = SimpleNamespace(confirmed=False, valid_until=today)
    with patch("bot.doctor.book.load", lambda: SimpleNamespace(sheet={"a": fact, "b": hidden, "c": hidden})):
        lines = [one.line() for one in await looked(settings) if one.name == "facts"]
    assert "shown to nobody: 2." in lines[0]
    assert "Past their date: 1;" in lines[1]


async def test_a_book_that_does_not_load(settings):
    with patch("bot.doctor.book.load", side_effect=BookBroken([])):
        await says(settings, "book", Mark.RED, "gza check")


async def test_a_part_that_breaks_holds_up_no_other(settings):
    with patch("bot.doctor.machine.look", side_effect=RuntimeError("words of a person")):
        everything = await looked(settings)
    assert {"keyring", "database", "facts"} <= {one.name for one in everything}
    (broken,) = [one for one in everything if one.name == "machine"]
    assert broken == replace(broken, mark=Mark.RED)
    assert "words of a person" not in broken.line()
