"""What is counted and published: the tables, their values, and in which of them two questions cross.

Law: nothing is counted that no table here names. The unit is a consultation, not a person: whoever comes twice counts
twice. Values that would single out children or danger stand in one-way tables only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from dialogs import counting
from dialogs.assess import UNKNOWN
from dialogs.book import Book
from dialogs.desk import CANCELLED, NOT_CODED, OTHER

NO_CAMPAIGN = counting.NO_CAMPAIGN
REFUSED = "refused"
"""A referral that the person did not agree to."""
ANSWERED, UNANSWERED = "answered", "unanswered"
CROSS = "*"
"""Between the names of the tables that a two-way table crosses, and between the values of its cells."""
AGE_MINOR = "minor"


class Unit(StrEnum):
    """What one consultation is, and so what a table adds up to."""

    TALK = "talk"
    """A conversation with the bot that came to a topic."""
    CHECK = "check"
    """A self-check of a job offer that came to its verdict."""
    CASE = "case"
    """A case at the desk, once it is closed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A one-way table: its `values` are the rows, in the order they are read.

    `several`: a consultation may stand in several rows or in none, so that rows add up to nothing. `apart`: values that
    are never crossed with anything.
    """

    name: str
    unit: Unit
    values: tuple[str, ...]
    several: bool = False
    apart: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Cross:
    """A two-way table of cases: the one-way tables of its `rows` and `columns`."""

    rows: Table
    columns: Table

    @property
    def name(self) -> str:
        """The name it is counted under."""
        return f"{self.rows.name}{CROSS}{self.columns.name}"

    def cell(self, row: str, column: str) -> str | None:
        """The value it is counted under; None where one of the two stands apart."""
        if row in self.rows.apart or column in self.columns.apart:
            return None
        return f"{row}{CROSS}{column}"


@dataclass(frozen=True, slots=True)
class Tables:
    """All of them, by what the book asks and which campaigns there are.

    `decisive` are the signs of which one alone makes a check red.
    """

    one_way: tuple[Table, ...]
    two_way: tuple[Cross, ...]
    decisive: tuple[str, ...]

    @classmethod
    def of(cls, book: Book, campaigns: Iterable[str] = ()) -> "Tables":
        """The tables of this book."""
        desk = book.desk
        assert desk is not None, "a book without a desk publishes nothing"
        topics = tuple(dict.fromkeys((*desk.topics.values(), OTHER)))
        grave = frozenset({"trouble", "child"})
        topic = Table("case_topic", Unit.CASE, topics, apart=grave)
        destination = Table("case_destination", Unit.CASE, (*counting.destinations(book), UNKNOWN))
        outcome = Table(
            "outcome", Unit.CASE, (*desk.outcomes, NOT_CODED, CANCELLED), apart=frozenset({"helped_urgent"})
        )
        age = Table("age", Unit.CASE, (*desk.ages, UNKNOWN), apart=frozenset({AGE_MINOR}))
        gender = Table("gender", Unit.CASE, (*desk.genders, UNKNOWN))
        one_way = (
            Table("language", Unit.TALK, book.frame.languages),
            Table("campaign", Unit.TALK, (*sorted(campaigns), NO_CAMPAIGN)),
            Table("topic", Unit.TALK, topics, several=True),
            Table("band", Unit.CHECK, counting.BANDS),
            Table("work", Unit.CHECK, (*counting.works(book), UNKNOWN)),
            Table("destination", Unit.CHECK, (*counting.destinations(book), UNKNOWN)),
            Table("sign", Unit.CHECK, tuple(book.rules.dimensions), several=True),
            Table("handover", Unit.CASE, (ANSWERED, UNANSWERED, CANCELLED)),
            topic,
            destination,
            outcome,
            age,
            gender,
            Table("category", Unit.CASE, desk.categories, several=True),
            Table("referral", Unit.CASE, (*desk.referrals, REFUSED), several=True),
        )
        two_way = tuple(Cross(topic, column) for column in (destination, outcome, age, gender))
        return cls(one_way, two_way, tuple(book.rules.decisive))

    def of_unit(self, unit: Unit) -> tuple[Table, ...]:
        """The one-way tables that count the same."""
        return tuple(table for table in self.one_way if table.unit is unit)
