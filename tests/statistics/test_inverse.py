"""Somebody who has the program tries what may stand behind what is kept back, and keeps what gives the same release.

That a number was kept back says that it had to be. So each table is made again with every rounded value that the rows
kept back may have, the exact total being known; between what remains possible there must be eight steps too.
"""

import random
from functools import cache
from itertools import product

from bot.statistics.protecting import protect
from bot.statistics.published import Mark, Section, Sheet
from bot.statistics.rule import bounds, figure
from bot.statistics.tables import Unit

TABLES = 250
REVIEWED = [(28, 19, 1, 2), (23, 1, 3, 18, 18), (27, 20, 23, 0, 13), (30, 1, 25, 25, 13), (0, 27, 15, 28, 13)]
"""Once they told a hidden number to within five or seven steps."""


@cache
def _made(total, figures):
    rows = tuple((str(at), figure) for at, figure in enumerate(figures))
    (sheet,) = protect(Section(Unit.TALK, "2026-Q1", total, (Sheet("language", rows),)), ()).sheets
    return tuple(figure for _, figure in sheet.rows)


def _possible(total, published):
    """The rounded tables that this total and the program make this of."""
    values = [figure(number) for number in (10, *range(15, total, 5))]
    kept = [at for at, shown in enumerate(published) if shown.mark is Mark.KEPT]
    for chosen in product(values, repeat=len(kept)):
        figures = list(published)
        for at, value in zip(kept, chosen, strict=True):
            figures[at] = value
        least, most = map(sum, zip(*map(bounds, figures), strict=True))
        if least <= total <= most and _made(figure(total), tuple(figures)) == published:
            yield figures, total - most, total - least


def _widths(total, published):
    """How many steps there are between the least and the most that each hidden number can be."""
    ranges = {}
    for figures, under, over in _possible(total, published):
        for at, shown in enumerate(published):
            if shown.mark is not Mark.NUMBER:
                least, most = bounds(figures[at])
                ranges.setdefault(at, set()).update((max(least, under + most), min(most, over + least)))
    return [max(found) - min(found) for found in ranges.values()]


def _drawn():
    chance = random.Random(1)
    while True:
        sizes = [chance.choice([(0, 9), (10, 30), (10, 40)]) for _ in range(chance.randint(3, 5))]
        table = tuple(chance.randint(*size) for size in sizes)
        if sum(table) >= 50 and min(table) < 10:
            yield table


def _tables():
    drawn = _drawn()
    return [*REVIEWED, *(next(drawn) for _ in range(TABLES))]


def test_what_is_kept_back_does_not_tell_by_being_kept_back_what_it_hides():
    kept = 0
    for table in _tables():
        total = sum(table)
        published = _made(figure(total), tuple(map(figure, table)))
        marks = [shown.mark for shown in published]
        if published and Mark.KEPT in marks and marks.count(Mark.KEPT) <= 3:
            kept += 1
            assert min(_widths(total, published)) >= 8, table
    assert kept > 100
