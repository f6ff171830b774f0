"""Job ads on disk, with what a careful reader finds in each, and what the bot's reader makes of them.

`tuned.yaml` is what the word lists were written on; `fresh.yaml` was written by somebody else and is looked at only to
measure. A row of kind `no_ad` is another text of the same groups: its said and answers are not measured.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dialogs.ads import AdBook, compile_ads, looks_like_ad, read_ad
from dialogs.complaints import build
from dialogs.countries import compile_atlas
from dialogs.loader import BOOK, Countries
from dialogs.reading import read_values

HERE = Path(__file__).parent
SETS = tuple(name for name in ("tuned", "fresh") if (HERE / f"{name}.yaml").exists())
LANGUAGES = ("ka", "ru", "en")


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    language: str
    kind: str
    text: str
    said: dict
    answers: dict

    @property
    def is_ad(self):
        return self.kind != "no_ad"


@cache
def rows(name):
    return tuple(Row(**row) for row in read_values(HERE / f"{name}.yaml").tree)


@cache
def words():
    document = read_values(BOOK / "ads.yaml")
    return compile_ads(build(AdBook, document, document.tree))


@cache
def atlas():
    document = read_values(BOOK / "countries.yaml")
    return compile_atlas(build(Countries, document, document.tree).countries, LANGUAGES)


@cache
def read(text):
    return read_ad(words(), atlas(), text)


def looks(text):
    return looks_like_ad(read(text), text)
