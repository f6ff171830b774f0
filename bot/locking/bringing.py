"""Somebody who waited while the house was locked comes into the real queue, with all they wrote. Pure.

Law: what was hidden stays hidden, and what was to be deleted is deleted, here too; whoever comes is told so in the
chat, at hours they allow. A line keeps the time at which it was written; the patience of consultants and of the ladder
begins now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.answering import Answer, deletions, state_of
from bot.desk import asking, parting
from bot.desk.cases import Case, Phase, Safe, about, heard, is_safe, talking_again
from bot.desk.desk import Post, Upshot
from bot.desk.entries import Kind, Said
from bot.desk.media import Thing
from bot.desk.opening import copied, shown
from bot.desk.pieces import beginning
from bot.desk.readers import shown_to_readers
from bot.desk.scribe import Scribe
from bot.desk.words import quoted
from bot.gathering import Gathering
from bot.letters import Urgency
from dialogs import counting
from dialogs.model import SWITCHES
from dialogs.state import State
from storage import Author, Conversation, Entry, Footprint, Line


@dataclass(frozen=True, slots=True)
class Brought:
    """Somebody as they were known while the house was locked; `talk` names what they wrote there, if they did.

    `touched` is the day of their last word.
    """

    person: int
    state: str | None = field(default=None, repr=False)
    footprint: Footprint = field(default_factory=Footprint, repr=False)
    blocked: bool = False
    case: Case | None = None
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    lines: tuple[Line, ...] = field(default=(), repr=False)
    posts: tuple[Post, ...] = field(default=(), repr=False)
    talk: bytes | None = None
    touched: date | None = None


def bring(batch: Gathering, one: Brought) -> bool:
    """Take somebody over; whether nothing of what they wrote is needed any more where it lay."""
    if one.person in batch.desk.staff:
        return False
    _recognise(batch, one)
    batch.posts += one.posts
    if one.case is None or one.case.phase is not Phase.WAITING:
        return True  # nobody was asked for, or no longer
    _into_queue(batch, one.case)
    _write_down(batch, one)
    _tell(batch, one.person)
    return True


def forget(batch: Gathering, one: Brought) -> bool:
    """Somebody asked to be forgotten where nothing of theirs could be found; here it is."""
    case = batch.desk.cases.get(one.person)
    if case is not None:
        batch.file(parting.forgotten(batch.scene, case))
    if one.person not in batch.desk.staff:
        batch.forget(Answer(batch.known[one.person], (), Urgency.DIALOGUE, forget=True))
    return True


def _recognise(batch: Gathering, one: Brought) -> None:
    """Where they stand, what lies in their chat and whether it is hidden. A consultant who would wait is told.

    Whoever has a case stands where they stood: what they chose before is what consultants see of them. What either
    house has counted of them is counted.
    """
    now = batch.known[one.person]
    footprint = _joined(now.footprint, one.footprint)
    case = batch.desk.cases.get(one.person)
    is_open = case is not None and case.is_open
    known = [State.from_json(state) for state in (now.state, one.state) if state is not None]
    state = _fitting(known[0] if is_open else known[-1], known, footprint).to_json() if known else None
    batch.keep(replace(now, state=state, footprint=footprint, blocked=one.blocked, touched=_later(now, one)))
    if footprint.hidden and now.footprint.ids:
        batch.posts += [Post(one.person, letter, Urgency.SOS) for letter in deletions(now)]
    if case is None or not case.is_open:
        return
    if one.blocked or footprint.hidden:
        batch.file((parting.blocked if one.blocked else parting.hidden)(batch.scene, case))
    elif case.hidden or now.footprint.hidden:
        batch.file(parting.back(batch.scene, case))


def _later(now: Conversation, one: Brought) -> date | None:
    return max((day for day in (now.touched, one.touched) if day is not None), default=None)


def _fitting(state: State, known: Sequence[State], footprint: Footprint) -> State:
    """The state with what is known beside it: switches, what is counted, and the campaign, which only we know."""
    counted = frozenset[str]().union(*(each.counted for each in known))
    campaign = next((each.campaign for each in known if each.campaign), None)
    switches = frozenset(name for name in SWITCHES if getattr(footprint, name))
    found = replace(state, counted=counted, campaign=campaign, switches=switches)
    return replace(found, counted=counting.hidden(found)) if footprint.hidden else found


def _joined(before: Footprint, since: Footprint) -> Footprint:
    """The later word counts, and of wishes to leave no trace every one."""
    return replace(
        since,
        language=since.language or before.language,
        ids=() if since.hidden else tuple(sorted({*before.ids, *since.ids})),
        vanish=before.vanish or since.vanish,
        discreet=before.discreet or since.discreet,
    )


def _into_queue(batch: Gathering, old: Case) -> None:
    """As if they had asked here when they asked there; what is said of waiting comes later."""
    person, state = old.person, state_of(batch.known[old.person], 0)
    asked = asking.asked(replace(batch.scene, now=old.asked_at), person, state)
    batch.file(replace(asked, posts=tuple(post for post in asked.posts if post.letter.chat != person)))
    case = batch.desk.cases[person]
    if case.phase is not Phase.WAITING:
        return
    safe = case.safe if old.safe is Safe.ANY else old.safe
    scribe = Scribe(batch.scene, about(replace(case, safe=safe, hidden=old.hidden), minor=old.minor))
    scribe.case = replace(scribe.case, kept=True, heard_at=batch.scene.now, nudged_at=batch.scene.now)
    if old.urgent and not case.urgent:
        scribe.case = replace(scribe.case, urgent=True)
        scribe.card()
        scribe.add(asking.announced(batch.scene, scribe.case, "staff.new"))
    batch.file(scribe.upshot())


def _write_down(batch: Gathering, one: Brought) -> None:
    """Every line into the transcript, and before whoever has the case already."""
    scribe = Scribe(batch.scene, batch.desk.cases[one.person])
    lines, numbers = {line.number: line for line in one.lines}, dict[int, int]()
    told = [Said.opened(entry.body) for entry in one.entries if entry.author is Author.PERSON]
    for said in told:
        _say_again(scribe, said, lines, numbers)
    if told:
        scribe.case = heard(scribe.case, scribe.scene.desk.next_spoke(), scribe.scene.now)
        if scribe.case.phase is Phase.WRAP_UP:
            scribe.case = talking_again(scribe.case, scribe.scene.now)
            scribe.note("staff.talks_again")
    batch.file(scribe.upshot())


def _say_again(scribe: Scribe, said: Said, lines: Mapping[int, Line], numbers: dict[int, int]) -> None:
    """One line under a number of this case; `numbers` says which was which."""
    there = -1 if said.line is None else said.line
    if said.kind is not Kind.EDIT:
        numbers[there] = scribe.number()
    line, here = lines.get(there), numbers.get(there)
    scribe.add(Upshot(entries=((scribe.case.person, replace(said, line=here).sealed_as(Author.PERSON)),)))
    if line is not None and here is not None:
        reply = None if line.reply is None else numbers.get(line.reply)
        scribe.line(replace(line, number=here, room=None, reply=reply))
    until = scribe.case.muted_until
    if until is None or scribe.scene.now >= until:
        _show(scribe, said, line, here)


def _show(scribe: Scribe, said: Said, line: Line | None, here: int | None) -> None:
    """Where somebody has the case already, they and their readers see it; where nobody has, this does nothing."""
    if said.kind is Kind.MEDIA:
        if line is not None and line.person is not None:
            copied(scribe, Thing(said.media, line.person, said.text), here)
        return
    if said.kind is Kind.EDIT:
        scribe.note("staff.edited")
        scribe.show(quoted(beginning(said.text)))
    else:
        shown(scribe, said.text, here)
    shown_to_readers(scribe, quoted(beginning(said.text)))


def _tell(batch: Gathering, person: int) -> None:
    """They hear that somebody can read them now, and how long it may take."""
    scene, case = batch.scene, batch.desk.cases[person]
    scribe = Scribe(scene, case)
    if is_safe(case, scene.now):
        scribe.tell("desk.locked.over")
        if case.phase is Phase.WAITING:
            text, values = asking.waiting_text(scene, case)
            menu = (*asking.MENU, state_of(batch.known[person], 0).nonce)
            scribe.tell(text, (asking.WHEN,), (asking.CANCEL, menu), **values)
    batch.file(scribe.upshot())
