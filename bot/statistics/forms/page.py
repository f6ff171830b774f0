"""A release as one page to read, to print or to send on: no program in it, and nothing it would load."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.statistics.forms.markup import crossing, listing
from bot.statistics.forms.report import Part, Report
from bot.statistics.forms.style import STYLE
from dialogs.editing.printed.elements import document, element, group

_CLOSED = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may load nothing, whatever is written in it."""


def page(told: Report) -> bytes:
    """The whole file."""
    body = element("body", *_banner(told), _header(told), group("main", _main(told)), _footer(told))
    return document(element("html", _head(told), body, lang=told.labels.language)).encode()


def _head(told: Report) -> Element:
    title = " · ".join(filter(None, (told.banner, told.organisation, told.title, told.days)))
    return element(
        "head",
        element("meta", charset="utf-8"),
        Element("meta", {"http-equiv": "Content-Security-Policy", "content": _CLOSED}),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", STYLE),
    )


def _banner(told: Report) -> Iterator[Element]:
    """On top of the page, and across every sheet of paper."""
    if told.banner:
        yield element("p", told.banner, class_="banner", role="note")
        yield element("div", told.banner, class_="watermark", **{"aria-hidden": "true"})


def _header(told: Report) -> Element:
    return element(
        "header",
        element("p", told.organisation, class_="who"),
        element("h1", told.title),
        element("p", told.days, class_="days"),
        element("p", " ".join(told.made), class_="made"),
    )


def _main(told: Report) -> Iterator[Element]:
    for said in told.cautions:
        yield element("p", said, class_="warning")
    points = group("ul", (element("li", said) for said in told.reading))
    title = element("h2", told.labels.say("how"), id="how")
    yield element("section", title, points, class_="reading", **{"aria-labelledby": "how"})
    for part in told.parts:
        yield group("section", _part(part, told), class_="part", **{"aria-labelledby": part.unit.value})


def _part(part: Part, told: Report) -> Iterator[Element]:
    labels = told.labels
    yield element("h2", part.heading, id=part.unit.value)
    if part.total:
        total = element("b", labels.shown(part.total))
        yield element("p", total, " ", labels.say("total"), class_="total")
    yield element("p", part.what, class_="what")
    for note in part.notes:
        yield element("p", note, class_="small")
    yield from (listing(table, labels) for table in part.listings)
    if part.crossings:
        tables = (crossing(table, labels) for table in part.crossings)
        about = [element("h3", labels.say("crossed")), element("p", labels.say("crossed.note"), class_="note")]
        yield element("section", *about, *tables, class_="crossings")


def _footer(told: Report) -> Element:
    return element("footer", element("p", " · ".join(filter(None, (told.banner, told.labels.say("foot"))))))
