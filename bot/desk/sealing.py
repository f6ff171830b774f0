"""What becomes of the talk when its case is over: it is sealed for the custodians, or goes.

Law: nothing that never reached a human exists in a form custodians could open. A talk is sealed when its case can no
longer be taken up again; where it never can, in the batch that closes it.
"""

from datetime import timedelta

from bot.desk.cases import Case
from bot.desk.desk import NOTHING, Scene, Upshot
from bot.statistics.tables import AGE_MINOR
from dialogs.lifetimes import ARCHIVE, ARCHIVE_MINOR


def at_once(scene: Scene, case: Case) -> Upshot:
    """For a case that was just closed: its talk is cut off, if it cannot be taken up again."""
    return sealed(case) if scene.reopen == timedelta() else NOTHING


def over(case: Case) -> Upshot:
    """The case can no longer be taken up again: nothing of it is kept but the sealed talk."""
    return sealed(case) + Upshot(ended=(case.person,))


def sealed(case: Case) -> Upshot:
    """The talk belongs to nobody from now on; a case that nobody ever had leaves none."""
    kept = ARCHIVE_MINOR if case.minor or case.age == AGE_MINOR else ARCHIVE
    return Upshot(sealed=((case.person, kept.age.days),)) if case.answered else NOTHING
