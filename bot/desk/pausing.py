"""What makes a talk bearable: a flooder is muted, a reminder set, a referral asked for.

Law: what a muted person writes is kept and can be read; a reminder never writes to anybody but the consultant; nothing
is passed on to another organisation before the person said yes.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.cases import Case, is_safe, unmuted
from bot.desk.desk import NOTHING, Scene, Upshot
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.desk.words import Button, day_and_clock, plain

MUTED = timedelta(hours=1)
"""How long a flooder is muted."""
FARTHEST = timedelta(days=7)
"""A case without a line is closed after so long: a later reminder would find nothing."""
QUIET = (9, 21)
"""Nobody is written to first before and after these hours, whatever they chose."""
SOON = ("hour", "evening", "morning", "day")
"""Times that are offered: in an hour, at the next 18:00, tomorrow at 10:00, tomorrow at 18:00."""
TYPED = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\.?\s+)?(\d{1,2}):(\d{2})")
"""`18:00`, or `01.12 18:00`."""


def mute(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Show no lines of this case for an hour; all of them are kept."""
    if call.case is None:
        return NOTHING
    scribe = Scribe(scene, replace(call.case, muted_until=scene.now + MUTED))
    scribe.tell("desk.muted")
    scribe.note("staff.muted", (("staff.b.unmute", "unmute", call.case.token),))
    return scribe.upshot()


def unmute(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Show them again from now on."""
    if call.case is None:
        return NOTHING
    scribe = Scribe(scene, unmuted(call.case, scene.now))
    scribe.note("staff.unmuted", (("staff.b.history", "history", call.case.token),))
    return scribe.upshot()


def remind(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Ask when the consultant shall be reminded to write again."""
    if call.case is None:
        return NOTHING
    if call.text:
        return _typed(scene, call.case, call.text)
    token = call.case.token
    buttons: list[Button] = [(f"staff.b.in_{name}", f"remind_{name}", token) for name in SOON]
    scribe = Scribe(scene, call.case)
    scribe.note("staff.remind.when", *((button,) for button in buttons))
    return scribe.upshot()


def remind_at(scene: Scene, one: Staff, call: Call) -> Upshot:
    """One of the times that are offered."""
    if call.case is None or call.argument not in SOON:
        return NOTHING
    return _set(scene, call.case, moment(scene.now, call.argument))


def moment(now: datetime, name: str) -> datetime:
    """When that is: in an hour, this evening, tomorrow morning, tomorrow evening."""
    match name:
        case "hour":
            return now + timedelta(hours=1)
        case "evening":
            return _next(now, 18)
        case "morning":
            return _next(now.replace(hour=0, minute=0) + timedelta(days=1), 10)
        case _:
            return _next(now.replace(hour=0, minute=0) + timedelta(days=1), 18)


def refer(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Ask to which organisation."""
    if call.case is None:
        return NOTHING
    scribe = Scribe(scene, call.case)
    rows = [(f"referral.{name}", f"refer_{name}", call.case.token) for name in scene.rules.referrals]
    scribe.note("staff.refer.whom", *((row,) for row in rows))
    return scribe.upshot()


def refer_to(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Ask the person whether they agree."""
    case = call.case
    if case is None or call.argument not in scene.rules.referrals:
        return NOTHING
    scribe = Scribe(scene, replace(case, referral=call.argument))
    if not scene.reaches(case.person):
        scribe.case = case
        scribe.note("staff.unreachable")
        return scribe.upshot()
    to = plain(scene.book, case.language, f"referral.{call.argument}")
    scribe.tell("desk.referral", (("desk.b.yes", "desk_yes", 0), ("desk.b.no", "desk_no", 0)), to=to)
    scribe.note("staff.refer.asked")
    return scribe.upshot()


def _typed(scene: Scene, case: Case, text: str) -> Upshot:
    when = read_moment(text, scene.now)
    if when is None or not scene.now < when <= scene.now + FARTHEST:
        scribe = Scribe(scene, case)
        scribe.note("staff.remind.unread")
        return scribe.upshot()
    return _set(scene, case, when)


def read_moment(text: str, now: datetime) -> datetime | None:
    """A typed time: today's or tomorrow's hour, or a day of this or the next year; None where it is none."""
    found = TYPED.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day, month, hour, minute = found[1], found[2], int(found[3]), int(found[4])
        if day is None:
            at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
            return at if at > now else at + timedelta(days=1)
        at = now.replace(month=int(month), day=int(day), hour=hour, minute=minute, second=0, microsecond=0)
        return at if at > now else at.replace(year=at.year + 1)
    except ValueError:
        return None


def _set(scene: Scene, case: Case, when: datetime) -> Upshot:
    scribe = Scribe(scene, replace(case, remind_at=when))
    text = "staff.remind.set" if is_safe(case, when) and QUIET[0] <= when.hour < QUIET[1] else "staff.remind.unsafe"
    scribe.note(text, when=day_and_clock(when, scene.now))
    return scribe.upshot()


def _next(after: datetime, hour: int) -> datetime:
    at = after.replace(hour=hour, minute=0, second=0, microsecond=0)
    return at if at >= after else at + timedelta(days=1)
