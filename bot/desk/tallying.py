"""What a case adds to the statistics: one row in each table of cases, and a cell of each two-way table.

Law: a case is counted once, when it is closed for the first time, whoever closes it or if time does; `Case.counted`
says so from then on, in the transaction that counts it. What it was about and what was answered to referrals counts
with it, each value once, so that no row of any table is larger than the number of cases. A case whose person has
everything deleted while it is open is counted too, or consultations would vanish with whoever is careful: as one that
took place, and with nothing of what it was about or whom.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.desk.cases import Case
from bot.desk.desk import Scene
from bot.statistics.tables import ANSWERED, UNANSWERED, Tables
from dialogs.assess import UNKNOWN
from dialogs.desk import CANCELLED, NOT_CODED, OTHER

Cells = tuple[tuple[str, str], ...]


def closed(scene: Scene, case: Case) -> Cells:
    """What is counted of a case that has just been closed: nothing of one that was closed before."""
    if case.counted or scene.book.desk is None:
        return ()
    return cells(case, Tables.of(scene.book, scene.desk.campaigns))


def erased(scene: Scene, case: Case) -> Cells:
    """What is counted of a case that is deleted: only that there was one, if it was open."""
    if not case.is_open:
        return ()
    outcome = NOT_CODED if case.answered else CANCELLED
    bare = replace(case, topic=OTHER, destination=UNKNOWN, outcome=outcome, age=None, gender=None)
    return closed(scene, replace(bare, categories=(), referrals=()))


def cells(case: Case, tables: Tables) -> Cells:
    """The tables and values of a case. What today's book does not know any more counts as not told, or as other."""
    told = {
        "handover": (_handover(case), UNANSWERED),
        "case_topic": (case.topic, OTHER),
        "case_destination": (case.destination, UNKNOWN),
        "outcome": (_outcome(case), NOT_CODED),
        "age": (case.age, UNKNOWN),
        "gender": (case.gender, UNKNOWN),
    }
    values = {table.name: table.values for table in tables.one_way}
    row = {name: value if value in values[name] else otherwise for name, (value, otherwise) in told.items()}
    coded = {"category": case.categories, "referral": case.referrals}
    several = ((name, each) for name, found in coded.items() for each in found if each in values[name])
    return (*row.items(), *several, *_crossed(tables, row))


def _crossed(tables: Tables, row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for cross in tables.two_way:
        cell = cross.cell(row[cross.rows.name], row[cross.columns.name])
        if cell is not None:
            yield cross.name, cell


def _handover(case: Case) -> str:
    if case.answered:
        return ANSWERED
    return CANCELLED if case.outcome == CANCELLED else UNANSWERED


def _outcome(case: Case) -> str | None:
    """Whoever takes a case back that somebody had took nothing back: it was not coded."""
    return NOT_CODED if case.answered and case.outcome == CANCELLED else case.outcome
