"""From the consultant to the person: which case a line is for, and what becomes of it.

    in a topic            the topic's case
    as a reply            the case of the line it answers
    otherwise             the current case, if it is the one that spoke last or the only one; else the room asks,
                          also where only another is left: what was meant for one who has gone is not for them

Law: a line is never sent on a guess, and never to somebody who hid the chat: it is refused, with the reason, and kept
nowhere. What was sent is marked by what became of it (`bot.desk.marking`).
"""

from dataclasses import dataclass, field, replace

from bot.arrivals import Arrival
from bot.desk import cases
from bot.desk.answers import answer
from bot.desk.cases import Case, Phase
from bot.desk.desk import NOTHING, Post, Scene, Upshot
from bot.desk.entries import Kind
from bot.desk.media import Passing, Thing, passing
from bot.desk.pieces import beginning
from bot.desk.readers import shown_to_readers
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.talking import END, digest, hour, replied
from bot.desk.verbs import Call
from bot.desk.words import quoted, say
from bot.letters import Deed, Letter
from storage import Author, Line

MOST_CHOICES = 8
"""Cases named in one question; more are reached by reply."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a consultant said: as it arrived (`below` is the line itself, None for a canned one), its words or caption.

    `kind` is "" for text.
    """

    arrival: Arrival
    text: str = field(repr=False)
    kind: str = ""


def subject(scene: Scene, one: Staff, arrival: Arrival) -> Case | None:
    """The case that somebody means, as far as it is certain enough for a command."""
    named = _named(scene, one, arrival)
    if named is not None:
        return named
    mine = scene.desk.owned(one.person)
    current = next((case for case in mine if case.token == one.current), None)
    return current or (mine[0] if len(mine) == 1 else None)


def written(scene: Scene, one: Staff, arrival: Arrival, text: str) -> Upshot:
    """A text in a room."""
    if arrival.edited:
        return _edited(scene, one, arrival, text)
    case = _meant(scene, one, arrival)
    if case is None:
        return _asks(scene, one, arrival)
    return said(scene, one, case, Spoken(arrival, text))


def sent(scene: Scene, one: Staff, arrival: Arrival, thing: Thing) -> Upshot:
    """Something else in a room."""
    if arrival.edited:
        return _edited(scene, one, arrival, thing.caption)
    if passing(thing.kind) is Passing.REFUSED:
        return answer(scene, one, "staff.unsupported")
    case = _meant(scene, one, arrival)
    if case is None:
        return _asks(scene, one, arrival)
    return said(scene, one, case, Spoken(arrival, thing.caption, thing.kind))


def sent_after_asking(scene: Scene, one: Staff, call: Call) -> Upshot:
    """The answer to "Send to …?": what the question stands under is sent to this case."""
    replied_to, case = call.arrival.reply, call.case
    if replied_to is None or case is None:
        return answer(scene, one, "staff.again")
    if (one.person, replied_to.message) in scene.placed:
        return _over(one, call)  # tapped twice: it has been sent
    kind = "" if replied_to.kind == "text" else replied_to.kind
    line = replace(call.arrival, below=replied_to.message, reply=None)
    return _over(one, call) + said(scene, one, case, Spoken(line, replied_to.text, kind))


def said(scene: Scene, one: Staff, case: Case, spoken: Spoken) -> Upshot:
    """Send what a consultant said to the case's person."""
    scribe, arrival = Scribe(scene, case), spoken.arrival
    if case.told_end:
        scribe.note("staff.person_ended", (("staff.b.close", "close", case.token),))
        return scribe.upshot()
    if not scene.reaches(case.person):
        scribe.line(_placed(scene, arrival, scribe.number(), spoken.text, Author.NOTE))  # it goes with the room
        scribe.note("staff.unreachable")
        return scribe.upshot()
    if not case.joined:
        scribe.tell("desk.joined", (END,))
        scribe.case = replace(scribe.case, joined=True)
    number = scribe.number()
    _taken_down(scribe, one, spoken, number)
    letter = Letter(Deed.SEND, case.person, quoted(spoken.text), line=number, reply=replied(scene, arrival))
    source = (arrival.chat or arrival.person, arrival.below or 0)
    discreet = scene.known[case.person].footprint.discreet
    copy = replace(letter, deed=Deed.COPY, text=letter.text if discreet else "", source=source)
    scribe.send(copy if spoken.kind else letter, scripted=False)
    if arrival.below is None:
        scribe.show(f"➡️ {quoted(spoken.text)}", line=number)
    return scribe.upshot() + Upshot(staff=(replace(one, current=case.token),))


def noted(scene: Scene, one: Staff, arrival: Arrival, text: str) -> Upshot:
    """A note for colleagues: in the transcript, and nowhere at the person's side."""
    if arrival.edited:
        return _note_mended(scene, one, arrival, text)
    case = subject(scene, one, arrival)
    if case is None or not text or not _may_note(case, one):
        return answer(scene, one, "staff.which" if text else "staff.note.empty")
    scribe = Scribe(scene, case)
    number = scribe.number()
    scribe.entry(Author.NOTE, Kind.NOTE, text, number)
    scribe.line(_placed(scene, arrival, number, text, Author.NOTE))
    shown_to_readers(scribe, f"📝 {quoted(one.name)}: {quoted(beginning(text))}", but=one.person)
    if case.owner == one.person:
        scribe.note("staff.note.kept")
        return scribe.upshot()
    scribe.show(f"📝 {quoted(one.name)}: {quoted(beginning(text))}")
    return scribe.upshot() + answer(scene, one, "staff.note.kept")


