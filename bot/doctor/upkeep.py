"""What should happen again and again: the day's work, the anchor, backups and drills; what waits for the operator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.clock import MOST_BACK
from bot.doctor.finding import Finding, green, red, warn
from bot.keeping.upkeep import ANCHOR, DAILY, HELD, OLDER, SWEPT, Upkeep
from bot.operating.backing import BACKUP, DRILL
from bot.operating.holding import Hold
from dialogs.lifetimes import LOG
from storage import Keyring

LATE = timedelta(hours=26)
"""So old may the last day's work be."""
ALARM = timedelta(days=3)
"""So long an older database that was put in place is red: managers have read of it by then."""
AHEAD = timedelta(days=1)
"""So far in the time to come a day may lie, by the difference of two clocks."""
OLD_BACKUP, OLD_DRILL = timedelta(days=30), timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the database remembers, and whether a bot runs on it."""

    now: datetime
    keyring: Keyring
    upkeep: Upkeep
    holds: list[Hold]
    high_water: datetime | None
    running: bool


def look(seen: Seen) -> Iterator[Finding]:
    """Everything about it."""
    yield _clock(seen)
    yield from _daily(seen)
    yield _anchor(seen)
    yield from _older(seen)
    yield _backup(seen)
    yield _drill(seen)
    yield _holds(seen)


def _clock(seen: Seen) -> Finding:
    if seen.high_water is not None and seen.now < seen.high_water - MOST_BACK:
        return red("clock", "The clock runs behind what it was: nothing is erased.", "Set it: timedatectl set-ntp true")
    held = _at(seen.upkeep.get(HELD))
    if held is None:
        return green("clock", "The clock does not run behind.")
    says = f"Since {held:%d %B %H:%M} UTC nothing came in to compare the clock with: nothing is erased."
    advice = "Write /start to the bot; if this stays, set the clock: timedatectl set-ntp true"
    if not seen.running:
        return warn("clock", says, "Start the bot: once something comes in, it goes on.")
    return (red if seen.now - held > LATE else warn)("clock", says, advice)


def _daily(seen: Seen) -> Iterator[Finding]:
    """The turn, and the sweep; one line when both are well."""
    late = [finding for finding in (_turn(seen), _sweep(seen)) if finding is not None]
    yield from late or [green("daily work", "Sweep and turn were done in time.")]


def _turn(seen: Seen) -> Finding | None:
    """What is wrong with the turn: the secret is of another day, or the rest of the day's work was not done."""
    newest, today = seen.keyring.newest.day, seen.now.astimezone(UTC).date()
    if newest - today > AHEAD:
        says = f"The turn does not happen: the newest secret is of {newest}, a day to come."
        return red("daily work", says, "Set the clock if it is wrong: timedatectl set-ntp true. Then run: gza turn")
    if today - newest > AHEAD:
        return _late(seen, f"The turn does not happen: the newest secret is of {newest}.", "gza turn")
    last = _at(seen.upkeep.get(DAILY))
    if last is None or _is_fresh(seen, last):
        return None
    return _late(seen, f"The day's work was last done on {last:%d %B %Y}.", "gza turn")


def _sweep(seen: Seen) -> Finding | None:
    """Before the first sweep the last turn says how long none was done."""
    last = seen.upkeep.get(SWEPT) or seen.upkeep.get(DAILY)
    at = _at(last) or datetime.combine(seen.keyring.newest.day, time(), UTC)
    if not _is_fresh(seen, at):
        return _late(seen, f"What is over was last erased on {at:%d %B %Y}.", "gza purge")
    if last is None or last["ok"]:
        return None
    return warn(
        "daily work",
        "The last sweep could not erase everything.",
        "The bot tries again every ten minutes; its log says what failed.",
    )


def _is_fresh(seen: Seen, at: datetime) -> bool:
    """Whether that was a day ago at most. A time to come was told by a wrong clock, and proves nothing."""
    return -AHEAD <= seen.now - at <= LATE


def _late(seen: Seen, says: str, verb: str) -> Finding:
    if seen.running:
        return red("daily work", says, f"Look into the log of the bot; by hand: {verb}")
    return warn("daily work", f"{says} No bot runs.", f"Start the bot; by hand: {verb}")


def _anchor(seen: Seen) -> Finding:
    last = seen.upkeep.get(ANCHOR)
    if last is None:
        return green("anchor", "None yet: the managers get the first one after the next midnight.")
    made = datetime.combine(datetime.fromisoformat(last["day"]), time(), UTC)
    says = f"Number {last['seq']}, {_ago(seen.now - made)} ago. Managers compare it with the one in their chat."
    if seen.now - made > LATE:
        return warn("anchor", says, "It comes with the day's work: see there.")
    return green("anchor", says)


def _older(seen: Seen) -> Iterator[Finding]:
    found = _at(seen.upkeep.get(OLDER))
    if found is not None and seen.now - found <= LOG.age:
        says = f"On {found:%d %B} the bot found a database older than before; managers were told."
        advice = "If it was none of you, somebody was at the machine. See docs/OPERATING.md."
        yield (red if seen.now - found <= ALARM else warn)("exchanged", says, advice)


def _backup(seen: Seen) -> Finding:
    last, advice = _at(seen.upkeep.get(BACKUP)), "Run: gza backup, and carry the file to another place."
    if last is None:
        return warn("backup", "No backup was ever made.", advice)
    old = seen.now - last > OLD_BACKUP
    says = f"The last backup is {_ago(seen.now - last)} old."
    return warn("backup", says, advice) if old else green("backup", says)


def _drill(seen: Seen) -> Finding:
    last, advice = _at(seen.upkeep.get(DRILL)), "Put the last backup back for a try: gza restore FILE --into FOLDER"
    if last is None:
        return warn("drill", "No backup was ever put back for a try.", advice)
    says = f"The last drill was {_ago(seen.now - last)} ago."
    return warn("drill", says, advice) if seen.now - last > OLD_DRILL else green("drill", says)


def _holds(seen: Seen) -> Finding:
    if not seen.holds:
        return green("legal holds", "Nothing is held.")
    says = f"{len(seen.holds)} since {seen.holds[0].since}: what is held is not erased."
    return warn("legal holds", says, "If one is over: gza hold, then gza hold --lift TAG")


def _at(said: dict[str, Any] | None) -> datetime | None:
    return datetime.fromisoformat(said["at"]) if said else None


def _ago(age: timedelta) -> str:
    hours = int(age.total_seconds()) // 3600
    return f"{hours} hours" if hours < 2 * 24 else f"{hours // 24} days"
