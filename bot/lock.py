"""One `gza run` for one DATA_DIR, and nobody else in it while a backup is put back.

The locks die with their process, so a crash leaves nothing to clean up.
"""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.errors import AlreadyRunning, SettingsError

VERBS = "gza.verbs"
"""The file that verbs hold together, and a restore alone."""


@contextmanager
def claimed(data_dir: Path) -> Iterator[None]:
    """The directory is there, and ours alone while the block runs. Raises SettingsError or AlreadyRunning."""
    prepare_directory(data_dir)
    with ExitStack() as stack:
        try:
            stack.enter_context(sole_runner(data_dir))
        except OSError as error:
            raise _unusable(data_dir, error) from None
        yield


def prepare_directory(directory: Path) -> None:
    """Make a directory that only we may look into. Raises SettingsError when that cannot be done."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(directory, error) from None


@contextmanager
def sole_runner(data_dir: Path) -> Iterator[None]:
    """Hold the lock while the block runs. Raises AlreadyRunning when another process holds it."""
    taken = f"Another gza works with {data_dir}. Stop it first, or set another DATA_DIR for this one."
    with _held(data_dir / "gza.lock", fcntl.LOCK_EX, taken):
        yield


@contextmanager
def visiting(data_dir: Path) -> Iterator[None]:
    """A verb works with the database, beside others. Raises AlreadyRunning while a backup is being put back."""
    with _held(
        data_dir / VERBS, fcntl.LOCK_SH, f"A backup is being put back into {data_dir}: wait until that is done."
    ):
        yield


@contextmanager
def deserted(data_dir: Path) -> Iterator[None]:
    """No verb works with the database: its file may be exchanged. Raises AlreadyRunning when one does."""
    taken = f"Another verb of gza works with {data_dir}: wait until it has ended, then start again."
    with _held(data_dir / VERBS, fcntl.LOCK_EX, taken):
        yield


@contextmanager
def _held(path: Path, how: int, taken: str) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(taken) from None
        yield


def _unusable(directory: Path, error: OSError) -> SettingsError:
    return SettingsError(f"{directory} cannot be written ({error.strerror}). Set DATA_DIR to a writable place.")