def _taken_down(scribe: Scribe, one: Staff, spoken: Spoken, number: int) -> None:
    scene, text = scribe.scene, spoken.text
    scribe.entry(Author.CONSULTANT, Kind.MEDIA if spoken.kind else Kind.LINE, text, number, spoken.kind)
    scribe.line(_placed(scene, spoken.arrival, number, text))
    scribe.case = cases.answered(scribe.case, number, scene.now)
    if scribe.case.phase is Phase.WRAP_UP:
        scribe.case = cases.talking_again(scribe.case, scene.now)
    shown_to_readers(scribe, f"🧑‍💼 {quoted(one.name)}: {quoted(beginning(text))}")


def _placed(scene: Scene, arrival: Arrival, number: int, text: str, author: Author = Author.CONSULTANT) -> Line:
    room = (arrival.chat or arrival.person, arrival.below) if arrival.below is not None else None
    answered = replied(scene, arrival)
    return Line(number, author, room=room, digest=digest(text), reply=answered, at=hour(scene))


def _named(scene: Scene, one: Staff, arrival: Arrival) -> Case | None:
    """The case of the topic or of the line that is answered."""
    chat = arrival.chat or arrival.person
    messages = [arrival.thread] if arrival.chat == one.room and arrival.thread is not None else []
    messages += [arrival.reply.message] if arrival.reply is not None else []
    people = (scene.placed[(chat, message)][0] for message in messages if (chat, message) in scene.placed)
    return next((case for person in people if (case := scene.desk.cases.get(person)) is not None), None)


def _meant(scene: Scene, one: Staff, arrival: Arrival) -> Case | None:
    """The case a line is for, where that is certain."""
    named = _named(scene, one, arrival)
    mine = [case for case in scene.desk.owned(one.person) if not case.told_end]
    if named is not None or arrival.chat or arrival.reply is not None:
        return named if named in mine else None
    if len(mine) == 1:
        return mine[0] if one.current in (None, mine[0].token) else None
    last = max(mine, key=lambda case: case.spoke, default=None)
    return last if last is not None and last.spoke and last.token == one.current else None


def _may_note(case: Case, one: Staff) -> bool:
    """Its owner, and whoever reads along."""
    return case.is_open and (case.owner == one.person or one.person in case.readers)


def _asks(scene: Scene, one: Staff, arrival: Arrival) -> Upshot:
    """Not certain: ask, under the very line, and send nothing."""
    mine = [case for case in scene.desk.owned(one.person) if not case.told_end]
    if not mine or arrival.chat:
        return answer(scene, one, "staff.no_case")
    rows = tuple(((case.alias, f"send:{case.token}"),) for case in mine[:MOST_CHOICES])
    words = say(scene.book, one.language, "staff.send_to")
    letter = Letter(Deed.SEND, one.person, words, rows, answers=arrival.below)
    return Upshot(posts=(Post(one.person, letter),))


def _over(one: Staff, call: Call) -> Upshot:
    """The question has been answered: it goes."""
    if call.arrival.tapped is None:
        return NOTHING
    return Upshot(posts=(Post(one.person, Letter(Deed.DELETE, one.person, target=(call.arrival.tapped,))),))


def _edited(scene: Scene, one: Staff, arrival: Arrival, text: str) -> Upshot:
    """A consultant mends a line: the person sees it mended."""
    chat = arrival.chat or arrival.person
    person, number = scene.placed.get((chat, arrival.below or 0), (0, 0))
    case, line = scene.desk.cases.get(person), scene.line(person, number)
    if case is None or line is None or case.owner != one.person or line.author is not Author.CONSULTANT:
        return NOTHING
    if line.digest == digest(text) or not case.is_open:
        return NOTHING
    scribe = Scribe(scene, case)
    if not scene.reaches(case.person):
        scribe.note("staff.unreachable")
        return scribe.upshot()
    scribe.entry(Author.CONSULTANT, Kind.EDIT, text, number)
    scribe.line(replace(line, digest=digest(text)))
    scribe.send(Letter(Deed.EDIT, case.person, quoted(text), line=number))
    return scribe.upshot()


def _note_mended(scene: Scene, one: Staff, arrival: Arrival, text: str) -> Upshot:
    """A note is mended where notes are kept; a line that was sent does not become one."""
    person, number = scene.placed.get((arrival.chat or arrival.person, arrival.below or 0), (0, 0))
    case, line = scene.desk.cases.get(person), scene.line(person, number)
    if case is None or not case.is_open or line is None or line.author is not Author.NOTE:
        return NOTHING
    if line.digest == digest(text):
        return NOTHING
    scribe = Scribe(scene, case)
    scribe.entry(Author.NOTE, Kind.EDIT, text, number)
    scribe.line(replace(line, digest=digest(text)))
    return scribe.upshot()


def noted_as_command(scene: Scene, one: Staff, call: Call) -> Upshot:
    """The same as a note that begins with two slashes."""
    return noted(scene, one, call.arrival, call.text)
