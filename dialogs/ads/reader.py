"""Read the words of one ad in the languages it is written in.

An ad mixes languages more than people do: a Georgian one says "full time", and one typed in Latin letters may be
Georgian, Russian or English, line by line. Native letters say which they are. Which languages the Latin ones are in is
decided once for the whole text, by small words such as "the", "da" and "na": otherwise English "nice" is Nice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dialogs import folding
from dialogs.ads.words import AdWords
from dialogs.folding import Folded, Word
from dialogs.understanding import Phrase, said_in

_LATIN = re.compile(r"[A-Za-z]{2,}")
_SAMPLE = 80
"""So many Latin words tell a language well enough."""
_CLOSE = 0.5
"""Languages with so great a part of the small words of the likeliest one are in the text too."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, its words folded in every language it may be in, and the phrases it says."""

    text: str
    folded: tuple[tuple[str, Folded], ...]
    phrases: tuple[Phrase, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of the lists it says."""
        return frozenset(phrase.meaning.intent for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Reader:
    """The word lists, the languages there are, and those that Latin letters of this text are in.

    `seen` are the readings of words met before, which cost the most; it goes with the reader, when the text is read.
    """

    words: AdWords
    known: tuple[str, ...]
    latin: tuple[str, ...]
    seen: dict[tuple[str, str], Word] = field(default_factory=dict, repr=False, compare=False)

    def piece(self, text: str) -> Piece:
        """Read one sentence."""
        folded = tuple(self._folded(text))
        said = (phrase for language, words in folded for phrase in said_in(self.words.sentences, words, language))
        return Piece(text, folded, tuple(said))

    def topics(self, text: str) -> frozenset[str]:
        """What the words around a sum speak of."""
        lexicon = self.words.topics
        said = (phrase for language, words in self._folded(text) for phrase in said_in(lexicon, words, language))
        return frozenset(phrase.meaning.intent for phrase in said)

    def meanings(self, word: str) -> frozenset[str]:
        """The lists beside numbers that one word is in. Here Latin letters may be any language: "na godzine"."""
        languages = folding.spoken(word, self.known)
        folded = ((language, (self._readings(word, language),)) for language in languages)
        return frozenset(name for language, words in folded for name in self.beside(words, language))

    def beside(self, words: Folded, language: str) -> Iterator[str]:
        """The lists beside numbers and countries that folded words are in."""
        return (phrase.meaning.intent for phrase in said_in(self.words.neighbours, words, language))

    def _folded(self, text: str) -> Iterator[tuple[str, Folded]]:
        words = folding.words(text)
        for language in self._languages(text):
            yield language, tuple(self._readings(word, language) for word in words)

    def _readings(self, word: str, language: str) -> Word:
        found = self.seen.get((word, language))
        if found is None:
            found = self.seen[word, language] = folding.readings(word, language)
        return found

    def _languages(self, text: str) -> tuple[str, ...]:
        """The languages a piece of the text may be in: those of its letters, with those of Latin ones if it has any."""
        native = _native(text, self.known)
        if not _LATIN.search(text):
            return native or self.known
        return (*native, *(language for language in self.latin if language not in native))


def reader_of(words: AdWords, text: str) -> Reader:
    """A reader for one plain text."""
    known = tuple(words.tongues)
    return Reader(words, known, _latin(words, text, known))


def _latin(words: AdWords, text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of the Latin words of a text."""
    typed = _LATIN.findall(text)
    # Latin words in a text of native letters are names and English, whose letters they are.
    if sum(map(len, typed)) < sum(map(str.isalpha, text)) / 2:
        native = _native(text, known)
        return tuple(language for language in known if language not in native)
    hits = {language: _hits(small, typed[:_SAMPLE], language) for language, small in words.tongues.items()}
    return tuple(language for language in known if hits[language] >= max(hits.values()) * _CLOSE)


def _hits(small: Word, typed: list[str], language: str) -> int:
    return sum(not small.isdisjoint(folding.readings(word, language)) for word in typed)


def _native(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The languages whose own letters stand in a text."""
    spoken = folding.spoken(text, known)
    return () if spoken == known else spoken
