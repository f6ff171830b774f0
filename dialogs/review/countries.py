"""Rules about countries: whoever can be tapped can be typed, and every name we promise to know is known."""

from collections.abc import Iterator

from dialogs.countries import ELSEWHERE, unknown_codes
from dialogs.inventory import node_path
from dialogs.review.manuscript import Manuscript, Remark


def untyped(manuscript: Manuscript) -> Iterator[Remark]:
    """A place that asks for a country has a choice no name leads to."""
    known = {ELSEWHERE, *manuscript.book.atlas.countries}
    for place, node in manuscript.nodes:
        for name in (node.choose or {}) if node.ask == "country" else ():
            if name not in known:
                yield Remark((*node_path(place), "choose", name), f"{name}: countries.yaml has no such country")


def unknown(manuscript: Manuscript) -> Iterator[Remark]:
    """A country has a code that is none, or a group that is not there."""
    countries = manuscript.book.atlas.countries
    for name, country in countries.items():
        for code in unknown_codes(country):
            yield Remark(("countries", name), f"{name}: {code} is no country code")
        if country.group and country.group not in countries:
            yield Remark(("countries", name, "group"), f"{name}: there is no country {country.group}")


def not_asking(manuscript: Manuscript) -> Iterator[Remark]:
    """`countries` of the frame is no place that asks for a country."""
    frame, book = manuscript.book.frame, manuscript.book
    node = book.node(book.target(frame.countries, book.menu)) if frame.countries else None
    if frame.countries and not (node and node.ask == "country"):
        yield Remark(("frame", "countries"), f"{frame.countries}: does not ask for a country")
