"""A person asks for a human: a case opens, or the one there is goes on.

Law: a case opens only after the person confirmed, and what they are told about waiting is so: their place, whether
anybody is on duty, when it opens. Urgent cases come first, and reach everybody on duty at once.
"""

from dataclasses import replace

from bot.desk import cards, sealing
from bot.desk.alias import new_alias
from bot.desk.cases import Case, Phase, Safe, about, asked_anew, reopened
from bot.desk.desk import Post, Scene, Upshot, together
from bot.desk.entries import Kind
from bot.desk.opening import open_room
from bot.desk.readers import emptied
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.words import Button, day_and_clock, keys, say
from bot.letters import Deed, Letter
from dialogs import counting
from dialogs.brief import summary
from dialogs.desk import CANCELLED
from dialogs.hours import is_open, opens_at
from dialogs.standing import band, grave, minor, topic
from dialogs.state import Place, State
from storage import Author

TOKENS = 2**53
"""Cases are named in buttons by a number below this."""
MENU: tuple[str, str] = ("row.menu", "menu")
CANCEL: Button = ("desk.b.cancel", "desk_cancel", 0)
WHEN: Button = ("desk.b.when", "desk_when", 0)
AGAIN: Button = ("desk.b.again", "desk_again", 0)
SAFE: tuple[Button, ...] = tuple((f"desk.b.{safe}", f"desk_{safe}", 0) for safe in Safe)


def asked(scene: Scene, person: int, state: State) -> Upshot:
    """What asking for a human comes to, for whoever stands at `state`."""
    case = scene.desk.cases.get(person)
    if case is None:
        return _opened(scene, person, state)
    match case.phase:
        case Phase.WAITING:
            return _still(scene, case, state)
        case Phase.CLOSED:
            return _again(scene, case, state)
        case _:
            return _again(scene, case, state) if case.told_end else Upshot()


def waiting_text(scene: Scene, case: Case) -> tuple[str, dict[str, str]]:
    """The honest words for one who waits, and their values."""
    if scene.locked:
        return "desk.locked.wait", {}
    if not is_open(scene.rules, scene.now):
        return "desk.wait.closed", {"opens": day_and_clock(opens_at(scene.rules, scene.now), scene.now)}
    if not scene.desk.on_duty():
        return "desk.wait.nobody", {}
    return "desk.wait.open", {"place": str(place_of(scene, case))}


def place_of(scene: Scene, case: Case) -> int:
    """Which number in the queue a case is; of two who asked in the same moment both count the other."""
    before = [one for one in scene.desk.waiting() if (not one.urgent, one.asked_at) <= (not case.urgent, case.asked_at)]
    return 1 + len([one for one in before if one.person != case.person])


def cried(scene: Scene, case: Case, state: State) -> Upshot:
    """Somebody who waits came upon something grave: from now on their case is urgent, and everybody is told."""
    now = _judged(scene, case, state)
    if case.phase is not Phase.WAITING or now == case:
        return Upshot()
    scribe = Scribe(scene, now)
    if not case.urgent:
        scribe.card()
        scribe.add(announced(scene, scribe.case, "staff.new"))
    return scribe.upshot()


def _judged(scene: Scene, case: Case, state: State) -> Case:
    """The case by all that was answered and read until now: it never gets less grave, and nobody older."""
    urgent = case.urgent or grave(scene.book, state)
    return about(replace(case, urgent=urgent), minor=minor(state))


def cancelled(scene: Scene, case: Case) -> Upshot:
    """The person does not want to wait any longer."""
    scribe = Scribe(scene, case)
    scribe.close(CANCELLED)
    scribe.card()
    scribe.add(sealing.at_once(scene, scribe.case))
    scribe.tell("desk.cancelled", (AGAIN,))
    return scribe.upshot()


