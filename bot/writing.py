"""What a batch came to, written: set-wise, in the order that the references between tables ask for.

Law: it decides nothing; a fixed number of statements whatever the size of the batch, and none for what is not there.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from bot import filing
from bot.clock import TBILISI
from bot.desk.cases import Case
from bot.desk.desk import Post
from bot.filing import Filed
from bot.gathering import Cut, Gathering
from bot.letters import Deed, Letter
from bot.logs import log
from storage import Cell, Conversation, NewEntry, Outgoing, Transaction, VaultError


async def write(work: Transaction, filed: Filed, batch: Gathering, time: datetime) -> None:
    """Write everything. Raises storage.Busy or BadData, and then nothing is written."""
    known = batch.known
    batch.changed |= {case.person for case in batch.desk.cases.values() if _is_replaced(batch, filed, case)}
    batch.farewells += map(Letter.from_json, await work.promised(batch.forgotten) if batch.forgotten else ())
    await work.erase(batch.forgotten, time)
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
    met = _met(filed, batch)
    for round_ in _rounds(batch.sealed):
        await _seal(work, batch, round_, met, time.astimezone(UTC).date())
    for person in sorted(batch.ended):
        await _end(work, batch.known[person])
    await filing.write(work, filed, batch.desk, batch.known, [one.person for one in batch.forgotten])
    await filing.audit(work, batch.audit, time)
    await _withdraw(work, batch)
    if batch.silenced:
        await work.cancel(_of(batch, batch.silenced), None)
        await work.give_up_all(_of(batch, batch.silenced))
    if batch.again:
        await work.again(batch.again)
    if batch.given_up:
        await work.give_up(batch.given_up)
    if batch.entries:
        await work.append_all(_by_person(batch))
    if batch.lines:
        await work.add_lines([(batch.known[person], line) for person, line in batch.lines])
    if met:
        await _entrust(work, _of(batch, met))


def _met(filed: Filed, batch: Gathering) -> set[int]:
    """Who has met a human in this batch. In a locked house nobody can: there all that is said is for custodians."""
    if batch.setting.locked:
        return {person for person, _ in batch.entries}
    before = {person for person, case in filed.desk.cases.items() if case.answered}
    return {person for person, case in batch.desk.cases.items() if case.answered} - before


async def _withdraw(work: Transaction, batch: Gathering) -> None:
    for chat in sorted({chat for _, chat in batch.withdrawn}):
        await work.withdraw(_of(batch, {person for person, where in batch.withdrawn if where == chat}), chat)
    if batch.dismissed:
        await work.withdraw_all(sorted(batch.dismissed))


async def _entrust(work: Transaction, these: Collection[Conversation]) -> None:
    """One by one: a talk that does not open takes no other along."""
    for conversation in these:
        try:
            await work.entrust([conversation])
        except VaultError as error:
            log.error("transcript.not_entrusted", error=type(error).__name__)


async def _seal(work: Transaction, batch: Gathering, cuts: Collection[Cut], met: Collection[int], today: date) -> None:
    """Cut talks off, with their last words. Afterwards their people have none, and may begin another."""
    known = batch.known
    await work.append_all([(known[cut.person], cut.entries) for cut in cuts if cut.entries])
    await _entrust(work, [known[cut.person] for cut in cuts if cut.person in met])
    await work.seal_off([(known[cut.person], today + timedelta(days=cut.days)) for cut in cuts])


def _rounds(sealed: Iterable[Cut]) -> Iterator[list[Cut]]:
    """The talks to seal, set by set: of somebody who ended two in one batch the later one in a set of its own."""
    rest = list(sealed)
    while rest:
        first = {cut.person: cut for cut in reversed(rest)}
        yield list(first.values())
        rest = [cut for cut in rest if cut is not first[cut.person]]


async def _end(work: Transaction, conversation: Conversation) -> None:
    """Nothing of a case is kept. A talk that was not sealed before reached nobody, and goes too."""
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
