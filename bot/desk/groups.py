"""Groups: which one holds the cards, which is somebody's room, and that the bot leaves every other.

Law: a group is bound by a command typed in it by somebody whose account shows; a group nobody bound is left: at once
when a stranger asked the bot in, after a quarter of an hour when staff did. So is one that was bound and is no more.
"""

from dataclasses import replace
from datetime import timedelta

from bot.arrivals import Arrival, Joined, Moved
from bot.desk import cards
from bot.desk.answers import answer
from bot.desk.cases import Case
from bot.desk.desk import NOTHING, Group, Guest, Post, Scene, Upshot, together
from bot.desk.opening import open_room
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.desk.words import plain, say
from bot.letters import Deed, Letter
from dialogs.events import Wrote

COMMANDS = ("/desk", "/room")
"""What binds a group."""
PATIENCE = timedelta(minutes=15)
"""How long a group that staff asked the bot into may stay unbound."""


def bind(scene: Scene, one: Staff, call: Call) -> Upshot:
    """The group where it is typed holds the cards from now on."""
    chat = call.arrival.chat
    if not chat:
        return answer(scene, one, "staff.desk.how")
    if any(other.room == chat for other in scene.desk.staff.values()):
        return answer(scene, one, "staff.desk.is_room")
    bound = Upshot(group=Group(chat, one.language), settled=(chat,), audit=("desk.bound",))
    hello = _into(scene, one, chat, "staff.desk.bound")
    before = scene.desk.group
    left = Upshot(asides=(Letter(Deed.LEAVE, before.chat),)) if before and before.chat != chat else NOTHING
    return bound + hello + reposted(replace(scene, desk=scene.desk.after(bound))) + left


def reposted(scene: Scene) -> Upshot:
    """Every open case's card, into the group there is now: what is taken, too, so that its tick comes in its place."""
    return together(cards.shown(scene, case) for case in scene.desk.cases.values() if case.is_open)


def room(scene: Scene, one: Staff, call: Call) -> Upshot:
    """The group where it is typed is one's own room from now on; typed in private, the private chat is again."""
    chat = call.arrival.chat or None
    group = scene.desk.group
    if group is not None and chat == group.chat:
        return answer(scene, one, "staff.room.is_desk")
    if any(other.room == chat and other.person != one.person for other in scene.desk.staff.values() if chat):
        return answer(scene, one, "staff.room.taken")
    if scene.desk.owned(one.person):
        return answer(scene, one, "staff.room.busy")
    before = (Guest(one.room, scene.now),) if one.room is not None and one.room != chat else ()
    now = Upshot(staff=(replace(one, room=chat),), settled=(chat,) if chat else (), guests=before)
    return now + answer(scene, one, "staff.room.topics" if chat else "staff.room.plain")


def unseen(scene: Scene, arrival: Arrival) -> Upshot:
    """A group's admin who hides as the group cannot be known: say how to show who one is."""
    if not (isinstance(arrival.event, Wrote) and arrival.event.text.startswith(COMMANDS)):
        return overheard(scene, arrival)
    languages = scene.book.frame.languages
    words = "\n".join(say(scene.book, language, "staff.anonymous") for language in languages)
    return Upshot(asides=(Letter(Deed.SEND, arrival.chat, words),))


def overheard(scene: Scene, arrival: Arrival) -> Upshot:
    """Somebody who is not staff did something in a group: the desk's is theirs to read, every other is left."""
    group, chat = scene.desk.group, arrival.chat
    if arrival.callback is not None:
        words = plain(scene.book, group.language if group else "en", "staff.not_staff")
        return Upshot(toasts=((arrival.callback, words),))
    return NOTHING if chat in _known(scene) else Upshot(asides=(Letter(Deed.LEAVE, chat),))


def joined(scene: Scene, change: Joined) -> Upshot:
    """The bot was asked into a group, or put out of one."""
    if not change.inside:
        return _put_out(scene, change.chat)
    if change.chat in _known(scene):
        return NOTHING
    one = scene.desk.staff.get(change.by)
    if one is None:
        return Upshot(asides=(Letter(Deed.LEAVE, change.chat),))
    hint = _into(scene, one, change.chat, "staff.desk.hint")
    return hint + Upshot(guests=(Guest(change.chat, scene.now),))


def moved(scene: Scene, change: Moved) -> Upshot:
    """A group became a supergroup: it is the same to us, and the open cards come anew."""
    group = scene.desk.group
    rooms = tuple(replace(one, room=change.new) for one in scene.desk.staff.values() if one.room == change.old)
    guest = scene.desk.guests.get(change.old)
    guests = (Guest(change.new, guest.since),) if guest is not None else ()
    followed = Upshot(staff=rooms, settled=(change.old,), guests=guests)
    if group is None or group.chat != change.old:
        return followed
    here = Upshot(group=replace(group, chat=change.new))
    return followed + here + reposted(replace(scene, desk=scene.desk.after(here)))


def overdue(scene: Scene) -> Upshot:
    """Groups that nobody bound in time are left."""
    late = [guest for guest in scene.desk.guests.values() if scene.now - guest.since > PATIENCE]
    return Upshot(
        asides=tuple(Letter(Deed.LEAVE, guest.chat) for guest in late), settled=tuple(guest.chat for guest in late)
    )


def _known(scene: Scene) -> set[int | None]:
    """Groups that are something to the desk, or may yet become it."""
    group = scene.desk.group
    rooms = (one.room for one in scene.desk.staff.values())
    return {*scene.desk.guests, *rooms, *((group.chat,) if group is not None else ())}


def lost(scene: Scene, chat: int) -> Upshot:
    """A group is nobody's room any more: the cases that were read there go on in private."""
    moving = tuple(replace(one, room=None) for one in scene.desk.staff.values() if one.room == chat)
    gone = Upshot(staff=moving)
    there = replace(scene, desk=scene.desk.after(gone))
    cases = (case for one in moving for case in there.desk.owned(one.person))
    return gone + together(_in_private(there, case, chat) for case in cases)


def _put_out(scene: Scene, chat: int) -> Upshot:
    """A lost room's cases go on in private; a lost desk is missed by those who can bind another."""
    gone = Upshot(settled=(chat,), unbound=(chat,))
    group = scene.desk.group
    missing = scene.desk.managers() if group is not None and group.chat == chat else []
    gone += together(answer(scene, one, "staff.desk.lost") for one in missing)
    return gone + lost(replace(scene, desk=scene.desk.after(gone)), chat)


def _in_private(scene: Scene, case: Case, chat: int) -> Upshot:
    """What was not sent into the lost room is among what is shown here."""
    scribe = Scribe(scene, case)
    scribe.add(Upshot(withdrawn=((case.person, chat),)))
    open_room(scribe)
    scribe.note("staff.room.fallen_back")
    return scribe.upshot()


def _into(scene: Scene, one: Staff, chat: int, text: str) -> Upshot:
    return Upshot(posts=(Post(one.person, Letter(Deed.SEND, chat, say(scene.book, one.language, text))),))
