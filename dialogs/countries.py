"""Know a country by what people call it: its names in every language of the book, its cities, any spelling of letters.

The names come from CLDR through Babel, so a country the book says nothing about is still known to be one. Matching is
by word beginnings, folded like everything typed, so that cases and Latin letters meet.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from babel.core import UnknownLocaleError

from dialogs import folding
from dialogs.folding import Folded
from dialogs.model import Country
from dialogs.understanding import Stems, stands_in, stems_of

ELSEWHERE = "elsewhere"
"""The choice for a country that has no other."""
_ENDINGS = {"ka": "აეიო", "ru": "аеийоуыьюя"}
"""Letters that the cases of a language change at the end of a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a country, ready to be found in a text; `country` is None where the book has no such country."""

    country: str | None
    stems: Stems


@dataclass(frozen=True, slots=True)
class Atlas:
    """Every name by language, the book's own countries first, and these countries as written."""

    names: Mapping[str, tuple[Named, ...]]
    countries: Mapping[str, Country]

    def find(self, text: str) -> Named | None:
        """The country a text names, if any: one of the book's before all others."""
        found: list[Named] = []
        for language in folding.spoken(text, tuple(self.names)):
            words = folding.fold(text, language)
            found += self._named(words, language)
        return min(found, key=lambda named: named.country is None, default=None)

    def choice(self, named: Named, choices: Collection[str]) -> str | None:
        """The id of the choice for a country: its own, its group's, or the one for elsewhere."""
        country = self.countries.get(named.country or "")
        wanted = [named.country, country.group if country else None, ELSEWHERE]
        return next((name for name in wanted if name in choices), None)

    def _named(self, words: Folded, language: str) -> list[Named]:
        return [named for named in self.names[language] if stands_in(named.stems, words)]


NOWHERE = Atlas({}, {})
"""The atlas of a book without countries."""


def compile_atlas(countries: Mapping[str, Country], languages: tuple[str, ...]) -> Atlas:
    """Fold the names of every country of the world, in every language of the book."""
    names = {language: (*_own(countries, language), *_others(countries, language)) for language in languages}
    return Atlas(names, countries)


def unknown_codes(country: Country) -> list[str]:
    """Codes of a country that CLDR does not know."""
    return [code for code in country.codes if code not in _territories("en")]


def _own(countries: Mapping[str, Country], language: str) -> Iterator[Named]:
    territories = _territories(language)
    for name, country in countries.items():
        spoken = [_stem(territories[code], language) for code in country.codes if code in territories]
        for words in (*spoken, *country.also.get(language, ())):
            yield Named(name, stems_of(words, language))


def _others(countries: Mapping[str, Country], language: str) -> Iterator[Named]:
    known = {code for country in countries.values() for code in country.codes}
    for code, words in _territories(language).items():
        if code not in known:
            yield Named(None, stems_of(_stem(words, language), language))


def _stem(name: str, language: str) -> str:
    """The name without the letter its cases change: Польша, Польше, Польшу all begin with Польш."""
    endings = tuple(_ENDINGS.get(language, ""))
    return " ".join(word[:-1] if word.endswith(endings) and endings else word for word in name.split())


def _territories(language: str) -> Mapping[str, str]:
    """Names by ISO 3166 code; CLDR also names continents, by three digits."""
    try:
        named = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: words for code, words in named.items() if code.isalpha()}
