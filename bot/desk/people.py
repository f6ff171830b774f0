"""Staff come and go: an invitation is used, made, announced; somebody is removed.

Law: an invitation is told to all managers, and is refused in a group; whoever leaves loses their rooms and their cases
at once, and what still waited for their chat is not sent; the last manager stays. The audit log says what happened, and
to nobody's name.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.arrivals import Arrival
from bot.desk import closing, handing, readers, work
from bot.desk.answers import answer, reworded, told
from bot.desk.cases import Case
from bot.desk.desk import NOTHING, Post, Scene, Upshot, together
from bot.desk.staff import Role, Staff, code_in, hash_of, invitation, is_last_manager, link
from bot.desk.verbs import Call
from bot.desk.words import Button, say
from bot.letters import Deed, Letter
from dialogs.desk import NOT_CODED
from dialogs.events import Started

TAG = "abcdefghijkmnpqrstuvwxyz23456789"
"""What tags and codes are made of: no letter that is taken for another."""
TAG_LENGTH = 6
CODE_LENGTH = 26
"""Signs of a code: 130 bits, so that nobody guesses one in two days."""
NAME_LENGTH = 24


def used(scene: Scene, arrival: Arrival, payload: str) -> Upshot | None:
    """Somebody pressed an invitation; None where it is none that can be used."""
    code = code_in(payload)
    found = scene.desk.invitations.get(hash_of(code)) if code else None
    if found is None or scene.now > found.until or arrival.chat:
        return None
    conversation = scene.known[arrival.person]
    language = conversation.footprint.language or scene.book.frame.languages[0]
    name = arrival.name.strip()[:NAME_LENGTH] or "?"
    one = Staff(arrival.person, tag(scene), found.role, name, language)
    return _joined(scene, one, found.hash)


def too_late(scene: Scene, arrival: Arrival) -> Upshot:
    """Whoever brings an invitation that is of no use any more is told so, and is a person like any other."""
    if not isinstance(arrival.event, Started) or code_in(arrival.event.payload) is None:
        return NOTHING
    languages = scene.book.frame.languages
    words = "\n\n".join(say(scene.book, language, "staff.invited.gone") for language in languages)
    return Upshot(posts=(Post(arrival.person, Letter(Deed.SEND, arrival.person, words)),))


def _joined(scene: Scene, one: Staff, hash_: str) -> Upshot:
    joined = Upshot(staff=(one,), used=(hash_,), states=((one.person, None),), audit=(f"joined.{one.role}",))
    joined = _asked_no_more(scene, one.person) + joined
    rows = tuple(((f"staff.b.{language}", f"speak_{language}", 0),) for language in scene.book.frame.languages)
    welcome = answer(scene, one, "staff.welcome", *rows, name=one.name)
    news = (_news(scene, one, manager) for manager in scene.desk.managers())
    return joined + welcome + together(news)


def _asked_no_more(scene: Scene, person: int) -> Upshot:
    """Whoever is staff now asks for nobody: their own case ends without a word."""
    case = scene.desk.cases.get(person)
    if case is None or not case.is_open:
        return NOTHING
    return closing.finished(scene, replace(case, told_end=True), NOT_CODED)


def _news(scene: Scene, one: Staff, manager: Staff) -> Upshot:
    return told(scene, one.person, manager, f"staff.joined.{one.role}", name=one.name)


def tag(scene: Scene) -> str:
    """A new name for buttons."""
    return "".join(TAG[scene.chance(len(TAG))] for _ in range(TAG_LENGTH))


def new_code(chance: Callable[[int], int]) -> str:
    """The code of a new invitation."""
    return "".join(TAG[chance(len(TAG))] for _ in range(CODE_LENGTH))


def speak(scene: Scene, one: Staff, call: Call) -> Upshot:
    """The language one is spoken to in, and whose speakers one is shown first."""
    if call.argument not in scene.book.frame.languages:
        return NOTHING
    now = replace(one, language=call.argument)
    help_ = "staff.help.manager" if one.is_manager else "staff.help"
    return Upshot(staff=(now,)) + reworded(scene, now, call.arrival, "staff.spoken") + answer(scene, now, help_)


def language(scene: Scene, one: Staff, _call: Call) -> Upshot:
    """Ask for it."""
    rows = tuple(((f"staff.b.{each}", f"speak_{each}", 0),) for each in scene.book.frame.languages)
    return answer(scene, one, "staff.language", *rows)


def invite(scene: Scene, one: Staff, _call: Call) -> Upshot:
    """Ask whom."""
    rows: list[tuple[Button, ...]] = [((f"staff.b.{role}", f"invite_{role}", 0),) for role in Role]
    return answer(scene, one, "staff.invite.whom", *rows)


def invite_as(scene: Scene, one: Staff, call: Call) -> Upshot:
    """A link for one person, for two days."""
    if call.argument not in set(Role):
        return NOTHING
    code = new_code(scene.chance)
    made = invitation(code, Role(call.argument), scene.now, one.person)
    shown = answer(scene, one, f"staff.invite.{made.role}", link=link(scene.bot_name, code))
    others = (other for other in scene.desk.managers() if other.person != one.person)
    news = together(told(scene, one.person, other, f"staff.invited.{made.role}", name=one.name) for other in others)
    return Upshot(invited=(made,), audit=(f"invited.{made.role}",)) + shown + news


def staff(scene: Scene, one: Staff, _call: Call) -> Upshot:
    """Who works here."""
    everybody = sorted(scene.desk.staff.values(), key=lambda each: (not each.is_manager, each.name))
    lines = "\n".join(_line(scene, one, each) for each in everybody)
    rows = tuple(((f"✕ {each.name}", f"remove_{each.tag}:0"),) for each in everybody)
    words = f"{say(scene.book, one.language, 'staff.list')}\n{lines}"
    return Upshot(posts=(Post(one.person, Letter(Deed.SEND, one.person, words, rows)),))


def remove(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Ask once more before somebody is removed."""
    other = scene.desk.by_tag(call.argument)
    if other is None:
        return reworded(scene, one, call.arrival, "staff.old")
    row: tuple[Button, ...] = (("staff.b.remove", f"removed_{other.tag}", 0), ("staff.b.stay", "stay", 0))
    return answer(scene, one, "staff.remove.sure", row, name=other.name)


