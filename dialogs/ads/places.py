"""Find where the work is: the countries of the atlas, their towns and flags, but not languages and origins.

"из Грузии", "for citizens of Ukraine", "English required" name no place of work. Georgia is where people leave from.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from dialogs.ads.reader import Piece, Reader
from dialogs.countries import ELSEWHERE, Atlas, Named
from dialogs.folding import Folded, Word
from dialogs.model import Choice
from dialogs.understanding import SHORT, sounds_of, stands_in

HOME = "georgia"
"""The country people leave from: an ad that names it names no destination."""
_WIDE = (ELSEWHERE, "eu")
"""Places that say less than any country named beside them."""
_SURE = 3
"""A country named so many times as often as any other is the place."""
_OFTEN = 3
"""So often one name is looked at in one sentence."""
_FLAG = 0x1F1E6
_LETTERS = 26
CHOICES: Mapping[str, Choice] = {
    name: Choice(goto=name)
    for name in (
        "germany", "poland", "israel", "france", "bulgaria", "greece", "italy", "turkey", "uae", "gulf", "usa", "eu",
        ELSEWHERE,
    )
}  # fmt: skip
"""What the question `country` of the self-check lets one choose."""


@dataclass(frozen=True, slots=True)
class Places:
    """The countries of an ad: the one named most, and the choice that answers where the work is, if it is plain."""

    place: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named once; `weak` as an adjective."""

    country: str
    weak: bool = False


def read_places(reader: Reader, atlas: Atlas, pieces: tuple[Piece, ...]) -> Places:
    """Weigh every country named in these sentences."""
    names = _candidates(atlas, pieces)
    mentions = tuple(mention for piece in pieces for mention in _mentions(reader, atlas, names, piece))
    sure = _counted(mention.country for mention in mentions if not mention.weak)
    ranked = (sure or _counted(mention.country for mention in mentions)).most_common()
    return Places(ranked[0][0], _answer(atlas, ranked)) if ranked else Places(None, None)


def _counted(named: Iterable[str]) -> Counter[str]:
    """How often each country is named, without those that say nothing beside another."""
    counted = Counter(named)
    del counted[HOME]
    for wide in _WIDE:
        if len(counted) > 1:
            del counted[wide]
    return counted


def _answer(atlas: Atlas, ranked: list[tuple[str, int]]) -> str | None:
    """The choice for the place, if nothing else named leads to another one, or it is named far more often."""
    chosen = [(atlas.choice(Named(name, ()), CHOICES), count) for name, count in ranked]
    others = [count for choice, count in chosen if choice != chosen[0][0]]
    return chosen[0][0] if not others or chosen[0][1] >= _SURE * max(others) else None


def _mentions(reader: Reader, atlas: Atlas, names: Mapping[str, tuple[Named, ...]], piece: Piece) -> Iterator[Mention]:
    yield from (Mention(name) for name in _flags(atlas, piece.text))
    yield from (Mention(name.removeprefix("towns.")) for name in piece.names if name.startswith("towns."))
    for language, folded in piece.folded:
        for named in _among(names[language], folded):
            country = named.country or ELSEWHERE
            around = (_around(reader, folded, language, at, len(named.stems)) for at in _stands(named, folded))
            yield from (Mention(country, weak="weak" in said) for said in around if said <= {"weak"})


def _candidates(atlas: Atlas, pieces: tuple[Piece, ...]) -> dict[str, tuple[Named, ...]]:
    """By language, the names that may stand anywhere in the text: there are hundreds, and a text has few."""
    words: dict[str, list[Word]] = {}
    for piece in pieces:
        for language, folded in piece.folded:
            words.setdefault(language, []).extend(folded)
    found = {language: _among(atlas.names.get(language, ()), tuple(folded)) for language, folded in words.items()}
    return {language: tuple(filter(_is_long, names)) for language, names in found.items()}


def _among(names: tuple[Named, ...], folded: Folded) -> tuple[Named, ...]:
    sounds = sounds_of(folded)
    return tuple(named for named in names if all(it.may_stand(sounds) for it in named.stems))


def _is_long(named: Named) -> bool:
    """Whether a name is long enough to be told from other words: "per" is no Peru."""
    return named.country is not None or any(len(form) > SHORT for stem in named.stems for form in stem.forms)


def _stands(named: Named, folded: Folded) -> Iterator[int]:
    """The first places of a sentence where a name stands."""
    length = len(named.stems)
    if not stands_in(named.stems, folded):
        return iter(())
    every = (at for at in range(len(folded)) if stands_in(named.stems, folded[at : at + length]))
    return islice(every, _OFTEN)


def _around(reader: Reader, folded: Folded, language: str, at: int, length: int) -> set[str]:
    """What the words of a name and its neighbours make of it: `before`, `near`, `money`, `never`, `weak` or nothing."""
    end = at + length
    parts = {"before": folded[max(0, at - 1) : at], "near": folded[max(0, at - 1) : end + 1]}
    found = {name for name, words in parts.items() if f"places.{name}" in reader.beside(words, language)}
    own = {name.removeprefix("places.") for name in reader.beside(folded[at:end], language)} & {"weak", "never"}
    money = any(name.startswith("currencies.") for name in reader.beside(folded[end : end + 1], language))
    return found | own | ({"money"} if money else set())


def _flags(atlas: Atlas, sentence: str) -> Iterator[str]:
    """The countries whose flags stand there."""
    letters = [ord(sign) - _FLAG for sign in sentence if 0 <= ord(sign) - _FLAG < _LETTERS]
    pairs = zip(letters[::2], letters[1::2], strict=False)
    codes = {chr(ord("A") + one) + chr(ord("A") + two) for one, two in pairs}
    yield from (name for name, country in atlas.countries.items() if codes.intersection(country.codes))
