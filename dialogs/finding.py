"""Tell an editor what is wrong, where, and what to do.

Every finding has a number of its own, explained with an example in `docs/EDITING.md`; it never quotes a person.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: `file` and `line` as an editor opens them (line 1 is the first), `code` like D012."""

    file: str
    line: int
    code: str
    message: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.message} — {self.advice}"


class BookBroken(Exception):
    """The files do not make a book. Carries every problem found, not only the first."""

    def __init__(self, problems: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def shown_path(path: Path) -> str:
    """The path as an editor types it: from the working directory where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
