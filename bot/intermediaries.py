"""The list of certified intermediary companies on the disk: import a table, read what was imported.

Law: the file holds a whole list or the one before it. It holds no person's data and is no secret. A list that cannot be
read is as good as none: people are answered without it.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.errors import GzaError
from bot.logs import log
from dialogs.register import Register, RegisterBroken, certificate_key, from_json, look_up, to_json
from dialogs.register_csv import MAX_BYTES, TableBroken, read_table
from dialogs.writing import replace_text


def load_register(path: Path) -> Register | None:
    """The list in a file, ready to be asked; None without a file, and for one that is damaged, which the log tells."""
    try:
        register = from_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError, RegisterBroken) as error:
        log.error("intermediaries.broken", error=type(error).__name__)
        return None
    # Folding all names takes as long as many answers: now, so that no person waits for it.
    look_up(register, "")
    return register


def import_table(table: Path, path: Path, today: date, write: Callable[[str], None]) -> int:
    """Put the list of a CSV table into the place of the one in `path` and say what changed; 1 if a row is bad.

    Raises GzaError when a file cannot be read or written. Whatever goes wrong, the old list stays.
    """
    content = _content(table)
    try:
        register = read_table(content, today)
    except TableBroken as broken:
        for row in broken.rows:
            write(f"{table.name}, {row}")
        write("Nothing is imported. The list that was there stays.")
        return 1
    before = load_register(path)
    _put(path, to_json(register))
    write(_told(register, before))
    return 0


def _content(table: Path) -> bytes:
    try:
        with table.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise GzaError(f"{table} cannot be read ({error.strerror}). Name a CSV file.") from None


def _put(path: Path, text: str) -> None:
    try:
        # Possibly the first thing in DATA_DIR, which is nobody else's to look into.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_text(path, text)
    except OSError as error:
        raise GzaError(f"{path} cannot be written ({error.strerror}). Set DATA_DIR to a writable place.") from None


def _told(register: Register, before: Register | None) -> str:
    now, then = _certificates(register), _certificates(before) if before else frozenset[str]()
    was = f"the list of {before.listed_on}, {_companies(len(then))}" if before else "no list"
    return (
        f"Imported the list of {register.listed_on}: {_companies(len(now))}. Before: {was}. "
        f"New: {len(now - then)}. Gone: {len(then - now)}. A running bot takes it over within seconds."
    )


def _certificates(register: Register) -> frozenset[str]:
    return frozenset(certificate_key(entry.certificate) for entry in register.entries)


def _companies(count: int) -> str:
    return f"{count} {'company' if count == 1 else 'companies'}"
