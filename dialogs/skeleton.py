"""Bring the names of companies to one form, whatever script they are typed in and whatever legal form they carry.

One skeleton for three scripts, where `folding` has one form per language: the name of a company belongs to no language.
The list has it in Georgian or Latin letters, an advertisement writes it in Russian ones, and people mix them. So every
run of letters is folded by the language of its own script, and then the sounds of the languages are made one. Latin
letters may be Georgian, Russian or English spelling: a Latin word has a reading for each of these habits.

Law: a skeleton is made only to be compared with another; it is never shown and never kept.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs import folding
from dialogs.folding import Folded, Word

MAX_SIGNS = 150
"""So much of a text is looked at; no company has a longer name."""
_FORM_WORDS = 4
"""The longest legal forms, in words: общество с ограниченной ответственностью, sp. z o. o."""
_FORMS = frozenset(
    form
    for forms in (
        "შპს სს სპს კს იმ ინდმეწარმე ინდივიდუალურიმეწარმე სააქციოსაზოგადოება შეზღუდულიპასუხისმგებლობისსაზოგადოება",
        "ლლკ ლტდ ლთდ ოოო ოაო ზაო იპ გმბჰ",
        "ооо оао зао пао ао ип чп тоо шпс сс индпредприниматель индивидуальныйпредприниматель акционерноеобщество",
        "обществосограниченнойответственностью ллс ллк лтд гмбх",
        "shps sps ss im indmetsarme indmewarme ooo oao zao pao ao ip",
        "llc ltd limited limitedliabilitycompany jsc jointstockcompany plc llp inc incorporated corp corporation co",
        "individualentrepreneur ie gmbh gmbhcokg mbh ag kg spzoo spolkazoo sa srl spa sarl bv sro doo ood eood uab",
    )
    for form in forms.split()
)
"""Legal forms without dots and spaces, in the letters people write them in."""
_JOINING = frozenset({"და", "da", "да", "и", "and"})
"""Words that others write as a sign."""

_DECORATED = str.maketrans("łøđı", "lodi")
"""Latin letters that do not come apart into a letter and its mark."""
_MARKS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_TO_LATIN = str.maketrans("аеорсухкмтвні", "aeopcyxkmtbhi")
_TO_CYRILLIC = str.maketrans("aeopcyxkmtbhi", "аеорсухкмтвні")
_RUNS = re.compile(r"[\u10a0-\u10ff]+|[\u0400-\u04ff]+|\d+|[^\d\u10a0-\u10ff\u0400-\u04ff]+")
"""What stands in one script: Georgian, Cyrillic, digits, or else Latin."""
_HABITS = ("ka", "ru", "en")
"""Whose spelling Latin letters may be."""

_SPELT = {
    "ch": "ch", "ck": "k", "ph": "f", "th": "t", "wh": "v", "w": "v", "qu": "kv", "q": "k", "x": "ks",
    "ce": "se", "ci": "si", "cy": "si", "c": "k",
    "j": "dzh", "dge": "dzhe", "ge": "dzhe", "gi": "dzhi", "geor": "dzhor",
    "ee": "i", "ea": "i", "oo": "u", "ou": "u", "ui": "u", "ay": "ei", "ai": "ei", "igh": "ai", "eu": "ev", "ew": "iu",
}  # fmt: skip
"""English spelling, in letters that say what is heard: this is how others write it down in their letters."""
_SPELT_UNITS = re.compile("|".join(sorted(_SPELT, key=len, reverse=True)))
_LONG_VOWEL = re.compile(r"^([^aeiou\d]{0,4})([ai])([^aeiou\d])e(?=s?$)")
"""Safe is seif, line is lain; in a longer word the vowel is short: service."""
_LONG = {"a": "ei", "i": "ai"}
_SILENT_E = re.compile(r"(?<=[^\W\daeiou])e(?=s?$)")
_ONE_SOUND = {
    "f": "p", "dj": "j", "dz": "z", "gh": "g", "kh": "k", "ts": "c", "ie": "e", "y": "i",
    "ua": "va", "ue": "ve", "ui": "vi", "uo": "vo",
}  # fmt: skip
"""Where Georgian and Russian classes differ: ф is ფ, дж ჯ, дз ძ, гх ღ, кх ყ, ие იე; უ before a vowel is ვ."""
_SOUND_UNITS = re.compile("|".join(sorted(_ONE_SOUND, key=len, reverse=True)))
_TWICE = re.compile(r"([^\W\d])\1+")
_CASE_ENDING = "ი"
"""Georgian puts it after a foreign name that ends in a consonant: Job is ჯობ and ჯობი."""
_SHORT = 3
"""Sounds of a word so short that the ending belongs to it."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A name without its legal form: the readings of each word, and those of all of them written as one."""

    words: Folded
    spellings: Word


