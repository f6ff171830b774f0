"""How the keyring's files change: the new one whole, the old one overwritten, nothing left beside."""

import base64
import os
from datetime import date
from pathlib import Path

import pytest

from storage import Keyring, KeyringBroken, keyfiles


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "keyring"


DAY = date(2026, 11, 24)


def held(path: Path) -> int:
    """The file as it lies on the disk now, whatever becomes of its name."""
    return os.open(path, os.O_RDONLY)


def bytes_of(handle: int) -> bytes:
    return os.pread(handle, 4096, 0)


def test_a_new_epoch_lies_beside_the_old_one_and_the_old_one_is_destroyed(home: Path) -> None:
    one = Keyring.create(home)
    two = one.with_new(DAY)
    assert Keyring.load(home) == two == one.again()
    assert [(epoch.id, epoch.day) for epoch in two.epochs] == [(1, one.newest.day), (2, DAY)]
    assert two.house == one.house
    last = two.without(1)
    assert Keyring.load(home) == last
    assert last.epochs == (two.newest,)
    assert {file.name: file.stat().st_mode & 0o777 for file in home.iterdir()} == {"house.key": 0o600, "epochs": 0o600}


def test_what_a_file_of_epochs_held_before_is_overwritten(home: Path) -> None:
    keyring = Keyring.create(home)
    before = held(home / "epochs")
    two = keyring.with_new(DAY)
    between = held(home / "epochs")
    two.without(1)
    assert set(bytes_of(before)) == set(bytes_of(between)) == {0}
    os.close(before)
    os.close(between)


@pytest.mark.parametrize("step", ["_write", "replace", "_sync_directory", "_zero"])
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_while_a_secret_is_destroyed_leaves_a_keyring_and_the_next_time_nothing_else(
    home: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool
) -> None:
    two = Keyring.create(home).with_new(DAY)
    """Between the two names the old file has none, and zeros only after that: then nothing can be found any more."""
    whose = Path if step == "replace" else keyfiles
    done = getattr(whose, step)

    def dies(*given: object, **more: object) -> object:
        if after:
            done(*given, **more)
        raise SystemExit

    before, whole = held(home / "epochs"), (home / "epochs").read_text()
    with monkeypatch.context() as patched:
        patched.setattr(whose, step, dies)
        with pytest.raises(SystemExit):
            two.without(1)
    there, is_replaced = Keyring.load(home), step not in ("_write", "replace") or (step, after) == ("replace", True)
    assert there.newest == two.newest
    assert there.unfinished is not is_replaced
    there.swept()
    if not is_replaced:
        assert there.epochs == two.epochs
        there.without(1)
    assert Keyring.load(home).epochs == (two.newest,)
    assert sorted(file.name for file in home.iterdir()) == ["epochs", "house.key"]
    assert not is_replaced or os.fstat(before).st_nlink == 0
    assert bytes_of(before) == (whole.encode() if is_unzeroed(step, after=after) else bytes(len(whole)))
    os.close(before)


def is_unzeroed(step: str, *, after: bool) -> bool:
    return (step, after) in {("replace", True), ("_sync_directory", False), ("_sync_directory", True), ("_zero", False)}


def test_a_house_key_that_nobody_can_write_is_no_hindrance(home: Path, tmp_path: Path) -> None:
    Keyring.create(tmp_path / "credentials")
    given = tmp_path / "credentials" / "house.key"
    given.chmod(0o400)
    before = given.stat()
    keyring = Keyring.create(home, [given])
    last = keyring.with_new(DAY).without(1)
    assert keyring.again() == last
    assert last.house == keyring.house
    assert given.stat().st_mtime_ns == before.st_mtime_ns
    assert [file.name for file in home.iterdir()] == ["epochs"]


def test_a_keyring_without_a_directory_changes_in_memory_only(home: Path) -> None:
    made = Keyring.create(home)
    loose = Keyring(made.house, made.epochs)
    last = loose.with_new(DAY).without(1)
    assert (last.newest.id, last.newest.day) == (2, DAY)
    assert last.again() is last
    assert Keyring.load(home) == made


