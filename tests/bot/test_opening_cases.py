"""`gza open`: two custodians read closed cases as pages, and it stays written who did and why."""

import re

import pytest
import time_machine

from bot.custody.offline import CustodyRefused
from bot.custody.opening import Wanted, list_cases, open_backup, open_cases
from bot.desk.entries import Kind
from storage import Author, DatabaseDamaged, NewEntry
from storage.errors import ArchiveKeyError, CustodyError
from storage.vault.archive import ArchivePrivate, Suite
from storage.vault.custody import make_set
from storage.vault.places import Purpose, bind
from storage.vault.tickets import BackupTicket, RestoreTicket
from tests.fakes.export import CHEAP, SHORT, export, harm, talk
from tests.fakes.terminal import run, settings_in

WORDS = ("a bridge at dawn", "two green apples", "seven long rivers")
LONG = talk(
    (Author.PERSON, Kind.LINE, "first"),
    (Author.PERSON, Kind.EDIT, "first, mended"),
    (Author.PERSON, Kind.MEDIA, "a picture"),
    (Author.CONSULTANT, Kind.UNDONE, ""),
    (Author.BOT, Kind.EVENT, "referral: yes"),
)


class Offline:
    """The custodians' machine: an export and two files."""

    def __init__(self, settings, home, talks):
        self.settings, self.home = settings, home
        self.private = ArchivePrivate.new(Suite.X25519)
        self.export = export(home / "cases.gza", self.private.public, talks)
        self.keys = [home / f"custodian-{number}.key" for number in (1, 2, 3)]
        for path, custodian in zip(self.keys, make_set(self.private, WORDS, CHEAP), strict=True):
            path.write_text(custodian.to_text())

    def open(self, *tags, keys=(0, 1), typed=None, into="pages", who="Nino & Ana", reason="drill"):
        typed = "".join(f"{WORDS[key]}\n" for key in keys) if typed is None else typed
        paths = [self.keys[key] for key in keys]
        directory = None if into is None else self.home / into
        wanted = Wanted(self.export, tags, directory, paths, who, reason)
        return run(lambda: open_cases(self.settings, wanted), typed)

    def page(self, tag):
        return (self.home / "pages" / f"{tag}.html").read_text(encoding="utf-8")


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


@pytest.fixture
def offline(settings, tmp_path):
    return Offline(settings, tmp_path, {0x0A: SHORT, 0x0B: LONG, 0x0C: SHORT})


def test_without_a_case_it_lists_what_there_is_and_asks_nothing(offline):
    said = run(lambda: list_cases(offline.export)).output
    assert re.findall(r"^([0-9a-f]{8})  (\S+) +(\d+)$", said, re.MULTILINE) == [
        ("0a0a0a0a", "2026-02-16", "4"),
        ("0b0b0b0b", "2026-02-16", "5"),
        ("0c0c0c0c", "2026-02-16", "4"),
    ]
    assert "Passphrase" not in said


@pytest.mark.parametrize("keys", [(0, 1), (0, 2), (2, 1)])
def test_any_two_custodians_read_a_case(offline, keys):
    result = offline.open("0a0a0a0a", keys=keys)
    assert result.exit_code == 0
    assert "გისმენთ" in offline.page("0a0a0a0a")
    assert not (offline.home / "pages" / "0b0b0b0b.html").exists()


@time_machine.travel("2026-01-15T08:05:00Z", tick=False)
def test_who_when_and_why_stand_on_the_page_and_in_the_book(offline):
    offline.open("0a0a0a0a")
    offline.open("0b0b0b0b", "0C0C0C0C", who="Ana\nGiorgi", reason="a | court order")
    assert (offline.home / "pages" / "opened.txt").read_text().splitlines() == [
        "2026-01-15 12:05 | Nino & Ana | drill | 0a0a0a0a",
        "2026-01-15 12:05 | Ana Giorgi | a / court order | 0b0b0b0b 0c0c0c0c",
    ]
    page = offline.page("0a0a0a0a")
    top = page[: page.index("<article")]
    assert all(said in top for said in ("Nino &amp; Ana", "drill", "2026-01-15 12:05", "2026-02-16"))


def test_a_page_is_whole_loads_nothing_and_runs_nothing(offline):
    offline.open("0a0a0a0a")
    page = offline.page("0a0a0a0a")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "default-src 'none'" in page
    assert not re.findall(r"(?:src|href)=|url\(|@import", page)
    assert "Language: Georgian &amp; more" in page


def test_edits_files_and_what_was_taken_back_are_told(offline):
    offline.open("0b0b0b0b")
    page = offline.page("0b0b0b0b")
    assert all(said in page for said in ("first, mended", "Edited", "File", "a picture", "Taken back", "Event", "№ 3"))
    assert page.count("<article") == 5


