"""A release in the words of one language, before it takes the form of a page, a sheet or a picture.

Law: whatever a reader must know to read a number right stands here, so that no form can leave it out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.statistics.forms.labels import FEW, Labels, covered
from bot.statistics.published import Figure, Grid, Release, Section, Sheet
from bot.statistics.tables import CROSS, Unit
from dialogs.book import Book
from dialogs.speaking import spoken_date


@dataclass(frozen=True, slots=True)
class Listing:
    """A one-way table: its caption, its rows, and what is to be said of it."""

    name: str
    caption: str
    rows: tuple[tuple[str, Figure], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A two-way table; a row without cells shows only its total."""

    name: str
    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, Figure, tuple[Figure, ...] | None], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """All about one unit; without a total nothing else is published of it, and `notes` say so."""

    unit: Unit
    heading: str
    what: str
    notes: tuple[str, ...]
    total: Figure | None
    listings: tuple[Listing, ...]
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole release. `banner` and the sentence `explained` are empty unless everything in it is made up."""

    labels: Labels
    title: str
    banner: str
    explained: str
    organisation: str
    days: str
    warnings: tuple[str, ...]
    reading: tuple[str, ...]
    made: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a reader must know before any number."""
        return tuple(filter(None, (self.explained, *self.warnings)))

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """Every two-way table."""
        return tuple(crossing for part in self.parts for crossing in part.crossings)


def report(release: Release, book: Book, language: str) -> Report:
    """The release as it is told in a language."""
    labels = Labels(book, language)
    made = (
        labels.say("made", day=spoken_date(release.made, language)),
        labels.say("method", method=release.method, code=release.code),
    )
    return Report(
        labels,
        labels.say("title"),
        labels.say("made_up") if release.demo else "",
        labels.say("made_up.note") if release.demo else "",
        release.organisation,
        labels.days(release.first, release.last),
        (labels.say("lost"),) if release.lost else (),
        tuple(_reading(labels)),
        made,
        tuple(_part(release, section, labels) for section in release.sections),
    )


def _reading(labels: Labels) -> Iterator[str]:
    yield labels.say("people")
    yield labels.say("overlap")
    yield labels.say("how.few", few=FEW)
    yield labels.say("how.rounded")
    yield labels.say("how.kept", kept=labels.say("kept"))
    yield labels.say("how.rows")


def _part(release: Release, section: Section, labels: Labels) -> Part:
    unit = section.unit
    return Part(
        unit,
        labels.unit(unit),
        labels.say(f"unit.{unit}.what"),
        tuple(_of_section(release, section, labels)),
        section.total,
        tuple(_listing(sheet, labels) for sheet in section.sheets),
        tuple(_crossing(grid, labels) for grid in section.grids),
    )


def _of_section(release: Release, section: Section, labels: Labels) -> Iterator[str]:
    """Which days it covers, and whether it was too small."""
    first = covered(release, section.since)
    small = "small" if section.total is None else ""
    if first:
        yield labels.say(f"{small}.since".lstrip("."), days=labels.days(first, release.last))
    elif small:
        yield labels.say(small)


def _listing(sheet: Sheet, labels: Labels) -> Listing:
    rows = () if sheet.damaged else sheet.rows
    named = tuple((labels.value(sheet.name, value), figure) for value, figure in rows)
    return Listing(sheet.name, labels.table(sheet.name), named, tuple(_of_sheet(sheet, labels)))


def _of_sheet(sheet: Sheet, labels: Labels) -> Iterator[str]:
    yield from labels.perhaps(f"note.{sheet.name}")
    if sheet.damaged:
        yield labels.say("damaged")
    elif not sheet.rows:
        yield labels.say("withheld")
    elif sheet.several:
        yield labels.say("several")


def _crossing(grid: Grid, labels: Labels) -> Crossing:
    rows, columns = grid.name.split(CROSS)
    return Crossing(
        grid.name,
        labels.table(grid.name),
        labels.table(rows),
        tuple(labels.value(columns, value) for value in grid.columns),
        tuple((labels.value(rows, value), total, cells) for value, total, cells in grid.rows),
    )
