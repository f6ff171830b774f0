"""The verbs about backups, from the command line's side: what they say, ask, refuse and remember."""

from datetime import timedelta

import pytest

from bot.errors import AlreadyRunning
from bot.lock import sole_runner
from bot.operating.backing import BackingError, clear_restored, restored, run_backup, run_export
from storage import Keyring, KeyringMissing, Kind, Record, Store, WrongKeyring
from storage.copies.exported import exported
from storage.copies.newfile import FileError
from storage.vault.archive import Suite
from storage.vault.tickets import BackupTicket, turned
from tests.fakes.house import NOON
from tests.fakes.keeper import CUSTODIANS, Desk, names
from tests.fakes.lived import ANA, BEKA, CELL, NINO, known_people

# gza backup


async def test_a_backup_says_where_it_is_how_long_to_keep_it_and_what_opens_it(plain):
    await plain.backs_up()
    assert f"Wrote {plain.folder}/b.gza" in plain.text
    assert "30 days" in plain.text
    assert "house key opens it" in plain.text
    assert set(await plain.remembers()) == {"backup", "drill"}


async def test_sealed_to_custodians_it_gives_the_line_they_will_need(sealed):
    await sealed.backs_up()
    written = (sealed.folder / "b.gza").read_bytes()
    assert written.startswith(sealed.said[-1].encode() + b"\n")
    assert BackupTicket.from_line(sealed.said[-1]).suite == Suite.X25519


async def test_without_a_name_the_file_is_called_by_the_minute_and_lies_where_we_stand(plain, monkeypatch):
    (plain.folder / "here").mkdir()
    monkeypatch.chdir(plain.folder / "here")
    await run_backup(plain.settings, None, plain.said.append)
    (name,) = names(plain.folder / "here")
    assert len(name) == len("gza-backup-2026-11-26-1347.gza")
    assert name.startswith("gza-backup-20")


async def test_it_works_beside_a_running_bot(plain):
    with sole_runner(plain.settings.data_dir):
        store = await plain.opened()
        await plain.backs_up()
        await run_export(plain.settings, plain.folder / "cases.db", plain.said.append)
        await store.close()
    assert names(plain.settings.data_dir) == ["gza.db", "gza.lock", "gza.verbs"]


async def test_where_nothing_is_yet_nothing_is_made(tmp_path):
    desk = Desk(tmp_path)
    for verb in (desk.backs_up(), run_export(desk.settings, desk.file, desk.said.append)):
        with pytest.raises(BackingError, match="DATA_DIR"):
            await verb
    assert names(desk.folder) == []


# gza restore


async def test_a_restore_says_what_is_back_what_is_not_and_what_people_must_do(plain):
    assert await plain.restores() == 0
    assert plain.asked == 1
    for word in ("closed cases (0), with the conversations", "forgotten again", "gza staff", "gza doctor"):
        assert word in plain.text
    assert names(plain.settings.data_dir) == ["gza.db", "gza.lock", "gza.verbs"]
    assert await plain.does(known_people) == {ANA, BEKA, NINO}


async def test_what_it_does_to_releases_is_said(plain):
    await plain.restores()
    assert "numbers may be too low" in plain.text
    assert "is not known" not in plain.text


async def test_where_the_old_database_is_lost_nobody_knows_what_was_published_since_and_that_is_said(plain):
    (plain.settings.data_dir / "gza.db").unlink()
    await plain.restores()
    assert "Which releases were made since the backup is not known" in plain.text


async def test_a_release_whose_files_are_gone_is_named(plain):
    async def spoilt(store):
        async with store.transaction() as work:
            await work.keep([Record(Kind.RELEASE, "2026-Q3", '{"files": {"a": "0"}}')])

    await plain.does(spoilt)
    await plain.restores()
    assert "The files of the release 2026-Q3 are gone; it is not made again." in plain.text


async def test_until_the_doctor_has_looked_it_stands_written_that_it_was_restored(plain):
    await plain.restores()

    async def looked(store):
        async with store.transaction() as work:
            before = await restored(work)
            await clear_restored(work)
            return before, await restored(work)

    assert (await plain.remembers())["restored"].keys() == {"at", "from"}
    assert await plain.does(looked) == (True, False)


async def test_the_keyring_does_not_take_the_older_database_for_one_put_there_in_secret(plain):

    async def later(store):
        async with store.transaction() as work:
            await work.raise_high_water(NOON + timedelta(hours=3))

    async def rolled_back(store):
        return store.rolled_back

    await plain.does(later)
    await plain.restores()
    assert not await plain.does(rolled_back)


async def test_who_is_not_sure_changes_nothing(plain):
    before = (plain.settings.data_dir / "gza.db").read_bytes()
    assert await plain.restores(sure=False) == 1
    assert (plain.settings.data_dir / "gza.db").read_bytes() == before


async def test_a_running_bot_is_not_replaced(plain):
    with sole_runner(plain.settings.data_dir), pytest.raises(AlreadyRunning):
        await plain.restores()


async def test_what_custodians_must_do_is_said_word_for_word(sealed):
    line = sealed.file.read_bytes().split(b"\n")[0].decode()
    assert await sealed.restores() == 1
    assert f'gza open --backup "{line}" --key FILE --key FILE' in sealed.text
    assert sealed.asked == 0
    ticket = turned(BackupTicket.from_line(line), CUSTODIANS)
    assert await sealed.restores(line=ticket.to_line()) == 0
    assert "closed cases (1)" in sealed.text


async def test_a_machine_that_was_lost_begins_with_the_house_key_and_the_backup(plain):
    """What is on the recovery sheet is enough; the days are lost, and with them whoever was alive."""
    (plain.settings.data_dir / "gza.db").unlink()
    for lost in ("epochs", "witness"):
        (plain.settings.keyring_dir / lost).unlink()
    assert await plain.restores() == 0
    assert "without conversations" in plain.text
    assert (plain.settings.keyring_dir / "epochs").stat().st_mode & 0o777 == 0o600

    async def counts(store):
        async with store.transaction() as work:
            return await work.counts()

    assert await plain.does(counts) == {CELL: 3}
    assert await plain.does(known_people) == set()


async def test_without_the_house_key_nothing_is_made_up(plain):
    plain.settings.keyring_dir.rename(plain.folder / "away")
    with pytest.raises(KeyringMissing):
        await plain.restores()
    assert not plain.settings.keyring_dir.exists()


async def test_another_house_s_database_in_the_way_is_not_destroyed(plain):
    (plain.settings.data_dir / "gza.db").unlink()
    other = Keyring.create(plain.folder / "other")
    await (await Store.open(plain.settings.database, other)).close()
    with pytest.raises(WrongKeyring, match="DATA_DIR"):
        await plain.restores()


async def test_a_database_that_cannot_be_read_is_spoken_of_before_it_goes(plain):
    (plain.settings.data_dir / "gza.db").write_bytes(b"broken")
    assert await plain.restores() == 0
    assert "cannot be read" in plain.text
    assert "may be back" in plain.text


# gza export cases


async def test_closed_cases_are_exported_and_counted(sealed):
    path = sealed.folder / "cases.db"
    await run_export(sealed.settings, path, sealed.said.append)
    assert "closed cases (1)" in sealed.text
    with exported(path) as found:
        assert [one.entries for one in found.archives()] == [1]
    with pytest.raises(FileError, match="already"):
        await run_export(sealed.settings, path, sealed.said.append)
