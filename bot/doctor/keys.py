"""Where the keys lie, and who can read them."""

from collections.abc import Iterator
from pathlib import Path

from bot.custody.sheet import NAME as SHEET
from bot.doctor.finding import Finding, green, red, warn
from bot.keys import house_keys
from bot.settings import Settings
from storage import Keyring, KeyringError, KeyringOpen

OTHERS = 0o077
PRIVATE = (b"gza-custodian ", b"gza-secret ", b"gza-restore ", b"PRIVATE KEY-----", b"AGE-SECRET-KEY-")
"""What stands in files that open the archive or a backup: these belong on the custodians' machine."""
LARGEST = 256 * 1024
"""Bytes of a file that is looked into: theirs are far smaller."""


def load(settings: Settings) -> Keyring:
    """The keyring, never made. Raises storage.KeyringError."""
    return Keyring.load(settings.keyring_dir, house_keys())


def look(settings: Settings) -> Iterator[Finding]:
    """Everything about the files of keys; the keyring itself need not be there."""
    yield _keyring(settings)
    if settings.keyring_dir.exists():
        yield from _rights(settings.keyring_dir)
        yield _place(settings)
        yield _sheet(settings)
    yield _private_half(settings)


def _keyring(settings: Settings) -> Finding:
    try:
        load(settings)
    except KeyringOpen:
        return green("keyring", "The keyring is there.")  # who else can read it is said below
    except KeyringError as error:
        return red("keyring", "The keyring cannot be used.", str(error))
    return green("keyring", "The keyring is there and whole.")


def _rights(directory: Path) -> Iterator[Finding]:
    wide = [path for path in (directory, *sorted(directory.iterdir())) if path.stat().st_mode & OTHERS]
    for path in wide:
        mode = "700" if path.is_dir() else "600"
        yield red("keyring rights", f"Others on this machine can read {path}.", f"Run: chmod {mode} {path}")
    if not wide:
        yield green("keyring rights", "Only we can read the keyring.")


def _place(settings: Settings) -> Finding:
    name, keys, data = "keyring place", settings.keyring_dir.resolve(), settings.data_dir.resolve()
    advice = "Move it and set KEYRING_DIR: what copies the data must not copy the keys."
    if keys == data or data in keys.parents:
        return warn(name, "The keyring lies inside DATA_DIR, and goes into every copy of it.", advice)
    if any(keys.glob("*.gza")):
        return warn(name, "Backups lie in the keyring directory, and whoever takes them takes the keys.", advice)
    if data.exists() and volume_of(keys) == volume_of(data):
        return warn(name, "Keyring and data lie on the same disk: an image of it holds both.", advice)
    return green(name, "Keyring and data lie on different disks.")


def volume_of(path: Path) -> int:
    """Which disk something lies on."""
    return path.stat().st_dev


def _sheet(settings: Settings) -> Finding:
    path = settings.keyring_dir / SHEET
    if path.exists():
        return warn("recovery sheet", "The recovery sheet lies on the disk still.", f"Print it, then delete {path}")
    return green("recovery sheet", "No recovery sheet lies about.")


def _private_half(settings: Settings) -> Finding:
    found = next(filter(_is_private, _files(settings)), None)
    if found is not None:
        says = f"{found} holds a part of what opens the archive."
        return red("archive secrets", says, "Take it to the custodians' machine and delete it here.")
    return green("archive secrets", "Nothing here opens the archive.")


def _files(settings: Settings) -> Iterator[Path]:
    for directory in (settings.data_dir, settings.keyring_dir):
        yield from (path for path in sorted(directory.rglob("*")) if path.is_file() and not path.is_symlink())


def _is_private(path: Path) -> bool:
    try:
        if path.stat().st_size > LARGEST:
            return False
        text = path.read_bytes()
    except OSError:
        return False
    return any(word in text for word in PRIVATE)
