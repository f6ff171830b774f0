"""Canned replies: a picker in the consultant's language, the words in the person's.

Law: a reply is seen before it is sent; one that still has gaps to fill (an hour, a place) cannot be sent as it is, it
is there to be copied and finished.
"""

from dataclasses import replace

from bot.desk.cases import Case
from bot.desk.desk import NOTHING, Scene, Upshot
from bot.desk.relaying import Spoken, said
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.desk.words import Button, keys, plain, quoted

GAPS = {"time": "…", "place": "…"}
"""What stands where the consultant has to say more."""


def picker(scene: Scene, one: Staff, call: Call) -> Upshot:
    """All canned replies by title."""
    if call.case is None:
        return NOTHING
    scribe = Scribe(scene, call.case)
    rows = [_title(name, call.case) for name in scene.rules.replies]
    scribe.note("staff.replies", *((row,) for row in rows))
    return scribe.upshot()


def shown(scene: Scene, one: Staff, call: Call) -> Upshot:
    """One of them, in the person's language, to copy or to send."""
    if call.case is None or call.argument not in scene.rules.replies:
        return NOTHING
    scribe = Scribe(scene, call.case)
    whole: Button = ("staff.b.send", f"saynow_{call.argument}", call.case.token)
    rows = () if has_gaps(scene, call.argument) else ((whole,),)
    text = quoted(words(scene, one, call.case, call.argument))
    scribe.show(f"<code>{text}</code>", keys(scene.book, one.language, *rows))
    return scribe.upshot()


def sent(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Send one as it is."""
    if call.case is None or call.argument not in scene.rules.replies or has_gaps(scene, call.argument):
        return NOTHING
    text = words(scene, one, call.case, call.argument)
    return said(scene, one, call.case, Spoken(replace(call.arrival, below=None, reply=None), text))


def words(scene: Scene, one: Staff, case: Case, name: str) -> str:
    """The reply in the person's language, with the consultant's name in it."""
    return plain(scene.book, case.language, f"reply.{name}", name=one.name, **GAPS)


def has_gaps(scene: Scene, name: str) -> bool:
    """Whether somebody has to fill something in."""
    return bool(set(scene.rules.replies[name]) & GAPS.keys())


def _title(name: str, case: Case) -> Button:
    return (f"reply.{name}.title", f"say_{name}", case.token)
