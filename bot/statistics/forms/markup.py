"""Tables and charts of a report as HTML: every chart beside the table with the same numbers."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from bot.statistics.forms.labels import Labels
from bot.statistics.forms.report import Crossing, Listing
from bot.statistics.published import Figure, Mark
from dialogs.editing.printed.elements import element, group

LINE, BAR, GAP = 20, 14, 12
"""Heights in a chart, in pixels: a line of a label, a bar, and the space under it."""
WIDEST = 78
"""How many per cent of the width the longest bar takes, so that its number has room."""
SIGNS = 40
"""As many signs of a label fit on a line of a phone."""


def listing(table: Listing, labels: Labels) -> Element:
    """A one-way table with its chart, and what is to be said of it."""
    inside = [element("h3", table.caption), *(element("p", note, class_="note") for note in table.notes)]
    if table.rows:
        pair = [_chart(table, labels), _numbers(table, labels)]
        inside.append(group("div", pair, class_="pair"))
    return group("section", inside, class_="listing")


def crossing(table: Crossing, labels: Labels) -> Element:
    """A two-way table, in a frame that is scrolled by itself where a phone is narrower."""
    heads = (table.corner, labels.say("all"), *table.columns)
    head = group("tr", (element("th", words, scope="col") for words in heads))
    rows = (_crossed(name, total, cells, len(table.columns), labels) for name, total, cells in table.rows)
    made = element("table", element("caption", table.caption), element("thead", head), group("tbody", rows))
    return element("div", made, class_="wide", tabindex="0", role="group", **{"aria-label": table.caption})


def _numbers(table: Listing, labels: Labels) -> Element:
    head = element("tr", element("th", table.caption, scope="col"), element("th", labels.say("number"), scope="col"))
    rows = (element("tr", element("th", name, scope="row"), _cell(figure, labels)) for name, figure in table.rows)
    return element("table", element("caption", table.caption), element("thead", head), group("tbody", rows))


def _crossed(name: str, total: Figure, cells: tuple[Figure, ...] | None, columns: int, labels: Labels) -> Element:
    head = [element("th", name, scope="row"), _cell(total, labels)]
    if cells is None:
        return element("tr", *head, element("td", labels.say("only_total"), colspan=str(columns), class_="mark"))
    return element("tr", *head, *(_cell(figure, labels) for figure in cells))


def _cell(figure: Figure, labels: Labels) -> Element:
    return element("td", labels.shown(figure), class_="" if figure.mark is Mark.NUMBER else "mark")


def _chart(table: Listing, labels: Labels) -> Element:
    """Bars as wide as the page gives room; their labels stand above them and keep their size."""
    most = max((figure.number or 0 for _, figure in table.rows), default=0)
    top, drawn = 0, list[Element]()
    for name, figure in table.rows:
        lines = broken(name, SIGNS)
        drawn += _bar(lines, figure, labels, top, WIDEST * (figure.number or 0) / (most or 1))
        top += len(lines) * LINE + BAR + GAP
    told = [element("title", table.caption), element("desc", _described(table, labels))]
    return group("svg", told + drawn, role="img", width="100%", height=str(top), class_="chart")


def _described(table: Listing, labels: Labels) -> str:
    said = "; ".join(f"{name}: {labels.shown(figure)}" for name, figure in table.rows)
    return f"{labels.say('chart')} {said}."


def _bar(lines: Iterable[str], figure: Figure, labels: Labels, top: int, width: float) -> Iterator[Element]:
    for line in lines:
        yield element("text", line, x="0", y=str(top + LINE - 5))
        top += LINE
    middle = str(top + BAR - 2)
    if figure.mark is Mark.NUMBER:
        yield element("rect", x="0", y=str(top), width=f"{width:.1f}%", height=str(BAR))
        yield element("text", labels.shown(figure), x=f"{width:.1f}%", dx="8", y=middle, class_="number")
    else:
        yield element("text", labels.shown(figure), x="0", y=middle, class_="mark")


def broken(words: str, signs: int) -> list[str]:
    """The words in lines of at most so many signs, broken between words; a longer word stands alone."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and len(longer) > signs:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
