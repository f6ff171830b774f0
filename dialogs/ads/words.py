"""The word lists of job ads, folded and ready to be found."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dialogs import folding
from dialogs.ads.model import AdBook, Words
from dialogs.ads.names import beside_form
from dialogs.folding import Word
from dialogs.model import Choice, Intent
from dialogs.understanding import Lexicon, fold_lexicon

_NOWHERE = Choice(do="hide")
"""Where a word of an ad leads: the matcher wants a way, and nobody takes this one."""


@dataclass(frozen=True, slots=True)
class AdWords:
    """The lists by where they are looked for: in `sentences`, around sums (`topics`), or as `neighbours` of a number.

    `tongues` are the small words that tell a language; `signs` the currencies by sign; `named` finds a name beside a
    legal form.
    """

    sentences: Lexicon
    topics: Lexicon
    neighbours: Lexicon
    tongues: Mapping[str, Word]
    signs: Mapping[str, str]
    named: re.Pattern[str]


def compile_ads(book: AdBook) -> AdWords:
    """Fold every list of the file."""
    return AdWords(
        sentences=_folded(book.sentences()),
        topics=_folded(book.topics.items()),
        neighbours=_folded(book.neighbours()),
        tongues={language: _forms(small, language) for language, small in book.tongues.items()},
        signs={sign: code for code, currency in book.currencies.items() for sign in currency.signs},
        named=beside_form(book.forms),
    )


def _forms(small: Iterable[str], language: str) -> Word:
    return frozenset(form for word in small for form in folding.readings(word, language))


def _folded(lists: Iterable[tuple[str, Words]]) -> Lexicon:
    return fold_lexicon({name: _intent(words) for name, words in lists})


def _intent(words: Words) -> Intent:
    return Intent(
        level="C",
        way=_NOWHERE,
        phrases=words.phrases,
        unless=words.unless,
        within=words.within,
        whole=words.whole,
    )
