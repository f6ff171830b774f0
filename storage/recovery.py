"""The house key as the line it is on the disk: what is printed for the day this machine is lost."""

from collections.abc import Sequence
from pathlib import Path

from storage.errors import KeyringBroken, KeyringMissing
from storage.keyfiles import HOUSE, checked, read_given, read_private


def house_line(directory: Path, elsewhere: Sequence[Path] = ()) -> str:
    """The line, without its end; from the first of `elsewhere` that exists, else from `directory`.

    Raises KeyringMissing, KeyringOpen or KeyringBroken: a damaged key must not be printed as a good one.
    """
    own = directory / HOUSE
    path = next((path for path in (*elsewhere, own) if path.exists()), None)
    if path is None:
        raise KeyringMissing(f"There is no house key in {directory}: nothing can be printed.")
    text = (read_private(path) if path == own else read_given(path)).strip()
    try:
        checked(text, fields=0)
    except ValueError:
        raise KeyringBroken(f"The house key {path} is damaged: restore it from your copy.") from None
    return text
