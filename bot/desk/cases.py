"""A case: one conversation that a human was asked into, from the asking to a day after the end.

    WAITING ─claim─▶ HUMAN ─end─▶ WRAP_UP ─coded─▶ CLOSED ─asked again─▶ HUMAN or WAITING
       └─cancel─▶ CLOSED   └─silence, removal─▶ WAITING

Law: a case names its person by an alias of two words; it holds ids, times and choices, never words. It changes only
by the functions here, each of which says from which phases it may be called.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter

from bot.statistics.tables import AGE_MINOR
from dialogs.assess import UNKNOWN


class Phase(StrEnum):
    """Where a case is on its way."""

    WAITING = "waiting"
    HUMAN = "human"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"


class Safe(StrEnum):
    """When a person says one may write first, in Tbilisi."""

    ANY = "any"
    DAY = "day"
    EVENING = "evening"
    NEVER = "never"


HOURS = {Safe.ANY: (0, 24), Safe.DAY: (10, 18), Safe.EVENING: (18, 22), Safe.NEVER: (0, 0)}
"""From when until when that is."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Times are aware; `token` names it in buttons, `alias` in words.

    `since` is when the phase began, `asked_at` when the waiting did, `opened_at` when the room was opened; `heard_at`
    is the last line of the person, `answered_at` the last of the owner, `first_answer_at` the first of any owner since
    `asked_at`, `unanswered_since` when the owner's turn began, None while it is the person's. `spoke` grows with every
    line of any person: the largest spoke last. `next_line` numbers the lines, `edits` counts what was mended of them,
    so that a case changes with all that its person does.
    `place` is where in the book the person stood when a human took over, `stack` and `trail` the ways on from there;
    `joined`: they know that a human is here; `cleaned_at` is when the room is cleaned next. `answered`: somebody had
    it once; `minor`: it is about somebody under 18. `destination` is what their latest self-check was about, `age` and
    `gender` what they told of themselves, `referrals` what they answered when asked for `referral`, each once, in the
    words of the statistics; `counted`: the statistics have it.
    """

    person: int
    token: int
    alias: str
    language: str
    topic: str
    asked_at: datetime
    since: datetime
    heard_at: datetime
    phase: Phase = Phase.WAITING
    band: str | None = None
    urgent: bool = False
    owner: int | None = None
    answered_at: datetime | None = None
    first_answer_at: datetime | None = None
    unanswered_since: datetime | None = None
    opened_at: datetime | None = None
    spoke: int = 0
    next_line: int = 0
    last_owner_line: int = -1
    place: str | None = None
    stack: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    answered: bool = False
    joined: bool = False
    kept: bool = False
    nudged_at: datetime | None = None
    nudges: int = 0
    reminded: bool = False
    offered_to: int | None = None
    offered_at: datetime | None = None
    asked_reader: int | None = None
    readers: tuple[int, ...] = ()
    muted_until: datetime | None = None
    remind_at: datetime | None = None
    safe: Safe = Safe.ANY
    referral: str | None = None
    outcome: str | None = None
    categories: tuple[str, ...] = ()
    told_end: bool = False
    hidden: bool = False
    cleaned_at: datetime | None = None
    edits: int = 0
    minor: bool = False
    destination: str = UNKNOWN
    age: str | None = None
    gender: str | None = None
    referrals: tuple[str, ...] = ()
    counted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a human has it or shall have it."""
        return self.phase is not Phase.CLOSED

    @property
    def unanswered(self) -> bool:
        """Whether it is the owner's turn."""
        return self.unanswered_since is not None

    def to_json(self) -> str:
        """The stored form."""
        return _STORED.dump_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, text: str) -> "Case":
        """Read the stored form. Raises ValueError."""
        return _STORED.validate_json(text)


_STORED = TypeAdapter(Case)


def claimed(case: Case, owner: int, place: str | None, now: datetime) -> Case:
    """A waiting case is somebody's from now on."""
    return replace(
        _room_opened(_unasked(case), now),
        phase=Phase.HUMAN,
        owner=owner,
        since=now,
        place=case.place or place,
        answered=True,
    )


