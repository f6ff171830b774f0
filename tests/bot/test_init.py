"""`gza init`: keyring, recovery sheet and archive key, each only when wanted and never over another."""

import asyncio

import pytest

from bot.custody.init import run_init
from bot.custody.offline import CustodyRefused
from bot.custody.words import INIT, LANGUAGES, SHEET
from bot.staffing import opened
from storage import Keyring, KeyringOpen, Tampered
from storage.errors import ArchiveKeyError
from storage.vault.archive import ArchivePrivate, Suite
from storage.vault.custody import make_set
from tests.fakes.export import CHEAP
from tests.fakes.terminal import run, settings_in


class House:
    """A server to be, and what its operator types."""

    def __init__(self, home):
        self.home, self.settings = home, settings_in(home)
        self.keyring = home / "keyring"

    def init(self, archive=None, language=None, *, yes=False, typed=""):
        return run(lambda: asyncio.run(run_init(self.settings, archive, language, yes=yes)), typed).output

    def archive_key(self):
        async def read():
            async with opened(self.settings) as store, store.transaction() as work:
                return await work.archive_key()

        return asyncio.run(read())

    def files(self):
        return sorted(path.name for path in self.keyring.iterdir() if path.name != "witness")


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.fixture
def key():
    return ArchivePrivate.new(Suite.X25519).public


def test_a_new_house_gets_a_keyring_and_a_sheet_and_hears_what_is_missing(house):
    said = house.init(yes=True)
    words = INIT["en"]
    assert house.files() == ["epochs", "house.key", "recovery.html"]
    assert Keyring.load(house.keyring)
    assert words.none in said
    assert said.rstrip().endswith(words.next)
    assert str(house.keyring / "recovery.html") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_for_the_language_and_speaks_it_from_then_on(house, language):
    said = house.init(typed=f"{language}\ny\ny\n")
    words = INIT[language]
    assert words.sheet in said
    assert words.none in said
    assert SHEET[language].title in (house.keyring / "recovery.html").read_text(encoding="utf-8")


def test_every_step_can_be_declined(house):
    assert INIT["ru"].nothing in house.init(language="ru", typed="n\n")
    assert not house.keyring.exists()
    house.init(language="ru", typed="y\nn\n")
    assert house.files() == ["epochs", "house.key"]


def test_who_gives_up_has_made_nothing(house):
    house.init(typed="ka\n")
    assert not house.keyring.exists()


def test_with_an_archive_key_all_is_done_at_once(house, key):
    said = house.init(key.to_line(), yes=True)
    assert house.archive_key() == key
    assert key.fingerprint in said
    assert INIT["en"].none not in said
    assert house.files() == ["epochs", "house.key", "recovery.html"]


@pytest.mark.parametrize("suite", Suite)
def test_the_key_may_lie_in_a_file(house, suite):
    key = ArchivePrivate.new(suite).public
    (house.home / "archive.txt").write_text(f"\n{key.to_line()}\n")
    house.init(str(house.home / "archive.txt"), yes=True)
    assert house.archive_key() == key


def test_a_house_that_runs_gets_a_key_and_nothing_else_anew(house, key):
    house.init(yes=True)
    (house.keyring / "recovery.html").unlink()
    before = (house.keyring / "house.key").read_bytes()
    said = house.init(key.to_line(), language="ka")
    assert house.archive_key() == key
    assert INIT["ka"].set.format(fingerprint=key.fingerprint) in said
    assert INIT["ka"].replaced not in said
    assert (house.keyring / "house.key").read_bytes() == before
    assert house.files() == ["epochs", "house.key"]


def test_the_same_key_twice_changes_nothing_and_asks_nothing(house, key):
    house.init(key.to_line(), yes=True)
    assert INIT["ru"].same.format(fingerprint=key.fingerprint) in house.init(key.to_line(), language="ru")


def test_another_key_is_only_put_in_its_place_when_that_is_wanted(house, key):
    house.init(key.to_line(), yes=True)
    other = ArchivePrivate.new(Suite.HYBRID).public
    said = house.init(other.to_line(), language="en", typed="n\n")
    assert INIT["en"].replace.format(old=key.fingerprint, new=other.fingerprint) in said
    assert INIT["en"].kept in said
    assert house.archive_key() == key
    assert INIT["en"].replaced in house.init(other.to_line(), language="en", typed="y\n")
    assert house.archive_key() == other
    house.init(key.to_line(), yes=True)
    assert house.archive_key() == key


def test_a_key_that_somebody_slipped_into_the_database_is_called_unknown_and_replaced(house, key):
    house.init(key.to_line(), yes=True)
    slip_in(house, ArchivePrivate.new(Suite.X25519).public)
    with pytest.raises(Tampered):
        house.archive_key()
    assert "????" in house.init(key.to_line(), language="en", typed="y\n")
    assert house.archive_key() == key


def slip_in(house, foreign):
    from tests.fakes.export import harm

    harm(house.settings.data_dir / "gza.db", "UPDATE house SET archive = ?", foreign.to_bytes())


def test_a_private_half_is_refused_and_nothing_is_made(house):
    custodian = make_set(ArchivePrivate.new(Suite.X25519), ("one", "two", "three"), CHEAP)[0]
    (house.home / "custodian-1.key").write_text(custodian.to_text())
    for given in (str(house.home / "custodian-1.key"), custodian.to_text(), custodian.to_text().splitlines()[0]):
        with pytest.raises(ArchiveKeyError, match="private half"):
            house.init(given, yes=True)
    assert not house.keyring.exists()


@pytest.mark.parametrize("given", ["nowhere.txt", "x" * 5000, ""])
def test_what_is_neither_line_nor_file_says_what_it_should_be(house, given):
    with pytest.raises(CustodyRefused, match="gza-archive"):
        house.init(given, yes=True)
    assert not house.keyring.exists()


def test_a_line_copied_wrongly_makes_nothing(house, key):
    with pytest.raises(ArchiveKeyError, match="copied wrongly"):
        house.init(key.to_line()[:-1], yes=True)
    assert not house.keyring.exists()


def test_a_keyring_is_never_made_over_another(house):
    house.init(yes=True)
    before = (house.keyring / "house.key").read_bytes()
    with pytest.raises(CustodyRefused, match="never overwritten"):
        house.init(yes=True)
    assert (house.keyring / "house.key").read_bytes() == before


def test_no_keyring_is_made_for_a_database_that_has_lost_its_own(house, key):
    house.init(key.to_line(), yes=True)
    for path in house.keyring.iterdir():
        path.unlink()
    with pytest.raises(CustodyRefused, match="restore the keyring"):
        house.init(yes=True)
    assert list(house.keyring.iterdir()) == []


def test_a_keyring_others_can_read_is_not_worked_with(house, key):
    house.init(yes=True)
    (house.keyring / "house.key").chmod(0o644)
    with pytest.raises(KeyringOpen, match="chmod 600"):
        house.init(key.to_line(), yes=True)


def test_a_house_key_from_a_credential_is_used_and_printed(house, tmp_path, monkeypatch):
    given = tmp_path / "credentials"
    Keyring.create(given)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(given))
    house.init(yes=True)
    assert house.files() == ["epochs", "recovery.html"]
    assert (given / "house.key").read_text().strip() in (house.keyring / "recovery.html").read_text(encoding="utf-8")
