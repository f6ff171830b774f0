"""Write an editor's file whole or not at all, so that a full disk never leaves half a catalogue."""

import os
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Put `text` in place of what `path` held, in one step. Raises OSError, and then the old file is still there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
