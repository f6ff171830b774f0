"""The rules of the self-check as an editor writes them: `rules.yaml`, read with its version.

Law: a rule is data with a source. One question speaks of one dimension, and its signs are at most one level apart, so
that of two answers the worse one never counts less (`dialogs.assess` relies on it).
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from dialogs.model import Name, Part, Target

Weight = Literal["strong", "medium", "weak"]
"""Weights of the ILO's operational indicators (WCMS_105023, 2009)."""
LEVELS: tuple[Weight, ...] = ("weak", "medium", "strong")
Weighed = tuple[str, Weight]
"""A dimension and how much speaks in it."""
Critical = Literal["emergency", "minor", "red"]


def below(weight: Weight) -> Weight:
    """One level lower; nothing is below weak."""
    return LEVELS[max(LEVELS.index(weight) - 1, 0)]


class Sign(Part):
    """A warning sign: the answers that say it, what it weighs in which dimension, and where that comes from.

    A `critical` sign decides by itself, whatever else is answered.
    """

    when: Annotated[dict[Target, tuple[Name, ...]], Field(min_length=1)]
    dimension: Name | None = None
    weight: Weight | None = None
    critical: Critical | None = None
    source: str = Field(min_length=1)

    @property
    def gravity(self) -> tuple[int, int]:
        """What comes first in a list: what decides by itself, then what weighs most."""
        critical = get_args(Critical)[::-1].index(self.critical) + 1 if self.critical else 0
        return critical, LEVELS.index(self.weight) if self.weight else 0

    @model_validator(mode="after")
    def _weighs_something(self) -> Self:
        if (self.dimension is None) != (self.weight is None):
            raise ValueError("dimension and weight go together")
        if self.weight is None and self.critical is None:
            raise ValueError("needs dimension and weight, or critical")
        return self


class Floor(Part):
    """A combination that is at least this grave: `all` of these signs, and one of `any` where there are some."""

    all: Annotated[tuple[Name, ...], Field(min_length=1)]
    any: tuple[Name, ...] = ()
    band: Literal["yellow", "orange", "red"]
    source: str = Field(min_length=1)

    def holds(self, signs: set[str]) -> bool:
        """Whether it speaks of these signs."""
        return signs.issuperset(self.all) and (not self.any or not signs.isdisjoint(self.any))


class Rules(Part):
    """All rules of one version. `decisive` dimensions make a verdict red by themselves.

    `approved` names who of the organisation approved the weights of this version, and when; empty until then.
    """

    version: int = Field(ge=1)
    approved: str = ""
    dimensions: tuple[Name, ...]
    decisive: tuple[Name, ...]
    signs: dict[Name, Sign]
    floors: dict[Name, Floor] = Field(default={})

    @cached_property
    def by_answer(self) -> Mapping[tuple[str, str], str]:
        """The sign each answer to each question says."""
        return {
            (question, answer): name
            for name, sign in self.signs.items()
            for question, answers in sign.when.items()
            for answer in answers
        }

    @cached_property
    def by_question(self) -> Mapping[str, tuple[Sign, ...]]:
        """The signs that each question can bring to light."""
        questions = dict.fromkeys(question for sign in self.signs.values() for question in sign.when)
        return {
            question: tuple(sign for sign in self.signs.values() if question in sign.when) for question in questions
        }

    @cached_property
    def gravest_first(self) -> tuple[str, ...]:
        """All signs, the gravest first, else as written."""
        return tuple(sorted(self.signs, key=lambda name: self.signs[name].gravity, reverse=True))

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each sign stands among them."""
        return {name: at for at, name in enumerate(self.gravest_first)}

    @cached_property
    def weighed(self) -> Mapping[str, Weighed]:
        """What each sign weighs that does not only decide by itself."""
        signs = self.signs.items()
        return {name: (sign.dimension, sign.weight) for name, sign in signs if sign.dimension and sign.weight}

    @cached_property
    def heaviest(self) -> Mapping[str, Weighed]:
        """What the gravest sign of each question weighs."""
        names = {
            question: [name for name in self.weighed if question in self.signs[name].when]
            for question in self.by_question
        }
        weighed = {question: [self.weighed[name] for name in found] for question, found in names.items() if found}
        return {question: max(found, key=lambda one: LEVELS.index(one[1])) for question, found in weighed.items()}

    @cached_property
    def doubted(self) -> Mapping[str, Weighed]:
        """What each question weighs while nobody knows an answer: one level less."""
        return {question: (name, below(weight)) for question, (name, weight) in self.heaviest.items()}

    @cached_property
    def plain(self) -> frozenset[str]:
        """Questions that weigh nothing and are a doubt all the same. A person's age says nothing of an offer."""
        ages = {question for question, signs in self.by_question.items() if all(s.critical == "minor" for s in signs)}
        return frozenset(self.by_question.keys() - self.heaviest.keys() - ages)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = (*self._unknown_names(), *self._answers_twice(), *self._uneven_questions())
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _unknown_names(self) -> Iterator[str]:
        used = {sign.dimension for sign in self.signs.values() if sign.dimension} | set(self.decisive)
        yield from (f"{name} is no dimension" for name in sorted(used - set(self.dimensions)))
        for name, floor in self.floors.items():
            yield from (
                f"{name}: there is no sign {sign}" for sign in (*floor.all, *floor.any) if sign not in self.signs
            )

    def _answers_twice(self) -> Iterator[str]:
        for (one, first), (other, second) in combinations(self.signs.items(), 2):
            for question in first.when.keys() & second.when.keys():
                for answer in sorted(set(first.when[question]) & set(second.when[question])):
                    yield f"{question}: {answer} says both {one} and {other}"

    def _uneven_questions(self) -> Iterator[str]:
        for question, signs in self.by_question.items():
            weighed = [(sign.dimension, LEVELS.index(sign.weight)) for sign in signs if sign.weight]
            if len({dimension for dimension, _ in weighed}) > 1:
                yield f"{question}: its signs are of different dimensions; ask two questions"
            levels = [level for _, level in weighed]
            if levels and max(levels) - min(levels) > 1:
                yield f"{question}: its signs are more than one level apart; ask two questions"


NO_RULES = Rules(version=1, dimensions=(), decisive=(), signs={})
"""The rules of a book without a self-check."""