def queued(case: Case, now: datetime) -> Case:
    """Back into the queue: it keeps its place by the time it was first asked."""
    back = replace(_unasked(case), phase=Phase.WAITING, owner=None, since=now, readers=(), kept=False, muted_until=None)
    return replace(back, unanswered_since=None, joined=False)


def asked_anew(case: Case, now: datetime) -> Case:
    """Back into the queue because the person asked once more: it waits from now on, and has no answer yet."""
    return replace(queued(case, now), asked_at=now, first_answer_at=None)


def offered(case: Case, to: int, now: datetime) -> Case:
    """Its owner asks somebody to take it over, and keeps it until they do."""
    return replace(case, offered_to=to, offered_at=now)


def returned(case: Case) -> Case:
    """The offer was not taken: all as before."""
    return replace(case, offered_to=None, offered_at=None)


def taken_over(case: Case, owner: int, now: datetime) -> Case:
    """Whom it was offered to has it now."""
    return replace(_room_opened(returned(case), now), owner=owner, since=now, readers=_without(case.readers, owner))


def wrapping_up(case: Case, now: datetime, *, told: bool = False) -> Case:
    """The talk is over; `told`: the person knows it."""
    return replace(returned(case), phase=Phase.WRAP_UP, since=now, told_end=case.told_end or told)


def about(case: Case, *, minor: bool) -> Case:
    """By what was said since: nobody gets older. Whoever says that they are under 18 has told their age."""
    return replace(case, minor=True, age=case.age or AGE_MINOR) if minor and not case.minor else case


def referred(case: Case, to: str) -> Case:
    """The person answered what was asked of them last: whom they are referred to, or that they refused."""
    return replace(case, referral=None, referrals=tuple(dict.fromkeys((*case.referrals, to))))


def talking_again(case: Case, now: datetime) -> Case:
    """A line came before the end was told: the talk goes on."""
    return replace(case, phase=Phase.HUMAN, since=now)


def closed(case: Case, outcome: str, now: datetime) -> Case:
    """It is over, and coded."""
    return replace(_unasked(case), phase=Phase.CLOSED, outcome=outcome, since=now, readers=(), muted_until=None)


def reopened(case: Case, now: datetime) -> Case:
    """The same case with the same owner, after it was closed."""
    opened = _room_opened(case, now)
    return replace(opened, phase=Phase.HUMAN, since=now, heard_at=now, outcome=None, categories=(), told_end=False)


def heard(case: Case, spoke: int, now: datetime) -> Case:
    """The person said something. The first line since the owner's last begins the owner's turn, no later one does."""
    since = now if case.owner is not None and case.unanswered_since is None else case.unanswered_since
    return replace(case, heard_at=now, spoke=spoke, unanswered_since=since)


def answered(case: Case, line: int, now: datetime) -> Case:
    """The owner said something."""
    first = case.first_answer_at or now
    said = replace(case, answered_at=now, first_answer_at=first, last_owner_line=line)
    return replace(said, unanswered_since=None, reminded=False)


def unmuted(case: Case, now: datetime) -> Case:
    """What was said while muted waits from now on: nobody could answer what was not shown."""
    since = now if case.unanswered else None
    return replace(case, muted_until=None, unanswered_since=since, reminded=False)


def _room_opened(case: Case, now: datetime) -> Case:
    """Somebody has a room for it, and has the first word in it."""
    return replace(case, opened_at=now, cleaned_at=None, unanswered_since=now, reminded=False)


def is_safe(case: Case, when: datetime) -> bool:
    """Whether the person said that one may write first at this hour (in Tbilisi)."""
    first, last = HOURS[case.safe]
    return first <= when.hour < last


def _unasked(case: Case) -> Case:
    """Without what was only asked of somebody."""
    return replace(
        returned(case), asked_reader=None, nudged_at=None, nudges=0, reminded=False, remind_at=None, referral=None
    )


def _without(people: tuple[int, ...], person: int) -> tuple[int, ...]:
    return tuple(one for one in people if one != person)
