"""What people type, on disk, and what the bot's phrase list makes of it.

`tuned.csv` is what the phrase list was written on; `fresh.csv` was written after the list was frozen, by somebody else.
A row is a text, how it is typed, and the intent it means; an empty intent is a question that must alarm nobody.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dialogs.complaints import build
from dialogs.loader import BOOK, PhraseBook
from dialogs.reading import read_document
from dialogs.understanding import Meaning, compile_lexicon, understand

SCRIPTS = ("ka", "ka_latin", "ru", "ru_latin", "en")
GRAVE = {"A", "B"}


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    script: str
    intent: str

    @property
    def language(self):
        return self.script.removesuffix("_latin")

    @property
    def grave(self):
        return bool(self.intent) and intents()[self.intent].level in GRAVE

    @property
    def benign(self):
        return not self.intent


@cache
def rows(corpus):
    with (Path(__file__).parent / f"{corpus}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Row(**row) for row in csv.DictReader(file))


@cache
def intents():
    document = read_document(BOOK / "phrases.yaml")
    return build(PhraseBook, document, document.tree).intents


@cache
def lexicon():
    return compile_lexicon(intents())


@cache
def meant(text: str, language: str | None) -> Meaning | None:
    return understand(lexicon(), text, language)


def intent(row):
    """The intent a row is understood as, or an empty name."""
    meaning = meant(row.text, row.language)
    return meaning.intent if meaning else ""


def alarms(row):
    meaning = meant(row.text, row.language)
    return meaning is not None and meaning.level in GRAVE
