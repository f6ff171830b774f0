"""Take a line of an ad apart: numbers with their values, words with what they mean beside a number, signs.

Numbers are read as people here write them: 1 500, 1.500, 1,500 and 1'500 are fifteen hundred; 1,5 and 12.50 have a
fraction.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.ads.reader import Reader

Kind = Literal["number", "word", "sign"]

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[ .,'’]\d{3})+(?!\d)|\d{1,9}(?:[.,]\d{1,2}(?!\d))?)|(?P<word>[^\W\d_]+)|(?P<sign>[^\s\w]|_)"
)
_FRACTION = re.compile(r"[.,]\d{1,2}$")
_BACK = 4
_REACH = 6
"""So many tokens before and behind a number are asked what they mean."""
_ABBREVIATED: Mapping[str, int] = {"large": 1, "small": 4, "none": 3}
"""Words of up to so many letters are abbreviations before a full stop, by the case of the next word."""
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line from `start` to `end`; `means` names the lists its word is in, such as `units.hour`."""

    kind: Kind
    text: str
    start: int
    end: int
    value: float = 0
    means: frozenset[str] = _NOTHING

    def among(self, group: str) -> str | None:
        """Which list of a group the token is in, e.g. `hour` of `units`."""
        return next((name.removeprefix(group + ".") for name in sorted(self.means) if name.startswith(group)), None)

    def is_(self, name: str) -> bool:
        """Whether the token is in this list."""
        return name in self.means


def tokens_of(reader: Reader, line: str, numbers: int) -> tuple[Token, ...]:
    """The tokens of a line in order; only those near one of the first so many numbers are asked what they mean."""
    bare = [_token(found) for found in _TOKEN.finditer(line)]
    near = _near([at for at, token in enumerate(bare) if token.kind == "number"][:numbers], len(bare))
    meaning = {text: reader.meanings(text) for text in {bare[at].text for at in near if bare[at].kind == "word"}}
    return tuple(_meaning(reader, token, meaning) if at in near else token for at, token in enumerate(bare))


def ends_sentence(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the full stop at this token ends a sentence, and no abbreviation such as `тыс. евро` or `zł./h`."""
    if at + 1 >= len(tokens):
        return True
    before, behind = tokens[at - 1 if at else 0], tokens[at + 1]
    if behind.start == tokens[at].end:
        return False
    short = _ABBREVIATED[_case(behind.text)]
    return before.kind != "word" or len(before.text) > short


def _case(word: str) -> Literal["large", "small", "none"]:
    if "ა" <= word[0] <= "ჿ":
        return "none"
    return "small" if word[0].islower() else "large"


def _near(numbers: list[int], count: int) -> set[int]:
    return {at for number in numbers for at in range(max(0, number - _BACK), min(count, number + _REACH + 1))}


def _token(found: re.Match[str]) -> Token:
    kind = found.lastgroup
    if kind == "number":
        return Token("number", found[0], found.start(), found.end(), _value(found[0]))
    return Token("word" if kind == "word" else "sign", found[0], found.start(), found.end())


def _value(typed: str) -> float:
    """A number of one to nine digits, perhaps with thousands apart or a fraction of one or two digits."""
    fraction = _FRACTION.search(typed)
    whole = typed[: fraction.start()] if fraction else typed
    digits = "".join(sign for sign in whole if sign.isdigit())
    return float(digits + (fraction[0].replace(",", ".") if fraction else ""))


def _meaning(reader: Reader, token: Token, meaning: Mapping[str, frozenset[str]]) -> Token:
    if token.kind == "number":
        return token
    sign = reader.words.signs.get(token.text)
    means = frozenset({f"currencies.{sign}"}) if sign else meaning.get(token.text, _NOTHING)
    return Token(token.kind, token.text, token.start, token.end, 0, means)
