"""A backup: what is seen of it from outside, whose it is, and who opens it."""

import os
from io import BytesIO

import pytest

from storage import Keyring, WrongKeyring
from storage.copies.backup import PROOF, read_backup, ticket_of
from storage.copies.exported import exported
from storage.copies.exporting import export_cases
from storage.copies.newfile import FileError
from storage.copies.restoring import restore
from storage.copies.returning import Known, Wanted
from storage.errors import ArchiveKeyError
from storage.tables import Row
from storage.vault import chunks
from storage.vault.archive import Suite
from storage.vault.dek import Dek
from storage.vault.places import Purpose, bind
from storage.vault.ring import Ring
from storage.vault.tickets import BackupTicket, RestoreTicket, turned
from tests.fakes.backed import CUSTODIANS, quietly
from tests.fakes.lived import SEALED

# Whose it is, and who opens it


async def test_another_house_s_backup_is_refused(plain):
    await plain.back_up()
    async with plain.store.transaction() as work:
        await work.set_archive_key(CUSTODIANS.public)
    await plain.back_up(name="b.gza")
    content = plain.opened()
    plain.keyring = Keyring.create(plain.folder / "others")
    for name in ("a.gza", "b.gza"):
        with pytest.raises(WrongKeyring, match="house key"):
            plain.opened(name)
    with pytest.raises(WrongKeyring, match="house key"):
        await restore(Wanted(content, Known(), plain.now), plain.url, plain.keyring, quietly)


async def test_who_knows_nothing_but_the_archive_key_can_make_no_backup(home):
    """To seal something to the custodians one needs no secret: so that alone is taken for nothing."""
    content, dek, number = home.opened(), Dek.new(), os.urandom(16)
    ticket = BackupTicket(number, 1, CUSTODIANS.public.seal(dek.secret(), bind(Purpose.BACKUP, number)))
    proof = home.file.read_bytes().split(b"\n", 1)[1][:PROOF]
    made = [ticket.to_line().encode(), b"\n", proof, *chunks.sealed(dek, number, BytesIO(content))]
    (home.folder / "forged.gza").write_bytes(b"".join(made))
    with pytest.raises(WrongKeyring):
        home.opened("forged.gza")


async def test_sealed_to_custodians_it_opens_with_their_line_for_this_very_backup_only(home):
    ticket, other = ticket_of(home.file), await home.back_up(name="b.gza")
    assert (ticket.suite, other.suite) == (Suite.X25519, Suite.X25519)
    with pytest.raises(ArchiveKeyError, match="custodians"):
        read_backup(home.file, home.ring, None)
    with pytest.raises(ArchiveKeyError, match="another backup"):
        read_backup(home.file, home.ring, turned(other, CUSTODIANS))
    with pytest.raises(FileError, match="changed"):
        read_backup(home.file, home.ring, RestoreTicket(ticket.id, os.urandom(32)))
    assert read_backup(home.file, home.ring, turned(ticket, CUSTODIANS))


@pytest.mark.parametrize("written", [b"", b"something else", b"\xff" * 40, b"SQLite format 3\0"])
def test_what_is_no_backup_is_called_so(tmp_path, keyring, written):
    (tmp_path / "a.gza").write_bytes(written)
    with pytest.raises(FileError, match="no backup"):
        read_backup(tmp_path / "a.gza", Ring.of(keyring), None)


def test_a_backup_that_is_not_there_is_called_so(tmp_path):
    with pytest.raises(FileError, match="cannot be read"):
        ticket_of(tmp_path / "a.gza")


# The file


async def test_nothing_is_seen_of_it_from_outside(home):
    seen = home.file.read_bytes()
    values = [value for table in (await home.contents()).values() for row in table for value in row]
    secret = [value for value in values if isinstance(value, bytes)] + [home.keyring.house]
    names = [table.name.encode() for table in Row.metadata.sorted_tables if len(table.name) > 4]
    assert [value for value in (*secret, *names, b"SQLite", b"CREATE TABLE") if value in seen] == []
    assert home.file.stat().st_mode & 0o777 == 0o600


async def test_nothing_is_ever_overwritten(plain):
    plain.file.write_text("something of somebody's")
    for writing in (plain.back_up(), export_cases(plain.url, plain.file)):
        with pytest.raises(FileError, match="already"):
            await writing
    assert plain.file.read_text() == "something of somebody's"


async def test_a_backup_that_breaks_off_leaves_no_half_file(home):
    def stopped(*_):
        raise KeyboardInterrupt

    before = set(home.folder.iterdir())
    with pytest.raises(KeyboardInterrupt):
        await home.back_up(stopped, "b.gza")
    with pytest.raises(FileError, match="cannot be written"):
        await home.back_up(name="nowhere/b.gza")
    assert set(home.folder.iterdir()) == before


# The custodians' copy


async def test_the_export_holds_sealed_talks_only(home):
    path = home.folder / "cases.db"
    assert await export_cases(home.url, path) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert await home.talks() == [[SEALED]]
    with exported(path) as found:
        tables = ("transcript", "entry")
        columns = [[row[1] for row in found._rows(f"PRAGMA table_info({table})")] for table in tables]
        assert found._rows("SELECT name FROM sqlite_master ORDER BY name DESC") == [("transcript",), ("entry",)]
    assert columns == [
        ["id", "commitment", "archived", "entries", "head", "until_day"],
        ["transcript", "sequence", "author", "body"],
    ]
