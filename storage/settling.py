"""What became of letters, written down: gone, put off, uncertain, dropped, or the person blocked us.

Law: the conversations are locked first, in order, as everywhere; then footprints are read, so that two writers never
lose each other's message ids. An outcome for a letter that is no longer there changes nothing. What happens in another
chat says nothing about the person: it neither blocks them nor joins their footprint.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage import landing
from storage.conversations import load_footprints, save_footprints
from storage.errors import VaultError
from storage.landing import Landing
from storage.letters import Outcome, Settled
from storage.model import Footprint
from storage.statements import portions
from storage.stored import COLUMNS, Stored, open_stored
from storage.tables import ConversationRow, OutboxRow, Status
from storage.vault.ring import Ring


class Letter(NamedTuple):
    """A letter that is still there, and the conversation it is about."""

    lane: bytes
    row: Stored

    @property
    def own(self) -> bool:
        """Whether it went to the person."""
        return self.lane == self.row.id


class Owner(NamedTuple):
    """A person found through a letter, and the epoch they are found under."""

    person: int
    epoch: int


async def settle(connection: AsyncConnection, ring: Ring, outcomes: Sequence[Outcome], now: datetime) -> set[int]:
    """Write outcomes down; messages delivered at `now` join their person's footprint. At most thirteen statements.

    The letters that are not there any more are given back: their people were erased while they were on their way.
    """
    letters = await _locked(connection, [outcome.id for outcome in outcomes])
    ids: dict[Settled, list[int]] = defaultdict(list)
    for outcome in outcomes:
        ids[_result(outcome, letters)].append(outcome.id)
    await _delete(connection, ids[Settled.DELIVERED] + ids[Settled.DROPPED])
    await _put_off(connection, [outcome for outcome in outcomes if outcome.result is Settled.LATER])
    await _drop_voided(connection, ids[Settled.LATER])
    await _mark_uncertain(connection, ids[Settled.UNCERTAIN])
    await _block(connection, {letters[number].row.id: number for number in ids[Settled.BLOCKED] if number in letters})
    await _remember(connection, ring, _arrived(ring, outcomes, letters), now)
    await _move_lines(connection, ring, [(one, letters[one.id].row) for one in outcomes if one.id in letters], now)
    return {outcome.id for outcome in outcomes} - letters.keys()


def _result(outcome: Outcome, letters: dict[int, Letter]) -> Settled:
    """Who refuses a letter about somebody else has not blocked for them: it is dropped."""
    elsewhere = outcome.id in letters and not letters[outcome.id].own
    return Settled.DROPPED if elsewhere and outcome.result is Settled.BLOCKED else outcome.result


async def _locked(connection: AsyncConnection, ids: Collection[int]) -> dict[int, Letter]:
    """The letters that are still there."""
    letter, conversation = OutboxRow, ConversationRow
    found: dict[int, Letter] = {}
    for portion in portions(ids):
        query = (
            select(col(letter.id), col(letter.lane), *COLUMNS)
            .join(conversation, col(conversation.id) == col(letter.conversation))
            .where(col(letter.id).in_(portion))
            .order_by(col(conversation.id))
            .with_for_update(of=conversation)
        )
        found |= {number: Letter(lane, Stored(*row)) for number, lane, *row in await connection.execute(query)}
    return found


async def _delete(connection: AsyncConnection, ids: Collection[int]) -> None:
    for portion in portions(ids):
        await connection.execute(delete(OutboxRow).where(col(OutboxRow.id).in_(portion)))


async def _put_off(connection: AsyncConnection, outcomes: Collection[Outcome]) -> None:
    if not outcomes:
        return
    statement = (
        update(OutboxRow)
        .where(col(OutboxRow.id) == bindparam("number"), col(OutboxRow.status) != Status.SUPERSEDED)
        .values(status=Status.PENDING, not_before=bindparam("moment"), attempts=col(OutboxRow.attempts) + 1)
    )
    await connection.execute(
        statement,
        [{"number": o.id, "moment": int(o.not_before.timestamp() * 1000) if o.not_before else 0} for o in outcomes],
    )


async def _drop_voided(connection: AsyncConnection, ids: Collection[int]) -> None:
    """A letter that was voided in flight and did not arrive is not tried again."""
    for portion in portions(ids):
        voided = col(OutboxRow.id).in_(portion) & (col(OutboxRow.status) == Status.SUPERSEDED)
        await connection.execute(delete(OutboxRow).where(voided))


async def _mark_uncertain(connection: AsyncConnection, ids: Collection[int]) -> None:
    for portion in portions(ids):
        chosen = update(OutboxRow).where(col(OutboxRow.id).in_(portion))
        await connection.execute(chosen.values(status=Status.UNCERTAIN))


async def _block(connection: AsyncConnection, refused: dict[bytes, int]) -> None:
    """Drop the refused letters and what was posted before them: what came later may be for one who has come back.

    In other chats nothing is dropped.
    """
    for portion in portions(list(refused)):
        lane, number = col(OutboxRow.lane), col(OutboxRow.id)
        until = case(*((lane == conversation, refused[conversation]) for conversation in portion))
        await connection.execute(delete(OutboxRow).where(lane.in_(portion), number <= until))
        chosen = update(ConversationRow).where(col(ConversationRow.id).in_(portion))
        await connection.execute(chosen.values(blocked=True))


def _arrived(ring: Ring, outcomes: Iterable[Outcome], letters: dict[int, Letter]) -> dict[Owner, list[int]]:
    arrived: dict[Owner, list[int]] = defaultdict(list)
    for outcome in outcomes:
        letter = letters.get(outcome.id)
        if outcome.message is not None and letter is not None and letter.own:
            owner = _owner(ring, letter.row)
            if owner is not None:
                arrived[owner].append(outcome.message)
    return arrived


def _owner(ring: Ring, row: Stored) -> Owner | None:
    """Whose letter it was; None when the conversation does not open, and then there is nothing to remember it by."""
    try:
        dek, person, _ = open_stored(ring, row)
    except VaultError:
        return None
    dek.shred()
    return Owner(person, row.epoch)


async def _remember(connection: AsyncConnection, ring: Ring, arrived: dict[Owner, list[int]], now: datetime) -> None:
    owners = {ring.index(owner.epoch, owner.person): owner.person for owner in arrived}
    traces = await load_footprints(connection, ring, owners)
    grown: dict[tuple[int, int], Footprint] = {}
    for owner, messages in arrived.items():
        trace = traces.get(owner.person)
        footprint = Footprint(hidden=True) if trace is None else trace.footprint  # a living one has lost it
        if footprint is not None:  # a damaged one stays as it is, so that its damage is seen
            for message in messages:
                footprint = footprint.grown(message, now)
            grown[owner] = footprint.pruned(now)
    await save_footprints(connection, ring, grown)


async def _move_lines(
    connection: AsyncConnection, ring: Ring, settled: Collection[tuple[Outcome, Stored]], now: datetime
) -> None:
    """First what is gone, then what came: a line sent anew lies where it landed last."""
    left = [landing.Leaving(row, outcome.emptied_in, outcome.emptied) for outcome, row in settled if outcome.emptied]
    await landing.leave(connection, ring, left)
    landings = [Landing(row, outcome.landed) for outcome, row in settled if outcome.landed is not None]
    await landing.land(connection, ring, landings, now)
