"""A promise to somebody who wants to be forgotten: "deleted" is said once nothing of them is found any more.

Law: what is said is true. After the commit the stores are read again; who has come back since has a conversation of
another id, and that one is theirs to keep.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.letters import Letter
from storage import Store


@dataclass(frozen=True, slots=True)
class Promise:
    """What is said to a person once nothing is found under the id their conversation had."""

    person: int
    conversation: bytes = field(repr=False)
    letters: tuple[Letter, ...] = field(repr=False)


async def kept(store: Store, promises: Collection[Promise]) -> list[Promise]:
    """Those of whom nothing is found any more, in any table. Raises storage.Busy."""
    if not promises:
        return []
    async with store.transaction() as work:
        left = await work.remains({promise.conversation: promise.person for promise in promises})
    return [promise for promise in promises if promise.conversation not in left]
