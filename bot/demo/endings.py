"""How made-up cases end, and how their consultants code them. Pure."""

from collections.abc import Mapping
from random import Random

from bot.demo.people import Ending, Visitor, Weights, drawn
from dialogs.assess import UNKNOWN
from dialogs.desk import CANCELLED, NOT_CODED

OUTCOMES: Weights = {
    "answered": 60,
    "referred": 17,
    "no_reply": 7,
    "not_ours": 4,
    "helped_urgent": 2,
    CANCELLED: 6,
    NOT_CODED: 4,
}
GRAVE: Weights = {"answered": 38, "referred": 42, "helped_urgent": 8, "no_reply": 8, CANCELLED: 2, NOT_CODED: 2}
"""Of those whose answers worry."""
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "travel": ("travel", "documents"),
    "work": ("work", "documents"),
    "offer": ("offer", "work", "pay"),
    "abroad": ("pay", "documents", "work"),
    "trouble": ("danger", "pay"),
    "relatives": ("other", "danger"),
    "child": ("child",),
    "return": ("return", "documents"),
}
"""What a case is about, the likeliest first."""
AGES: Weights = {UNKNOWN: 56, "from18": 13, "from25": 15, "from35": 15, "minor": 1}
GENDERS: Weights = {UNKNOWN: 38, "woman": 35, "man": 26.5, "other": 0.5}
CARERS: Weights = {UNKNOWN: 30, "woman": 62, "man": 8}
"""Of those who would work in somebody's home."""
REFERRALS: Weights = {"legal_aid": 34, "consul": 22, "care_agency": 18, "ministry": 20, "child_line": 2, "other": 4}
REFUSED = 0.15


def ending(one: Visitor, chance: Random) -> Ending:
    """How somebody's case ends."""
    outcome = drawn(chance, GRAVE if one.mood == "grave" else OUTCOMES)
    if outcome in {CANCELLED, NOT_CODED}:
        return Ending(outcome)
    first, *others = CATEGORIES[one.interest]
    beside = tuple(name for name in others if chance.random() < 0.2)  # noqa: PLR2004  # one case in five has two
    referral = drawn(chance, REFERRALS) if outcome == "referred" else None
    agrees = referral is None or chance.random() >= REFUSED
    return Ending(
        outcome if agrees else "answered",
        (first, *beside),
        age=drawn(chance, AGES),
        gender=drawn(chance, CARERS if one.work == "home" else GENDERS),
        referral=referral,
        agrees=agrees,
    )
