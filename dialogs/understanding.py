"""Understand free text where it says something grave or names a topic; leave everything else not understood.

Law: recognising distress is a courtesy, never the safety net. The list is precise: widening it buys little and alarms
people for nothing. Matching is by word beginnings within seven words, never by bare substring. It
will not guess, score, learn or keep anything.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from dialogs import folding
from dialogs.folding import Folded, Word
from dialogs.model import Choice, Intent

NEARBY = 4
"""How many words before and after a match may make it a false alarm."""
SHORT = 3
"""Stems of up to so many letters match whole words only: "not" must not match "notice"."""
INDEXED = 3
"""Phrases are looked up by so many sounds of their first stem, so that a text meets few of them."""

NEGATORS: Mapping[str, frozenset[str]] = {
    "ka": frozenset({"არ", "აღარ", "ვერ", "ვეღარ", "ნუ"}),
    "ru": frozenset({"не"}),
    "en": frozenset({"not", "never", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent"}),
}
"""Words that, directly before a stem, cancel an alarm - unless the phrase itself has one ("не хочу жить")."""

Level = Literal["A", "B", "C"]


class Collision(ValueError):
    """Two intents of the phrase list claim the same words."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text was understood to mean: the intent, where it leads, and the language of the phrase."""

    intent: str
    level: Level
    way: Choice
    language: str


@dataclass(frozen=True, slots=True)
class Stem:
    """A folded word beginning, or a whole word."""

    forms: Word
    whole: bool

    def begins(self, word: Word) -> bool:
        """Whether the word, in one of its readings, begins with (or is) this stem."""
        if self.whole:
            return not self.forms.isdisjoint(word)
        return any(reading.startswith(form) for reading in word for form in self.forms)

    def may_stand(self, sounds: AbstractSet[str]) -> bool:
        """Whether words that begin with these sounds (see INDEXED) may have one that begins with this stem."""
        return any(form[:INDEXED] in sounds for form in self.forms)


Stems = tuple[Stem, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One folded phrase with all that may cancel it. `negators` is empty where the phrase has its own."""

    rank: int
    meaning: Meaning
    typed: str
    stems: Stems
    last: bool
    within: int
    most_words: int | None
    unless: tuple[Stems, ...]
    negators: Word


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases, by language and by the first sounds of their first stem."""

    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]

    def among(self, words: Folded, language: str) -> Iterator[Phrase]:
        """The phrases of a language whose stems may all be among these words."""
        by_sound = self.phrases.get(language, {})
        sounds = sounds_of(words)
        found = {phrase.rank: phrase for sound in sounds for phrase in by_sound.get(sound, ())}
        return (phrase for phrase in found.values() if all(stem.may_stand(sounds) for stem in phrase.stems[1:]))


def fold_lexicon(intents: Mapping[str, Intent]) -> Lexicon:
    """Fold the phrase list."""
    every = (phrase for name, intent in intents.items() for phrase in _phrases(name, intent))
    return _indexed([replace(phrase, rank=rank) for rank, phrase in enumerate(every)])


def compile_lexicon(intents: Mapping[str, Intent]) -> Lexicon:
    """The same. Raises Collision, naming both intents, where two of them claim the same words."""
    lexicon = fold_lexicon(intents)
    by_sound = (phrases for sounds in lexicon.phrases.values() for phrases in sounds.values())
    for phrase in sorted({phrase.rank: phrase for phrases in by_sound for phrase in phrases}.values(), key=_rank):
        _refuse_collision(lexicon, phrase)
    return lexicon


def _rank(phrase: Phrase) -> int:
    return phrase.rank


def understand(lexicon: Lexicon, text: str, language: str | None) -> Meaning | None:
    """The gravest thing the text says, or None. `language` is the person's; Latin letters are read in it first."""
    return next((phrase.meaning for phrase in _understood(lexicon, text, language)), None)


def stems_of(text: str, language: str) -> Stems:
    """Words ready to be found in folded text; a final dot says that a word ends there."""
    return _stems(text, language, whole=False)


def stands_in(stems: Stems, words: Folded) -> bool:
    """Whether the stems stand side by side in the text."""
    return any(_matches(stems, words, within=len(stems)))


def sounds_of(words: Folded) -> frozenset[str]:
    """The first sounds of every word, by which stems are looked up."""
    return frozenset(reading[:end] for word in set(words) for reading in word for end in range(1, INDEXED + 1))


def said_in(lexicon: Lexicon, words: Folded, language: str) -> Iterator[Phrase]:
    """The phrases of a language that these words say, in no order."""
    return (phrase for phrase in lexicon.among(words, language) if _occurs(phrase, words))


