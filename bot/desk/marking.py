"""What became of a line, shown where it was written: delivered, not delivered and why, or nobody knows.

Law: a consultant is never left to guess; what nobody knows is asked of them, not decided for them. A room that cannot
be opened gives its case back at once: first from the forum group to the private chat, then to the queue.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.desk.cases import Case, Phase
from bot.desk.desk import HEADER, NOTHING, Desk, Scene, Upshot
from bot.desk.groups import lost
from bot.desk.scribe import Scribe
from bot.desk.work import released
from bot.letters import NOWHERE, Deed, Letter
from storage import Settled

DELIVERED = "👌"
"""The reaction under a line that has arrived (one of those Telegram gives bots to use)."""
SAID = frozenset({Deed.SEND, Deed.COPY})
CLOSED_DOORS = frozenset({"no_rights", "no_entry", "nobody"})
"""Why words do not arrive where no others will either."""
REASONS = {"source": "staff.undelivered.source", "blocked": "staff.undelivered.blocked"}


@dataclass(frozen=True, slots=True)
class Fate:
    """A letter about a case that has come to its end. `row` is its number in the outbox."""

    person: int
    row: int
    letter: Letter
    outcome: Settled
    reason: str = ""


def is_news(letter: Letter, outcome: Settled) -> bool:
    """Whether anything may have to be shown. Most letters arrive as they should, in a room or on a card: no news."""
    shown = letter.chat > 0 and (letter.deed in SAID or letter.deed is Deed.DELETE)
    return shown or outcome is not Settled.DELIVERED


def marked(scene: Scene, fate: Fate) -> Upshot:
    """What is shown for one of them."""
    case = scene.desk.cases.get(fate.person)
    if case is None:
        return NOTHING
    return _to_person(scene, case, fate) if fate.letter.chat == fate.person else _to_room(scene, case, fate)


def is_lost_room(fate: Fate) -> bool:
    """A header that did not arrive says that the room is none; of other words it must be the room's fault."""
    ended = fate.outcome in (Settled.DROPPED, Settled.BLOCKED)
    return ended and (fate.letter.line == HEADER or (fate.letter.deed in SAID and fate.reason in CLOSED_DOORS))


def displaced(desk: Desk, fates: Iterable[Fate]) -> set[int]:
    """Whose cases lose their room by this, and are read elsewhere: all that was said in them is needed for it."""
    rooms = {fate.letter.chat for fate in fates if is_lost_room(fate)}
    moving = (one for one in desk.staff.values() if one.room in rooms)
    return {case.person for one in moving for case in desk.owned(one.person)}


def _to_person(scene: Scene, case: Case, fate: Fate) -> Upshot:
    letter, scribe = fate.letter, Scribe(scene, case)
    if letter.line is None or not case.is_open:
        return NOTHING
    if letter.deed is Deed.DELETE:
        done = fate.outcome is Settled.DELIVERED and fate.reason != NOWHERE
        scribe.note("staff.undone" if done else "staff.undo.failed", reply=letter.line)
        return scribe.upshot()
    if letter.deed not in SAID:
        return NOTHING
    match fate.outcome:
        case Settled.DELIVERED:
            scribe.place(Letter(Deed.REACT, 0, line=letter.line, emoji=DELIVERED))
        case Settled.UNCERTAIN:
            row = (("staff.b.again", "again", fate.row), ("staff.b.arrived", "arrived", fate.row))
            scribe.note("staff.uncertain", row, reply=letter.line)
        case Settled.BLOCKED:
            scribe.note("staff.undelivered.blocked", reply=letter.line)
        case _:
            scribe.note(REASONS.get(fate.reason, "staff.undelivered"), reply=letter.line)
    return scribe.upshot()


def _to_room(scene: Scene, case: Case, fate: Fate) -> Upshot:
    """Only the room that is the owner's now can be lost to them; another's, or a former one, may fail as it likes."""
    owner, chat = scene.desk.staff.get(case.owner or 0), fate.letter.chat
    if owner is None or case.phase is not Phase.HUMAN:
        return NOTHING
    if not is_lost_room(fate):
        return _unshown(scene, case, fate) if fate.outcome is Settled.DROPPED else NOTHING
    if owner.room is not None:
        return lost(scene, chat) if chat == owner.room else NOTHING
    return released(scene, case, "staff.room.unreachable", "desk.released") if chat == owner.person else NOTHING


def _unshown(scene: Scene, case: Case, fate: Fate) -> Upshot:
    """Something of the person's could not be copied: the consultant knows at least that there was something."""
    if fate.letter.deed is not Deed.COPY:
        return NOTHING
    scribe = Scribe(scene, case)
    scribe.note("staff.copy.lost")
    return scribe.upshot()
