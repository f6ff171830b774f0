"""A desk at which a talk can begin: Nino and Gia manage, Luka consults, there is a desk group, and Anna waits.

Made once and copied for every test; see the fixtures in tests/desk/conftest.py.
"""

import asyncio
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.desk.staff import Role
from tests.fakes.postgres import name_of
from tests.fakes.village import DESK_GROUP, village

FORUM = -2000
ROLES = {"Nino": Role.MANAGER, "Gia": Role.MANAGER, "Luka": Role.CONSULTANT}


@dataclass(frozen=True)
class Begun:
    """A desk on which Anna waits, to copy others from."""

    home: Path
    template: str
    memory: tuple


@contextmanager
def begin(server, template):
    """Make it on both engines, out of a template with the schema alone."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        asyncio.run(_begin(home))
        url = asyncio.run(server.database(template))
        (home / "keyring" / "witness").unlink()  # the other database is as new as the keyring
        memory = asyncio.run(_begin(home, url))
        yield Begun(home, name_of(url), memory)
        asyncio.run(server.drop(url))


async def _begin(home, url=None):
    """Nino and Gia manage, Luka consults; there is a desk group, and Anna waits."""
    async with village(home, url) as made:
        await made.binds()
        for name, role in ROLES.items():
            await made.hires(name, role)
        await made.asks("Anna")
        return made.memory()


async def desk_of(made, **rooms):
    """Everybody; of the staff some have forum groups."""
    for name, room in rooms.items():
        await made.moves(made.known(name), room)
    return tuple(made.known(name) for name in (*ROLES, "Anna"))


async def sound(made):
    """Nothing was condemned, nothing is left to deliver, everything stored opens."""
    assert not made.condemned
    async with made.workers[0].store.transaction() as work:
        assert await work.waiting() == 0
    assert not await made.workers[0].store.check()


async def talk(made, owner, person):
    """The owner has the person's case."""
    await made.does(lambda: owner.taps("claim", DESK_GROUP))
    assert (await made.case(person)).owner == owner.id


async def at_once(made, one, other):
    """Two workers begin in the same moment; who is first is chance."""
    await asyncio.gather(made.take(one), made.take(other, worker=1))
    await made.rest()


async def in_turn(made, *deeds, turned, together):
    """One after the other, in one batch or each in its own; `turned`: the last comes first."""
    deeds = deeds[::-1] if turned else deeds
    for batch in [deeds] if together else [(deed,) for deed in deeds]:
        await made.take(*batch)
    await made.rest()


async def crossed(made, one, other, *, turned):
    """The second is taken on a desk that was read before the first; `turned`: the other way round."""
    first, late = (other, one) if turned else (one, other)
    await made.crosses(first, late=late)
    await made.rest()


async def offered(made, **rooms):
    nino, gia, _luka, anna = await desk_of(made, **rooms)
    await talk(made, nino, anna)
    await made.does(lambda: nino.says("/transfer"), lambda: nino.taps(f"to_tag{gia.id}"))
    return nino, gia, anna


def seen_once(words, new, old):
    """The new owner reads it once, and nothing is left with the old one."""
    assert new.reads().count(words) == 1
    assert words not in old.reads()


def keys_of(one):
    return [key for bubble in one.sees()[::-1] for row in bubble.rows for key in row]


def verbs_of(one):
    return {data.partition(":")[0] for _, data in keys_of(one)}