def _understood(lexicon: Lexicon, text: str, language: str | None) -> list[Phrase]:
    """Every phrase found in the text: gravest first, then the person's language, then as the list is ordered."""
    found: list[Phrase] = []
    for candidate in folding.spoken(text, tuple(lexicon.phrases)):
        found += said_in(lexicon, folding.fold(text, candidate), candidate)
    return sorted(found, key=lambda it: (it.meaning.level, it.meaning.language != language, it.rank))


def _occurs(phrase: Phrase, words: Folded) -> bool:
    if phrase.most_words is not None and len(words) > phrase.most_words:
        return False
    return any(_stands(phrase, words, at) for at in _matches(phrase.stems, words, phrase.within))


def _stands(phrase: Phrase, words: Folded, at: tuple[int, ...]) -> bool:
    """Whether nothing near a match cancels it."""
    first, last = at[0], at[-1]
    if phrase.last and last != len(words) - 1:
        return False
    if any(i > 0 and not words[i - 1].isdisjoint(phrase.negators) for i in at):
        return False
    near = words[max(0, first - NEARBY) : last + 1 + NEARBY]
    return not any(stands_in(stems, near) for stems in phrase.unless)


def _matches(stems: Stems, words: Folded, within: int) -> Iterator[tuple[int, ...]]:
    """Where the stems occur, in order and within so many words: one match for each place the first stem stands."""
    for start, word in enumerate(words):
        if stems[0].begins(word):
            at = _rest_from(stems, words, start, start + within)
            if at is not None:
                yield at


def _rest_from(stems: Stems, words: Folded, start: int, end: int) -> tuple[int, ...] | None:
    at = [start]
    for stem in stems[1:]:
        rest = range(at[-1] + 1, min(len(words), end))
        following = next((i for i in rest if stem.begins(words[i])), None)
        if following is None:
            return None
        at.append(following)
    return tuple(at)


def _phrases(name: str, intent: Intent) -> Iterator[Phrase]:
    for language, typed in intent.phrases.items():
        unless = tuple(_stems(each, language, whole=False) for each in intent.unless.get(language, ()))
        for text in typed:
            stems = _stems(text, language, whole=intent.whole)
            yield Phrase(
                rank=0,
                meaning=Meaning(name, intent.level, intent.way, language),
                typed=text,
                stems=stems,
                last=intent.last,
                within=intent.within,
                most_words=intent.most_words,
                unless=unless,
                negators=_guard(stems, language),
            )


def _stems(text: str, language: str, *, whole: bool) -> Stems:
    """Read the stems of a phrase; a final dot says that the word ends there."""
    return tuple(
        Stem(_listed(word, language), whole or typed.endswith(".") or len(word) <= SHORT)
        for typed in text.split()
        for word in folding.words(typed)
    )


@cache
def _listed(word: str, language: str) -> Word:
    """A word of the list, which says the same words many times; what people type is never kept like this."""
    return folding.readings(word, language)


def _guard(stems: Stems, language: str) -> Word:
    """The folded negators of a language; none for a phrase that says its own "not"."""
    folded = [_listed(word, language) for word in NEGATORS.get(language, ())]
    negators: Word = frozenset().union(*folded)
    return frozenset() if any(not stem.forms.isdisjoint(negators) for stem in stems) else negators


def _indexed(phrases: list[Phrase]) -> Lexicon:
    index: dict[str, dict[str, list[Phrase]]] = {}
    for phrase in phrases:
        by_sound = index.setdefault(phrase.meaning.language, {})
        for sound in {form[:INDEXED] for form in phrase.stems[0].forms}:
            by_sound.setdefault(sound, []).append(phrase)
    return Lexicon(
        {language: {sound: tuple(found) for sound, found in by_sound.items()} for language, by_sound in index.items()}
    )


def _refuse_collision(lexicon: Lexicon, phrase: Phrase) -> None:
    """A phrase, typed as it stands in the list, must not mean something else just as grave."""
    mine = phrase.meaning
    for other in _understood(lexicon, phrase.typed, mine.language):
        theirs = other.meaning
        clash = theirs.level == mine.level or other.stems == phrase.stems
        if theirs.intent != mine.intent and theirs.language == mine.language and clash:
            raise Collision(
                f"The phrase {phrase.typed!r} ({mine.language}) of {mine.intent} also means {theirs.intent} "
                f"by its phrase {other.typed!r}: make one of them longer, `whole`, or name it under `unless`."
            )
