"""The daily work: the queue, taking a case, changing between cases, duty, reading back, taking back."""

from dataclasses import replace

from bot.desk import cards, cases
from bot.desk.answers import answer, reworded, toast
from bot.desk.asking import announced, stood
from bot.desk.cases import Case, Phase
from bot.desk.closing import finished
from bot.desk.desk import NOTHING, Post, Scene, Upshot, together
from bot.desk.entries import Kind
from bot.desk.opening import history, open_room
from bot.desk.readers import emptied
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.talking import END
from bot.desk.verbs import Call
from bot.desk.words import say
from bot.letters import Deed, Letter
from dialogs.desk import NOT_CODED
from dialogs.state import State
from storage import Author

MOST_LISTED = 12
"""Cases of one list: more do not fit on a phone."""


def helped(scene: Scene, one: Staff, _call: Call) -> Upshot:
    """What there is to type."""
    return answer(scene, one, "staff.help.manager" if one.is_manager else "staff.help")


def queue(scene: Scene, one: Staff, _call: Call) -> Upshot:
    """Who waits: those who share the consultant's language first, within urgent and not."""
    waiting = sorted(scene.desk.waiting(), key=lambda case: (not case.urgent, case.language != one.language))
    if not waiting:
        return answer(scene, one, "staff.queue.empty")
    shown = waiting[:MOST_LISTED]
    lines = "\n".join(cards.line_of(scene, case, one.language) for case in shown)
    words = say(scene.book, one.language, "staff.queue", count=str(len(waiting)))
    rows = tuple(((f"▶ {case.alias}", f"claim:{case.token}"),) for case in shown)
    return _listed(one, f"{words}\n{lines}", rows)


def mine(scene: Scene, one: Staff, _call: Call) -> Upshot:
    """One's own open cases, to change between."""
    owned = scene.desk.owned(one.person)
    if not owned:
        return answer(scene, one, "staff.no_case")
    lines = "\n".join(_mark(case, one) + cards.line_of(scene, case, one.language) for case in owned)
    rows = tuple(((case.alias, f"pick:{case.token}"),) for case in owned[:MOST_LISTED])
    return _listed(one, f"{say(scene.book, one.language, 'staff.mine')}\n{lines}", rows)


def pick(scene: Scene, one: Staff, call: Call) -> Upshot:
    """A line without a reply goes to this case from now on, once it has spoken last or is confirmed."""
    if call.case is None:
        return NOTHING
    chosen = Upshot(staff=(replace(one, current=call.case.token),))
    return chosen + toast(scene, one, call.arrival, "staff.current", call.case.alias)


def claim(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Take a waiting case: the first one has it."""
    if call.case is None:
        return NOTHING
    scribe = Scribe(scene, cases.claimed(_where_now(scene, call.case), one.person, None, scene.now))
    scribe.add(Upshot(staff=(replace(one, current=call.case.token, on_duty=True),), audit=("case.claimed",)))
    scribe.case = replace(scribe.case, joined=scribe.inform("desk.joined", (END,)))
    scribe.card()
    open_room(scribe)
    return scribe.upshot() + toast(scene, one, call.arrival, "staff.yours", call.case.alias)


def _where_now(scene: Scene, case: Case) -> Case:
    """Whoever waited may have walked on in the book."""
    conversation = scene.known.get(case.person)
    state = State.from_json(conversation.state) if conversation is not None and conversation.state else None
    return case if state is None else stood(case, state)


def duty(scene: Scene, one: Staff, call: Call) -> Upshot:
    """On or off duty. Cases stay with whoever has them, and go back to the queue if they fall silent."""
    now = replace(one, on_duty=not one.on_duty)
    text = "staff.duty.on" if now.on_duty else "staff.duty.off"
    row = (("staff.b.duty.off" if now.on_duty else "staff.b.duty.on", "duty", 0),)
    said = reworded if call.arrival.callback else None
    told = said(scene, now, call.arrival, text, row) if said else answer(scene, now, text, row)
    return Upshot(staff=(now,)) + told


def hand_back(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Give a case back to the queue."""
    if call.case is None:
        return NOTHING
    if call.case.told_end:
        return finished(scene, call.case, call.case.outcome or NOT_CODED)
    return released(scene, call.case, "staff.released", "desk.released")


def released(scene: Scene, case: Case, to_owner: str, to_person: str) -> Upshot:
    """A case goes back to the queue: its room is emptied, its person and the others are told."""
    scribe = Scribe(scene, case)
    emptied(scribe)
    scribe.empty()
    told = answer(scene, scribe.owner, to_owner, alias=case.alias) if scribe.owner is not None else NOTHING
    posts = tuple(replace(post, about=case.person) for post in told.posts)
    scribe.add(Upshot(posts=posts, audit=("case.released",)))
    scribe.case = cases.queued(scribe.case, scene.now)
    scribe.inform(to_person)
    scribe.card()
    scribe.add(announced(scene, scribe.case, "staff.new"))
    return scribe.upshot()


def read_back(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Everything that was said in a case, again."""
    if call.case is None:
        return NOTHING
    scribe = Scribe(scene, call.case)
    history(scribe, scene.transcripts.get(call.case.person, ()))
    return scribe.upshot()


def undo(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Take the last line back at the person's side. The transcript keeps it, and that it was taken back."""
    case = call.case
    if case is None or case.last_owner_line < 0:
        return answer(scene, one, "staff.undo.nothing")
    if not scene.reaches(case.person) or scene.line(case.person, case.last_owner_line) is None:
        return answer(scene, one, "staff.undo.failed")  # hidden, or cleaned away: nobody knows where it lies
    scribe = Scribe(scene, replace(case, last_owner_line=-1))
    scribe.entry(Author.CONSULTANT, Kind.UNDONE, "", case.last_owner_line)
    scribe.send(Letter(Deed.DELETE, case.person, line=case.last_owner_line))
    return scribe.upshot()


def _mark(case: Case, one: Staff) -> str:
    return "● " if case.token == one.current else "○ "


def _listed(one: Staff, words: str, rows: tuple[tuple[tuple[str, str], ...], ...]) -> Upshot:
    return Upshot(posts=(Post(one.person, Letter(Deed.SEND, one.person, words, rows)),))


def all_released(scene: Scene, one: Staff) -> Upshot:
    """Every case of somebody who leaves goes back to the queue."""
    open_ones = [case for case in scene.desk.owned(one.person) if case.phase is not Phase.WRAP_UP]
    coded = [case for case in scene.desk.owned(one.person) if case.phase is Phase.WRAP_UP]
    back = (released(scene, case, "staff.released", "desk.released") for case in open_ones)
    over = (finished(scene, case, case.outcome or NOT_CODED) for case in coded)
    return together(back) + together(over)
