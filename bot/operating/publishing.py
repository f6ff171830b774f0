"""The verb `gza release`: the releases of all periods that are over, or of one of them, by hand.

Law: the same as for the running bot: in their order, each once, all or nothing. It need not wait two weeks, but until
the bot has known the time since: before that it may still count into the period. What may have been published already
is asked about.
"""

from collections.abc import Iterator
from datetime import date, datetime

from bot.clock import TBILISI
from bot.errors import GzaError
from bot.operating.backing import require_database
from bot.operating.mending import Ask, at_hand
from bot.releasing import fixed, shelf
from bot.releasing.apart import Doing, apart
from bot.releasing.doubt import doubted, leave_out
from bot.releasing.due import coming
from bot.releasing.releasing import Releasing, waiting
from bot.settings import Settings
from bot.staffing import Say
from bot.statistics.periods import Length, Period
from bot.statistics.published import Mark, Section
from bot.statistics.rule import MINIMUM
from bot.statistics.shelved import Shelved
from bot.statistics.tables import Unit
from storage import Store

UNITS = {Unit.TALK: "with the bot", Unit.CHECK: "checks of an offer", Unit.CASE: "with a consultant"}
WIDTH = max(map(len, UNITS.values()))


class ReleaseRefused(GzaError):
    """A period that cannot be released; the text says why, or when it can."""


async def run_release(settings: Settings, say: Say, ask: Ask, period: str | None, doing: Doing = apart) -> None:
    """`gza release`. Raises ReleaseRefused, Exposed, NotMade, ClockDoubted or storage.StorageError.

    Then nothing is written of the release it stopped at; those before it stay.
    """
    require_database(settings)
    async with at_hand(settings, ask) as (store, now):
        releasing = Releasing(store, settings.org_name, doing)
        for wanted in await _wanted(store, now, period, say):
            await _require_counted(store, wanted)
            if not await _may(store, wanted, ask):
                await _leave_out(releasing, wanted, now, say, ask)
                continue
            say(f"Making {wanted.name}: counting, attacking what would be published, drawing. About a minute.")
            made = await releasing.release(now, wanted)
            for line in told(made) if made else [f"{wanted.name} was released meanwhile: see `gza export`."]:
                say(line)


async def _require_counted(store: Store, wanted: Period) -> None:
    """Raise ReleaseRefused while something may still be counted into it: the bot counts by the last time it knew.

    A house in which no bot ever ran knows none.
    """
    async with store.transaction() as work:
        known = await work.high_water()
    if known is not None and known.astimezone(TBILISI).date() <= wanted.last:
        raise ReleaseRefused(
            f"Since {known.astimezone(TBILISI):%d %B %Y} nothing told the bot the time: what happens now may still be "
            f"counted into {wanted.name}. Start the bot, write /start to it, and try again."
        )


async def _may(store: Store, wanted: Period, ask: Ask) -> bool:
    """Whether nobody can have a report of it, or somebody says that nobody has."""
    async with store.transaction() as work:
        day = await doubted(work, wanted)
    return day is None or ask(
        f"On {day:%d %B %Y} a backup was put back. If a report of {wanted.name} was given out after that backup was "
        "made, do not make it again. Was none given out, and shall it be made?"
    )


async def _leave_out(releasing: Releasing, wanted: Period, now: datetime, say: Say, ask: Ask) -> None:
    """Raises ReleaseRefused, unless that is wanted."""
    if not ask(
        f"Was one given out, and shall {wanted.name} be left out here for ever, so that later ones can be made?"
    ):
        raise ReleaseRefused(f"Nothing was made of {wanted.name}. Ask managers whether a report of it was given out.")
    async with releasing.store.transaction() as work:
        await leave_out(work, wanted, releasing.organisation, now)
    say(f"{wanted.name} is left out. Keep what was given out of it.")


def told(made: Shelved) -> Iterator[str]:
    """What is said of a release: its rounded totals, its hash, and how to get it."""
    name = made.release.period
    yield f"Released {name}. Consultations, not people:"
    for section in made.release.sections:
        since = "" if section.since == name else f", since {section.since}"
        yield f"  {UNITS[section.unit]:<{WIDTH}}  {_total(section)}{since}"
    yield f"  SHA-256  {made.sha256}"
    yield f"Its files: gza export --period {name}"


def _total(section: Section) -> str:
    if section.total is None:
        return f"fewer than {MINIMUM}: they join the next release"
    return f"{section.total.number:,}" if section.total.mark is Mark.NUMBER else "not shown"


async def _wanted(store: Store, now: datetime, period: str | None, say: Say) -> list[Period]:
    """What is to be released now, oldest first. Raises ReleaseRefused."""
    today = now.astimezone(TBILISI).date()
    async with store.transaction() as work:
        length, done = (await fixed.read(work)).length, await shelf.releases(work)
        ahead, months = await waiting(work, today), {cell.period for cell in await work.counts()}
    if period is not None:
        return _one(_named(period, length), ahead, done, today, say)
    if not ahead:
        names = [Period.parse(one.release.period, length) for one in done]
        say(f"Nothing to release: {_until(coming(months, names, today, length))}")
    return ahead


def _one(wanted: Period, ahead: list[Period], done: list[Shelved], today: date, say: Say) -> list[Period]:
    """The one that was asked for, when it is its turn."""
    for shelved in done:
        if shelved.release.period == wanted.name:
            say(f"{wanted.name} was released on {shelved.release.made:%d %B %Y}, SHA-256 {shelved.sha256}.")
            return []
    if wanted.last >= today:
        raise ReleaseRefused(_until(wanted))
    if wanted not in ahead:
        raise ReleaseRefused(f"Nothing was counted until the end of {wanted.name}: there is no release of it.")
    if wanted != ahead[0]:
        raise ReleaseRefused(f"{ahead[0].name} comes first: gza release --period {ahead[0].name}")
    return [wanted]


def _until(period: Period) -> str:
    return f"{period.name} lasts until {period.last:%d %B %Y}; it can be released from the next day on."


def _named(name: str, length: Length) -> Period:
    try:
        return Period.parse(name, length)
    except ValueError:
        example = Period.of(date(2026, 7, 1), length).name
        raise ReleaseRefused(f"There is no period {name}: here they are called as {example}.") from None
