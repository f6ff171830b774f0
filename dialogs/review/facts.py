"""Rules about facts: what a person is told has a source, a date, and the form its kind promises."""

import re
from collections.abc import Iterator
from datetime import date

from dialogs.inventory import node_path
from dialogs.model import Fact
from dialogs.review.manuscript import Manuscript, Remark
from dialogs.speaking import UNITS

_FORMS = {
    "phone": re.compile(r"\+?[0-9][0-9 ()/-]*"),
    "number": re.compile(r"[0-9][0-9 .,]*"),
    "link": re.compile(r"(https://)?[\w-]+(\.[\w-]+)+(/\S*)?"),
    "text": re.compile(r".+", re.DOTALL),
    "money": re.compile(r"[0-9]+ [A-Z]{3}"),
    **dict.fromkeys(UNITS, re.compile(r"[0-9]+")),
}


def unknown_fact(manuscript: Manuscript) -> Iterator[Remark]:
    """`info` names a fact that is not in facts.yaml."""
    for place, node in manuscript.nodes:
        for name in node.info:
            if name not in manuscript.book.facts:
                yield Remark((*node_path(place), "info"), f"{place}: there is no fact {name}")


def unknown_open_fact(manuscript: Manuscript) -> Iterator[Remark]:
    """A question of open.yaml hangs on a fact that is not in facts.yaml."""
    for name, question in manuscript.sources.open.questions.items():
        for fact in question.facts:
            if fact not in manuscript.book.facts:
                yield Remark(("questions", name, "facts"), f"{name}: there is no fact {fact}")


def nothing_confirmed(manuscript: Manuscript) -> Iterator[Remark]:
    """Not one fact of an `info` node is confirmed, so its bubble would name no source."""
    for place, node in manuscript.nodes:
        known = [name for name in node.info if name in manuscript.book.facts]
        if known and manuscript.confirmed.isdisjoint(known):
            yield Remark((*node_path(place), "info"), f"{place}: none of its facts is confirmed")


def old_before_checked(manuscript: Manuscript) -> Iterator[Remark]:
    """A fact was past its date when it was checked."""
    for name, fact in manuscript.book.facts.items():
        if fact.valid_until < fact.checked_on:
            yield Remark(("facts", name, "valid_until"), f"{name}: valid_until is before checked_on")


def wrong_kind(manuscript: Manuscript) -> Iterator[Remark]:
    """A value does not look like its kind."""
    for name, fact in manuscript.book.facts.items():
        if not _fits(fact):
            yield Remark(("facts", name, "value"), f"{name}: the value is not a {fact.kind}")


def _fits(fact: Fact) -> bool:
    if fact.kind == "date" or isinstance(fact.value, date):
        return fact.kind == "date" and isinstance(fact.value, date)
    return _FORMS[fact.kind].fullmatch(fact.value) is not None