def full(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize("step", ["_write", "replace", "fsync"])
def test_a_disk_that_cannot_be_written_is_one_sentence_and_nothing_is_left_beside(
    home: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    keyring, really = Keyring.create(home), os.fsync
    seen: list[int] = []

    def fails_once(handle: int) -> None:
        seen.append(os.dup(handle))
        if len(seen) == 1:
            raise OSError
        really(handle)

    whose = {"_write": keyfiles, "replace": Path}.get(step, os)
    with monkeypatch.context() as patched:
        patched.setattr(whose, step, fails_once if step == "fsync" else full)
        with pytest.raises(KeyringBroken, match="cannot be written"):
            keyring.with_new(DAY)
    assert Keyring.load(home) == keyring
    assert sorted(file.name for file in home.iterdir()) == ["epochs", "house.key"]
    for handle in seen:  # the new secret, too, is overwritten
        assert set(Path(f"/dev/fd/{handle}").read_bytes()) == {0}
        os.close(handle)
    assert keyring.with_new(DAY).epochs == Keyring.load(home).epochs


def test_a_disk_without_links_will_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT knows none, nor does many a disk of the network."""
    monkeypatch.setattr(os, "link", full)
    last = Keyring.create(home).with_new(DAY).without(1)
    assert Keyring.load(home) == last


def test_what_an_earlier_version_left_is_swept_and_the_file_itself_is_not(home: Path) -> None:
    keyring = Keyring.create(home)
    (home / "epochs.old").hardlink_to(home / "epochs")
    keyring.swept()
    assert Keyring.load(home) == keyring
    assert sorted(file.name for file in home.iterdir()) == ["epochs", "house.key"]


def test_one_epoch_may_be_taken_alone_if_it_is_there(home: Path) -> None:
    two = Keyring.create(home).with_new(DAY)
    alone = two.only(1)
    assert alone is not None
    assert (alone.house, alone.epochs) == (two.house, two.epochs[:1])
    assert two.only(3) is None


def test_a_turn_is_unfinished_while_there_are_two_epochs_or_something_beside_their_file(home: Path) -> None:
    one = Keyring.create(home)
    assert not one.unfinished
    assert not Keyring(one.house, one.epochs).unfinished
    two = one.with_new(DAY)
    assert two.unfinished
    assert Keyring(two.house, two.epochs).unfinished
    last = two.without(1)
    for ending in (".new", ".old"):
        (home / f"epochs{ending}").write_text("left behind")
        assert last.unfinished
        last.swept()
        assert not last.unfinished


KEY = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "body",
    [f"2 {KEY}", f"1 more {KEY}", f"1 {KEY[:8]}*{KEY[8:]}", f"1 {base64.b64encode(bytes(31)).decode()}", "1", "1 "],
)
def test_a_line_that_is_none_of_ours_is_refused_though_its_check_holds(body: str) -> None:
    with pytest.raises(ValueError, match=r"not |Only"):
        keyfiles.checked(f"{body} {keyfiles._check(body)}", fields=0)
    assert keyfiles.checked(f"1 {KEY} {keyfiles._check(f'1 {KEY}')}\n", fields=0) == ((), bytes(32))


def test_a_file_that_cannot_be_read_is_one_sentence(home: Path) -> None:
    Keyring.create(home)
    (home / "house.key").unlink()
    (home / "house.key").mkdir(mode=0o700)
    with pytest.raises(KeyringBroken, match="cannot be read"):
        Keyring.load(home)


def test_a_directory_that_is_there_already_becomes_ours_alone(tmp_path: Path) -> None:
    home = tmp_path / "one" / "in" / "another"
    Keyring.create(home)
    (open_to_all := tmp_path / "open").mkdir()
    open_to_all.chmod(0o755)
    Keyring.create(open_to_all)
    assert {place.stat().st_mode & 0o777 for place in (home, open_to_all)} == {0o700}


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bytes]]:
    """Whatever is put on the disk: which file or directory, and what the file holds at that moment."""
    seen, really = list[tuple[int, bytes]](), os.fsync

    def watched(handle: int) -> None:
        there = os.fstat(handle)
        path = Path(f"/dev/fd/{handle}")
        seen.append((there.st_ino, b"" if path.is_dir() else path.read_bytes()))
        really(handle)

    monkeypatch.setattr(os, "fsync", watched)
    return seen


def test_a_new_keyring_is_on_the_disk_when_it_is_used(home: Path, synced: list[tuple[int, bytes]]) -> None:
    Keyring.create(home)
    directories = [(home.stat().st_ino, b""), (home.parent.stat().st_ino, b"")]
    files = [[((home / name).stat().st_ino, (home / name).read_bytes())] for name in ("epochs", "house.key")]
    assert synced == [*files[0], *directories, *files[1], *directories]


def test_a_new_epoch_is_on_the_disk_before_the_old_file_is_overwritten(
    home: Path, synced: list[tuple[int, bytes]]
) -> None:
    one, directory = Keyring.create(home), (home.stat().st_ino, b"")
    old = (home / "epochs").stat()
    synced.clear()
    one.with_new(DAY)
    new = (home / "epochs").stat().st_ino, (home / "epochs").read_bytes()
    assert synced == [new, directory, (old.st_ino, bytes(old.st_size))]


def test_what_a_crash_left_hinders_no_later_change_and_lends_nobody_its_mode(home: Path) -> None:
    home.mkdir()
    left = [home / f"epochs{ending}" for ending in (".new", ".old")]
    for file in left:
        file.write_text("left behind")
        file.chmod(0o666)
    keyring = Keyring.create(home)
    assert (home / "epochs").stat().st_mode & 0o777 == 0o600
    left[0].write_text("left behind")
    assert Keyring.load(home) == keyring
    assert Keyring.load(home).with_new(DAY).newest.id == 2
    assert not any(file.exists() for file in left)


def test_changing_a_keyring_leaves_no_file_open(home: Path) -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    Keyring.create(home).with_new(DAY).without(1)
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_a_house_key_that_is_handed_over_badly_is_one_sentence(home: Path, tmp_path: Path) -> None:
    Keyring.create(home)
    given = tmp_path / "given"
    given.write_bytes(b"\xff\xfe")
    with pytest.raises(KeyringBroken, match="damaged"):
        Keyring.load(home, [given])
    given.unlink()
    given.mkdir()
    with pytest.raises(KeyringBroken, match="hands it over"):
        Keyring.load(home, [given])


def test_what_is_swept_is_overwritten_and_gone_from_the_disk(home: Path, synced: list[tuple[int, bytes]]) -> None:
    keyring, left = Keyring.create(home), home / "epochs.old"
    left.write_text("left")
    there = left.stat().st_ino
    synced.clear()
    keyring.swept()
    assert synced == [(there, bytes(4)), (home.stat().st_ino, b"")]
