"""What a person does while the desk answers: lines are relayed or kept, things copied, buttons of ours obeyed.

Law: a line is in the transcript before it is anywhere else; what is kept while nobody is there is acknowledged once;
a button of the desk does nothing that the phase of the case does not allow.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.arrivals import Arrival
from bot.desk import cases
from bot.desk.asking import AGAIN, SAFE, cancelled
from bot.desk.cases import Case, Phase, Safe
from bot.desk.desk import NOTHING, Post, Scene, Upshot
from bot.desk.entries import Kind
from bot.desk.media import Passing, Thing, passing
from bot.desk.opening import copied, shown
from bot.desk.pieces import beginning
from bot.desk.readers import shown_to_readers
from bot.desk.scribe import Scribe
from bot.desk.words import Button, keys, quoted, say
from bot.letters import Deed, Letter
from bot.statistics.tables import REFUSED
from dialogs.events import Chose, Sent, Wrote
from storage import Author, Line

END: Button = ("desk.b.end", "desk_end", 0)
HOUR = 3600


def heard(scene: Scene, case: Case, arrival: Arrival) -> Upshot:
    """What a person with a case did, as the desk takes it."""
    event = arrival.event
    if isinstance(event, Chose):
        return _tapped(scene, case, arrival, event)
    if arrival.edited and isinstance(event, Wrote | Sent):
        return _edited(scene, case, arrival, event.text if isinstance(event, Wrote) else event.caption)
    if not case.is_open or case.told_end:
        return _afterwards(scene, case)
    if isinstance(event, Wrote):
        return _wrote(scene, case, arrival, event.text)
    return _sent(scene, case, arrival, event) if isinstance(event, Sent) else NOTHING


def busy(scene: Scene, case: Case) -> Upshot:
    """What a button or a command of the book comes to while a human has the conversation."""
    scribe = Scribe(scene, case)
    scribe.tell("desk.talking", (END,))
    return scribe.upshot()


def digest(text: str) -> bytes:
    """By which an edit that changed nothing is known. It lies sealed beside its line."""
    return hashlib.sha256(text.encode()).digest()[:16]


def spoken(scribe: Scribe, arrival: Arrival, text: str, kind: Kind = Kind.LINE, media: str = "") -> int:
    """Take down a line of the person's; its number."""
    scene, number = scribe.scene, scribe.number()
    scribe.entry(Author.PERSON, kind, text, number, media)
    here = arrival.below
    scribe.line(Line(number, Author.PERSON, here, digest=digest(text), reply=replied(scene, arrival), at=hour(scene)))
    scribe.case = cases.heard(scribe.case, scene.desk.next_spoke(), scene.now)
    if scribe.case.phase is Phase.WRAP_UP:
        scribe.case = cases.talking_again(scribe.case, scene.now)
        scribe.note("staff.talks_again")
    return number


def replied(scene: Scene, arrival: Arrival) -> int | None:
    """The number of the line that an arrival answers, where we know it."""
    if arrival.reply is None:
        return None
    chat = arrival.chat or arrival.person
    found = scene.placed.get((chat, arrival.reply.message))
    return found[1] if found else None


def hour(scene: Scene) -> int:
    """Now, as lines remember it."""
    return int(scene.now.timestamp()) // HOUR


def _wrote(scene: Scene, case: Case, arrival: Arrival, text: str) -> Upshot:
    scribe = Scribe(scene, case)
    number = spoken(scribe, arrival, text)
    if scribe.case.phase is Phase.WAITING:
        _kept(scribe)
    elif not _is_muted(scribe):
        shown(scribe, text, number, replied(scene, arrival))
    shown_to_readers(scribe, quoted(beginning(text)))
    return scribe.upshot()


def _sent(scene: Scene, case: Case, arrival: Arrival, event: Sent) -> Upshot:
    scribe, kind, caption = Scribe(scene, case), event.kind, event.caption
    match passing(kind):
        case Passing.REFUSED:
            scribe.tell("desk.refused")
        case Passing.CONFIRMED:
            _asks_first(scribe, arrival, kind, caption)
        case Passing.COPIED:
            number = spoken(scribe, arrival, caption, Kind.MEDIA, kind)
            _passed(scribe, arrival, number, kind, caption)
    return scribe.upshot()


