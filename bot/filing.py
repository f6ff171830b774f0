"""The desk out of the store, and what became of it back in: sealed cases, staff, invitations, settings, the audit log.

Law: a case and a record are written only over what was read (compare-and-set), so of two who act at once one comes
again; what does not open is left out and reported, and never taken for nothing.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.desk.cases import Case
from bot.desk.desk import Desk, Group, Guest
from bot.desk.staff import Invitation, Staff
from bot.logs import log
from bot.statistics.periods import Length
from storage import Busy, Conversation, Kind, Record, StoredCase, Transaction

DESK = "desk"
PERIOD = "period"
DEMO = "demo"
"""There is a setting of this name where all that is counted is made up."""
GUEST = "guest:"
CAMPAIGN = "campaign:"
KINDS = (Kind.STAFF, Kind.INVITATION, Kind.SETTING)


@dataclass(slots=True)
class Filed:
    """The desk as it was read, and what it was read from."""

    desk: Desk
    cases: dict[int, StoredCase] = field(default_factory=dict)
    records: dict[tuple[Kind, str], Record] = field(default_factory=dict)

    def person_of(self, conversation: bytes) -> int | None:
        """Whose case lies under a conversation's id."""
        return next((person for person, one in self.cases.items() if one.conversation == conversation), None)


async def read(work: Transaction) -> Filed:
    """The whole desk: two statements."""
    records = {(record.kind, record.key): record for record in await work.records(KINDS)}
    filed = Filed(_desk(records), records=records)
    cases: dict[int, Case] = {}
    for stored in await work.cases():
        case = _opened(stored)
        if case is not None:
            cases[case.person], filed.cases[case.person] = case, stored
    filed.desk = replace(filed.desk, cases=cases)
    return filed


def _opened(stored: StoredCase) -> Case | None:
    try:
        return Case.from_json(stored.body or "")
    except ValueError:
        log.error("case.damaged")
        return None


def _desk(records: Mapping[tuple[Kind, str], Record]) -> Desk:
    of = {kind: [record for (each, _), record in records.items() if each is kind] for kind in KINDS}
    staff = [Staff.from_json(record.body) for record in of[Kind.STAFF]]
    invitations = [Invitation.from_json(record.body) for record in of[Kind.INVITATION]]
    settings = {record.key: json.loads(record.body) for record in of[Kind.SETTING]}
    guests = (_guest(key, body) for key, body in settings.items() if key.startswith(GUEST))
    group = settings.get(DESK)
    return Desk(
        staff={one.person: one for one in staff},
        invitations={one.hash: one for one in invitations},
        guests={guest.chat: guest for guest in guests},
        group=Group(group["chat"], group["language"]) if group else None,
        length=Length(settings[PERIOD]["months"]) if PERIOD in settings else Length.QUARTER,
        demo=DEMO in settings,
        campaigns=frozenset(key.removeprefix(CAMPAIGN) for key in settings if key.startswith(CAMPAIGN)),
    )


def _guest(key: str, body: Mapping[str, str]) -> Guest:
    return Guest(int(key.removeprefix(GUEST)), datetime.fromisoformat(body["since"]))


async def write(
    work: Transaction,
    filed: Filed,
    now: Desk,
    known: Mapping[int, Conversation],
    forgotten: Collection[int] = (),
) -> None:
    """Make the store say what the desk says now; `forgotten` are those of this batch.

    Raises storage.Busy when somebody else was quicker, also with forgetting: a case comes back for nobody.
    """
    if any(_is_gone(filed, case, known) for case in _changed(filed, now) if case.person not in forgotten):
        raise Busy
    await _write_cases(work, filed, now, known)
    before, after = _bodies(filed.desk), _bodies(now)
    changed = [key for key, body in after.items() if before.get(key) != body or key in _counted_on(filed.desk, now)]
    if changed:
        await work.keep([_record(filed, key, after[key]) for key in changed])
    gone = [filed.records[key] for key in before.keys() - after.keys() if key in filed.records]
    if gone:
        await work.drop(gone)


async def audit(work: Transaction, happened: Iterable[str], at: datetime) -> None:
    """Note what happened: what and when, nobody's name."""
    when = at.isoformat(timespec="minutes")
    bodies = (json.dumps({"at": when, "what": what}) for what in happened)
    rows = [Record(Kind.AUDIT, secrets.token_hex(8), body) for body in bodies]
    if rows:
        await work.keep(rows)


def audited(record: Record) -> str:
    """A line of the audit log."""
    stored = json.loads(record.body)
    return f"{stored['at']}  {stored['what']}"


async def _write_cases(work: Transaction, filed: Filed, now: Desk, known: Mapping[int, Conversation]) -> None:
    changed = _changed(filed, now)
    if changed:
        await work.save_cases([_stored(filed, case, known) for case in changed])
    gone = [filed.cases[person].conversation for person in filed.desk.cases.keys() - now.cases.keys()]
    if gone:
        await work.drop_cases(gone)


def _changed(filed: Filed, now: Desk) -> list[Case]:
    return [case for person, case in now.cases.items() if filed.desk.cases.get(person) != case]


def _is_gone(filed: Filed, case: Case, known: Mapping[int, Conversation]) -> bool:
    """Whether somebody was forgotten since the desk was read: their conversation is another one by now."""
    stored, conversation = filed.cases.get(case.person), known.get(case.person)
    if stored is None or conversation is None or conversation.damaged:
        return False
    return conversation.id != stored.conversation


def _stored(filed: Filed, case: Case, known: Mapping[int, Conversation]) -> StoredCase:
    stored, conversation = filed.cases.get(case.person), known.get(case.person)
    if stored is not None and (conversation is None or _is_of(stored, conversation)):
        return replace(stored, body=case.to_json())
    return StoredCase(known[case.person].id, case.to_json())


def _is_of(stored: StoredCase, conversation: Conversation) -> bool:
    """Whether a case will still lie there: not after /forget in the same batch, nor when a damaged row is replaced."""
    return conversation.id == stored.conversation and not conversation.damaged


def _bodies(desk: Desk) -> dict[tuple[Kind, str], str]:
    bodies = {(Kind.STAFF, str(one.person)): one.to_json() for one in desk.staff.values()}
    bodies |= {(Kind.INVITATION, one.hash): one.to_json() for one in desk.invitations.values()}
    bodies |= {(Kind.SETTING, f"{GUEST}{one.chat}"): _since(one) for one in desk.guests.values()}
    bodies |= {(Kind.SETTING, f"{CAMPAIGN}{name}"): "{}" for name in desk.campaigns}
    if desk.group is not None:
        bodies[Kind.SETTING, DESK] = json.dumps({"chat": desk.group.chat, "language": desk.group.language})
    return bodies


def _counted_on(before: Desk, now: Desk) -> set[tuple[Kind, str]]:
    """Managers who stay where one leaves: written again, so that all of them cannot leave at the same time."""
    left, stay = before.managers(), now.managers()
    gone = {one.person for one in left} - {one.person for one in stay}
    return {(Kind.STAFF, str(one.person)) for one in stay} if gone else set()


def _since(guest: Guest) -> str:
    return json.dumps({"since": guest.since.isoformat()})


def _record(filed: Filed, key: tuple[Kind, str], body: str) -> Record:
    found = filed.records.get(key)
    return replace(found, body=body) if found else Record(*key, body)
