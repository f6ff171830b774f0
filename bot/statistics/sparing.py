"""What is kept back of one-way tables before anything is asked: where the few would have little room.

Law: how much is kept back says nothing that what is published does not say. One number at a time is kept back, from the
end, until there is room to spare, and numbers are five apart: so what stopped it may have been the number that is there
or the one five higher, and with one of them every hidden number has its eight steps.
"""

from collections.abc import Collection, Iterator, Sequence

from bot.statistics.knowing import Link, Place
from bot.statistics.published import Figure, Mark, Section, Sheet
from bot.statistics.rule import BASE, FEW, KEPT, MINIMUM, WIDE, bounds

SPARE = WIDE + BASE
"""How much more and how much less the numbers of a table must be able to come to than its unit."""


def spared(section: Section, links: Sequence[Link]) -> list[Place]:
    """What to keep back. A number that stands in two tables is kept back in both."""
    assert section.total is not None
    twins = {less[0]: more[0] for less, more in links if len(less) == len(more) == 1 and (more, less) in links}
    kept: list[Place] = []
    for sheet in section.sheets:
        if not sheet.several and FEW in dict(sheet.rows).values():
            for place in _rows(sheet, section.total, kept):
                kept += [place, twins[place]] if place in twins else [place]
    return kept


def _rows(sheet: Sheet, total: Figure, kept: Collection[Place]) -> Iterator[Place]:
    """Its numbers from the end, as many as it takes; at last the whole table."""
    figures = {(sheet.name, row): KEPT if (sheet.name, row) in kept else figure for row, figure in sheet.rows}
    for place in [place for place, figure in reversed(figures.items()) if figure.mark is Mark.NUMBER]:
        if _has_room(figures.values(), total):
            return
        figures[place] = KEPT
        yield place
    if not _has_room(figures.values(), total):
        yield (sheet.name,)


def _has_room(figures: Collection[Figure], total: Figure) -> bool:
    lowest, highest = bounds(total)
    leasts, mosts = zip(*map(bounds, figures), strict=True)
    under = max(lowest, MINIMUM) - sum(leasts)
    return under >= SPARE and (None in mosts or sum(mosts) - (highest or 0) >= SPARE)
