"""What one table says of another: which numbers cannot be more than others, by how a consultation is counted.

Law: each follows from how cases are closed (bot/desk/tallying.py), checks judged (dialogs/assess.py) or talks counted
(dialogs/counting.py), and whoever reads a release may know that. What the sums do not bear out, because the program or
the book was another one when they were counted, is left out: what is known is always true.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations

from bot.statistics.exact import Exact
from bot.statistics.knowing import ALL, Link, Place
from bot.statistics.tables import AGE_MINOR, ANSWERED, UNANSWERED, Cross, Tables, Unit
from dialogs.assess import UNKNOWN
from dialogs.desk import CANCELLED, NOT_CODED

TOLD_ONCE: Place = ("handover", ANSWERED)
"""Only who was answered has told a consultant anything."""

Values = Mapping[str, tuple[str, ...]]
"""Of one-way tables, by their names."""


def links(tables: Tables, exact: Exact) -> tuple[Link, ...]:
    """All that is true of these sums: the left numbers together are no more than the right ones together."""
    values = {table.name: table.values for table in tables.of_unit(exact.unit)}
    found: Iterator[Link]
    match exact.unit:
        case Unit.TALK:
            found = iter([((ALL,), _rows("topic", values["topic"]))])
        case Unit.CHECK:
            found = _checks(values, tables.decisive)
        case Unit.CASE:
            found = chain(_cases(values), *_crossed(tables.two_way))
    return tuple(link for link in found if _holds(link, exact))


def _checks(values: Values, decisive: Iterable[str]) -> Iterator[Link]:
    """A dimension that decides makes a check red; of the others an orange check has one, a red one may have all."""
    red: tuple[Place, ...] = (("band", "red"), ("band", "emergency"))
    yield from ((_rows("sign", [name]), red) for name in decisive)
    others = [name for name in values["sign"] if name not in decisive]
    for number in range(1, len(others) + 1):
        for some in combinations(others, number):
            yield _rows("sign", some), (("band", "orange"), *red * number)


def _cases(values: Values) -> Iterator[Link]:
    """Who took their question back is in two tables; whom nobody answered has no code; what is coded was answered."""
    twice: tuple[tuple[Place], tuple[Place]] = ((("handover", CANCELLED),), (("outcome", CANCELLED),))
    yield from (twice, twice[::-1])
    yield (("handover", UNANSWERED),), (("outcome", NOT_CODED),)
    yield from (((place,), (TOLD_ONCE,)) for place in _rows("category", values["category"]))
    yield from ((_rows(name, _told(values[name])), (TOLD_ONCE,)) for name in ("age", "gender"))


def _crossed(crosses: Iterable[Cross]) -> Iterator[Iterable[Link]]:
    """So it is in each row of the two-way tables, and in all together that are never crossed."""
    by_column = {cross.columns.name: cross for cross in crosses}
    outcome = by_column.pop("outcome", None)
    for name, cross in by_column.items():
        if outcome and name in {"age", "gender"}:
            yield _lines(outcome, cross, _told(cross.columns.values))


def _lines(outcome: Cross, cross: Cross, told: tuple[str, ...]) -> Iterator[Link]:
    rows = [row for row in cross.rows.values if row not in cross.rows.apart]
    cells = [((outcome.name, row, CANCELLED), *((cross.name, row, value) for value in told)) for row in rows]
    yield from ((line, ((cross.rows.name, row),)) for row, line in zip(rows, cells, strict=True))
    whole = (("outcome", CANCELLED), *_rows(cross.columns.name, told))
    yield whole, (*_rows(cross.rows.name, cross.rows.apart), *chain.from_iterable(cells))


def _told(values: Iterable[str]) -> tuple[str, ...]:
    """What only a consultant can have put down; that somebody is a child may be known from what they read."""
    return tuple(value for value in values if value not in {UNKNOWN, AGE_MINOR})


def _rows(table: str, values: Iterable[str]) -> tuple[Place, ...]:
    return tuple((table, value) for value in values)


def _holds(link: Link, exact: Exact) -> bool:
    try:
        less, more = (sum(_number(exact, place) for place in side) for side in link)
    except KeyError:
        return False
    return less <= more


def _number(exact: Exact, place: Place) -> int:
    """The exact number that stands somewhere. Raises KeyError where its table is damaged."""
    match place:
        case (table, row):
            return (exact.tables.get(table) or {})[row]
        case (cross, row, column):
            return (exact.crosses.get(cross) or {})[row, column]
    return exact.total
