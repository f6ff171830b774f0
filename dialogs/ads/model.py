"""What an editor writes about job ads, as types: `book/ads.yaml`.

Everything here is lists of word beginnings in the form of `phrases.yaml`; which words these are is the editor's, what
numbers beside them mean is the program's.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from dialogs.model import Name, Part, Typed

Facet = Literal["contract", "hours", "documents", "housing", "contacts"]
"""What an ad says in words alone. Pay, place, employer and fees are read from numbers and names."""
Topic = Literal["theirs", "apart", "fee", "pay", "service", "paid"]
"""What a sum may be for, surest first: paid by others, apart, the job itself, the work; then words that only hint."""
Clue = Literal["vacancy", "story", "goods", "trip", "free", "asked"]
"""What tells an ad from another text, and a fee from none."""
Unit = Literal["hour", "day", "week", "month", "year"]
Beside = Literal["plus", "thousand", "upto", "filler", "shift"]
"""Words beside a number: plus, thousands, "up to", what may stand before "a month", what makes hours those of work."""
Around = Literal["before", "near", "weak", "never"]
"""Words directly `before` the name of a country, or `near` it, that make it not the place of work.

Names that are `weak` count where no other stands, and those that are languages `never` do."""
Namer = Literal["shops", "brokers"]
"""Words before a name that make it an employer's, or that of somebody who only finds the work."""


class Words(Part):
    """Words that say one thing. The same form and the same matching as an intent of `phrases.yaml`.

    `phrases` by language: word beginnings in the order typed, all within `within` words of one sentence; `unless` are
    words nearby that make it mean something else.
    """

    phrases: dict[Name, tuple[Typed, ...]]
    unless: dict[Name, tuple[Typed, ...]] = Field(default_factory=dict)
    within: int = 7
    whole: bool = False


class Currency(Words):
    """A currency: its `signs`, and what people call it. Listed by ISO code."""

    signs: tuple[str, ...] = ()


class AdBook(Part):
    """`ads.yaml`: what the words of a job ad say.

    `answers` are by question and choice of the self-check, `work` by choice of its question `work`, `towns` by country.
    `forms` are legal forms of companies, written exactly as in ads; `tongues` small whole words that tell which
    language Latin letters are in.
    """

    facets: dict[Facet, Words]
    answers: dict[Name, dict[Name, Words]]
    work: dict[Name, Words]
    topics: dict[Topic, Words]
    clues: dict[Clue, Words]
    places: dict[Around, Words]
    towns: dict[Name, Words]
    names: dict[Namer, Words]
    forms: tuple[str, ...]
    currencies: dict[str, Currency]
    units: dict[Unit, Words]
    beside: dict[Beside, Words]
    tongues: dict[Name, tuple[Typed, ...]]

    def sentences(self) -> Iterator[tuple[str, Words]]:
        """The lists to be found in whole sentences, by `group.name`."""
        groups: dict[str, Iterable[tuple[str, Words]]] = {
            "facets": self.facets.items(),
            "work": self.work.items(),
            "names": self.names.items(),
            "clues": self.clues.items(),
            "towns": self.towns.items(),
        }
        for group, lists in groups.items():
            yield from ((f"{group}.{name}", words) for name, words in lists)
        for question, choices in self.answers.items():
            yield from ((f"answers.{question}.{choice}", words) for choice, words in choices.items())

    def neighbours(self) -> Iterator[tuple[str, Words]]:
        """The lists to be found beside a number or a country, word by word."""
        groups: dict[str, Iterable[tuple[str, Words]]] = {
            "units": self.units.items(),
            "beside": self.beside.items(),
            "places": self.places.items(),
            "currencies": self.currencies.items(),
        }
        for group, lists in groups.items():
            yield from ((f"{group}.{name}", words) for name, words in lists)
