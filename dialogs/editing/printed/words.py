"""The words of the page itself, in the language of whoever reads it; the book's own words are in the catalogues.

`words.yaml` has them by language; a language without them is framed in English.
"""

from pathlib import Path

from pydantic import Field

from dialogs.complaints import build
from dialogs.model import Listing, Name, Part, When
from dialogs.reading import read_document
from dialogs.rules import Weight

_FILE = Path(__file__).with_name("words.yaml")
_FALLBACK = "en"


class CheckWords(Part):
    """What is said around the questions and verdicts of the self-check. A dimension without a word goes by its name."""

    question: str
    only: str
    unless: str
    or_: str = Field(alias="or")
    and_: str = Field(alias="and")
    more: str
    when: dict[When, str]
    by: str
    notes: str
    clears: str
    short: str
    topic: str
    listed: dict[Listing, str]
    picture: str
    next: str
    verdicts: str
    decides: str
    weights: dict[Weight, str]
    dimensions: dict[Name, str]
    signs: str
    version: str
    approved: str
    nobody: str
    sign: str
    why: str
    weight: str
    answers: str
    floors: str
    all: str
    any: str
    least: str
    points: str
    point: str
    gap: str
    ask: str
    ad: str


class Words(Part):
    """Everything the page says by itself."""

    title: str
    day: str
    contents: str
    rows: str
    commands: str
    alone: str
    facts: str
    fact: str
    value: str
    standing: str
    verified: str
    likely: str
    unverified: str
    source: str
    source_date: str
    checked: str
    until: str
    note: str
    hidden: str
    keeps: str
    asks: str
    onward: str
    back: str
    returns: str
    hide: str
    forget: str
    handover: str
    switch: str
    end: str
    check: CheckWords


class _Sheet(Part):
    languages: dict[Name, Words]


def words_for(language: str) -> tuple[str, Words]:
    """The language the page is framed in, and its words. Raises BookBroken."""
    document = read_document(_FILE)
    languages = build(_Sheet, document, document.tree).languages
    spoken = language if language in languages else _FALLBACK
    return spoken, languages[spoken]
