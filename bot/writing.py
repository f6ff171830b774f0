"""What a batch came to, written: set-wise, in the order that the references between tables ask for.

Law: it decides nothing; a fixed number of statements whatever the size of the batch, and none for what is not there.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from bot import filing
from bot.clock import TBILISI
from bot.desk.cases import Case
from bot.desk.desk import Post
from bot.filing import Filed
from bot.gathering import Gathering
from bot.letters import Deed
from storage import Cell, Conversation, NewEntry, Outgoing, Transaction


async def write(work: Transaction, filed: Filed, batch: Gathering, time: datetime) -> None:
    """Write everything. Raises storage.Busy or BadData, and then nothing is written."""
    known = batch.known
    batch.changed |= {case.person for case in batch.desk.cases.values() if _is_replaced(batch, filed, case)}
    await work.erase(batch.forgotten)
    await work.supersede(_of(batch, batch.superseded))
    await work.save([known[person] for person in sorted(batch.changed)], time)
    await _at_desk(work, filed, batch, time)
    staff = {*filed.desk.staff, *batch.desk.staff}
    await work.post([_outgoing(batch, staff, post) for post in batch.posts])
    month = f"{time.astimezone(TBILISI):%Y-%m}"
    await work.count({Cell(month, table, value): times for (table, value), times in batch.counted.items()})


def _is_replaced(batch: Gathering, filed: Filed, case: Case) -> bool:
    """Whether a case changed whose conversation is damaged: both rows are made anew, or neither could be."""
    conversation = batch.known.get(case.person)
    return conversation is not None and conversation.damaged and filed.desk.cases.get(case.person) != case


async def _at_desk(work: Transaction, filed: Filed, batch: Gathering, time: datetime) -> None:
    for person in sorted(batch.ended):
        await _end(work, batch.known[person])
    await filing.write(work, filed, batch.desk, batch.known)
    await filing.audit(work, batch.audit, time)
    for chat in sorted({chat for _, chat in batch.withdrawn}):
        await work.withdraw(_of(batch, {person for person, where in batch.withdrawn if where == chat}), chat)
    if batch.silenced:
        await work.cancel(_of(batch, batch.silenced), None)
    if batch.again:
        await work.again(batch.again)
    if batch.given_up:
        await work.give_up(batch.given_up)
    if batch.entries:
        await work.append_all(_by_person(batch))
    if batch.lines:
        await work.add_lines([(batch.known[person], line) for person, line in batch.lines])


async def _end(work: Transaction, conversation: Conversation) -> None:
    await work.give_up_all([conversation])
    await work.drop_lines(conversation.id, None)
    await work.clear(conversation)


def _of(batch: Gathering, people: Iterable[int]) -> list[Conversation]:
    return [batch.known[person] for person in sorted(people) if person in batch.known]


def _by_person(batch: Gathering) -> list[tuple[Conversation, list[NewEntry]]]:
    people = dict.fromkeys(person for person, _ in batch.entries)
    return [(batch.known[person], [entry for who, entry in batch.entries if who == person]) for person in people]


def _outgoing(batch: Gathering, staff: Collection[int], post: Post) -> Outgoing:
    """A letter to the person it is about waits in their own lane, every other in that of the chat it goes to."""
    letter = post.letter
    own = letter.chat == post.about and post.about not in staff
    binding = letter.deed is Deed.DELETE
    body = letter.to_json()
    return Outgoing(batch.known[post.about], post.urgency, body, post.scripted, binding, None if own else letter.chat)
