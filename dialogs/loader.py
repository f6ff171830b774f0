"""Make the book of its files, and say everything that keeps it from being one.

Law: what `load` returns has the right form; whether it is a good book is the reviewer's question. Nothing is guessed
and nothing is skipped: one problem anywhere, and there is no book.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

from dialogs.ads import AdBook, AdWords, compile_ads
from dialogs.banned import read_banned
from dialogs.book import Book
from dialogs.complaints import build
from dialogs.countries import compile_atlas
from dialogs.desk import Desk
from dialogs.finding import BookBroken, Finding, shown_path
from dialogs.glossary import Glossary, glossary_path
from dialogs.lifetimes import facts
from dialogs.model import Country, Fact, Frame, Intent, Name, Part, Script
from dialogs.questions import OpenList
from dialogs.reading import Document, Where, read_document, read_values
from dialogs.rules import NO_RULES, Rules
from dialogs.sources import Sources, Spot
from dialogs.texts import Catalogue, read_catalogue, usable_texts
from dialogs.understanding import Collision, Lexicon, compile_lexicon, fold_lexicon

BOOK = Path(__file__).parent / "book"
"""Where the book of this repository lies."""
LOCALES = Path(__file__).parent.parent / "locales"
"""Where its words lie."""

_T = TypeVar("_T")
_P = ParamSpec("_P")


class FactSheet(Part):
    """`facts.yaml`: every number, link and date the texts may name."""

    facts: dict[Name, Fact]


class Countries(Part):
    """`countries.yaml`: the countries the book speaks of, and what people call them."""

    countries: dict[Name, Country]


class PhraseBook(Part):
    """`phrases.yaml`: what a free text may mean."""

    intents: dict[Name, Intent]


@dataclass(slots=True)
class _Reading:
    """What has been read so far: problems are collected, so that an editor sees all of them at once."""

    read: Callable[[Path], Document]
    fold: Callable[[Mapping[str, Intent]], Lexicon]
    spots: dict[Where, Spot]
    problems: list[Finding] = field(default_factory=list)

    def attempt(self, read: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T | None:
        try:
            return read(*args, **kwargs)
        except BookBroken as broken:
            self.problems.extend(broken.problems)
            return None

    def remember(self, document: Document, under: Where) -> None:
        for where, line in document.lines.items():
            self.spots.setdefault((*under, *where), Spot(document.file, line))


def load(directory: Path = BOOK, locales: Path = LOCALES) -> Book:
    """The book in `directory` with the words in `locales`. Raises BookBroken with every problem of form.

    It reads without lines, and that the key phrases do not collide is left to the check: a start cannot wait. Only
    what is no book is read again, to say where.
    """
    try:
        return _read(directory, locales, read_values, fold_lexicon)[0]
    except BookBroken:
        return load_with_sources(directory, locales)[0]


def load_with_sources(directory: Path, locales: Path) -> tuple[Book, Sources]:
    """The book and where all of it was written. Raises BookBroken like `load`, also for phrases that collide."""
    return _read(directory, locales, read_document, compile_lexicon)


def _read(
    directory: Path,
    locales: Path,
    read: Callable[[Path], Document],
    fold: Callable[[Mapping[str, Intent]], Lexicon],
) -> tuple[Book, Sources]:
    reading = _Reading(read, fold, {(): Spot(shown_path(directory / "book.yaml"), 1)})
    frame = reading.attempt(_frame, reading, directory / "book.yaml")
    sheet = reading.attempt(_fact_sheet, reading, directory / "facts.yaml")
    phrases = reading.attempt(_phrase_book, reading, directory / "phrases.yaml")
    countries = reading.attempt(_countries, reading, directory / "countries.yaml")
    rules = reading.attempt(_rules, reading, directory / "rules.yaml") or NO_RULES
    ads = reading.attempt(_ads, reading, directory / "ads.yaml")
    desk = reading.attempt(_desk, reading, directory / "desk.yaml")
    scripts = _scripts(reading, sorted((directory / "scripts").glob("*.yaml")))
    catalogues = _catalogues(reading, locales, frame.languages if frame else ())
    glossary = reading.attempt(_glossary, reading, glossary_path(locales)) or Glossary(terms={})
    questions = reading.attempt(_open_list, reading, directory / "open.yaml") or OpenList(questions={})
    lexicon = reading.attempt(_lexicon, reading, phrases) if phrases else None
    if reading.problems or frame is None or sheet is None or lexicon is None or countries is None:
        raise BookBroken(tuple(sorted(reading.problems)))
    texts = {language: usable_texts(catalogues.get(language)) for language in frame.languages}
    atlas = compile_atlas(countries.countries, frame.languages)
    book = Book(frame, scripts, {**sheet.facts, **facts()}, lexicon, texts, atlas, rules, ads, desk=desk)
    banned = {language: read_banned(locales, language) for language in frame.languages}
    return book, Sources(reading.spots, catalogues, banned, glossary, questions)


def _frame(reading: _Reading, path: Path) -> Frame:
    document = reading.read(path)
    reading.remember(document, ("frame",))
    return build(Frame, document, document.tree)


def _fact_sheet(reading: _Reading, path: Path) -> FactSheet:
    document = reading.read(path)
    reading.remember(document, ())
    return build(FactSheet, document, document.tree)


def _phrase_book(reading: _Reading, path: Path) -> PhraseBook:
    document = reading.read(path)
    reading.remember(document, ())
    return build(PhraseBook, document, document.tree)


def _countries(reading: _Reading, path: Path) -> Countries:
    document = reading.read(path)
    reading.remember(document, ())
    return build(Countries, document, document.tree)


def _glossary(reading: _Reading, path: Path) -> Glossary | None:
    if not path.exists():
        return None
    document = reading.read(path)
    return build(Glossary, document, document.tree)


def _open_list(reading: _Reading, path: Path) -> OpenList | None:
    if not path.exists():
        return None
    document = reading.read(path)
    reading.remember(document, ())
    return build(OpenList, document, document.tree)


def read_rules(path: Path) -> Rules:
    """The rules of the self-check in one file. Raises BookBroken."""
    document = read_document(path)
    return build(Rules, document, document.tree)


def _rules(reading: _Reading, path: Path) -> Rules | None:
    if not path.exists():
        return None
    document = reading.read(path)
    reading.remember(document, ("rules",))
    return build(Rules, document, document.tree)


def _ads(reading: _Reading, path: Path) -> AdWords | None:
    if not path.exists():
        return None
    document = reading.read(path)
    reading.remember(document, ("ads",))
    return compile_ads(build(AdBook, document, document.tree))


def _desk(reading: _Reading, path: Path) -> Desk | None:
    if not path.exists():
        return None
    document = reading.read(path)
    reading.remember(document, ("desk",))
    return build(Desk, document, document.tree)


def _lexicon(reading: _Reading, phrases: PhraseBook) -> Lexicon:
    try:
        return reading.fold(phrases.intents)
    except Collision as collision:
        spot = reading.spots["intents",]
        advice = "take the phrase out of one of them, or add `whole: true`"
        raise BookBroken((Finding(spot.file, spot.line, "D005", str(collision), advice),)) from collision


def _scripts(reading: _Reading, paths: Iterable[Path]) -> dict[str, Script]:
    found = (reading.attempt(_script, reading, path) for path in paths)
    return {script.script: script for script in found if script}


def _script(reading: _Reading, path: Path) -> Script:
    document = reading.read(path)
    reading.remember(document, ("scripts", path.stem))
    script = build(Script, document, document.tree)
    if script.script != path.stem:
        message = f"script: is {script.script}, but the file is named {path.name}"
        line = document.lines.get(("script",), 1)
        raise BookBroken((Finding(document.file, line, "D002", message, "give both the same name"),))
    return script


def _catalogues(reading: _Reading, locales: Path, languages: Iterable[str]) -> dict[str, Catalogue]:
    found = {language: reading.attempt(read_catalogue, locales, language) for language in languages}
    catalogues = {language: catalogue for language, catalogue in found.items() if catalogue}
    for language, catalogue in catalogues.items():
        reading.spots["texts", language] = Spot(catalogue.file, 1)
        for text, entry in catalogue.entries.items():
            reading.spots["texts", language, text] = Spot(catalogue.file, entry.line)
    return catalogues
