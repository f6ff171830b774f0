"""What stands behind the verdicts: where each leads, the signs with their weights, what counts together, the points.

It is what the organisation approves: every sign with its words, what it weighs, which answers say it, and its source.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from dialogs.editing.printed.asked import weighs
from dialogs.editing.printed.edition import Edition
from dialogs.editing.printed.elements import Piece, element, group
from dialogs.inventory import text_ids
from dialogs.listing import TOPICS
from dialogs.model import Script
from dialogs.rules import Floor, Sign
from dialogs.state import Place

_POINTS = ("gap", "ask", "ad")
"""How a topic is said: as a point that is unclear, as a question to ask, and as what an ad says."""


def verdicts(edition: Edition, script: Script) -> Iterator[Element]:
    """At the head of a script that asks: where each verdict leads."""
    if script.verdicts:
        here = Place(script.script, "")
        targets = {band: edition.book.target(target, here) for band, target in script.verdicts.items()}
        ways = (
            element("li", f"{edition.label(f'band.{band}')} → ", element("a", str(target), href=f"#{target}"))
            for band, target in targets.items()
        )
        yield element("div", element("h3", edition.words.check.verdicts), group("ul", ways), class_="verdicts")


def sections(edition: Edition) -> Iterator[Element]:
    """The tables behind the scripts; none for a book that judges nothing."""
    rules, words = edition.book.rules, edition.words.check
    if rules.signs:
        approved = element("p", f"{words.version} {rules.version}. {words.approved} {rules.approved or words.nobody}.")
        yield _section("all-signs", words.signs, approved, group("table", _signs(edition)))
    if rules.floors:
        yield _section("all-floors", words.floors, group("table", _floors(edition)))
    points = list(_points(edition))
    if points:
        heads = _row("th", (words.point, words.gap, words.ask, words.ad))
        yield _section("all-points", words.points, group("table", (heads, *points)))


def sign_id(name: str) -> str:
    """Where a sign is on the page."""
    return f"sign-{name}"


def link_to_point(edition: Edition, topic: str) -> Element:
    """What is unclear, in its words where lists say it."""
    if f"gap.{topic}" in text_ids(edition.book):
        return element("a", edition.label(f"gap.{topic}"), href=f"#point-{topic}")
    return element("code", topic)


def _section(name: str, title: str, *inside: Element) -> Element:
    return element("section", element("h2", title), *inside, class_="wide", id=name)


def _row(tag: str, cells: Iterable[Piece], name: str = "") -> Element:
    return group("tr", (element(tag, cell) for cell in cells), id=name)


def _signs(edition: Edition) -> Iterator[Element]:
    words = edition.words.check
    yield _row("th", (words.sign, words.why, words.weight, words.answers, edition.words.source))
    for name in edition.book.rules.gravest_first:
        sign = edition.book.rules.signs[name]
        said = element("div", element("b", edition.label(f"sign.{name}")), " ", element("code", name))
        why, weight = edition.label(f"why.{name}"), element("em", weighs(edition, sign), class_=_gravity(sign))
        yield _row("td", (said, why, weight, _answers(edition, sign), sign.source), sign_id(name))


def _gravity(sign: Sign) -> str:
    return "critical" if sign.critical else sign.weight or ""


def _answers(edition: Edition, sign: Sign) -> Element:
    """The answers that say a sign, each with a link to its question."""
    found = [(place, answer) for place, answers in sign.when.items() for answer in answers]
    return group("div", (_answer(edition, place, answer) for place, answer in found))


def _answer(edition: Edition, place: str, answer: str) -> Element:
    label = edition.label(edition.book.label(Place.parse(place), answer))
    return element("div", element("a", place, href=f"#{place}"), f" {label}")


def _floors(edition: Edition) -> Iterator[Element]:
    words = edition.words.check
    yield _row("th", (words.all, words.any, words.least, edition.words.source))
    for floor in edition.book.rules.floors.values():
        yield _floor(edition, floor)


def _floor(edition: Edition, floor: Floor) -> Element:
    together, either = (_named(edition, names) for names in (floor.all, floor.any))
    return _row("td", (together, either, edition.label(f"band.{floor.band}"), floor.source))


def _named(edition: Edition, names: Iterable[str]) -> Element:
    links = (element("a", edition.label(f"sign.{name}"), href=f"#{sign_id(name)}") for name in names)
    return group("div", (element("div", link) for link in links))


def _points(edition: Edition) -> Iterator[Element]:
    used = set(text_ids(edition.book))
    for topic in TOPICS:
        said = [edition.label(text) if (text := f"{kind}.{topic}") in used else "" for kind in _POINTS]
        if any(said):
            yield _row("td", (element("code", topic), *said), f"point-{topic}")
