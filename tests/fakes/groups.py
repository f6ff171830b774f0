"""Groups of an office: the desk's and a consultant's own, what the bot keeps in them, and which it left."""


async def bound(desk, manager, **kind):
    """A desk group."""
    group = desk.telegram.world.group("Desk", manager, **kind)
    await desk.does(group.takes_bot, lambda: manager.says("/desk", group))
    return group


async def room_of(desk, consultant):
    """A forum group in which a consultant reads cases."""
    room = desk.telegram.world.group("Room", consultant, forum=True)
    await desk.does(room.takes_bot, lambda: consultant.says("/room", room))
    return room


def cards(group, since=0):
    """What the bot keeps in a group, but for its welcome."""
    return [one for one in group.sees() if one.author == "bot" and one.message_id > since]


def left(desk):
    """The groups that the bot left, in order."""
    return [call.chat_id for call in desk.telegram.calls.of("leaveChat")]
