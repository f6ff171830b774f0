"""Handing over between colleagues: a case is offered and taken or returned, a second reader asked for and allowed.

Law: the owner keeps a case until somebody has taken it; whoever takes it over sees all that was said, and the room of
whoever had it is emptied.
"""

from dataclasses import replace

from bot.desk import cards, cases, readers
from bot.desk.answers import answer, reworded, toast, told
from bot.desk.cases import Case, Phase
from bot.desk.desk import NOTHING, Scene, Upshot
from bot.desk.opening import open_room
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.desk.words import Button


def transfer(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Ask to whom: those on duty who share the language come first."""
    return _choose(scene, one, call, "staff.transfer.whom", "to")


def offer(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Offer a case to a colleague."""
    other = scene.desk.by_tag(call.argument)
    if call.case is None or other is None or other.person == one.person:
        return NOTHING
    if call.case.phase is not Phase.HUMAN:
        return toast(scene, one, call.arrival, "staff.old")
    scribe = Scribe(scene, cases.offered(call.case, other.person, scene.now))
    scribe.note("staff.transfer.offered", name=other.name)
    facts = cards.facts(scene, call.case, other.language)
    row: tuple[Button, ...] = (
        ("staff.b.accept", "accept", call.case.token),
        ("staff.b.return", "return", call.case.token),
    )
    return scribe.upshot() + told(scene, call.case.person, other, "staff.transfer.offer", row, **facts)


def accept(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Take a case over."""
    if call.case is None:
        return NOTHING
    scribe = Scribe(scene, call.case)
    scribe.empty()
    if scribe.owner is not None:
        gone = told(scene, call.case.person, scribe.owner, "staff.transfer.gone", alias=call.case.alias, name=one.name)
        scribe.add(gone)
    if one.person in call.case.readers:
        scribe.add(readers.left(scene, call.case, one.person))
    scribe.case = cases.taken_over(call.case, one.person, scene.now)
    scribe.inform("desk.transferred")
    scribe.card()
    open_room(scribe)
    scribe.add(Upshot(staff=(_now_at(one, call.case),), audit=("case.transferred",)))
    return scribe.upshot() + reworded(scene, one, call.arrival, "staff.yours", name=call.case.alias)


def give_back(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Do not take it."""
    if call.case is None:
        return NOTHING
    return returned(scene, call.case) + reworded(scene, one, call.arrival, "staff.transfer.not_taken")


def returned(scene: Scene, case: Case) -> Upshot:
    """An offer is over: the owner is told."""
    scribe = Scribe(scene, cases.returned(case))
    scribe.note("staff.transfer.returned")
    return scribe.upshot()


def second(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Ask who shall read along."""
    return _choose(scene, one, call, "staff.reader.whom", "second")


def ask_second(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Ask for a second reader."""
    other = scene.desk.by_tag(call.argument)
    if call.case is None or other is None or other.person == one.person:
        return NOTHING
    return readers.asked(scene, call.case, one, other)


def allow(scene: Scene, one: Staff, call: Call) -> Upshot:
    """A manager lets the colleague read along who was asked for."""
    reader = scene.desk.staff.get(call.case.asked_reader or 0) if call.case is not None else None
    if call.case is None or reader is None or reader.tag != call.argument:
        return reworded(scene, one, call.arrival, "staff.old")
    return readers.allowed(scene, call.case, reader) + reworded(scene, one, call.arrival, "staff.reader.allowed")


def deny(scene: Scene, one: Staff, call: Call) -> Upshot:
    """A manager does not."""
    reader = scene.desk.staff.get(call.case.asked_reader or 0) if call.case is not None else None
    if call.case is None or reader is None or reader.tag != call.argument:
        return reworded(scene, one, call.arrival, "staff.old")
    return readers.denied(scene, call.case) + reworded(scene, one, call.arrival, "staff.reader.not_allowed")


def _choose(scene: Scene, one: Staff, call: Call, text: str, verb: str) -> Upshot:
    case = call.case
    if case is None:
        return NOTHING
    others = [other for other in scene.desk.staff.values() if other.person != one.person]
    if not others:
        return answer(scene, one, "staff.alone")
    nearest = sorted(others, key=lambda other: (not other.on_duty, other.language != case.language, other.name))
    scribe = Scribe(scene, case)
    scribe.choose(text, [((_called(other), f"{verb}_{other.tag}:{case.token}"),) for other in nearest])
    return scribe.upshot()


def _called(other: Staff) -> str:
    return f"{'●' if other.on_duty else '○'} {other.name} · {other.language}"


def _now_at(one: Staff, case: Case) -> Staff:
    return replace(one, current=case.token)
