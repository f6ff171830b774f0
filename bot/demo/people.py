"""Made-up people: who comes in a season, what they read, how they answer, and how their case ends. Pure.

What goes together in life goes together here: work abroad with the harvest, Turkey with hotels, answers that worry
with the wish for a human. None of it is a finding about anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from dialogs.assess import UNKNOWN
from dialogs.desk import CANCELLED, NOT_CODED

Weights = Mapping[str, float]
MINOR = "minor"

LANGUAGES: Weights = {"ka": 88, "ru": 8, "en": 4}
CAMPAIGNS: Weights = {"": 70, "kutaisi": 16, "batumi": 9, "zugdidi": 5}
"""By whose link they came, "" for nobody's."""
SEASONS: Mapping[int, Weights] = {
    1: {"travel": 15, "work": 32, "abroad": 12, "trouble": 6, "relatives": 6, "child": 1.2, "return": 7, "offer": 40},
    2: {"travel": 22, "work": 30, "abroad": 10, "trouble": 5, "relatives": 5, "child": 1, "return": 4, "offer": 44},
    3: {"travel": 26, "work": 18, "abroad": 18, "trouble": 8, "relatives": 8, "child": 1.5, "return": 6, "offer": 30},
    4: {"travel": 12, "work": 20, "abroad": 15, "trouble": 8, "relatives": 8, "child": 1, "return": 14, "offer": 32},
}
"""What people come for in each quarter of a year: seasonal work before the summer, coming home after it."""
WAYS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "travel": (("travel", "ninety"), ("travel", "papers"), ("travel", "rules"), ("travel", "trouble", "overstay")),
    "work": (("work", "countries", "germany"), ("work", "countries", "poland"), ("work", "agents"), ("work", "before")),
    "abroad": (("work", "there", "money"), ("work", "there", "arrive"), ("trouble", "numbers")),
    "trouble": (("trouble", "signs"), ("trouble", "happened")),
    "relatives": (("trouble", "someone"),),
    "child": (("trouble", "young"),),
    "return": (("work", "home", "first"), ("work", "home", "iom")),
    "offer": (("check", "ad"), ("check",)),
}
"""The buttons from the menu to each topic."""
CHECKS: Mapping[str, Weights] = {
    "abroad": {"away": 80, "kin": 20},
    "trouble": {"away": 60, "kin": 30, "offer": 10},
    "relatives": {"kin": 90, "away": 10},
    "return": {"away": 90, "offer": 10},
}
"""Which walk of the self-check people of these topics take; all others check an offer."""
COUNTRIES: Weights = {
    "germany": 30,
    "poland": 20,
    "italy": 12,
    "greece": 9,
    "turkey": 12,
    "usa": 5,
    "france": 3,
    "eu": 4,
    "israel": 1.4,
    "uae": 1.2,
    "uk": 1.2,
    "elsewhere": 2,
    UNKNOWN: 5,
}
WORKS: Mapping[str, Weights] = {
    "germany": {"farm": 50, "build": 15, "home": 15, "hotel": 12, "road": 8},
    "poland": {"build": 45, "road": 20, "farm": 15, "other": 20},
    "italy": {"home": 75, "farm": 15, "other": 10},
    "greece": {"home": 60, "farm": 25, "hotel": 15},
    "turkey": {"hotel": 40, "farm": 20, "home": 30, "club": 3, "other": 7},
    "israel": {"home": 80, "build": 20},
    "uae": {"hotel": 60, "club": 15, "online": 25},
}
ANY_WORK: Weights = {"build": 20, "home": 22, "hotel": 20, "road": 10, "online": 12, "farm": 8, "other": 10, UNKNOWN: 6}
MOODS: Weights = {"calm": 58, "doubtful": 27, "grave": 15}
"""How their offer looks: how often a question gets its worse answer is in WORSE."""
WORSE: Weights = {"calm": 0.04, "doubtful": 0.2, "grave": 0.5}
RARE: Mapping[str, Weights] = {
    "now": {"none": 97, "danger": 0.9, "intimate": 1.2, "crime": 0.9},
    "age": {"adult": 98, "minor": 2},
    "passport": {"mine": 95, "want": 3, "taken": 2, "kept": 2},
    "leave": {"free": 97, "held": 3},
    "contact": {"free": 97, "held": 3},
}
"""Questions whose answers do not go by the mood."""
NOT_KNOWN = 0.07
"""How often a question is answered by "I don't know"."""


def drawn(chance: Random, weights: Weights) -> str:
    """One of them, by weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case ends: its `outcome`, how it was coded, to whom it was to be referred and whether that was agreed to.

    The outcomes `cancelled` and `not_coded`: taken back by its person, or nobody came in time.
    """

    outcome: str
    categories: tuple[str, ...] = ()
    age: str = UNKNOWN
    gender: str = UNKNOWN
    referral: str | None = None
    agrees: bool = True

    @property
    def answered(self) -> bool:
        """Whether a consultant comes."""
        return self.outcome not in {CANCELLED, NOT_CODED}


@dataclass(slots=True)
class Visitor:
    """Somebody who never was. `taps` lead from the menu to what they read; `walk` is the check they take, if any.

    `answers` are what they have answered so far, by question as `script.node`.
    """

    number: int
    language: str
    campaign: str
    interest: str
    taps: tuple[str, ...]
    country: str
    work: str
    mood: str
    walk: str | None = None
    ending: Ending | None = None
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def is_minor(self) -> bool:
        """Whether they have read what is for children, or said that it is about one: then the desk marks it itself."""
        return self.interest == "child" or MINOR in self.answers.values()

    @property
    def coded(self) -> Ending | None:
        """How their case ends, as it is coded in the end."""
        return replace(self.ending, age=MINOR) if self.ending is not None and self.is_minor else self.ending

    def answer(self, name: str, offered: Sequence[str], chance: Random) -> str:
        """What they say to a question of this name."""
        own = {"country": self.country, "work": self.work}.get(name)
        if own is not None:
            return own if own in offered else UNKNOWN
        if name in RARE:
            return drawn(chance, {answer: weight for answer, weight in RARE[name].items() if answer in offered})
        if chance.random() < NOT_KNOWN:
            return UNKNOWN
        return chance.choice(offered[1:]) if chance.random() < WORSE[self.mood] else offered[0]


def visitor(number: int, season: int, chance: Random) -> Visitor:
    """Somebody who comes in this quarter of a year."""
    interest, country = drawn(chance, SEASONS[season]), drawn(chance, COUNTRIES)
    return Visitor(
        number,
        language=drawn(chance, LANGUAGES),
        campaign=drawn(chance, CAMPAIGNS),
        interest=interest,
        taps=chance.choice(WAYS[interest]),
        country=country,
        work=drawn(chance, WORKS.get(country, ANY_WORK)),
        mood=drawn(chance, MOODS),
    )


def checks(one: Visitor, chance: Random) -> str:
    """Which walk they take."""
    return drawn(chance, CHECKS.get(one.interest, {"offer": 1}))
