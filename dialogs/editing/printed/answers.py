"""A question of the self-check on its card: its answers as keys, each with the sign it says, and what a list lists."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dialogs.checking import ALWAYS
from dialogs.editing.printed.asked import asked_when, called, weighs
from dialogs.editing.printed.edition import Edition
from dialogs.editing.printed.elements import element, group
from dialogs.editing.printed.judged import link_to_point, sign_id
from dialogs.editing.printed.keys import Leads, key
from dialogs.model import Node, Question
from dialogs.state import Place


def conditions(edition: Edition, place: Place, asked: Question) -> Iterator[Element]:
    """Above the bubble: when the question is asked at all."""
    for said in asked_when(edition, place, asked):
        yield element("p", said, class_="only")


def answers(edition: Edition, place: Place, asked: Question) -> Iterator[Element]:
    """The keys, in the order a person sees them: the answers, then the two that are always there."""
    for answer in asked.answers:
        yield key(edition.label(edition.book.label(place, answer)), _sign(edition, place, answer), "answer")


def doubts(edition: Edition, place: Place) -> Element:
    """The row of "don't know" and "skip"."""
    return group("div", (key(edition.label(edition.book.label(place, each))) for each in ALWAYS), class_="doubts")


def below(edition: Edition, place: Place, asked: Question) -> Iterator[Element]:
    """What the question is called in a list of answers, and what is unclear without an answer."""
    words = edition.words.check
    yield element("p", f"{words.short} ", element("b", called(edition, place)), class_="onward")
    if asked.topic:
        yield element("p", f"{words.topic} ", link_to_point(edition, asked.topic), class_="onward")


def listed(edition: Edition, node: Node) -> Iterator[Element]:
    """What stands under the words, which depends on the person."""
    if node.list:
        yield element("p", f"• {edition.words.check.listed[node.list]}", class_="listed")


def _sign(edition: Edition, place: Place, answer: str) -> Leads | None:
    name = edition.book.rules.by_answer.get((str(place), answer))
    if name is None:
        return None
    return Leads(f"{name}: {weighs(edition, edition.book.rules.signs[name])}", f"#{sign_id(name)}")
