"""A sealed talk is opened whole, with the right key, or not at all."""

from datetime import date

import pytest

from storage import Author, DatabaseDamaged, Tampered, VaultError
from storage.copies.exported import exported, tag
from storage.vault.archive import ArchivePrivate, Suite
from storage.vault.dek import Dek
from storage.vault.places import Purpose, bind
from tests.fakes.export import SHORT, export, harm, talk

ONE, OTHER = b"\x0a" * 16, b"\x0b" * 16


@pytest.fixture(params=Suite)
def private(request):
    return ArchivePrivate.new(request.param)


@pytest.fixture
def file(tmp_path, private):
    return export(tmp_path / "cases #1?.gza", private.public, {0x0B: SHORT[:2], 0x0A: SHORT})


def read(file, private, number=ONE):
    with exported(file) as found:
        return found.opened(number, private)


def test_what_there_is_is_listed_without_a_key(file):
    with exported(file) as found:
        listed = [(tag(one), one.until, one.entries) for one in found.archives()]
    assert listed == [("0a0a0a0a", date(2026, 2, 16), 4), ("0b0b0b0b", date(2026, 2, 16), 2)]


def test_a_talk_is_read_as_it_was_written(file, private):
    entries = read(file, private)
    assert [entry.body for entry in entries] == [new.body for new in SHORT]
    assert [entry.author for entry in entries] == [Author.BOT, Author.PERSON, Author.CONSULTANT, Author.NOTE]


def test_reading_changes_nothing(file, private):
    before = (file.read_bytes(), sorted(file.parent.iterdir()))
    read(file, private)
    assert (file.read_bytes(), sorted(file.parent.iterdir())) == before


HARMS = {
    "a line lost": "DELETE FROM entry WHERE transcript = ? AND sequence = 2",
    "the last line lost": "DELETE FROM entry WHERE transcript = ? AND sequence = 3",
    "the last line lost and not counted": "UPDATE transcript SET entries = 3 WHERE id = ?",
    "another author": "UPDATE entry SET author = 2 WHERE transcript = ? AND sequence = 1",
    "no author we know": "UPDATE entry SET author = 77 WHERE transcript = ? AND sequence = 1",
    "text for a number": "UPDATE entry SET author = 'person' WHERE transcript = ? AND sequence = 1",
    "two lines in each other's place": "UPDATE entry SET sequence = 3 - sequence WHERE transcript = ?",
    "a body cut": "UPDATE entry SET body = substr(body, 1, 40) WHERE transcript = ? AND sequence = 0",
    "no key": "UPDATE transcript SET archived = NULL WHERE id = ?",
    "a key cut": "UPDATE transcript SET archived = substr(archived, 1, 50) WHERE id = ?",
    "the key of another talk": "UPDATE transcript SET archived = (SELECT max(archived) FROM transcript WHERE id <> ?)",
    "another commitment": "UPDATE transcript SET commitment = zeroblob(32) WHERE id = ?",
    "another head": "UPDATE transcript SET head = zeroblob(32) WHERE id = ?",
}


@pytest.mark.parametrize("name", HARMS)
def test_a_harmed_talk_does_not_open_and_the_other_one_does(file, private, name):
    harm(file, HARMS[name], ONE)
    with pytest.raises(VaultError):
        read(file, private)
    if name != "the key of another talk":
        assert len(read(file, private, OTHER)) == 2


def test_a_talk_somebody_sealed_under_a_key_of_their_own_is_not_believed(file, private):
    """Sealing to the archive needs no secret: only the commitment says that it was us."""
    forged = private.public.seal(Dek.new().secret(), bind(Purpose.ARCHIVE, ONE))
    harm(file, "UPDATE transcript SET archived = ? WHERE id = ?", forged, ONE)
    with pytest.raises(Tampered, match="another key"):
        read(file, private)


def test_the_custodians_of_another_archive_open_nothing(file, private):
    with pytest.raises(Tampered):
        read(file, ArchivePrivate.new(private.suite))


def test_a_talk_without_a_line_is_a_talk(tmp_path, private):
    file = export(tmp_path / "empty.gza", private.public, {0x0A: talk()})
    assert read(file, private) == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + bytes(100)])
def test_what_is_no_export_says_so(tmp_path, content):
    file = tmp_path / "something"
    file.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match="gza export cases"), exported(file) as found:
        found.archives()


def test_no_file_says_so(tmp_path):
    with pytest.raises(DatabaseDamaged, match="gza export cases"), exported(tmp_path / "nothing") as found:
        found.archives()


@pytest.mark.parametrize("day", ["'soon'", "NULL", "9000000000000000"])
def test_a_table_of_nonsense_says_so(file, day):
    harm(file, f"UPDATE transcript SET until_day = {day}")
    with pytest.raises(DatabaseDamaged), exported(file) as found:
        found.archives()
