"""The end of a case: an outcome, what it was about, a last line, and everything in the room goes.

Law: nothing ends uncoded but by time; the person returns to where they stood; a card becomes a bare tick.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.desk import cases, sealing
from bot.desk.answers import reworded, toast
from bot.desk.asking import AGAIN
from bot.desk.cases import Case, Phase
from bot.desk.desk import NOTHING, Scene, Upshot
from bot.desk.readers import emptied
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.desk.words import Button, plain


def close(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Begin to close: ask for the outcome. The person is told nothing yet."""
    if call.case is None:
        return NOTHING
    scribe = Scribe(scene, cases.wrapping_up(call.case, scene.now))
    scribe.note("staff.close.outcome", *_outcomes(scene, scribe.case))
    scribe.card()
    return scribe.upshot()


def outcome(scene: Scene, one: Staff, call: Call) -> Upshot:
    """The outcome is chosen: ask what it was about."""
    if call.case is None or call.argument not in scene.rules.outcomes:
        return NOTHING
    coded = cases.wrapping_up(replace(call.case, outcome=call.argument), scene.now)
    return _asks_categories(scene, one, coded, call)


def category(scene: Scene, one: Staff, call: Call) -> Upshot:
    """One of what it was about, on or off."""
    case = call.case
    if case is None or case.outcome is None or call.argument not in scene.rules.categories:
        return NOTHING
    kept = tuple(one_ for one_ in case.categories if one_ != call.argument)
    chosen = kept if call.argument in case.categories else (*kept, call.argument)
    return _asks_categories(scene, one, replace(case, categories=chosen), call)


def age(scene: Scene, one: Staff, call: Call) -> Upshot:
    """How old the person said they are; tapped again, they did not."""
    case = call.case
    if case is None or case.outcome is None or call.argument not in scene.rules.ages:
        return NOTHING
    return _asks_categories(scene, one, replace(case, age=_toggled(case.age, call.argument)), call)


def gender(scene: Scene, one: Staff, call: Call) -> Upshot:
    """The gender they said, the same way."""
    case = call.case
    if case is None or case.outcome is None or call.argument not in scene.rules.genders:
        return NOTHING
    return _asks_categories(scene, one, replace(case, gender=_toggled(case.gender, call.argument)), call)


def shut(scene: Scene, one: Staff, call: Call) -> Upshot:
    """All is coded: close."""
    if call.case is None:
        return NOTHING
    if call.case.outcome is None or call.case.phase is not Phase.WRAP_UP:
        return toast(scene, one, call.arrival, "staff.old")
    over = finished(scene, call.case, call.case.outcome)
    return over + toast(scene, one, call.arrival, "staff.closed", call.case.alias)


def keep(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Not yet: the talk goes on, unless the person has ended it."""
    case = call.case
    if case is None:
        return NOTHING
    if case.phase is not Phase.WRAP_UP or case.told_end:
        return toast(scene, one, call.arrival, "staff.old")
    scribe = Scribe(scene, cases.talking_again(case, scene.now))
    scribe.card()
    return scribe.upshot() + reworded(scene, one, call.arrival, "staff.close.kept")


def finished(scene: Scene, case: Case, coded: str) -> Upshot:
    """A case is closed; its room and its readers' chats are emptied."""
    scribe = Scribe(scene, case)
    emptied(scribe)
    scribe.empty()
    told = scribe.case.told_end
    scribe.close(coded)
    scribe.card()
    scribe.add(Upshot(audit=("case.closed",)) + sealing.at_once(scene, scribe.case))
    if told:
        return scribe.upshot()
    informed = scribe.inform("desk.closed" if case.answered else "desk.cancelled", (AGAIN,))
    return scribe.upshot() + (Upshot(resumed=(case.person,)) if informed else NOTHING)


def _outcomes(scene: Scene, case: Case) -> tuple[tuple[Button, ...], ...]:
    rows = tuple((_coded("outcome", "out", name, case),) for name in scene.rules.outcomes)
    return rows if case.told_end else (*rows, (_keep(case),))


def _keep(case: Case) -> Button:
    return ("staff.b.keep", "keep", case.token)


def _coded(kind: str, verb: str, name: str, case: Case) -> Button:
    return (f"{kind}.{name}", f"{verb}_{name}", case.token)


def _asks_categories(scene: Scene, one: Staff, case: Case, call: Call) -> Upshot:
    shut_: Button = ("staff.b.shut", "shut", case.token)
    last = (shut_,) if case.told_end else (shut_, _keep(case))
    scribe = Scribe(scene, case)
    rows = (*_codes(scene, case), last)
    scribe.reword(call.arrival.tapped or 0, "staff.close.categories", *rows, **_chosen(scene, one, case))
    return scribe.upshot()


def _codes(scene: Scene, case: Case) -> Iterator[tuple[Button, ...]]:
    """Two to a row: three of the longest cannot be read on a phone."""
    rules = scene.rules
    yield from _in_twos([_coded("category", "cat", name, case) for name in rules.categories])
    yield from _in_twos([_coded("staff.age", "age", name, case) for name in rules.ages])
    yield from _in_twos([_coded("staff.gender", "gender", name, case) for name in rules.genders])


def _in_twos(buttons: list[Button]) -> Iterator[tuple[Button, ...]]:
    return (tuple(buttons[first : first + 2]) for first in range(0, len(buttons), 2))


def _chosen(scene: Scene, one: Staff, case: Case) -> dict[str, str]:
    """What is chosen so far, in words."""
    labels = {
        "outcome": [f"outcome.{case.outcome}"],
        "chosen": [f"category.{name}" for name in case.categories],
        "age": [f"staff.age.{case.age}"] if case.age else [],
        "gender": [f"staff.gender.{case.gender}"] if case.gender else [],
    }
    words = ((kind, ", ".join(plain(scene.book, one.language, each) for each in ids)) for kind, ids in labels.items())
    return {kind: said or "–" for kind, said in words}


def _toggled(now: str | None, chosen: str) -> str | None:
    return None if now == chosen else chosen
