"""`gza custodians`: three files on a machine that serves nobody, of which any two open what was sealed to the line."""

import re

import pytest

from bot.custody.custodians import make
from bot.custody.offline import CustodyRefused, require_offline
from bot.custody.passphrases import SHORTEST
from storage.vault.archive import ArchiveKey, Suite
from storage.vault.custodian import Custodian
from storage.vault.custody import open_set
from tests.fakes.export import CHEAP
from tests.fakes.terminal import run, settings_in

WORDS = ("a bridge at dawn", "two green apples", "seven long rivers")
TYPED = "".join(f"{word}\n{word}\n" for word in WORDS)


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


def make_them(settings, directory, typed=TYPED, suite=Suite.X25519):
    return run(lambda: make(settings, directory, suite, CHEAP), typed)


@pytest.mark.parametrize("suite", Suite)
def test_three_files_are_made_that_open_what_the_line_seals(settings, tmp_path, suite):
    result = make_them(settings, tmp_path / "keys", suite=suite)
    assert result.exit_code == 0
    key = ArchiveKey.from_line((tmp_path / "keys" / "archive.txt").read_text())
    assert key.to_line() in result.output
    assert key.fingerprint in result.output
    files = [Custodian.from_text((tmp_path / "keys" / f"custodian-{n}.key").read_text()) for n in (1, 2, 3)]
    private = open_set((files[0], WORDS[0]), (files[2], WORDS[2]))
    assert private.open(key.seal(b"secret", b"here"), b"here") == b"secret"


def test_the_files_are_ours_alone(settings, tmp_path):
    make_them(settings, tmp_path / "keys")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert modes == dict.fromkeys(("archive.txt", *(f"custodian-{n}.key" for n in (1, 2, 3))), 0o600)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_no_passphrase_is_shown_or_written(settings, tmp_path):
    result = make_them(settings, tmp_path / "keys")
    written = "".join(path.read_text() for path in (tmp_path / "keys").iterdir())
    assert not any(word in result.output + written for word in WORDS)


def test_it_says_what_to_do_next_in_order(settings, tmp_path):
    said = make_them(settings, tmp_path / "keys").output
    steps = re.findall(r"^  (\d)\. ", said, re.MULTILINE)
    assert steps == ["1", "2", "3", "4", "5"]
    assert said.index("medium of its own") < said.index("gza init --archive") < said.index("gza open")


def test_short_and_equal_passphrases_are_asked_again(settings, tmp_path):
    short = "x" * (SHORTEST - 1)
    typed = f"{short}\n{short}\n" + TYPED.replace(f"{WORDS[1]}\n" * 2, f"{WORDS[0]}\n" * 2 + f"{WORDS[1]}\n" * 2)
    result = make_them(settings, tmp_path / "keys", typed)
    assert result.exit_code == 0
    assert f"At least {SHORTEST} signs" in result.output
    assert "another custodian has this passphrase" in result.output.lower()


def test_a_passphrase_typed_otherwise_the_second_time_is_asked_again(settings, tmp_path):
    assert make_them(settings, tmp_path / "keys", f"{WORDS[0]}\n{WORDS[1]}\n" + TYPED).exit_code == 0


def test_who_gives_up_at_a_passphrase_has_made_nothing(settings, tmp_path):
    assert make_them(settings, tmp_path / "keys", f"{WORDS[0]}\n").exit_code == 1
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("there", ["custodian-2.key", "archive.txt"])
def test_keys_are_never_made_over_others(settings, tmp_path, there):
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / there).write_text("mine")
    with pytest.raises(CustodyRefused, match="empty directory"):
        make_them(settings, tmp_path / "keys")
    assert [path.read_text() for path in (tmp_path / "keys").iterdir()] == ["mine"]


def test_a_directory_others_can_enter_is_left_as_it_is(settings, tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    with pytest.raises(CustodyRefused, match="chmod 700"):
        make_them(settings, tmp_path / "open")
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o755


def test_where_there_is_nothing_of_a_server_keys_may_be_made(settings):
    require_offline(settings)


@pytest.mark.parametrize("there", ["keyring/house.key", "keyring/epochs", "data/gza.db"])
def test_a_machine_that_serves_people_is_refused(settings, tmp_path, there):
    (tmp_path / there).parent.mkdir()
    (tmp_path / there).touch()
    with pytest.raises(CustodyRefused, match="another machine"):
        make_them(settings, tmp_path / "keys")
    assert not (tmp_path / "keys").exists()


def test_so_is_one_with_a_house_key_in_a_credential_or_a_database_elsewhere(settings, tmp_path, monkeypatch):
    elsewhere = settings_in(tmp_path, database_url="postgresql://gza@db/gza")
    with pytest.raises(CustodyRefused, match="DATABASE_URL"):
        make_them(elsewhere, tmp_path / "keys")
    (tmp_path / "house.key").touch()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(CustodyRefused, match="another machine"):
        make_them(settings, tmp_path / "keys")
