"""Releases: whether each is as it was frozen, and whether one is late and why."""

from datetime import date, datetime, timedelta

from bot.clock import TBILISI
from bot.doctor.finding import Finding, green, red, warn
from bot.keeping import upkeep
from bot.releasing import fixed, shelf
from bot.releasing.doubt import doubted
from bot.releasing.due import coming
from bot.releasing.releasing import waiting
from bot.statistics.periods import Period
from bot.statistics.shelved import Shelved
from storage import Store, Tampered

NAME = "releases"
GRACE = timedelta(days=1)
"""So much later than it is due a release may come: the bot did not run, or its clock was in doubt."""


async def look(store: Store, now: datetime) -> list[Finding]:
    """One line, or two."""
    try:
        return await _looked(store, now)
    except Tampered as error:
        return [red(NAME, "A release is not as it was frozen.", str(error))]


async def _looked(store: Store, now: datetime) -> list[Finding]:
    today = now.astimezone(TBILISI).date()
    async with store.transaction() as work:
        length, shelved = (await fixed.read(work)).length, await shelf.releases(work)
        for one in shelved:
            await shelf.files(work, one)
        ahead = await waiting(work, today)
        since = await doubted(work, ahead[0]) if ahead else None
        reason = (await upkeep.recalled(work)).get(upkeep.UNRELEASED, {}).get("reason")
        months = {cell.period for cell in await work.counts()}
    if since is not None:
        return [_in_doubt(ahead[0], since)]
    late = [period for period in ahead if today > period.due + GRACE]
    if late:
        return [_late(late[0], reason)]
    names = [Period.parse(one.release.period, length) for one in shelved]
    return [green(NAME, f"{_last(shelved)} The next, {_when(coming(months, names, today, length))}.")]


def _in_doubt(period: Period, since: date) -> Finding:
    says = (
        f"On {since:%d %B %Y} a backup was put back: whether {period.name} was released after that backup was made is "
        "not known, and neither it nor a later one is made by itself."
    )
    advice = f"Ask managers whether a report of it was given out, then: gza release --period {period.name}"
    return warn(NAME, says, advice)


def _late(period: Period, reason: str | None) -> Finding:
    why = f" The bot says: {reason}" if reason else ""
    says = f"{period.name} was due on {period.due:%d %B %Y} and is not released.{why}"
    return warn(NAME, says, "The bot tries again every hour while it runs; by hand: gza release")


def _last(shelved: list[Shelved]) -> str:
    gone = " ".join(f"The files of {one.release.period} are gone since a restore." for one in shelved if one.is_gone)
    whole = [one for one in shelved if not one.is_gone]
    if not whole:
        return gone or "None yet."
    last = whole[-1]
    day, digits = f"{last.release.made:%d %B %Y}", last.sha256[:16]
    return f"The last is {last.release.period}, frozen on {day}, hash {digits}.{gone and ' '}{gone}"


def _when(period: Period) -> str:
    return f"{period.name}, is due on {period.due:%d %B %Y}"
