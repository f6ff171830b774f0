"""Whether Telegram talks to us and nobody else, and lets us do in our groups what we must."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.desk.desk import Desk
from bot.doctor.finding import Finding, green, red, warn
from bot.settings import Settings
from bot.telegram.failures import Blocked, DeliveryError, Migrated, Never, WrongToken
from bot.telegram.gateway import Gateway, Me

AWAY = frozenset({"left", "kicked"})
"""How Telegram calls who is not in a group."""


async def look(settings: Settings, desk: Desk | None) -> list[Finding]:
    """Everything that only Telegram can say; `desk` None: nobody knows our groups."""
    if settings.bot_token is None:
        return [warn("telegram", "BOT_TOKEN is not set.", "Put it into .env; without it only the sandbox runs.")]
    try:
        async with _gateway(settings) as gateway:
            me = await gateway.me()
            return [
                green("telegram", "The Bot API answers."),
                _webhook(await gateway.webhook()),
                *(await _groups(gateway, me, desk) if desk is not None else ()),
            ]
    except WrongToken:
        return [red("telegram", "Telegram does not know BOT_TOKEN.", "Copy it again from @BotFather.")]
    except DeliveryError:
        return [warn("telegram", "The Bot API does not answer.", "Look at the network and BOT_API_URL.")]


@asynccontextmanager
async def _gateway(settings: Settings) -> AsyncIterator[Gateway]:
    assert settings.bot_token is not None
    gateway = Gateway.open(settings.bot_token.get_secret_value(), settings.bot_api_url)
    try:
        yield gateway
    finally:
        await gateway.close()


def _webhook(address: str) -> Finding:
    if address:
        says = "Another program has Telegram send the updates elsewhere; the bot gets none."
        return red("webhook", says, "If nobody of you did that, get a new token from @BotFather (/revoke).")
    return green("webhook", "Updates come to us alone.")


async def _groups(gateway: Gateway, me: Me, desk: Desk) -> list[Finding]:
    if desk.group is None:
        advice = "A manager types /desk in the group that shall hold the cards."
        found = [warn("desk group", "No group holds the cards: who is on duty is written to privately.", advice)]
    elif await _may(gateway, desk.group.chat, me, "can_send_messages"):
        found = [green("desk group", "The bot can write into the desk group.")]
    else:
        advice = "Add it again and let it write, then type /desk there."
        found = [red("desk group", "The bot cannot write into the desk group: no card is seen.", advice)]
    rooms = {one.room for one in desk.staff.values() if one.room is not None}
    shut = [room for room in rooms if not await _may(gateway, room, me, "can_manage_topics", admin=True)]
    if shut:
        advice = "Make the bot an administrator there who manages topics and deletes messages."
        found.append(warn("rooms", f"In {len(shut)} of {len(rooms)} rooms the bot cannot open topics.", advice))
    return found


async def _may(gateway: Gateway, chat: int, me: Me, right: str, *, admin: bool = False) -> bool:
    """Whether we are in a group and may do that there. What Telegram leaves out, an ordinary member may."""
    try:
        member = await gateway.member(chat, me.id)
    except (Never, Blocked, Migrated):
        return False
    status = member.get("status")
    return status not in AWAY and bool(member.get(right, not admin or status == "creator"))
