"""The desk as a batch sees it, and what an arrival comes to there. Pure: values in, values out.

Law: a `Desk` is what is so, an `Upshot` what shall become of it; nothing else passes between the handlers and the
batch, so a handler that fails has changed nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Self

from bot.desk.cases import Case, Phase
from bot.desk.staff import Invitation, Staff
from bot.letters import Letter, Urgency
from bot.statistics.periods import Length
from bot.statistics.shelved import Shelved
from dialogs.book import Book
from dialogs.desk import Desk as Rules
from storage import Conversation, Entry, Line, NewEntry

ALWAYS_OPEN = Rules(
    valid_until=date.max,
    hours=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("00:00-24:00",)),
    topics={},
    outcomes=("answered",),
    categories=("other",),
    referrals=(),
    replies={},
    said={},
)
CARD, HEADER = -1, -2
"""Lines of a case that are no lines of talk: its card in the desk group, the header in its room."""


@dataclass(frozen=True, slots=True)
class Post:
    """A letter, and the person whose conversation it is about: it is sealed under theirs and goes with it."""

    about: int
    letter: Letter = field(repr=False)
    urgency: Urgency = Urgency.DIALOGUE
    scripted: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """The desk group, and the language its cards are in."""

    chat: int
    language: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A group the bot was asked into by staff, and that is not yet anything to it."""

    chat: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """Cases by person, staff by account, invitations by hash, groups that are not bound yet, the desk group.

    `campaigns` are the names of those that are registered.
    """

    cases: Mapping[int, Case] = field(default_factory=dict)
    staff: Mapping[int, Staff] = field(default_factory=dict)
    invitations: Mapping[str, Invitation] = field(default_factory=dict)
    guests: Mapping[int, Guest] = field(default_factory=dict)
    group: Group | None = None
    campaigns: frozenset[str] = frozenset()

    length: Length = Length.QUARTER
    """How long a period of the statistics is."""
    demo: bool = False
    """Whether all that is counted here is made up."""

    def by_token(self, token: int) -> Case | None:
        """The case that buttons call by this number."""
        return next((case for case in self.cases.values() if case.token == token), None)

    def by_tag(self, tag: str) -> Staff | None:
        """The member of staff that buttons call so."""
        return next((one for one in self.staff.values() if one.tag == tag), None)

    def owned(self, person: int) -> list[Case]:
        """The open cases of a consultant, oldest first."""
        mine = (case for case in self.cases.values() if case.owner == person and case.is_open)
        return sorted(mine, key=lambda case: case.since)

    def touched_by(self, person: int) -> list[Case]:
        """Open cases that a member of staff has, reads along, or was offered."""
        part = (case for case in self.cases.values() if person in (case.owner, case.offered_to, *case.readers))
        return [case for case in part if case.is_open]

    def waiting(self) -> list[Case]:
        """The queue: urgent cases first, then who asked first."""
        queue = (case for case in self.cases.values() if case.phase is Phase.WAITING)
        return sorted(queue, key=lambda case: (not case.urgent, case.asked_at, case.token))

    def managers(self) -> list[Staff]:
        """All managers."""
        return [one for one in self.staff.values() if one.is_manager]

    def on_duty(self) -> list[Staff]:
        """Everybody who is on duty."""
        return [one for one in self.staff.values() if one.on_duty]

    def next_spoke(self) -> int:
        """A number larger than that of every line said so far."""
        return max((case.spoke for case in self.cases.values()), default=0) + 1

    def after(self, upshot: "Upshot") -> "Desk":
        """The desk once this has happened."""
        staff = {**self.staff, **{one.person: one for one in upshot.staff}}
        used, over = set(upshot.used), _over(upshot)
        cases = {**self.cases, **{case.person: case for case in upshot.cases}}
        open_invitations = {**self.invitations, **{one.hash: one for one in upshot.invited}}
        guests = {**self.guests, **{one.chat: one for one in upshot.guests}}
        return replace(
            self,
            cases={person: case for person, case in cases.items() if person not in over},
            staff={person: one for person, one in staff.items() if person not in upshot.dismissed},
            invitations={key: one for key, one in open_invitations.items() if key not in used},
            guests={chat: one for chat, one in guests.items() if chat not in upshot.settled},
            group=_group(self.group, upshot),
            campaigns=self.campaigns.union(upshot.campaigns),
        )


