"""Buttons of a card, and where they lead: to another card by a link, or out of the page in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dialogs.editing.printed.asked import remarks
from dialogs.editing.printed.edition import Edition
from dialogs.editing.printed.elements import element
from dialogs.model import Choice, Node
from dialogs.state import Place

COMES_BACK = "⤶"
"""Beside a target one comes back from."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a button leads, in words; `href` is empty when that is no card."""

    words: str
    href: str = ""


def way(edition: Edition, choice: Choice, here: Place) -> Leads:
    """Where a choice leads that stands at `here`, when it is there, and what it does on its way."""
    leads = _target(edition, choice, here)
    return Leads(" · ".join((leads.words, *remarks(edition, choice, here.script))), leads.href)


def key(label: str, leads: Leads | None = None, kind: str = "") -> Element:
    """A button; one that only ticks a line or answers a question leads nowhere."""
    inside = (element("span", label), *([element("small", leads.words)] if leads else []))
    href = leads.href if leads else ""
    return element("a" if href else "span", *inside, href=href, class_=f"key {kind}".rstrip())


def link(leads: Leads) -> Element:
    """The same in a line of text."""
    return element("a" if leads.href else "span", leads.words, href=leads.href)


def onward(edition: Edition, place: Place, node: Node) -> Iterator[Element]:
    """The way on of a node that asks nothing."""
    words = edition.words
    if node.goto or node.call:
        target = edition.book.target(node.goto or node.call or "", place)
        yield element("p", f"{words.onward}: ", link(Leads(str(target), f"#{target}")), class_="onward")
    elif node.returns or node.end:
        yield element("p", words.returns if node.returns else words.end, class_="onward")
    elif node.walk:
        yield element("p", f"{words.onward}: {words.check.next}", class_="onward")


def _target(edition: Edition, choice: Choice, here: Place) -> Leads:
    words = edition.words
    if choice.returns:
        return Leads(words.returns)
    if choice.do:
        asks = {"hide": words.hide, "forget": words.forget, "handover": words.handover}
        return Leads(asks.get(choice.do, words.switch))
    target = edition.book.target(choice.goto or choice.call or "", here)
    return Leads(f"{target} {COMES_BACK}" if choice.call else str(target), f"#{target}")
