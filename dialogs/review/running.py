"""Run the review for an editor: read the files, print every finding, say what was looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dialogs.book import Book
from dialogs.finding import BookBroken, Finding
from dialogs.inventory import text_ids
from dialogs.loader import BOOK, LOCALES, load_with_sources
from dialogs.review import review
from dialogs.sources import Sources

SOON = timedelta(days=30)
"""How long before they end it is said that further holidays are wanted."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A book that has the right form, where it was written, and everything wrong with it."""

    book: Book
    sources: Sources
    findings: tuple[Finding, ...]


def run(
    write: Callable[[str], None], today: date | None = None, directory: Path = BOOK, locales: Path = LOCALES
) -> int:
    """Print the findings and what was checked; 0 for a clean book, else 1.

    With `today` it also lists the facts past their date, and holidays that end soon: they are no fault of the book, but
    somebody must call.
    """
    try:
        reviewed = examine(directory, locales)
    except BookBroken as broken:
        return _failed(write, broken.problems)
    for line in (*_expired(reviewed, today), *_holidays(reviewed, today)) if today else ():
        write(line)
    if reviewed.findings:
        return _failed(write, reviewed.findings)
    write(f"The book is clean: {_looked_at(reviewed.book)}.")
    return 0


def examine(directory: Path, locales: Path) -> Reviewed:
    """Read and review a book. Raises BookBroken when its files do not have the right form."""
    book, sources = load_with_sources(directory, locales)
    return Reviewed(book, sources, tuple(review(book, sources, read_published(directory))))


def published_path(directory: Path) -> Path:
    """The list of the places of the last published book."""
    return directory / "published.txt"


def read_published(directory: Path) -> frozenset[str]:
    """The places people may stand on: `script.node`, none before the first `gza publish`."""
    path = published_path(directory)
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()


def _failed(write: Callable[[str], None], findings: tuple[Finding, ...]) -> int:
    for finding in findings:
        write(str(finding))
    write(f"{_count(len(findings), 'finding')}; docs/EDITING.md explains each number.")
    return 1


def _expired(reviewed: Reviewed, today: date) -> list[str]:
    old = [(name, fact.valid_until) for name, fact in reviewed.book.sheet.items() if fact.valid_until < today]
    spots = {name: reviewed.sources.spot(("facts", name)) for name, _ in old}
    return [
        f"{spots[name].file}:{spots[name].line}: {name}: was valid until {until}, check it again" for name, until in old
    ]


def _holidays(reviewed: Reviewed, today: date) -> list[str]:
    desk = reviewed.book.desk
    if desk is None or desk.valid_until > today + SOON:
        return []
    spot = reviewed.sources.spot(("desk", "valid_until"))
    return [f"{spot.file}:{spot.line}: holidays are known until {desk.valid_until}, add those that come after it"]


def _looked_at(book: Book) -> str:
    hidden = sum(not fact.confirmed for fact in book.sheet.values())
    looked_at = (
        _count(len(book.scripts), "script"),
        _count(len(tuple(book.places())), "node"),
        f"{_count(len(text_ids(book)), 'text')} in {', '.join(book.frame.languages)}",
        f"{_count(len(book.sheet), 'fact')} of which {hidden} hidden until confirmed",
    )
    return "; ".join(looked_at)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
