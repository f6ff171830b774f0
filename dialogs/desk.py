"""What an editor writes for the desk: opening hours, holidays, how cases are coded, canned replies, every text it says.

Law: whatever the desk says is named here with the values it may contain, so that the reviewer finds a text that is
missing, and a value nobody gives. The words are in the catalogues like all others.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from dialogs.model import Name, Part, TextId

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Span = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
"""From when until when somebody answers, `10:00-18:00`; one that ends before it begins ends on the next day."""
OTHER = "other"
"""The topic of a conversation that has none of the others."""
NOT_CODED = "not_coded"
"""The outcome of a case that nobody coded in time."""
CANCELLED = "cancelled"
"""The outcome of a case that its person took back before anybody came."""
STAFF, PEOPLE = "staff", "desk"
"""First words of the ids of what the desk says: to consultants and managers only, or to the person."""
BUTTON = "b"
"""Second word of the ids of what stands on its buttons."""


class Holiday(Part):
    """A day on which nobody answers, and why, for whoever confirms it."""

    day: date
    why: str


class Desk(Part):
    """`desk.yaml`: when consultants answer, and what the desk says and asks.

    `hours` are by weekday; a weekday that is left out is closed, as `holidays` are; `valid_until` is the last day for
    which the holidays are known. `topics` names by script what a person was reading, in a word that tells nobody
    anything; `outcomes`, `categories` and `referrals` are how a case is coded when it is closed, `ages` and
    `genders` too where the person told them. `replies` are canned
    replies, `said` is everything else the desk says by text id; each names the values its text may contain.
    """

    valid_until: date
    hours: dict[Weekday, tuple[Span, ...]]
    holidays: tuple[Holiday, ...] = ()
    topics: dict[Name, Name]
    outcomes: tuple[Name, ...]
    categories: tuple[Name, ...]
    referrals: tuple[Name, ...]
    ages: tuple[Name, ...] = ()
    genders: tuple[Name, ...] = ()
    replies: dict[Name, tuple[Name, ...]]
    said: dict[TextId, tuple[Name, ...]]

    @model_validator(mode="after")
    def _opens(self) -> Self:
        """Whoever looks for the next opening must find one, and a text must be somebody's."""
        spans = [span for day in self.hours.values() for span in day]
        if not spans:
            raise ValueError("hours: needs one day on which somebody answers")
        if empty := [span for span in spans if len(set(span.split("-"))) == 1]:
            raise ValueError(f"hours: {', '.join(empty)} is no time at all; a whole day is 00:00-24:00")
        if strange := [text for text in self.said if text.partition(".")[0] not in {STAFF, PEOPLE}]:
            raise ValueError(f"said: {', '.join(strange)}: begin the id with {PEOPLE}. or {STAFF}.")
        return self

    def codes(self) -> Iterator[tuple[str, str]]:
        """Text ids of the labels of everything a case is called or coded by, each with the key it is written under."""
        topics = dict.fromkeys((*self.topics.values(), OTHER))
        kinds = (
            ("topic", "topics", topics),
            ("outcome", "outcomes", self.outcomes),
            ("category", "categories", self.categories),
            ("referral", "referrals", self.referrals),
            (f"{STAFF}.age", "ages", self.ages),
            (f"{STAFF}.gender", "genders", self.genders),
        )
        return ((f"{kind}.{name}", key) for kind, key, names in kinds for name in names)

    def values(self, text: str) -> frozenset[str]:
        """What a text of the desk may contain."""
        kind, _, name = text.partition(".")
        return frozenset(self.said.get(text, ()) or (self.replies.get(name, ()) if kind == "reply" else ()))


def is_button(text: str) -> bool:
    """Whether a text of the desk stands on a button."""
    return text.split(".")[1] == BUTTON


def is_for_staff(text: str) -> bool:
    """Whether only consultants and managers read a text."""
    return text.partition(".")[0] == STAFF