def stay(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Nobody is removed."""
    return reworded(scene, one, call.arrival, "staff.remove.not")


def removed(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Somebody is no longer staff."""
    other = scene.desk.by_tag(call.argument)
    if other is None:
        return reworded(scene, one, call.arrival, "staff.old")
    if is_last_manager(scene.desk.staff.values(), other):
        return reworded(scene, one, call.arrival, "staff.remove.last")
    done = reworded(scene, one, call.arrival, "staff.remove.done", name=other.name)
    return dismissed(scene, other, one.person) + done


def dismissed(scene: Scene, other: Staff, about: int) -> Upshot:
    """Their cases go back, their rooms are emptied and left, their buttons mean nothing any more."""
    unasked = Upshot(staff=(replace(other, on_duty=False, role=Role.CONSULTANT),))
    there = replace(scene, desk=scene.desk.after(unasked))  # what goes back is announced to everybody but them
    apart = work.all_released(there, other) + _apart(there, other) + _room_left(other, about)
    bye = (
        told(scene, about, other, "staff.dismissed")
        if other.person != about
        else answer(scene, other, "staff.dismissed")
    )
    theirs = tuple(each.hash for each in scene.desk.invitations.values() if each.by == other.person)
    return apart + bye + Upshot(dismissed=(other.person,), used=theirs, audit=(f"removed.{other.role}",))


def expired(scene: Scene) -> Upshot:
    """Invitations that nobody used in time."""
    return Upshot(used=tuple(each.hash for each in scene.desk.invitations.values() if scene.now > each.until))


def _apart(scene: Scene, other: Staff) -> Upshot:
    """They read nothing along, and nothing is offered to them any more."""
    theirs = (case for case in scene.desk.touched_by(other.person) if case.owner != other.person)
    return together(_apart_from(scene, case, other) for case in theirs)


def _apart_from(scene: Scene, case: Case, other: Staff) -> Upshot:
    read = readers.left(scene, case, other.person) if other.person in case.readers else Upshot(cases=(case,))
    (now,) = read.cases
    return read + (handing.returned(scene, now) if now.offered_to == other.person else NOTHING)


def _room_left(other: Staff, about: int) -> Upshot:
    """Behind all that empties it, in the same queue."""
    return Upshot(posts=(Post(about, Letter(Deed.LEAVE, other.room)),)) if other.room is not None else NOTHING


def went_off(scene: Scene, one: Staff) -> Upshot:
    """Somebody of the staff blocked the bot: nothing reaches them, so their cases go back."""
    off = Upshot(staff=(replace(one, on_duty=False),))
    return off + work.all_released(replace(scene, desk=scene.desk.after(off)), one)


def _line(scene: Scene, one: Staff, each: Staff) -> str:
    mark = "●" if each.on_duty else "○"
    values = {"name": each.name, "language": each.language, "cases": str(len(scene.desk.owned(each.person)))}
    return f"{mark} {say(scene.book, one.language, f'staff.one.{each.role}', **values)}"
