"""A disk that is really full: a small file system in memory where we may mount one, else a file that may not grow."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SIZE = "8m"
BLOCK = bytes(4096)


@dataclass
class Mounted:
    """A file system of its own, filled up by a ballast file."""

    folder: Path

    async def fill(self, _engine) -> None:
        with (self.folder / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
            while ballast.write(BLOCK):
                pass
        assert shutil.disk_usage(self.folder).free == 0

    async def free(self, _engine) -> None:
        (self.folder / "ballast").unlink()


@dataclass
class Capped:
    """No right to mount: SQLite is told that the disk ends where the file ends now."""

    folder: Path

    async def fill(self, engine) -> None:
        await _say(engine, "PRAGMA max_page_count = 1")

    async def free(self, engine) -> None:
        await _say(engine, "PRAGMA max_page_count = 1000000")


async def _say(engine, pragma) -> None:
    async with engine.connect() as connection:
        await connection.exec_driver_sql(pragma)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Mounted | Capped]:
    folder.mkdir()
    mount = shutil.which("mount")
    mounted = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        yield Capped(folder)
        return
    try:
        yield Mounted(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
