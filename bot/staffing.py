"""The operator's verbs about staff: invite somebody, list who there is, remove somebody; beside a running bot or not.

Law: what is done here is the same as from a manager's chat and by the same rules; the first manager can only come this
way. Whoever runs these verbs reads names and roles, and nothing of any conversation.
"""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime

from bot import filing
from bot.attending import Attending
from bot.clock import Guard
from bot.conversing import Conversing
from bot.desk.people import new_code
from bot.desk.staff import Role, Staff, invitation, is_last_manager, link
from bot.errors import GzaError
from bot.lock import prepare_directory, visiting
from bot.settings import Settings
from dialogs.loader import load
from storage import Busy, Kind, Store

Say = Callable[[str], object]


class StaffError(GzaError):
    """What was asked for cannot be done; the text says why."""


async def invite(store: Store, username: str, role: Role) -> str:
    """A one-time link for a consultant or a manager."""
    code, now = new_code(secrets.randbelow), datetime.now(UTC)
    async with store.transaction() as work:
        filed = await filing.read(work)
        made = invitation(code, role, now)
        grown = replace(filed.desk, invitations={**filed.desk.invitations, made.hash: made})
        await filing.write(work, filed, grown, {})
        await filing.audit(work, (f"invited.{role}",), now)
    return link(username, code)


async def everybody(store: Store) -> list[Staff]:
    """All staff, managers first."""
    async with store.transaction() as work:
        filed = await filing.read(work)
    return sorted(filed.desk.staff.values(), key=lambda one: (not one.is_manager, one.name))


async def history(store: Store) -> list[str]:
    """The audit log, oldest first: when and what, and to nobody's name."""
    async with store.transaction() as work:
        return sorted(filing.audited(record) for record in await work.records((Kind.AUDIT,)))


async def remove(store: Store, tag: str) -> str:
    """Somebody is no longer staff; their name. Their cases go back to the queue, their rooms are emptied.

    Raises StaffError when nobody is called so, or nobody would manage any more.
    """
    now = datetime.now(UTC)
    staff = {one.tag: one for one in await everybody(store)}
    one = staff.get(tag)
    if one is None:
        raise StaffError("Nobody on the staff has this tag. See: gza staff")
    if is_last_manager(staff.values(), one):
        raise StaffError("The last manager stays. Invite another one first: gza invite manager")
    await Attending(store, Conversing(store, load(), 0, Guard())).dismiss(one.person, now)
    return one.name


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store, while perhaps a bot runs on it too. Raises storage.StorageError with what to do."""
    from bot.keys import keyring

    prepare_directory(settings.data_dir)
    with visiting(settings.data_dir):
        store = await Store.open(settings.database, keyring(settings))
        try:
            yield store
        finally:
            with suppress(Busy):  # a running bot reads the file: it cuts the log itself when it stops
                await store.close()


async def run_invite(settings: Settings, role: Role, say: Say) -> None:
    """`gza invite`: print a link."""
    from bot.app import me_of

    me = await me_of(settings)
    async with opened(settings) as store:
        say(await invite(store, me.username, role))
    say("For one person, for 48 hours. Whoever has it first is staff: send it to nobody else.")


async def run_staff(settings: Settings, say: Say, tag: str | None, *, log: bool) -> None:
    """`gza staff`: list, remove, or print the audit log."""
    async with opened(settings) as store:
        if tag is not None:
            say(f"{await remove(store, tag)} is no longer staff.")
        elif log:
            for line in await history(store):
                say(line)
        else:
            staff = await everybody(store)
            for one in staff:
                duty = "on duty" if one.on_duty else "off duty"
                say(f"{one.tag}  {one.role:<10}  {duty:<8}  {one.language}  {one.name}")
            if not staff:
                say("There is nobody yet. Begin with: gza invite manager")
