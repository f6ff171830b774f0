"""What is written like a name: in quotes, or in words that begin with capitals; and the pattern of legal forms.

Georgian has no capitals, so there only quotes and Latin letters tell.
"""

import re
from collections.abc import Iterable, Iterator

_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŻĄĆĘŃÓŹČŠŽА-ЯЁ][\w&'’-]{1,30}"
_QUOTED = r"[«„“\"'‘][^«»„“”\"'‘’\n]{2,40}[»“”\"'’]"
_NEAR = 24
"""So many signs before a name the word stands that says whose it is."""
NAME = rf"(?:{_QUOTED}|{_WORD}(?: (?:& )?{_WORD}){{0,3}})"
"""A name as written in an ad."""


_PART = re.compile(rf"{_QUOTED}|{_WORD}")
_RUN = re.compile(NAME)
_BEFORE = re.compile(r"([^\W\d_]{3,20}) ?:? ?$")


def has_name(text: str) -> bool:
    """Whether anything in a text is written like a name."""
    return bool(_PART.search(text))


def names_after(text: str) -> Iterator[tuple[str, str]]:
    """Every name in a text with the word before it: "hotel Hotel Azul" has one after "hotel", and one after "Hotel"."""
    for part in _PART.finditer(text):
        before = _BEFORE.search(text, max(0, part.start() - _NEAR), part.start())
        name = _RUN.match(text, part.start())
        if before and name:
            yield before[1], name[0]


def beside_form(forms: Iterable[str]) -> re.Pattern[str]:
    """The pattern of a name with one of these legal forms before or behind it."""
    longest_first = "|".join(_loosely(form) for form in sorted(forms, key=len, reverse=True))
    form = rf"(?<!\w)(?:{longest_first})(?!\w)"
    return re.compile(rf"{NAME},? ?{form}|{form} ?{NAME}")


def _loosely(form: str) -> str:
    return re.escape(form).replace(r"\ ", " ?")
