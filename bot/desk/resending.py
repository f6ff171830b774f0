"""A line whose fate nobody knows: its consultant decides, because said twice it can do harm.

Law: only the owner of the case it belongs to decides; a row that is no longer uncertain is decided already.
"""

from collections.abc import Callable

from bot.desk.answers import reworded, toast
from bot.desk.cases import Case
from bot.desk.desk import Scene, Upshot
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.verbs import Call


def again(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Send it again, and risk that it is read twice."""
    case = _case(scene, int(call.text))
    if case is not None and (not case.is_open or case.told_end or not scene.reaches(case.person)):
        return toast(scene, one, call.arrival, "staff.unreachable")
    return _decided(scene, one, call, lambda row: Upshot(again=(row,)), "staff.uncertain.again")


def arrived(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Leave it: it seems to have arrived."""
    return _decided(scene, one, call, lambda row: Upshot(given_up=(row,)), "staff.uncertain.left")


def _decided(scene: Scene, one: Staff, call: Call, decide: Callable[[int], Upshot], text: str) -> Upshot:
    row = int(call.text)
    case = _case(scene, row)
    if case is None or case.owner != one.person:
        return toast(scene, one, call.arrival, "staff.old")
    if not call.arrival.chat:
        return decide(row) + reworded(scene, one, call.arrival, text)
    scribe = Scribe(scene, case)
    scribe.note(text)
    return decide(row) + scribe.upshot()


def _case(scene: Scene, row: int) -> Case | None:
    person = scene.uncertain.get(row)
    return scene.desk.cases.get(person) if person is not None else None