def skeleton_of(name: str) -> Skeleton:
    """The skeleton of a name; one without words for a text that names nothing."""
    typed = " ".join(name[: folding.MAX_SIGNS].split())[:MAX_SIGNS]
    words = _core(tuple(_bare(word) for word in folding.words(typed)))
    if not words:
        return Skeleton((), frozenset())
    habits = [(habit, tuple(_sounds(word, habit) for word in words)) for habit in _HABITS]
    return Skeleton(
        words=tuple(_either(readings) for readings in zip(*(readings for _, readings in habits), strict=True)),
        spellings=_either(_together(words, readings, habit) for habit, readings in habits),
    )


def same_name(one: Skeleton, other: Skeleton) -> bool:
    """Whether two skeletons are one name: the same words in any order, or the same letters whatever the spaces."""
    return not one.spellings.isdisjoint(other.spellings) or _pair_up(one.words, other.words)


def _either(readings: Iterable[Word]) -> Word:
    return frozenset[str]().union(*readings)


def _together(words: tuple[str, ...], readings: Folded, habit: str) -> Word:
    """The name written as one word: read at once, and word by word."""
    joined = {"".join(map(pick, readings)) for pick in (min, max)}
    return _sounds("".join(words), habit) | frozenset(map(_one_sound, joined))


def _pair_up(one: Folded, other: Folded) -> bool:
    """Whether every word of one has a word of the other for itself. Names without words are never the same."""
    if not one or len(one) != len(other):
        return False
    pairs = [at for at, word in enumerate(other) if not one[0].isdisjoint(word)]
    return any(len(one) == 1 or _pair_up(one[1:], other[:at] + other[at + 1 :]) for at in pairs)


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without legal forms before and after them, and without "and"."""
    words = tuple(word for word in words if word not in _JOINING)
    for length in range(min(_FORM_WORDS, len(words)), 0, -1):
        if "".join(words[:length]) in _FORMS:
            return _core(words[length:])
        if "".join(words[-length:]) in _FORMS:
            return _core(words[:-length])
    return words


def _bare(word: str) -> str:
    """A word in small letters without accents, and in one script where a stranger's letters only look like its own."""
    apart = unicodedata.normalize("NFD", word.casefold()).translate(_DECORATED)
    plain = unicodedata.normalize("NFC", _MARKS.sub("", apart))
    for table in (_TO_LATIN, _TO_CYRILLIC):
        turned = plain.translate(table)
        if len(_RUNS.findall(turned)) < len(_RUNS.findall(plain)):
            return turned
    return plain


def _sounds(word: str, habit: str) -> Word:
    """The readings of a word whose Latin letters are spelt by one habit."""
    runs = [_sounds_of_run(run, habit) for run in _RUNS.findall(word)]
    whole = {"".join(map(pick, runs)) for pick in (min, max)}
    endless = {reading.removesuffix("i") for reading in whole if word.endswith(_CASE_ENDING) and len(reading) > _SHORT}
    # A word of silent signs alone has no sound: it stays as it is, for nothing would be like any other nothing.
    return frozenset(filter(None, map(_one_sound, whole | endless))) or frozenset({word})


def _sounds_of_run(run: str, habit: str) -> Word:
    if "\u10a0" <= run[0] <= "\u10ff":
        return folding.readings(run, "ka")
    if habit == "ka" and not "\u0400" <= run[0] <= "\u04ff":
        return folding.readings(run, "ka")
    # Chat spells я as ja; a name that begins with Job does not.
    return folding.readings(_heard(run) if habit == "en" else run.replace("j", "zh"), "ru")


def _heard(word: str) -> str:
    """An English word as it is heard, near enough."""
    spelt = _SPELT_UNITS.sub(lambda unit: _SPELT[unit[0]], word)
    return _SILENT_E.sub("", _LONG_VOWEL.sub(lambda found: f"{found[1]}{_LONG[found[2]]}{found[3]}", spelt))


def _one_sound(reading: str) -> str:
    return _TWICE.sub(r"\1", _SOUND_UNITS.sub(lambda unit: _ONE_SOUND[unit[0]], _TWICE.sub(r"\1", reading)))
