"""Read a whole ad: which facets it names, and which questions of the self-check it answers itself.

Law: only canonical values come out, and the same text gives the same answer. Nothing reassuring is an answer: what
an ad promises, a person must still find out. It keeps nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.ads.findings import Findings, find
from dialogs.ads.words import AdWords
from dialogs.countries import Atlas

SAID = "said"
"""A facet that is named; what it says is for the person to read."""
_IMPLIED = {"contract": "contract", "passport": "documents", "hours": "hours"}
"""Answers by question, and the facets they name: who writes that there is no contract has spoken of it."""
_ANYWHERE = frozenset({"place", "contacts", "housing", "documents", "hours", "contract", "fees", "fee"})
"""What other texts name too; without anything else there is no ad."""
_WORDS = 8
"""A text of fewer words is a question or a topic."""
_CALLED = 2
"""So many facets and answers make a text with the words of a vacancy an ad."""
_BARE = 4
"""So many make any other text one, if it says where to write."""
_TOLD = 6
"""So many make one even of a text that tells something or ends in a question."""


@dataclass(frozen=True, slots=True)
class Ad:
    """What an ad says, by facet, in canonical values; and the answers it gives itself, by question of the self-check.

    `signs` are what tells an ad from other texts: `vacancy`, `story`, `goods`, `trip`.
    """

    said: Mapping[str, str]
    answers: Mapping[str, str]
    signs: frozenset[str] = frozenset()


def read_ad(words: AdWords, atlas: Atlas, text: str) -> Ad:
    """Read a pasted text as a job ad, whatever it is. Never raises; costs the same for every text of a length."""
    found = find(words, atlas, text)
    answers = _answers(found)
    return Ad(_facets(found, answers), answers, found.among("clues."))


def looks_like_ad(ad: Ad, text: str) -> bool:
    """Whether a text that was read is a job ad, not a story, a question, a flat or a journey."""
    named = {*ad.said, *ad.answers} - {"country"}
    if _is_other(ad, named) or len(text.split()) < _WORDS or not named - _ANYWHERE:
        return False
    called = "vacancy" in ad.signs
    if "story" in ad.signs or text.rstrip().endswith("?"):
        return called and len(named) >= _TOLD
    enough = _BARE if "contacts" in named else _TOLD
    return len(named) >= (_CALLED if called else enough)


def _is_other(ad: Ad, named: set[str]) -> bool:
    """Whether it offers a flat or a thing, or a journey without saying what work waits at its end."""
    return "goods" in ad.signs or ("trip" in ad.signs and "work" not in named)


def _facets(found: Findings, answers: Mapping[str, str]) -> dict[str, str]:
    named = {"pay": found.pay, "place": found.places.place, "fees": found.fees, "hours": found.hours}
    plain = found.among("facets.") | {facet for question, facet in _IMPLIED.items() if question in answers}
    seen = {"employer": found.employer, "contacts": found.contacts}
    said = plain | {facet for facet, there in seen.items() if there}
    return dict.fromkeys(sorted(said), SAID) | _given(named)


def _answers(found: Findings) -> dict[str, str]:
    """The answers by words, of several to one question the first in the file; then those by numbers and names."""
    answers: dict[str, str] = {}
    for _, name in sorted(found.phrases.items()):
        if name.startswith("answers."):
            answers.setdefault(*name.split(".")[1:])
    fee = "pay" if found.fees not in {None, "none"} else None
    hours = "long" if found.long else None
    return answers | _given({"country": found.places.answer, "work": found.work, "fee": fee, "hours": hours})


def _given(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
