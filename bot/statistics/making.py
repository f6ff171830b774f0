"""From the exact sums to a release.

Law: the same counts make the same release. A unit below fifty says so and nothing else, and its counts are in the next
release that has fifty; nothing is published twice and nothing that was counted is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.statistics.attack import period_of, verify
from bot.statistics.drafting import draft
from bot.statistics.exact import Exact
from bot.statistics.knowing import Link
from bot.statistics.links import links
from bot.statistics.periods import Period
from bot.statistics.protecting import protect
from bot.statistics.published import Counts, Release, Section
from bot.statistics.tables import Tables, Unit


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself: `made` is its day, `code` the version of the program, `lost` that counts were."""

    period: Period
    made: date
    organisation: str
    code: str
    demo: bool = False
    lost: bool = False


def make(tables: Tables, counts: Mapping[str, Counts], past: Sequence[Release], about: About) -> Release:
    """The release of `about.period`. Raises Exposed when its numbers would give anybody away; then there is none.

    `counts` are the exact sums {(table, value): number} by the name of their period, cells of two-way tables among them
    as they are counted ("case_topic*age", "work*from18"); give all that are still kept, a period that is left out had
    none, and what was published already or lies after the period is not looked at. `past` are all earlier releases.
    """
    exact = {unit: _exact(tables, unit, counts, past, about.period) for unit in Unit}
    known = {unit: links(tables, sums) for unit, sums in exact.items()}
    since = {unit: _since(unit, counts, past, about.period).name for unit in Unit}
    sections = tuple(_section(tables, exact[unit], since[unit], known[unit]) for unit in Unit)
    release = Release(
        about.period.name,
        about.period.first,
        about.period.last,
        about.made,
        about.organisation,
        about.code,
        sections,
        demo=about.demo,
        lost=about.lost or any(sheet.damaged for section in sections for sheet in section.sheets),
    )
    verify(Release.from_json(release.to_json()), past, known)
    return release


def _section(tables: Tables, exact: Exact, since: str, known: Sequence[Link]) -> Section:
    section = draft(tables, exact, since)
    return section if section.total is None else protect(section, known)


def _exact(tables: Tables, unit: Unit, counts: Mapping[str, Counts], past: Sequence[Release], period: Period) -> Exact:
    """All of one unit from the first period of which nothing is published."""
    since = _since(unit, counts, past, period)
    given = {Period.parse(name, period.length): sums for name, sums in counts.items()}
    return Exact.of(unit, tables, [sums for one, sums in sorted(given.items()) if since <= one <= period])


def _since(unit: Unit, counts: Iterable[str], past: Sequence[Release], period: Period) -> Period:
    """The first period that a section covers."""
    return owed(past, unit) or min((*(Period.parse(name, period.length) for name in counts), period))


def owed(past: Iterable[Release], unit: Unit) -> Period | None:
    """The first period of which nothing about this unit is published yet; None before the first release.

    The counts of a period may go when it lies before what is owed of every unit (and 30 days have passed).
    """
    last = max(past, key=lambda release: release.first, default=None)
    if last is None:
        return None
    section, period = last.section(unit), period_of(last)
    return period.next if section.total else Period.parse(section.since, period.length)
