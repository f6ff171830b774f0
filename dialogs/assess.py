"""Judge answers by rules: which signs, in which dimensions, how grave. Pure, the same every time, no model but this.

Law: a worse answer never gives a better band; the order of answers does not matter; a critical sign outranks all
counting. "Don't know" counts one level below the gravest sign of its question, and alone makes no dimension positive.

Sources: per dimension the combination rule of the ILO's *Operational indicators of trafficking in human beings*
(WCMS_105023, 2009); bands and floors are our own (docs/SELF_CHECK.md). It was made for what happened to a person; to
use it on an offer is our adaptation, so offers are accepted by stories (tests/vignettes).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from dialogs.model import Band
from dialogs.rules import Rules, Weighed

UNKNOWN, SKIP = "unknown", "skip"
UNSURE = frozenset({UNKNOWN, SKIP})
"""Answers that say nothing: not known, or not told."""
BANDS: tuple[Band, ...] = get_args(Band)
"""From the least grave to the gravest."""
SOME = 2
"""So many weak signs or open questions are worth a second look."""
ENOUGH = 5
"""See `is_positive`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers come to.

    `signs` gravest first; `dimensions` those that are positive; `doubts` the questions nobody knew an answer to.
    """

    band: Band
    signs: tuple[str, ...]
    dimensions: tuple[str, ...]
    doubts: tuple[str, ...]
    version: int


def assess(answers: Mapping[str, str], rules: Rules) -> Verdict:
    """The verdict on answers, given by question as `script.node`."""
    by_answer, by_question = rules.by_answer, rules.by_question
    said = {by_answer[pair] for pair in answers.items() if pair in by_answer}
    signs = tuple(sorted(said, key=rules.place.__getitem__))
    doubts = [question for question, answer in answers.items() if answer in UNSURE and question in by_question]
    definite = [rules.weighed[name] for name in signs if name in rules.weighed]
    lowered = [rules.doubted[question] for question in doubts if question in rules.doubted]
    dimensions = _positive(rules, definite, lowered)
    plain = sum(map(rules.plain.__contains__, doubts))
    band = max(
        _critical(rules, signs),
        _combined(rules, said),
        _counted(rules, dimensions, definite, lowered, plain),
        key=BANDS.index,
    )
    return Verdict(band, signs, dimensions, tuple(sorted(doubts)), rules.version)


def is_positive(strong: int, medium: int, weak: int) -> bool:
    """The ILO's rule: 2 strong, or 1 strong and 1 other, or 3 medium, or 2 medium and 1 weak.

    In one number; without the cap on weak signs it would be another rule.
    """
    return 4 * strong + 2 * medium + min(weak, 1) >= ENOUGH


def _positive(rules: Rules, definite: list[Weighed], lowered: list[Weighed]) -> tuple[str, ...]:
    """The positive dimensions: by all that is known and not known, but never by what is not known alone."""
    found = [*definite, *lowered]
    known = {name for name, _ in definite}
    return tuple(name for name in rules.dimensions if name in known and is_positive(*_counts(found, name)))


def _counts(found: list[Weighed], name: str) -> tuple[int, int, int]:
    """How much of each weight, the heaviest first, speaks in one dimension."""
    weights = [weight for dimension, weight in found if dimension == name]
    return weights.count("strong"), weights.count("medium"), weights.count("weak")


def _critical(rules: Rules, signs: tuple[str, ...]) -> Band:
    """What one sign decides by itself; the gravest sign stands first, and any that decides before all that weigh."""
    return rules.signs[signs[0]].critical or "none" if signs else "none"


def _combined(rules: Rules, signs: set[str]) -> Band:
    """What holds for certain signs together, whatever the counting says."""
    found: list[Band] = [floor.band for floor in rules.floors.values() if floor.holds(signs)]
    return max(found, key=BANDS.index, default="none")


def _counted(
    rules: Rules, dimensions: tuple[str, ...], definite: list[Weighed], lowered: list[Weighed], plain: int
) -> Band:
    """The band by counting alone. `plain` are open questions whose answer could decide by itself."""
    if len(dimensions) > 1 or not set(rules.decisive).isdisjoint(dimensions):
        return "red"
    if dimensions or any(weight == "strong" for _, weight in definite):
        return "orange"
    weights = [weight for _, weight in (*definite, *lowered)]
    return "yellow" if plain or "medium" in weights or len(weights) >= SOME else "none"
