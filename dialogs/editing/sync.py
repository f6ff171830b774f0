"""Bring the catalogues up to the scripts: new texts in, stale translations marked, everything in reading order.

Law: no words are ever changed, and none are dropped unless told to. Running it twice changes nothing the second
time. Ids never tell that the English changed, so the English words stand in a comment above each translation.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from dialogs.book import Book
from dialogs.finding import shown_path
from dialogs.inventory import text_ids
from dialogs.loader import BOOK, LOCALES, load_with_sources
from dialogs.speaking import PLURALS
from dialogs.texts import REFERENCE, Catalogue, Entry, as_comment, catalogue_path, plural_count, plural_header, to_po
from dialogs.writing import replace_text


@dataclass(frozen=True, slots=True)
class Synced:
    """One catalogue in step with the book, and the text ids that changed on the way."""

    catalogue: Catalogue
    new: tuple[str, ...]
    stale: tuple[str, ...]
    unused: tuple[str, ...]


def run(write: Callable[[str], None], *, prune: bool = False, directory: Path = BOOK, locales: Path = LOCALES) -> int:
    """Write the catalogues of every language of the book and say what changed. Raises BookBroken.

    `prune` drops the texts nothing uses; without it they are named and stay.
    """
    book, sources = load_with_sources(directory, locales)
    for language in book.frame.languages:
        path = catalogue_path(locales, language)
        before = sources.catalogues.get(language) or Catalogue(language, shown_path(path), {}, "")
        synced = sync(book, before, prune=prune)
        replace_text(path, to_po(synced.catalogue))
        _report(write, synced, prune=prune)
    return 0


def sync(book: Book, before: Catalogue, *, prune: bool) -> Synced:
    """The catalogue in reading order, with every text of the book and its English words above it."""
    used = {text: _entry(book, before, text) for text in text_ids(book)}
    unused = {text: entry for text, entry in before.entries.items() if text not in used}
    entries = used if prune else used | unused
    return Synced(
        catalogue=replace(before, entries=entries, plurals=plural_header(before.language) or before.plurals, twice=()),
        new=tuple(text for text in used if text not in before.entries),
        stale=tuple(text for text in used if used[text].fuzzy and not _was_fuzzy(before, text)),
        unused=tuple(unused),
    )


def _entry(book: Book, before: Catalogue, text: str) -> Entry:
    plural = text in PLURALS.values()
    entry = before.entries.get(text) or Entry(text, "\n" * (plural_count(before.language) - 1) * plural, plural)
    words = book.texts.get(REFERENCE, {}).get(text)
    if before.language == REFERENCE or words is None:
        return entry
    english = as_comment(words)
    # A translation without the comment was written by hand, beside the English of the same day: it is not stale.
    stale = bool(entry.words.strip()) and entry.english not in {None, english}
    return replace(entry, english=english, fuzzy=entry.fuzzy or stale)


def _was_fuzzy(before: Catalogue, text: str) -> bool:
    return text in before.entries and before.entries[text].fuzzy


def _report(write: Callable[[str], None], synced: Synced, *, prune: bool) -> None:
    file = synced.catalogue.file
    unused = "dropped, nothing uses it" if prune else "nothing uses it; gza sync --prune drops it"
    for text in synced.new:
        write(f"{file}: {text}: new, write the words")
    for text in synced.stale:
        write(f"{file}: {text}: the English changed, read it again and take the line #, fuzzy out")
    for text in synced.unused:
        write(f"{file}: {text}: {unused}")
    write(f"{file}: {len(synced.catalogue.entries)} texts")
