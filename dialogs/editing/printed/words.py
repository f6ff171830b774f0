"""The words of the page itself, in the language of whoever reads it; the book's own words are in the catalogues.

`words.yaml` has them by language; a language without them is framed in English.
"""

from pathlib import Path

from dialogs.complaints import build
from dialogs.model import Name, Part
from dialogs.reading import read_document

_FILE = Path(__file__).with_name("words.yaml")
_FALLBACK = "en"


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
    end: str


class _Sheet(Part):
    languages: dict[Name, Words]


def words_for(language: str) -> tuple[str, Words]:
    """The language the page is framed in, and its words. Raises BookBroken."""
    document = read_document(_FILE)
    languages = build(_Sheet, document, document.tree).languages
    spoken = language if language in languages else _FALLBACK
    return spoken, languages[spoken]
