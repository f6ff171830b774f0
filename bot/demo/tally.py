"""What was played, added up by whoever played it: independent of the house's own counting, which is held against it.

Law: it knows what people were made to do, and by the tables of this file what that means; it asks neither the engine
nor the desk nor the store.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import TBILISI
from bot.demo.people import Ending, Visitor
from dialogs.assess import UNKNOWN, assess
from dialogs.desk import CANCELLED, NOT_CODED
from dialogs.rules import Rules

Cells = Iterator[tuple[str, str]]

TOPICS: Mapping[tuple[str, ...], str] = {
    ("travel",): "travel",
    ("work",): "work",
    ("work", "there"): "abroad",
    ("work", "home"): "return",
    ("trouble",): "trouble",
    ("trouble", "numbers"): "abroad",
    ("trouble", "someone"): "relatives",
    ("trouble", "young"): "child",
    ("check",): "offer",
}
"""To which topics buttons lead, one after the other."""
WALKS: Mapping[str, str] = {"offer": "offer", "away": "abroad", "kin": "relatives"}
LEADS: Mapping[tuple[str, str], str] = {
    ("offer", "emergency"): "trouble",
    ("offer", "minor"): "child",
    ("away", "emergency"): "trouble",
    ("away", "minor"): "trouble",
}
"""Where a verdict leads, if not to a page of its walk."""
GULF, EU = {"uae", "gulf"}, {"germany", "poland", "italy", "greece", "france", "eu"}
CROSSED = ("case_destination", "outcome", "age", "gender")
APART = {"trouble", "child", "helped_urgent", "minor"}
"""What is crossed with nothing."""


@dataclass(slots=True)
class Tally:
    """How often what was made to happen, by month, table and value; and how many of each unit."""

    rules: Rules
    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    units: Counter[tuple[str, str]] = field(default_factory=Counter)

    def talked(self, one: Visitor, now: datetime) -> None:
        """Somebody has read what they came for, and taken their check."""
        topics = set(self._topics(one))
        if topics:
            cells = (("language", one.language), ("campaign", one.campaign or "none"))
            self._add("talk", now, (*cells, *(("topic", topic) for topic in topics)))
        band = self._band(one)
        if band not in {None, "minor"}:
            self._add("check", now, self._checked(one))

    def closed(self, one: Visitor, ending: Ending, now: datetime) -> None:
        """Somebody's case is over."""
        unanswered = {CANCELLED: CANCELLED, NOT_CODED: "unanswered"}
        handover = unanswered.get(ending.outcome, "answered")
        case = {
            "case_topic": [*self._topics(one)][-1],
            "case_destination": _destination(one),
            "outcome": ending.outcome,
            "age": ending.age,
            "gender": ending.gender,
        }
        several = [("category", name) for name in ending.categories]
        if ending.referral is not None:
            several.append(("referral", ending.referral if ending.agrees else "refused"))
        self._add("case", now, (("handover", handover), *case.items(), *several, *_crossed(case)))

    def _add(self, unit: str, now: datetime, cells: "tuple[tuple[str, str], ...] | Cells") -> None:
        month = f"{now.astimezone(TBILISI):%Y-%m}"
        self.units[month, unit] += 1
        self.cells.update((month, table, value) for table, value in cells)

    def _topics(self, one: Visitor) -> Iterator[str]:
        """In the order they are met."""
        ways = (one.taps[:length] for length in range(1, len(one.taps) + 1))
        yield from (TOPICS[way] for way in ways if way in TOPICS)
        if one.walk is not None:
            yield from ("offer", WALKS[one.walk])
            lead = LEADS.get((one.walk, self._band(one) or ""))
            yield from (lead,) if lead is not None else ()

    def _band(self, one: Visitor) -> str | None:
        return assess(one.answers, self.rules).band if one.walk is not None else None

    def _checked(self, one: Visitor) -> Cells:
        found = assess(one.answers, self.rules)
        yield from (("band", found.band), ("destination", _destination(one)))
        yield "work", one.answers.get(f"{one.walk}.work", UNKNOWN)
        yield from (("sign", name) for name in found.dimensions)


def _destination(one: Visitor) -> str:
    country = one.answers.get(f"{one.walk}.country", UNKNOWN)
    return "eu" if country in EU else "gulf" if country in GULF else country


def _crossed(case: Mapping[str, str]) -> Cells:
    for column in CROSSED:
        if not APART & {case["case_topic"], case[column]}:
            yield f"case_topic*{column}", f"{case['case_topic']}*{case[column]}"
