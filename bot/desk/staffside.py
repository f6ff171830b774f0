"""What a member of staff does, wherever they do it: a command, a button, a note, or words for a person.

Law: only what stands in the table of verbs can be asked for, and only by whom it names; a line goes to a person only
where it is certain to whom. What begins with / or // is never sent to anybody.
"""

from dataclasses import replace

from bot.arrivals import Arrival
from bot.desk import relaying, table, work
from bot.desk.answers import answer, toast
from bot.desk.desk import NOTHING, Scene, Upshot
from bot.desk.media import Thing
from bot.desk.preview import previewed
from bot.desk.staff import Staff
from bot.desk.verbs import AT_WORK, Call, Verb, Where, found, may
from dialogs.events import Chose, Sent, Started, Wrote

NOTE = "//"
"""What a note for colleagues begins with."""


def did(scene: Scene, one: Staff, arrival: Arrival) -> Upshot:
    """What it comes to."""
    where = where_is(scene, one, arrival)
    match arrival.event:
        case Chose():
            return _tapped(scene, one, Call(arrival), where, arrival.event)
        case Wrote(text):
            return _wrote(scene, one, arrival, where, text)
        case _ if _walks(one, arrival, where):
            return previewed(scene, one, arrival)
        case Sent(kind, caption) if where in AT_WORK:
            return relaying.sent(scene, one, arrival, Thing(kind, arrival.below or 0, caption))
        case Started() if where is Where.PRIVATE:
            return work.helped(scene, one, Call(arrival))
    return NOTHING


def _wrote(scene: Scene, one: Staff, arrival: Arrival, where: Where, text: str) -> Upshot:
    typed = text.strip()
    if typed.startswith(NOTE):
        return relaying.noted(scene, one, arrival, typed.removeprefix(NOTE).strip()) if where in AT_WORK else NOTHING
    if typed.startswith("/"):
        return NOTHING if arrival.edited else _command(scene, one, arrival, where, typed)
    if _walks(one, arrival, where):
        return previewed(scene, one, arrival)
    return relaying.written(scene, one, arrival, text) if where in AT_WORK else NOTHING


def _walks(one: Staff, arrival: Arrival, where: Where) -> bool:
    """Whether what somebody does is a step through the book; an answer to a line of a case never is."""
    here = one.preview is not None and where is Where.PRIVATE
    return here and arrival.reply is None and not arrival.edited


def where_is(scene: Scene, one: Staff, arrival: Arrival) -> Where:
    """Where somebody of the staff is."""
    if not arrival.chat:
        return Where.PRIVATE
    if arrival.chat == one.room:
        return Where.ROOM
    group = scene.desk.group
    return Where.DESK if group is not None and arrival.chat == group.chat else Where.ELSEWHERE


def _command(scene: Scene, one: Staff, arrival: Arrival, where: Where, typed: str) -> Upshot:
    first, _, rest = typed.partition(" ")
    name = first.removeprefix("/").partition("@")[0].lower()
    verb = found(table.COMMANDS, name)
    if verb is None:
        unknown = answer(scene, one, "staff.unknown") if where in AT_WORK else NOTHING
        return previewed(scene, one, arrival) if one.preview is not None and where is Where.PRIVATE else unknown
    case = relaying.subject(scene, one, arrival) if verb[0].about_case else None
    return _done(scene, one, verb[0], where, Call(arrival, case, "", rest.strip()))


def _tapped(scene: Scene, one: Staff, call: Call, where: Where, tap: Chose) -> Upshot:
    verb, arrival = found(table.TAPS, tap.choice), call.arrival
    if one.preview is not None and where is Where.PRIVATE and not (verb and _is_ours(scene, tap)):
        return previewed(scene, one, arrival)
    if verb is None:
        return toast(scene, one, arrival, "staff.old")
    about = replace(call, case=scene.desk.by_token(tap.nonce), argument=verb[1], text=str(tap.nonce))
    return _done(scene, one, verb[0], where, about)


def _is_ours(scene: Scene, tap: Chose) -> bool:
    """Whether a button is the desk's: a choice of the book may have the name of a verb, but never its number."""
    return tap.nonce == 0 or tap.nonce in scene.uncertain or scene.desk.by_token(tap.nonce) is not None


def _done(scene: Scene, one: Staff, verb: Verb, where: Where, call: Call) -> Upshot:
    """The one place where it is decided whether a verb is done."""
    if where not in verb.where:
        return NOTHING if where is Where.ELSEWHERE else toast(scene, one, call.arrival, "staff.not_here")
    if verb.about_case and call.case is None:
        return toast(scene, one, call.arrival, "staff.old" if call.arrival.callback else "staff.which")
    if not may(verb, one, call.case):
        return toast(scene, one, call.arrival, *_refusal(scene, call))
    return verb.act(scene, one, call)


def _refusal(scene: Scene, call: Call) -> tuple[str, str]:
    """Whoever is too late, or has no part in it, is told who has the case, or that it is over."""
    case = call.case
    owner = scene.desk.staff.get(case.owner or 0) if case is not None and case.is_open else None
    if owner is not None:
        return "staff.taken", owner.name
    over = case is not None and not case.is_open and call.arrival.callback is not None
    return ("staff.old" if over else "staff.not_yours"), ""
