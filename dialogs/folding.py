"""Fold typed words into sound classes, so that one phrase list meets every way of typing it.

People type Georgian and Russian in their own letters, in ad-hoc Latin, with the old capital-letter habit (`miSvelet`)
and with digits for letters (`ho4u`). Folding maps all of these to one form per language. The same code folds the
phrase list and the text, so the form itself never matters; it is never kept and never shown.

Law: letters and digraphs are mapped in ONE scan from left to right, longest first. (Chained replacing broke საფრთხე:
its t + kh became th.)
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

MAX_SIGNS = 4096
"""Telegram's limit for one text; whatever is longer is read up to here."""
MAX_WORDS = 256
"""Words of one text that are looked at."""

Word = frozenset[str]
"""The readings of one word: as a rule one, two where Latin letters leave a choice."""
Folded = tuple[Word, ...]
"""A text, word by word."""

_SILENT = re.compile(r"['`´‘’ʹʻʼʽˈ\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff]")
"""Apostrophes, stress marks and zero-width signs: typed or not, the word is the same."""
_WORD = re.compile(r"[^\W\d_]+(?:[46][^\W\d_]+)*|\d+")
"""Letters, or digits; 4 and 6 are letters only between letters, so that a lone 16 stays a number."""
_RUN = re.compile(r"([^\W\d_])\1+")
_INNER_R = re.compile(r"(?<=\w)R")
"""The old Georgian keyboard's ღ, told from a capitalised word by standing inside it."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How one language is typed: its script, sound classes, and the letters that may be read in a second way.

    `second` holds (pattern, replacement) pairs applied to the whole word before the scan, for the second reading.
    """

    script: str
    classes: Mapping[str, str]
    second: tuple[tuple[re.Pattern[str], str], ...] = ()
    old_capitals: bool = False


def _classes(*lines: str) -> dict[str, str]:
    """Read lines such as `t = თ ტ t th`: everything on the right sounds like the left."""
    split = (line.split(" = ") for line in lines)
    return {letters: sound.strip() for sound, typed in split for letters in typed.split()}


_LOOKALIKES = _classes(
    "a = а", "e = е", "o = о", "p = р", "c = с", "y = у", "x = х", "k = к", "m = м", "t = т", "i = і"
)
"""Cyrillic letters that a phone slips into a Latin word."""

_GEORGIAN = _classes(
    "a = ა", "b = ბ", "d = დ", "e = ე", "v = ვ", "i = ი", "l = ლ", "m = მ", "n = ნ", "o = ო", "r = რ", "u = უ",
    "t = თ ტ t th",
    "k = კ ქ ყ k q y",
    "p = პ ფ p f ph",
    "c = ც წ ჩ ჭ c w ts tz ch tch 4",
    "s = ს შ s sh 6",
    "z = ზ ძ z dz",
    "j = ჟ ჯ j zh dzh",
    "h = ხ ჰ h x kh",
    "g = გ ღ g gh",
    "y = у", "c = с", "h = х",
)  # fmt: skip
_RUSSIAN = _classes(
    "a = а", "b = б", "v = в v w", "g = г", "d = д", "z = з", "k = к q", "l = л", "m = м", "n = н", "o = о",
    "p = п", "r = р", "t = т", "u = у", "f = ф",
    "e = е ё э ye yo ie ие ые йе йо ье ьё",
    "i = и й ы і y ьи",
    "ia = я ья",
    "iu = ю ью",
    "j = ж zh j",
    "s = с ш щ s sh sch shch 6",
    "c = ц ч тс тьс c ch ts 4",
    "h = х h kh x",
)  # fmt: skip

_ALPHABETS = {
    "ka": Alphabet(
        "GEORGIAN",
        _LOOKALIKES | _GEORGIAN,
        # pasports = პასპორტ + ს, not …ც; rusetshi = რუსეთ + ში
        second=((re.compile(r"ts$"), "t\0s"), (re.compile(r"tsh"), "t\0sh")),
        old_capitals=True,
    ),
    "ru": Alphabet(
        "CYRILLIC",
        # Silent signs map to nothing: what stands on either side of them meets.
        _RUSSIAN | {"ъ": "", "ь": ""},
        # ja = я, but ugrojaut = угрожают
        second=((re.compile(r"j"), "y"),),
    ),
}
_PLAIN = Alphabet("", _LOOKALIKES)
"""For a language without a table of its own: letters are what they are."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text, capitals kept: no punctuation, no emoji, no apostrophes, no zero-width signs."""
    plain = _SILENT.sub("", unicodedata.normalize("NFKC", text[:MAX_SIGNS]))
    return tuple(_WORD.findall(plain)[:MAX_WORDS])


def readings(word: str, language: str) -> Word:
    """The folded form of one word; two of them where Latin letters may be read in two ways."""
    alphabet = _ALPHABETS.get(language, _PLAIN)
    if alphabet.old_capitals and not word.isupper():
        word = _INNER_R.sub("gh", word)
    # lower() also turns Georgian capitals (Mtavruli) into the letters people read.
    typed = _squeeze(word.lower())
    second = typed
    for pattern, replacement in alphabet.second:
        second = pattern.sub(replacement, second)
    # Most words have one reading, and half the cost of a long text is here.
    return frozenset({_scan(each, language) for each in {typed, second}})


def fold(text: str, language: str) -> Folded:
    """The readings of every word of a text."""
    return tuple(readings(word, language) for word in words(text))


def same(one: Folded, other: Folded) -> bool:
    """Whether two folded texts are the same words. Texts without words are never the same."""
    return bool(one) and len(one) == len(other) and not any(map(frozenset.isdisjoint, one, other))


def spoken(text: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages a text may be in: two or more letters of a script decide; Latin letters may be any of them."""
    letters = [_script(sign) for sign in text[:MAX_SIGNS] if sign.isalpha()]
    scripts = {language: _ALPHABETS.get(language, _PLAIN).script for language in languages}
    seen = {script for script in scripts.values() if script and letters.count(script) > 1}
    return tuple(language for language in languages if not seen or scripts[language] in seen)


@lru_cache(maxsize=1024)
def _script(letter: str) -> str:
    """The script of one letter, e.g. GEORGIAN."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _squeeze(text: str) -> str:
    """One of each repeated letter, never of digits: pomogiteee is pomogite, 112 is 112."""
    return _RUN.sub(r"\1", text)


def _scan(word: str, language: str) -> str:
    """Map to sound classes in one pass."""
    classes = _ALPHABETS.get(language, _PLAIN).classes
    if word.isdigit():
        return word
    return _squeeze(_units(language).sub(lambda unit: classes.get(unit[0], unit[0]), word).replace("\0", ""))


@cache
def _units(language: str) -> re.Pattern[str]:
    """Everything with a class, longest first, so that a digraph is never read as two letters."""
    longest_first = sorted(_ALPHABETS.get(language, _PLAIN).classes, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
