"""From exact sums to packed files: what is done in a process of its own.

Law: the same sums, the same book and the same day make the same bytes, so a job that was broken off is simply done
again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import TypeAdapter

from bot.statistics.making import About, make
from bot.statistics.published import Counts, Release
from bot.statistics.shelved import Shelved
from bot.statistics.tables import Tables
from dialogs.book import Book
from dialogs.loader import load

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a pack: the earliest there is, for it tells nothing."""
UNIX = 3
"""As what system files are packed, on whichever it is done."""
READABLE = 0o644 << 16

Make = Callable[[Tables, Mapping[str, Counts], Sequence[Release], About], Release]
Forms = Callable[[Release, Book], dict[str, bytes]]


@dataclass(frozen=True, slots=True)
class Job:
    """All that a release is made of, but the book. `counts`: (table, value, number) by the name of their period."""

    about: About
    campaigns: tuple[str, ...]
    counts: Mapping[str, tuple[tuple[str, str, int], ...]] = field(repr=False)
    past: tuple[Release, ...]

    def to_json(self) -> bytes:
        """As it goes through the pipe."""
        return _JOB.dump_json(self)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Undo `to_json`. Raises ValueError."""
        return _JOB.validate_json(text)  # type: ignore[return-value]  # nothing is derived from it

    def sums(self) -> dict[str, Counts]:
        """The exact sums by the name of their period."""
        return {name: {(table, value): number for table, value, number in sums} for name, sums in self.counts.items()}


@dataclass(frozen=True, slots=True)
class Made:
    """A finished release, and all its files packed."""

    shelved: Shelved
    content: bytes = field(repr=False)


_JOB = TypeAdapter(Job)


def done(job: Job, forms: Forms, made: Make = make, book: Book | None = None) -> Made:
    """Do it. Raises bot.statistics.attack.Exposed when the numbers would give anybody away."""
    book = book or load()
    release = made(Tables.of(book, job.campaigns), job.sums(), job.past, job.about)
    files = forms(release, book)
    content = packed(files)
    return Made(Shelved(release, {name: _hash(body) for name, body in files.items()}, _hash(content)), content)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files in one, in their order; the same bytes for the same files."""
    whole = BytesIO()
    with ZipFile(whole, "w") as pack:
        for name, body in files.items():
            pack.writestr(_entry(name), body, ZIP_DEFLATED, 9)
    return whole.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, LONG_AGO)
    entry.create_system, entry.external_attr = UNIX, READABLE
    return entry


def _hash(body: bytes) -> str:
    return sha256(body).hexdigest()
