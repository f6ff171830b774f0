"""The list of certified intermediary companies: who is on it, under any spelling, and whether a certificate is valid.

Law: a company is found only under its own name or the number of its certificate; what only looks alike is named apart,
as similar. What a person types is compared and forgotten. Whether a company is honest is not for the list to say.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz.distance import OSA

from dialogs.skeleton import MAX_SIGNS, Skeleton, same_name, skeleton_of

SCHEMA = 1
"""Number of the stored form; a newer one is refused."""
FRESH = timedelta(days=92)
"""The organisation imports the list anew every quarter, and no quarter is longer than this."""
MOST_SIMILAR = 3
ALIKE = 0.75
"""Similar is: one error in four sounds (optimal string alignment: two neighbours swapped are one error).

Measured on the 284 names of `tests/vectors/companies.txt`, each measure set so that it sees through about 83 % of
names with two errors (98 % with one): so many companies are then called similar to another: by this one 33, Indel 43,
Levenshtein 57, Jaro-Winkler 87, WRatio 90. `tests/dialogs/test_register_measured.py` keeps the counts.
"""
SHORTEST_ALIKE = 4
"""Sounds below which one error makes another name."""

Standing = Literal["listed", "expired", "not_yet"]


class RegisterBroken(ValueError):
    """The stored list is damaged or was written by a newer program."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One certificate: every name of its company, and its days, both included; `valid_until` None is without end."""

    names: tuple[str, ...]
    certificate: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Register:
    """The whole list as it was on a day."""

    listed_on: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a typed name led to: the company itself, its newest certificate first, or else what is called alike."""

    found: tuple[Entry, ...] = ()
    similar: tuple[Entry, ...] = ()


def look_up(register: Register, typed: str) -> Lookup:
    """Find a company by a name or a certificate number; never raises. Similar ones come only where none is found."""
    name, number = skeleton_of(typed), certificate_key(typed)
    found = [entry for entry in register.entries if _is_called(entry, name) or _is_numbered(entry, number)]
    return Lookup(found=tuple(sorted(found, key=_newest_first))) if found else Lookup(similar=_similar(register, name))


def standing(entry: Entry, register: Register, today: date) -> Standing:
    """Whether the certificate is valid today. A clock that is behind the list is taken to stand at the list's day."""
    day = max(today, register.listed_on)
    if day < entry.valid_from:
        return "not_yet"
    return "expired" if entry.valid_until is not None and entry.valid_until < day else "listed"


def stale(register: Register, today: date) -> bool:
    """Whether the list is so old that a newer one must exist."""
    return today - register.listed_on > FRESH


def names_something(name: str) -> bool:
    """Whether anything is left of a name without signs and legal forms: nobody could find it otherwise."""
    return bool(skeleton_of(name).words)


def certificate_key(number: str) -> str:
    """What two ways to write one certificate number have in common; empty where there is none."""
    typed = unicodedata.normalize("NFKC", number[:MAX_SIGNS]).casefold().translate(_LOOKALIKES)
    return "".join(sign for sign in _NUMBER_SIGN.sub("", typed) if sign.isalnum())


def to_json(register: Register) -> str:
    """The stored form."""
    raw = {"schema": SCHEMA, **asdict(register)}
    return json.dumps(raw, ensure_ascii=False, indent=1, default=date.isoformat) + "\n"


def from_json(text: str) -> Register:
    """Read the stored form. Raises RegisterBroken."""
    try:
        raw: dict[str, Any] = json.loads(text)
        if raw["schema"] != SCHEMA:
            raise RegisterBroken(f"schema {raw['schema']}")
        return Register(date.fromisoformat(raw["listed_on"]), tuple(_entry(**each) for each in raw["entries"]))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise RegisterBroken from error


_LOOKALIKES = str.maketrans("аеорсухкмтвні", "aeopcyxkmtbhi")
_NUMBER_SIGN = re.compile(r"^\W*(?:no|nr|n|номер|ნომერი)(?![^\W\d_])")
"""What people put before a number: №, which is No once normalised, N and their like."""


def _entry(names: list[str], certificate: str, valid_from: str, valid_until: str | None) -> Entry:
    if not all(isinstance(text, str) for text in (*names, certificate)):
        raise TypeError
    until = None if valid_until is None else date.fromisoformat(valid_until)
    return Entry(tuple(names), certificate, date.fromisoformat(valid_from), until)


def _is_called(entry: Entry, name: Skeleton) -> bool:
    return any(same_name(name, _listed(each)) for each in entry.names)


def _is_numbered(entry: Entry, number: str) -> bool:
    return number != "" and _listed_number(entry.certificate) == number


def _newest_first(entry: Entry) -> tuple[int, str]:
    return -entry.valid_from.toordinal(), entry.certificate


def _similar(register: Register, name: Skeleton) -> tuple[Entry, ...]:
    """The nearest names, nearest first; equally near ones in the order of the list."""
    nearness = [(max(_nearness(entry, name), default=0.0), entry) for entry in register.entries]
    near = [(score, entry) for score, entry in nearness if score >= ALIKE]
    return tuple(entry for _, entry in sorted(near, key=lambda it: -it[0])[:MOST_SIMILAR])


def _nearness(entry: Entry, name: Skeleton) -> Iterator[float]:
    long = [typed for typed in name.spellings if len(typed) >= SHORTEST_ALIKE]
    for each in entry.names:
        for listed in _listed(each).spellings:
            if len(listed) >= SHORTEST_ALIKE:
                for typed in long:
                    yield OSA.normalized_similarity(listed, typed, score_cutoff=ALIKE)


@lru_cache(maxsize=20_000)
def _listed(name: str) -> Skeleton:
    """A name of the list, which is asked for at every question; what people type is never kept like this."""
    return skeleton_of(name)


@lru_cache(maxsize=20_000)
def _listed_number(certificate: str) -> str:
    """The same of a number of the list."""
    return certificate_key(certificate)
