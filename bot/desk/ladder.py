"""What time alone does to cases: somebody is reminded, told again, given back, closed, cleaned away.

    WAITING   told again after 10, 30 and 60 minutes of opening hours, then every two hours; the person hears the truth
    HUMAN     an owner who is silent is reminded after 10 minutes on duty, and loses the case after 30, of opening hours
    offered   returned after 10 minutes
    WRAP_UP   closed as not coded after 12 hours, in opening hours
    no line   closed after 7 days
    rooms     emptied of what is 40 hours old, because Telegram lets a bot delete only what is younger than 48
    CLOSED    sealed when it can no longer be reopened; everything else of it goes

Law: a case is never lost by time, only moved; nothing is said to a person outside opening hours that they did not ask,
nor at an hour at which they asked not to be written to. An owner's silence is counted from the first line they did not
answer, and not while the person is muted.
"""

from dataclasses import replace
from datetime import timedelta

from bot.desk import sealing
from bot.desk.asking import CANCEL, announced, waiting_text
from bot.desk.cases import Case, Phase, is_safe, unmuted
from bot.desk.closing import finished
from bot.desk.desk import NOTHING, Scene, Upshot
from bot.desk.handing import returned
from bot.desk.readers import cleaned
from bot.desk.scribe import Scribe
from bot.desk.work import released
from bot.letters import Deed, Letter
from dialogs.desk import NOT_CODED
from dialogs.hours import is_open, time_open
from dialogs.lifetimes import CASE

NUDGES = (timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=30))
"""Opening hours from the asking to the first time, from that to the second, and to the third."""
LATER_NUDGES = timedelta(hours=2)
MOST_NUDGES = 8
"""So often is a person told that nobody came; those on duty are told on."""
REMINDED = timedelta(minutes=10)
SILENT = timedelta(minutes=30)
OFFER = timedelta(minutes=10)
CODING = timedelta(hours=12)
LIFE = CASE.age
CLEANED = timedelta(hours=40)
EVERY = timedelta(hours=1)
"""How often a room is cleaned."""
SETTLING = timedelta(minutes=10)
"""How long after the end the last letters have to go out before nothing is known of a case any more."""


def of_case(scene: Scene, case: Case) -> Upshot:
    """What is due for one case."""
    if case.is_open and scene.trusted and scene.now - max(case.heard_at, case.answered_at or case.heard_at) > LIFE:
        return _ended(scene, case)
    match case.phase:
        case Phase.WAITING:
            return _waiting(scene, case)
        case Phase.HUMAN:
            return _talking(scene, case)
        case Phase.WRAP_UP:
            late = scene.trusted and scene.now - case.since > CODING and is_open(scene.rules, scene.now)
            return _ended(scene, case) if late else _cleaned(scene, case)
        case Phase.CLOSED:
            over = scene.trusted and scene.now > case.since + max(scene.reopen, SETTLING)
            return sealing.over(case) if over else NOTHING


def _waiting(scene: Scene, case: Case) -> Upshot:
    """The first word is the card's; then again, and to everybody, while nobody has come and the desk is open."""
    wait = NUDGES[case.nudges] if case.nudges < len(NUDGES) else LATER_NUDGES
    waited = time_open(scene.rules, case.nudged_at or case.since, scene.now)
    if not is_open(scene.rules, scene.now) or waited < wait:
        return NOTHING
    scribe = Scribe(scene, replace(case, nudged_at=scene.now, nudges=case.nudges + 1))
    if case.nudges < MOST_NUDGES and is_safe(case, scene.now):
        text, values = waiting_text(scene, case)
        scribe.inform("desk.wait.still")
        scribe.inform(text, (CANCEL,), **values)
    scribe.add(announced(scene, replace(case, urgent=True), "staff.still"))
    return scribe.upshot()


def _talking(scene: Scene, case: Case) -> Upshot:
    if case.offered_at is not None and scene.now - case.offered_at > OFFER:
        return returned(scene, case)
    if case.remind_at is not None and scene.now >= case.remind_at:
        return _reminded_to_write(scene, case)
    if case.muted_until is not None and scene.now >= case.muted_until:
        return _heard_again(scene, case)
    owner, waits = scene.desk.staff.get(case.owner or 0), _silence(scene, case)
    if owner is None or waits > SILENT:
        return released(scene, case, "staff.lost", "desk.released")
    if waits > REMINDED and owner.on_duty and not case.reminded:
        scribe = Scribe(scene, replace(case, reminded=True))
        scribe.note("staff.silent")
        return scribe.upshot()
    return _cleaned(scene, case)


def _silence(scene: Scene, case: Case) -> timedelta:
    """How much of the opening hours the owner has let the person wait."""
    hidden = case.hidden or (case.person in scene.known and not scene.reaches(case.person))
    out_of_reach = hidden or case.muted_until is not None
    if case.unanswered_since is None or out_of_reach or not is_open(scene.rules, scene.now):
        return timedelta()
    return time_open(scene.rules, case.unanswered_since, scene.now)


def _heard_again(scene: Scene, case: Case) -> Upshot:
    """The hour is over: lines are shown again, and those that were not can be read."""
    scribe = Scribe(scene, unmuted(case, scene.now))
    scribe.note("staff.unmuted", (("staff.b.history", "history", case.token),))
    return scribe.upshot()


def _ended(scene: Scene, case: Case) -> Upshot:
    """Closed by time; the person is told only where they would be told by day."""
    told = is_open(scene.rules, scene.now) and is_safe(case, scene.now)
    return finished(scene, case if told else replace(case, told_end=True), case.outcome or NOT_CODED)


def _reminded_to_write(scene: Scene, case: Case) -> Upshot:
    scribe = Scribe(scene, replace(case, remind_at=None))
    scribe.note("staff.remind.now" if scene.reaches(case.person) else "staff.remind.hidden")
    return scribe.upshot()


def _cleaned(scene: Scene, case: Case) -> Upshot:
    """What is old in the room goes; `/history` shows it again.

    Nothing is lost by it, so it waits for no trusted clock: after a silent weekend nobody could delete it any more.
    """
    owner = scene.desk.staff.get(case.owner or 0)
    due = case.cleaned_at or (case.opened_at or case.since) + CLEANED
    if owner is None or scene.now < due:
        return NOTHING
    scribe = Scribe(scene, replace(case, cleaned_at=scene.now + EVERY))
    hour = int((scene.now - CLEANED).timestamp()) // 3600
    scribe.place(Letter(Deed.DELETE, 0, every=True, before=hour))
    cleaned(scribe, hour)
    return scribe.upshot()
