"""A release in a few sentences: what stands under a picture in Telegram."""

from collections.abc import Iterator

from bot.statistics.forms.labels import Labels, covered
from bot.statistics.published import Figure, Mark, Release, Section, Sheet
from dialogs.assess import UNKNOWN
from dialogs.book import Book
from dialogs.desk import OTHER

MOST_OF_A_NAME = 120
"""Signs of the organisation's name: Telegram takes 1024 under a picture, and the rest is shorter than 780."""
_NAMED = ("topic", "band", "destination", "case_topic")
"""The tables whose most frequent row is told."""
_TOLD_APART = 2
"""So many rows that are equally frequent are named; more of them say nothing."""


def short(release: Release, book: Book, language: str) -> str:
    """Title and a few sentences, at most 900 signs of plain text; escape it where it is sent as HTML."""
    return "\n".join(_lines(release, Labels(book, language)))


def _lines(release: Release, labels: Labels) -> Iterator[str]:
    if release.demo:
        yield labels.say("made_up")
    yield f"{labels.say('title')}, {labels.days(release.first, release.last)}"
    yield release.organisation[:MOST_OF_A_NAME]
    for section in release.sections:
        yield _of_section(release, section, labels)
    if release.lost:
        yield labels.say("lost")
    yield f"{labels.say('people')} {labels.say('short.hidden')}"


def _of_section(release: Release, section: Section, labels: Labels) -> str:
    unit, first = labels.unit(section.unit), covered(release, section.since)
    if first:
        unit = f"{unit} ({labels.days(first, release.last)})"
    if section.total is None:
        return labels.say("short.small", unit=unit)
    most = (_most(sheet, labels) for sheet in section.sheets if sheet.name in _NAMED)
    return " ".join(filter(None, (f"{unit}: {labels.shown(section.total)}.", *most)))


def _most(sheet: Sheet, labels: Labels) -> str:
    """The most frequent row, or both of two; nothing where the numbers do not tell."""
    rows = {
        value: figure.number
        for value, figure in (() if sheet.damaged else sheet.rows)
        if figure.number and value not in (UNKNOWN, OTHER)
    }
    most = max(rows.values(), default=0)
    found = [labels.value(sheet.name, value) for value, number in rows.items() if number == most]
    hidden = any(figure.mark is Mark.KEPT for _, figure in sheet.rows)
    if hidden or not 0 < len(found) <= _TOLD_APART:
        return ""
    number = labels.shown(Figure(Mark.NUMBER, most))
    return labels.say(f"short.{sheet.name}", most=", ".join(found), number=number)