@dataclass(frozen=True, slots=True)
class Upshot:
    """What something comes to. Two of them are added in the order they happened.

    `cases`, `staff`, `invited` and `guests` as they are now; `dismissed`, `used` and `settled` are gone, and so is what
    waited for the chat of who is dismissed; `campaigns` are new. `group` is the desk group from now on, unless its chat
    is `unbound`. `states` are conversations whose state changed. `withdrawn` are (person, chat): unsent letters about
    them to that chat are void; `silenced` people are sent nothing that still waits; `superseded` ones lose unsent
    scripted letters. `again` and `given_up` are uncertain rows of the outbox. Of `sealed` (person, days) the talk so
    far is cut off and kept so many days for the custodians alone. Of `ended` people's cases nothing is kept; `erased`
    people are gone altogether. `resumed` people are shown again where they stood in the book. `audit` is what happened,
    without names. `toasts` are shown above the chat, by callback id. `asides` are said from memory.
    """

    cases: tuple[Case, ...] = ()
    staff: tuple[Staff, ...] = ()
    dismissed: tuple[int, ...] = ()
    invited: tuple[Invitation, ...] = ()
    used: tuple[str, ...] = ()
    guests: tuple[Guest, ...] = ()
    settled: tuple[int, ...] = ()
    campaigns: tuple[str, ...] = ()
    group: Group | None = None
    unbound: tuple[int, ...] = ()
    posts: tuple[Post, ...] = ()
    entries: tuple[tuple[int, NewEntry], ...] = field(default=(), repr=False)
    lines: tuple[tuple[int, Line], ...] = field(default=(), repr=False)
    states: tuple[tuple[int, str | None], ...] = field(default=(), repr=False)
    withdrawn: tuple[tuple[int, int], ...] = ()
    silenced: tuple[int, ...] = ()
    superseded: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    given_up: tuple[int, ...] = ()
    sealed: tuple[tuple[int, int], ...] = ()
    ended: tuple[int, ...] = ()
    erased: tuple[int, ...] = ()
    resumed: tuple[int, ...] = ()
    counts: tuple[tuple[str, str], ...] = ()
    audit: tuple[str, ...] = ()
    toasts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    asides: tuple[Letter, ...] = ()

    def __add__(self, other: Self) -> Self:
        joined = {name: getattr(self, name) + getattr(other, name) for name in _TUPLES}
        return type(self)(**joined, group=self.group if other.group is None else other.group)


def _over(upshot: Upshot) -> set[int]:
    """Whose cases are no more; one that ended may have begun anew at once."""
    return set(upshot.erased) | (set(upshot.ended) - {case.person for case in upshot.cases})


def _group(now: Group | None, upshot: Upshot) -> Group | None:
    group = now if upshot.group is None else upshot.group
    return None if group is not None and group.chat in upshot.unbound else group


_TUPLES = tuple(name for name in Upshot.__dataclass_fields__ if name != "group")
NOTHING = Upshot()


def together(upshots: Iterator[Upshot]) -> Upshot:
    """All of them, in order."""
    return reduce(Upshot.__add__, upshots, NOTHING)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a handler knows beside the desk: the book, the time in Tbilisi, the conversations at hand, chance.

    `transcripts` and `lines` by person, of those cases where somebody may ask for them; `placed` says which line of
    whom lies at (chat, message). `uncertain` are rows of the outbox, by number, with the person they are about.
    `releases` are the frozen ones, oldest first, where a manager asks for them; `unreadable`: there are more of them.
    `counted_from`: without any, the first day of the first month of which anything is counted.
    `trusted`: the clock is, so that things may end by date. `locked`: the keyring is not there.
    """

    book: Book
    now: datetime
    desk: Desk
    known: Mapping[int, Conversation]
    chance: Callable[[int], int]
    reopen: timedelta = timedelta(hours=24)
    bot_name: str = ""
    trusted: bool = True
    locked: bool = False
    transcripts: Mapping[int, tuple[Entry, ...]] = field(default_factory=dict, repr=False)
    lines: Mapping[int, tuple[Line, ...]] = field(default_factory=dict, repr=False)
    placed: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    uncertain: Mapping[int, int] = field(default_factory=dict)
    releases: tuple[Shelved, ...] = ()
    unreadable: bool = False
    counted_from: date | None = None

    @property
    def rules(self) -> Rules:
        """Hours, codes and canned replies; a book without them is a desk that is always open."""
        return self.book.desk or ALWAYS_OPEN

    def line(self, person: int, number: int) -> Line | None:
        """A line of a case, where it is at hand."""
        return next((line for line in self.lines.get(person, ()) if line.number == number), None)

    def reaches(self, person: int) -> bool:
        """Whether a person may be written to: who hid the chat or blocked the bot may not, until they write."""
        conversation = self.known.get(person)
        return conversation is not None and not (conversation.footprint.hidden or conversation.blocked)


@dataclass(slots=True)
class Found:
    """What was looked up for the desk: see `Scene`."""

    transcripts: dict[int, tuple[Entry, ...]] = field(default_factory=dict)
    lines: dict[int, tuple[Line, ...]] = field(default_factory=dict)
    placed: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    uncertain: dict[int, int] = field(default_factory=dict)
    releases: tuple[Shelved, ...] = ()
    unreadable: bool = False
    counted_from: date | None = None