def test_pages_are_ours_alone(offline):
    offline.open("0a0a0a0a")
    pages = offline.home / "pages"
    assert pages.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in pages.iterdir()} == {0o600}


def test_a_damaged_case_is_named_and_stops_no_other(offline):
    harm(offline.export, "DELETE FROM entry WHERE transcript = ? AND sequence = 3", b"\x0a" * 16)
    result = offline.open("0a0a0a0a", "0b0b0b0b")
    assert result.exit_code == 1
    assert re.search(r"^0a0a0a0a does not open\. .*lost lines", result.output, re.MULTILINE)
    assert "1 of 2 opened" in result.output
    assert not (offline.home / "pages" / "0a0a0a0a.html").exists()
    assert "first, mended" in offline.page("0b0b0b0b")


def test_a_line_of_a_newer_program_is_no_reason_to_stop_either(settings, tmp_path):
    offline = Offline(settings, tmp_path, {0x0A: [NewEntry(Author.BOT, '{"kind":"hologram"}')], 0x0B: LONG})
    result = offline.open("0a0a0a0a", "0b0b0b0b")
    assert result.exit_code == 1
    assert "0a0a0a0a does not open. It was written by a newer program" in result.output
    assert (tmp_path / "pages" / "0b0b0b0b.html").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"keys": (0,)}, "Two custodians"),
        ({"keys": (0, 1, 2)}, "Two custodians"),
        ({"keys": (1, 1)}, "twice"),
        ({"who": " "}, "who opens and why"),
        ({"reason": ""}, "who opens and why"),
        ({"into": None}, "where the pages go"),
        ({"into": "."}, "chmod 700"),
    ],
)
def test_what_cannot_open_is_said_before_a_passphrase_is_asked(offline, change, said):
    offline.home.chmod(0o755)
    with pytest.raises((CustodyRefused, CustodyError), match=said):
        offline.open("0a0a0a0a", typed="", **change)
    assert not (offline.home / "pages").exists()


def test_a_case_that_is_not_there_is_said_too(offline):
    with pytest.raises(CustodyRefused, match="not in the file"):
        offline.open("0a0a0a0a", "ffffffff", typed="")


def test_a_wrong_passphrase_opens_nothing_and_leaves_no_word_of_an_opening(offline):
    with pytest.raises(CustodyError, match="custodian 2 is wrong"):
        offline.open("0a0a0a0a", typed=f"{WORDS[0]}\nanother passphrase\n")
    assert not (offline.home / "pages").exists()


def test_a_damaged_or_missing_file_of_a_custodian_is_named(offline):
    offline.keys[1].write_text(offline.keys[1].read_text()[:-5])
    with pytest.raises(CustodyRefused, match=r"custodian-2\.key: .*damaged"):
        offline.open("0a0a0a0a", typed="")
    offline.keys[1].unlink()
    with pytest.raises(CustodyRefused, match=r"custodian-2\.key cannot be read"):
        offline.open("0a0a0a0a", typed="")


def test_cases_are_not_opened_on_a_server(offline):
    offline.settings.keyring_dir.mkdir()
    (offline.settings.keyring_dir / "house.key").touch()
    with pytest.raises(CustodyRefused, match="another machine"):
        offline.open("0a0a0a0a")


def test_a_file_that_is_no_export_says_so(offline):
    offline.export.write_bytes(b"holiday pictures")
    with pytest.raises(DatabaseDamaged, match="gza export cases"):
        offline.open("0a0a0a0a")


def test_the_line_of_a_backup_becomes_the_one_that_restores_it(offline):
    number, secret = bytes(range(16)), bytes(range(32))
    sealed = offline.private.public.seal(secret, bind(Purpose.BACKUP, number))
    line = BackupTicket(number, Suite.X25519, sealed).to_line()
    result = run(lambda: open_backup(offline.settings, line, offline.keys[1:]), f"{WORDS[1]}\n{WORDS[2]}\n")
    assert RestoreTicket.from_line(result.output.strip().splitlines()[-1]) == RestoreTicket(number, secret)


def test_a_line_copied_wrongly_is_said_before_a_passphrase_is_asked(offline):
    line = BackupTicket(bytes(16), Suite.X25519, b"sealed").to_line()
    with pytest.raises(ArchiveKeyError, match="copied wrongly"):
        run(lambda: open_backup(offline.settings, line[:-1], offline.keys[:2]))


def test_custodians_are_not_asked_for_a_backup_that_needs_none(offline):
    line = BackupTicket(bytes(16), 0, b"sealed").to_line()
    with pytest.raises(ArchiveKeyError, match="gza restore"):
        run(lambda: open_backup(offline.settings, line, offline.keys[:2]))
