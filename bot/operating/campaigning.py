"""The operator's verb for campaigns: register one, list them, print their links; beside a running bot or not.

Law: the same as from a manager's chat, by the same rules.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot import filing
from bot.desk.campaigns import MOST, is_full, is_name, link
from bot.errors import GzaError
from bot.settings import Settings
from bot.staffing import opened
from storage import Store


class CampaignError(GzaError):
    """There cannot be such a campaign; the text says why, and what to do."""


async def campaigns(store: Store) -> list[str]:
    """The names of all, in their order."""
    async with store.transaction() as work:
        return sorted((await filing.read(work)).desk.campaigns)


async def register(store: Store, name: str) -> None:
    """Register a campaign; one that is there stays. Raises CampaignError, or storage.Busy: try again."""
    if not is_name(name):
        raise CampaignError(
            "A campaign's name has 1 to 32 small Latin letters, digits and _, such as bus_stop; none is taken."
        )
    now = datetime.now(UTC)
    async with store.transaction() as work:
        filed = await filing.read(work)
        if is_full(name, filed.desk.campaigns):
            raise CampaignError(f"There are {MOST} campaigns already. Use one of them; gza campaign lists them.")
        if name not in filed.desk.campaigns:
            await filing.write(work, filed, replace(filed.desk, campaigns=filed.desk.campaigns | {name}), {})
            await filing.audit(work, ("campaign.registered",), now)


async def run_campaign(settings: Settings, name: str | None, say: Callable[[str], object]) -> None:
    """`gza campaign`: print a link, or all of them."""
    from bot.app import me_of

    me = await me_of(settings)
    async with opened(settings) as store:
        if name is not None:
            await register(store, name)
            say(link(me.username, name))
            return
        names = await campaigns(store)
    for each in names:
        say(f"{each}  {link(me.username, each)}")
    if not names:
        say("There is none yet. Begin with: gza campaign NAME")
