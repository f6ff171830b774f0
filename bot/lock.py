"""One `gza run` for one DATA_DIR. The lock dies with the process, so a crash leaves nothing to clean up."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import AlreadyRunning


@contextmanager
def sole_runner(data_dir: Path) -> Iterator[None]:
    """Hold the lock while the block runs. Raises AlreadyRunning when another process holds it."""
    path = data_dir / "gza.lock"
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"Another gza works with {data_dir}. Stop it first, or set another DATA_DIR for this one."
            ) from None
        yield
