"""Campaigns: links that say by which poster or post people came, so that it can be counted and nothing else.

Law: a campaign is registered by its name before it counts; a word that only came from outside names none. None is ever
removed: the counts of months that are not published yet stand under its name. So there are few of them.
"""

import re
from collections.abc import Collection

from bot.desk.answers import answer
from bot.desk.desk import Post, Scene, Upshot
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.desk.words import say
from bot.letters import Deed, Letter
from bot.statistics.tables import NO_CAMPAIGN

PAYLOAD = "c_"
"""What a /start of a campaign begins with (design §10)."""
NAME = re.compile(r"[a-z0-9_]{1,32}")
MOST = 30
"""Each is a row of a published table, where a row of fewer than ten says nothing."""


def link(bot: str, name: str) -> str:
    """What stands on the poster."""
    return f"https://t.me/{bot}?start={PAYLOAD}{name}"


def campaign_in(payload: str, campaigns: Collection[str]) -> str | None:
    """The registered campaign that came with a /start."""
    name = payload.removeprefix(PAYLOAD) if payload.startswith(PAYLOAD) else ""
    return name if name in campaigns else None


def is_name(name: str) -> bool:
    """Whether a campaign may be called so; the word for none may not."""
    return NAME.fullmatch(name) is not None and name != NO_CAMPAIGN


def is_full(name: str, campaigns: Collection[str]) -> bool:
    """Whether there is no room for another one of this name."""
    return name not in campaigns and len(campaigns) >= MOST


def campaign(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Which there are, and their links; with a name, register it."""
    name = call.text
    if not name:
        return _listed(scene, one)
    if not is_name(name):
        return answer(scene, one, "staff.campaign.wrong")
    if is_full(name, scene.desk.campaigns):
        return answer(scene, one, "staff.campaign.full", most=str(MOST))
    new = () if name in scene.desk.campaigns else (name,)
    made = Upshot(campaigns=new, audit=("campaign.registered",) * len(new))
    return made + answer(scene, one, "staff.campaign", name=name, link=link(scene.bot_name, name))


def _listed(scene: Scene, one: Staff) -> Upshot:
    text = "staff.campaigns" if scene.desk.campaigns else "staff.campaigns.none"
    lines = (f"{name}: {link(scene.bot_name, name)}" for name in sorted(scene.desk.campaigns))
    words = "\n".join((say(scene.book, one.language, text), *lines))
    return Upshot(posts=(Post(one.person, Letter(Deed.SEND, one.person, words)),))