def _passed(scribe: Scribe, arrival: Arrival, number: int, kind: str, caption: str) -> None:
    if scribe.case.phase is Phase.WAITING:
        _kept(scribe)
    elif arrival.below is not None and not _is_muted(scribe):
        copied(scribe, Thing(kind, arrival.below, caption), number, replied(scribe.scene, arrival))


def _asks_first(scribe: Scribe, arrival: Arrival, kind: str, caption: str) -> None:
    """The thing has a number already, by which the answer names it; it is in no transcript before the yes."""
    number = scribe.number()
    scribe.line(Line(number, Author.BOT, arrival.below, digest=digest(caption), at=hour(scribe.scene)))
    row: tuple[Button, ...] = (("desk.b.pass", f"desk_pass_{kind}", number), ("desk.b.drop", "desk_drop", number))
    book, case = scribe.scene.book, scribe.case
    words = say(book, case.language, "desk.pass")
    scribe.send(Letter(Deed.SEND, case.person, words, keys(book, case.language, row), answers=arrival.below))


def _kept(scribe: Scribe) -> None:
    if not scribe.case.kept:
        scribe.case = replace(scribe.case, kept=True)
        scribe.tell("desk.locked.kept" if scribe.scene.locked else "desk.kept")


def _is_muted(scribe: Scribe) -> bool:
    until = scribe.case.muted_until
    return until is not None and scribe.scene.now < until


def _afterwards(scene: Scene, case: Case) -> Upshot:
    scribe = Scribe(scene, case)
    scribe.tell("desk.after", (AGAIN,))
    return scribe.upshot()


def _edited(scene: Scene, case: Case, arrival: Arrival, text: str) -> Upshot:
    """An edit is seen in the room; that it is one is said where the owner may have read the old words."""
    if not case.is_open or arrival.below is None:
        return NOTHING
    if arrival.sent is None or arrival.sent < case.asked_at.replace(second=0, microsecond=0):
        return NOTHING  # it was written to the bot, before anybody was asked for
    _, number = scene.placed.get((arrival.person, arrival.below), (0, None))
    line = scene.line(case.person, number) if number is not None else None
    if line is not None and (line.digest == digest(text) or line.author is not Author.PERSON):
        return NOTHING  # nothing changed, or nobody has agreed that it passes
    scribe = Scribe(scene, replace(case, edits=case.edits + 1))
    scribe.entry(Author.PERSON, Kind.EDIT, text, number)
    if line is None or number is None:
        if not _is_muted(scribe):
            scribe.note("staff.edited")
            scribe.show(quoted(beginning(text)))
        return scribe.upshot()
    scribe.line(replace(line, digest=digest(text)))
    seen = "✎ " if case.last_owner_line > number else ""
    words = scribe.titled(seen + quoted(beginning(text)))
    if case.phase is not Phase.WAITING:
        scribe.place(Letter(Deed.EDIT, 0, words, line=number))
    return scribe.upshot()


def _tapped(scene: Scene, case: Case, arrival: Arrival, tap: Chose) -> Upshot:
    verb = tap.choice.removeprefix("desk_")
    if verb.startswith("pass_"):
        done = _pass(scene, case, arrival, tap.nonce, verb.removeprefix("pass_"))
    elif verb == "drop":
        done = _drop(scene, case, tap.nonce)
    else:
        act = TAPS.get(verb)
        done = act(scene, case) if act else NOTHING
    return _stripped(case, arrival) + done


def _stripped(case: Case, arrival: Arrival) -> Upshot:
    """What was tapped is over: its buttons go."""
    if arrival.tapped is None:
        return NOTHING
    return Upshot(posts=(Post(case.person, Letter(Deed.STRIP, case.person, target=(arrival.tapped,))),))