def announced(scene: Scene, case: Case, text: str) -> Upshot:
    """Tell those who should come: by the card, and privately where that is not enough."""
    told = scene.desk.on_duty() or scene.desk.managers()
    if scene.desk.group is not None and not case.urgent:
        return Upshot()
    return together(_told(scene, case, one, text) for one in told)


def _told(scene: Scene, case: Case, one: Staff, text: str) -> Upshot:
    words = say(scene.book, one.language, text, **cards.facts(scene, case, one.language))
    rows = keys(scene.book, one.language, (cards.take(case),))
    return Upshot(posts=(Post(case.person, Letter(Deed.SEND, one.person, words, rows)),))


def _opened(scene: Scene, person: int, state: State) -> Upshot:
    """A new case, and its first entry: what was chosen so far. Whoever asks for a human has had a conversation."""
    scribe = Scribe(scene, stood(_new(scene, person, state), state))
    chosen = summary(scene.book, state, scribe.case.language, scene.now.date())
    scribe.entry(Author.BOT, Kind.SUMMARY, chosen)
    told, cells = counting.asked(scene.book, state, scribe.case.language, scribe.case.topic)
    scribe.add(Upshot(counts=cells, states=((person, told.to_json()),) if cells else ()))
    return _into_queue(scribe, state)


def _into_queue(scribe: Scribe, state: State) -> Upshot:
    text, values = waiting_text(scribe.scene, scribe.case)
    scribe.tell(text, (WHEN,), (CANCEL, (*MENU, state.nonce)), **values)
    scribe.card()
    scribe.add(announced(scribe.scene, scribe.case, "staff.new"))
    return scribe.upshot()


def _new(scene: Scene, person: int, state: State) -> Case:
    taken = {case.alias for case in scene.desk.cases.values()}
    case = Case(
        person=person,
        token=scene.chance(TOKENS),
        alias=new_alias(taken, scene.chance),
        language=state.language or scene.book.frame.languages[0],
        topic=topic(scene.book, state),
        band=band(scene.book, state),
        urgent=grave(scene.book, state),
        destination=counting.destination(scene.book, state),
        asked_at=scene.now,
        since=scene.now,
        heard_at=scene.now,
    )
    return about(case, minor=minor(state))


def _still(scene: Scene, case: Case, state: State) -> Upshot:
    scribe = Scribe(scene, _judged(scene, case, state))
    text, values = waiting_text(scene, scribe.case)
    scribe.tell(text, (WHEN,), (CANCEL, (*MENU, state.nonce)), **values)
    return scribe.upshot()


def _again(scene: Scene, case: Case, state: State) -> Upshot:
    """Soon after the end it is the same case, with whoever had it; later it is another one."""
    if case.phase is Phase.CLOSED and scene.now >= case.since + scene.reopen:
        return sealing.over(case) + _opened(scene, case.person, state)
    again = about(replace(reopened(case, scene.now), kept=False), minor=minor(state))
    scribe = Scribe(scene, stood(again, state))
    if scribe.owner is None or not scribe.owner.on_duty:
        emptied(scribe)
        scribe.empty()
        scribe.case = asked_anew(scribe.case, scene.now)
        return _into_queue(scribe, state)
    scribe.tell("desk.reopened")
    scribe.card()
    if case.phase is Phase.CLOSED:  # before that the room was not emptied
        open_room(scribe)
    scribe.note("staff.reopened")
    return scribe.upshot()


def back_where(case: Case, state: State) -> State | None:
    """Where the person of a case stood before the talk; None for somebody who never stood anywhere."""
    if state.place is None or case.place is None:
        return None
    stack, trail = (tuple(map(Place.parse, way)) for way in (case.stack, case.trail))
    return replace(state, place=Place.parse(case.place), stack=stack, trail=trail)


def stood(case: Case, state: State) -> Case:
    """The case of somebody who stands there in the book: after the talk they come back to it."""
    place = str(state.place) if state.place else None
    return replace(case, place=place, stack=tuple(map(str, state.stack)), trail=tuple(map(str, state.trail)))
