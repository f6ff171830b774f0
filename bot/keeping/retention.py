"""From when on something is over: the lifetimes of the one table, reckoned back from now. Pure.

Law: nothing goes early. Days are those of UTC, as the store counts them, and of Tbilisi for releases, which are made by
those: what lives so many days is there on the last of them, and goes in the first sweep of the next.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.clock import TBILISI
from bot.desk.staff import Invitation
from dialogs.lifetimes import CONVERSATION, COUNTS, FORGOTTEN, LOG, UPDATES
from storage import Record

EVERYTHING = "all"
"""The key of the hold that stops every archive from going."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What was there before these is over; archives say themselves until which day they may live."""

    today: date
    conversations: date
    forgotten: date
    updates: datetime
    audit: datetime
    counts: date
    """Counts in releases that were made before."""


def deadlines(now: datetime) -> Deadlines:
    """As they are now."""
    today = now.astimezone(UTC).date()
    return Deadlines(
        today,
        conversations=today - CONVERSATION.age,
        forgotten=today - FORGOTTEN.age,
        updates=now - UPDATES.age,
        audit=now - LOG.age,
        counts=now.astimezone(TBILISI).date() - COUNTS.age,
    )


def old_lines(audit: Iterable[Record], before: datetime) -> list[Record]:
    """The lines of the audit log that are over."""
    return [record for record in audit if datetime.fromisoformat(json.loads(record.body)["at"]) < before]


def unused(invitations: Iterable[Record], now: datetime) -> list[Record]:
    """The invitations that nobody can use any more."""
    return [record for record in invitations if Invitation.from_json(record.body).until < now]


def held(holds: Iterable[Record]) -> frozenset[bytes] | None:
    """The archives that may not go; None while none may."""
    keys = {record.key for record in holds}
    return None if EVERYTHING in keys else frozenset(map(bytes.fromhex, keys))
