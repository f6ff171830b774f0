"""What managers see of the numbers: how much there is to do now, and the frozen releases as buttons.

Law: the figures of now stand apart from the releases, which are named and not quoted here.
"""

from datetime import timedelta

from bot.desk import figures
from bot.desk.desk import NOTHING, Post, Scene, Upshot
from bot.desk.releases import button_of, span
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.desk.words import Button, keys, say
from bot.letters import Deed, Letter, Rows
from bot.statistics.periods import Period

LISTED = 8
"""Releases on one page."""
DAY = timedelta(days=1)


def stats(scene: Scene, one: Staff, _call: Call) -> Upshot:
    """The figures of now, and the newest releases."""
    return Upshot(posts=(Post(one.person, Letter(Deed.SEND, one.person, _words(scene, one), _rows(scene, one, 0))),))


def turned(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Another page of releases, in the same bubble."""
    first, bubble = call.argument, call.arrival.tapped
    if not first.isdecimal() or bubble is None:
        return NOTHING
    letter = Letter(Deed.EDIT, one.person, _words(scene, one), _rows(scene, one, int(first)), (bubble,))
    return Upshot(posts=(Post(one.person, letter),))


def coming(scene: Scene) -> Period:
    """The period whose release comes next: the first of all is that of the first count."""
    today = scene.now.date()
    first = scene.releases[-1].release.last + DAY if scene.releases else min(scene.counted_from or today, today)
    return Period.of(first, scene.desk.length)


def _words(scene: Scene, one: Staff) -> str:
    return f"{figures.in_words(scene, one.language)}\n\n{_about_releases(scene, one)}"


def _about_releases(scene: Scene, one: Staff) -> str:
    """Whether there are any, when the next one comes, and that all of it is made up where it is."""
    book, language, period = scene.book, one.language, coming(scene)
    when = "staff.now.late" if scene.now.date() > period.due else "staff.now.next"
    lines = [
        say(book, language, "staff.now.releases" if scene.releases else "staff.now.none"),
        say(book, language, when, period=span(period.first, period.last), day=f"{period.due:%d.%m.%Y}"),
        *([say(book, language, "staff.now.missing")] if scene.unreadable else []),
        *([say(book, language, "staff.now.demo")] if scene.desk.demo else []),
    ]
    return "\n".join(lines)


def _rows(scene: Scene, one: Staff, first: int) -> Rows:
    newest = scene.releases[::-1]
    turns: list[Button] = []
    if first:
        turns.append(("staff.b.stats.newer", f"statsfrom_{max(0, first - LISTED)}", 0))
    if len(newest) > first + LISTED:
        turns.append(("staff.b.stats.older", f"statsfrom_{first + LISTED}", 0))
    listed = tuple((button_of(shelved),) for shelved in newest[first : first + LISTED])
    return (*listed, *(keys(scene.book, one.language, tuple(turns)) if turns else ()))
