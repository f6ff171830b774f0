"""What stories of the desk have in common."""

from bot.sandbox.group import ALL_RIGHTS
from tests.fakes.office import buttons


def newest(person, verb: str, where=None) -> str:
    """The data of the newest button of this verb."""
    return [data for data in buttons(person, where) if data.partition(":")[0] == verb][-1]


async def coded(desk, consultant, *first, where=None):
    """A consultant begins to close a case as `first` says, codes it and closes it."""
    await desk.does(*(first or (lambda: consultant.says("/close", where),)))
    for verb in ("out_answered", "cat_work", "shut"):
        await desk.does(lambda verb=verb: consultant.taps(newest(consultant, verb, where), where))


async def room(desk, consultant, *, forum: bool = True, rights=ALL_RIGHTS):
    """A consultant's own group, with topics, bound by /room."""
    group = desk.telegram.world.group("Room", consultant, forum=forum, supergroup=True)
    group.takes_bot(rights=rights)
    await desk.settle()
    await desk.does(lambda: consultant.says("/room", group))
    return group


async def bound(desk, manager):
    """The desk group, bound by /desk."""
    group = desk.telegram.world.group("Desk", manager)
    group.takes_bot()
    await desk.settle()
    await desk.does(lambda: manager.says("/desk", group))
    return group
