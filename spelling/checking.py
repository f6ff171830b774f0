"""Find every word of the catalogues that no dictionary knows, by file and line.

It proposes nothing: the words stand in front of whoever wrote them, and a search for likenesses takes seconds a word.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from dialogs.finding import BookBroken, shown_path
from dialogs.loader import BOOK, LOCALES, load_with_sources
from dialogs.texts import Catalogue, Entry
from spelling.dictionaries import Speller, own_words_path, speller_for
from spelling.words import home_script, words_to_check

Opening = Callable[[str, Path], Speller | None]
"""How to come by the speller of a language whose words lie under a folder of locales."""


def run(
    write: Callable[[str], None], directory: Path = BOOK, locales: Path = LOCALES, opening: Opening = speller_for
) -> int:
    """Check every catalogue of the book; 0 when all words are known, else 1."""
    try:
        catalogues = load_with_sources(directory, locales)[1].catalogues
    except BookBroken as broken:
        write("\n".join(map(str, broken.problems)))
        return 1
    unknown = [line for catalogue in catalogues.values() for line in _checked(catalogue, locales, opening)]
    for line in unknown:
        write(line)
    write(f"Words to correct: {len(unknown)}." if unknown else f"The spelling is clean: {', '.join(catalogues)}.")
    return 1 if unknown else 0


def misspelt(catalogue: Catalogue, knows: Callable[[str], bool]) -> Iterator[tuple[str, list[Entry]]]:
    """Each unknown word of one catalogue, with the texts it stands in."""
    entries = [entry for entry in catalogue.entries.values() if entry.usable]
    script = home_script(entry.words for entry in entries)
    places: dict[str, list[Entry]] = {}
    for entry in entries:
        for word in words_to_check(entry.words, script):
            places.setdefault(word, []).append(entry)
    return ((word, where) for word, where in places.items() if not knows(word))


def _checked(catalogue: Catalogue, locales: Path, opening: Opening) -> Iterator[str]:
    speller = opening(catalogue.language, locales)
    if speller is None:
        yield f"{catalogue.file}:1: no dictionary — put a Hunspell zip into {catalogue.language}/spelling, see ka"
        return
    advice = f"correct it, or add it to {shown_path(own_words_path(locales, catalogue.language))}"
    for word, (first, *others) in misspelt(catalogue, speller.knows):
        more = f" (and {len(others)} more)" if others else ""
        yield f"{catalogue.file}:{first.line}: {first.id}{more}: “{word}” is in no dictionary — {advice}"