def _pass(scene: Scene, case: Case, arrival: Arrival, number: int, kind: str) -> Upshot:
    """The person said yes: only now it is a line, with the words below it, which the question answers."""
    line = scene.line(case.person, number)
    if not case.is_open or case.told_end:
        return _afterwards(scene, case)
    if line is None or line.person is None or line.author is not Author.BOT:
        return NOTHING  # decided already
    scribe = Scribe(scene, case)
    caption = _below(arrival, line)
    scribe.entry(Author.PERSON, Kind.MEDIA, caption, number, kind)
    scribe.line(replace(line, author=Author.PERSON, digest=digest(caption)))
    scribe.case = cases.heard(scribe.case, scene.desk.next_spoke(), scene.now)
    if scribe.case.phase is Phase.WAITING:
        _kept(scribe)
    elif not _is_muted(scribe):
        copied(scribe, Thing(kind, line.person, caption), number)
    return scribe.upshot()


def _below(arrival: Arrival, line: Line) -> str:
    """The words below a thing, as they are now: the tapped question quotes the thing."""
    return arrival.reply.text if arrival.reply is not None and arrival.reply.message == line.person else ""


def _drop(scene: Scene, case: Case, number: int) -> Upshot:
    """The person said no: nobody knows any more which thing it was."""
    line = scene.line(case.person, number)
    if line is None or line.person is None or line.author is not Author.BOT:
        return NOTHING
    scribe = Scribe(scene, case)
    scribe.line(replace(line, author=Author.NOTE))  # known as refused, so that an edit of it passes nothing
    scribe.tell("desk.dropped")
    return scribe.upshot()


def _cancel(scene: Scene, case: Case) -> Upshot:
    match case.phase:
        case Phase.WAITING:
            return cancelled(scene, case)
        case Phase.HUMAN | Phase.WRAP_UP:
            return busy(scene, case)
        case _:
            return _afterwards(scene, case)


def _when(scene: Scene, case: Case) -> Upshot:
    scribe = Scribe(scene, case)
    scribe.tell("desk.when", *((button,) for button in SAFE))
    return scribe.upshot()


def _safe(safe: Safe) -> Callable[[Scene, Case], Upshot]:
    def chosen(scene: Scene, case: Case) -> Upshot:
        scribe = Scribe(scene, replace(case, safe=safe))
        scribe.tell("desk.safe")
        if case.phase is Phase.HUMAN:
            scribe.note(f"staff.safe.{safe}")
        return scribe.upshot()

    return chosen


def _referral(*, agreed: bool) -> Callable[[Scene, Case], Upshot]:
    def answered(scene: Scene, case: Case) -> Upshot:
        if case.referral is None or case.owner is None or case.told_end:
            return NOTHING
        scribe = Scribe(scene, cases.referred(case, case.referral if agreed else REFUSED))
        scribe.entry(Author.BOT, Kind.EVENT, f"referral {case.referral}: {'yes' if agreed else 'no'}")
        scribe.note("staff.agreed" if agreed else "staff.refused")
        scribe.tell("desk.referral.yes" if agreed else "desk.referral.no")
        return scribe.upshot()

    return answered


def _end(scene: Scene, case: Case) -> Upshot:
    """The person ends the talk; the owner still codes it."""
    if case.phase not in (Phase.HUMAN, Phase.WRAP_UP) or case.told_end:
        return _afterwards(scene, case)
    scribe = Scribe(scene, cases.wrapping_up(case, scene.now, told=True))
    scribe.tell("desk.ended", (AGAIN,))
    scribe.note("staff.person_ended", (("staff.b.close", "close", case.token),))
    return scribe.upshot() + Upshot(resumed=(case.person,))


TAPS: Mapping[str, Callable[[Scene, Case], Upshot]] = {
    "cancel": _cancel,
    "when": _when,
    "end": _end,
    "yes": _referral(agreed=True),
    "no": _referral(agreed=False),
    **{str(safe): _safe(safe) for safe in Safe},
}
"""What the desk's own buttons do for a person, by verb.

Beside them `pass_`, with the kind after it, and `drop` decide about a thing, and `again` asks for a human.
"""
