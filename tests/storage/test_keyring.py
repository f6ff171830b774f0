import os
from datetime import date
from pathlib import Path

import pytest
import time_machine

from storage import Keyring, KeyringBroken, KeyringMissing, KeyringOpen


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "keyring"


@time_machine.travel("2026-11-23T10:00:00Z")
def test_a_keyring_is_read_as_it_was_made(home: Path) -> None:
    made = Keyring.create(home)
    assert Keyring.load(home) == made
    assert (made.newest.id, made.newest.day.isoformat()) == (1, "2026-11-23")
    assert len({made.house, made.newest.secret}) == 2


def test_its_files_are_ours_alone(home: Path) -> None:
    umask = os.umask(0)
    try:
        Keyring.create(home)
    finally:
        os.umask(umask)
    assert home.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in home.iterdir()} == {"house.key": 0o600, "epochs": 0o600}


@pytest.mark.parametrize("there", ["house.key", "epochs"])
def test_a_keyring_is_never_made_over_another(home: Path, there: str) -> None:
    Keyring.create(home)
    for file in home.iterdir():
        if file.name != there:
            file.unlink()
    before = (home / there).read_bytes()
    with pytest.raises(KeyringBroken, match="never overwritten"):
        Keyring.create(home)
    assert (home / there).read_bytes() == before


def test_no_keyring_says_where_it_was_looked_for(home: Path) -> None:
    with pytest.raises(KeyringMissing, match="gza init") as caught:
        Keyring.load(home)
    assert str(home) in str(caught.value)


@pytest.mark.parametrize("lost", ["house.key", "epochs"])
def test_half_a_keyring_names_the_missing_half(home: Path, lost: str) -> None:
    Keyring.create(home)
    (home / lost).unlink()
    with pytest.raises(KeyringMissing, match=f"restore the missing {lost}"):
        Keyring.load(home)


@pytest.mark.parametrize("file", ["house.key", "epochs"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_file_others_may_touch_is_refused(home: Path, file: str, mode: int) -> None:
    Keyring.create(home)
    (home / file).chmod(mode)
    with pytest.raises(KeyringOpen, match="chmod 600"):
        Keyring.load(home)


@pytest.mark.parametrize("mode", [0o750, 0o710, 0o701, 0o720])
def test_a_directory_others_may_enter_is_refused(home: Path, mode: int) -> None:
    Keyring.create(home)
    home.chmod(mode)
    with pytest.raises(KeyringOpen, match="chmod 700"):
        Keyring.load(home)


@pytest.mark.parametrize("file", ["house.key", "epochs"])
@pytest.mark.parametrize("harm", ["empty", "cut", "letter", "version", "words", "bytes"])
def test_a_damaged_file_is_told_from_a_wrong_key(home: Path, file: str, harm: str) -> None:
    Keyring.create(home)
    path = home / file
    whole = path.read_text()
    at = whole.rindex(" ") - 5
    other = "B" if whole[at] != "B" else "C"
    damaged = {
        "empty": "",
        "cut": whole[:-4],
        "letter": whole[:at] + other + whole[at + 1 :],
        "version": "2" + whole[1:],
        "words": "my secret key\n",
        "bytes": "\udcff\udcfe",
    }[harm]
    path.write_bytes(damaged.encode("utf-8", "surrogateescape"))
    with pytest.raises(KeyringBroken) as caught:
        Keyring.load(home)
    assert whole.split()[-2] not in str(caught.value)


def test_an_epoch_twice_is_refused(home: Path) -> None:
    Keyring.create(home)
    (home / "epochs").write_text((home / "epochs").read_text() * 2)
    with pytest.raises(KeyringBroken, match="one twice"):
        Keyring.load(home)


def test_a_directory_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeyringBroken, match="cannot be written"):
        Keyring.create(tmp_path / "file" / "keyring")


def test_the_house_key_may_come_as_a_credential(home: Path, tmp_path: Path) -> None:
    elsewhere = Keyring.create(tmp_path / "credentials")
    given = tmp_path / "credentials" / "house.key"
    given.chmod(0o400)
    made = Keyring.create(home, [tmp_path / "nowhere", given])
    assert made.house == elsewhere.house
    assert [file.name for file in home.iterdir()] == ["epochs"]
    assert Keyring.load(home, [tmp_path / "nowhere", given]) == made


def test_a_keyring_shows_nothing(home: Path) -> None:
    made = Keyring.create(home)
    assert repr(made) == "Keyring()"
    assert repr(made.newest.secret) not in repr(made.newest)


DAY = date(2026, 11, 24)


def held(path: Path) -> int:
    """The file as it lies on the disk now, whatever becomes of its name."""
    return os.open(path, os.O_RDONLY)


def bytes_of(handle: int) -> bytes:
    return os.pread(handle, 4096, 0)


@pytest.mark.parametrize("mode", [0o440, 0o444])
def test_a_credential_may_have_the_mode_its_system_gives_it(home: Path, tmp_path: Path, mode: int) -> None:
    """systemd hands it over as 0440 with an access list, Docker as 0444; both guard the directory."""
    Keyring.create(tmp_path / "credentials")
    given = tmp_path / "credentials" / "house.key"
    given.chmod(mode)
    made = Keyring.create(home, [given])
    assert Keyring.load(home, [given]) == made
