"""Open the Hunspell dictionary of a language, and the list of words that are right though it does not know them.

Georgian has its dictionary in `locales/ka/spelling/`; Russian and English come with the wheel of spylls. A new
language brings its own as a zip in the same place. `locales/<language>/words.txt` has one word a line, written as
inside a sentence; a line that begins with `#` is a remark.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spylls.hunspell import Dictionary

_IN_THE_WHEEL = {"ru": "ru", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Speller:
    """Who knows how a language is spelt: our own words first, because the dictionary looks long for what it lacks."""

    own: frozenset[str]
    dictionary: Callable[[str], bool]

    def knows(self, word: str) -> bool:
        """Whether the word is right; a capital at its beginning is allowed everywhere."""
        return word in self.own or word[:1].lower() + word[1:] in self.own or self.dictionary(word)


def speller_for(language: str, locales: Path) -> Speller | None:
    """The speller of a language, or None without a dictionary. Opening one takes up to three seconds."""
    dictionary = _dictionary(language, locales)
    return Speller(read_own_words(locales, language), dictionary.lookup) if dictionary else None


def own_words_path(locales: Path, language: str) -> Path:
    """The list of a language."""
    return locales / language / "words.txt"


def read_own_words(locales: Path, language: str) -> frozenset[str]:
    """The words of the list, without remarks; none without a list."""
    path = own_words_path(locales, language)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _dictionary(language: str, locales: Path) -> Dictionary | None:
    for path in sorted((locales / language / "spelling").glob("*.zip")):
        return Dictionary.from_zip(str(path))
    return Dictionary.from_files(_IN_THE_WHEEL[language]) if language in _IN_THE_WHEEL else None
