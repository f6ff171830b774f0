"""The figures of now in words: how much there is to do, and how soon people are answered.

Law: they say nothing of anybody (`bot.statistics.operational`): numbers of cases by where they are, and one time.
"""

from datetime import timedelta

from bot.desk.cases import Phase
from bot.desk.desk import Scene
from bot.desk.words import plain, say
from bot.statistics.operational import LONG, Now, rounded, usual

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def now_at_desk(scene: Scene) -> Now:
    """The figures of now."""
    cases = scene.desk.cases.values()
    phases = [case.phase for case in cases if case.is_open or scene.now < case.since + scene.reopen]
    waits = [case.first_answer_at - case.asked_at for case in cases if case.first_answer_at is not None]
    counts = {phase: rounded(phases.count(phase)) for phase in Phase}
    return Now(
        waiting=counts[Phase.WAITING],
        talking=counts[Phase.HUMAN],
        coding=counts[Phase.WRAP_UP],
        closed=counts[Phase.CLOSED],
        first_answer=usual(waits),
    )


def in_words(scene: Scene, language: str) -> str:
    """The same, as Telegram HTML. What is never kept after the end is not counted there."""
    now, hours = now_at_desk(scene), scene.reopen // HOUR
    at_work = {"waiting": now.waiting, "talking": now.talking, "coding": now.coding}
    counts = {name: _count(scene, language, count) for name, count in at_work.items()}
    closed = {"hours": str(hours), "closed": _count(scene, language, now.closed)}
    lines = (
        say(scene.book, language, "staff.now", **counts),
        say(scene.book, language, "staff.now.closed", **closed) if hours else "",
        say(scene.book, language, "staff.now.first", time=_time(scene, language, now.first_answer)),
        say(scene.book, language, "staff.now.apart"),
    )
    return "\n".join(line for line in lines if line)


def _count(scene: Scene, language: str, count: int | None) -> str:
    return plain(scene.book, language, "staff.now.few") if count is None else str(count)


def _time(scene: Scene, language: str, wait: timedelta | None) -> str:
    if wait is None:
        return plain(scene.book, language, "staff.now.unknown")
    if wait >= LONG:
        return plain(scene.book, language, "staff.now.hours", hours=str(wait // HOUR))
    if not wait:
        return plain(scene.book, language, "staff.now.soon")
    return plain(scene.book, language, "staff.now.minutes", minutes=str(wait // MINUTE))
