"""How long everything lives that is not for ever: the one table, which people read and erasing goes by.

Law: a lifetime stands here once. Texts name it as a fact, `{keep_archive}`; `docs/LIFETIMES.md` and the pages of
/privacy are held to this table by tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.model import Fact

FACT = "keep_"
"""What the names of these facts begin with."""
READ = date(2026, 11, 26)
"""The day this table was last held against what erases."""
HOURS = timedelta(days=3)
"""What is shorter than this is said in hours."""
REOPENS = "reopen"
"""The one lifetime that the operator sets (REOPEN_HOURS)."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """`age` is counted from `since`; `text` is the paragraph that tells people of it."""

    name: str
    age: timedelta
    text: str
    what: str
    since: str

    @property
    def fact(self) -> str:
        """The name under which texts say how long."""
        return f"{FACT}{self.name}"

    @property
    def hours(self) -> bool:
        """Whether it is said in hours."""
        return self.age < HOURS

    @property
    def count(self) -> int:
        """How many hours or days."""
        return self.age // timedelta(hours=1) if self.hours else self.age.days


CONVERSATION = Lifetime(
    "conversation",
    timedelta(days=7),
    "privacy.long.conversation",
    "a conversation with the bot: language, choices, answers, dates typed; no words",
    "the person's last message or tap",
)
CASE = Lifetime(
    "case",
    timedelta(days=7),
    "privacy.long.case",
    "an open case: what the person and a consultant write",
    "its last line; then it is closed by itself, if nobody closed it before",
)
REOPEN = Lifetime(
    REOPENS,
    timedelta(hours=24),
    "privacy.long.reopen",
    "a closed case that can still be taken up again (REOPEN_HOURS; 0 seals it at once)",
    "its end; then it is sealed where an archive key is set, and deleted where none is",
)
ARCHIVE = Lifetime(
    "archive",
    timedelta(days=90),
    "privacy.long.archive",
    "a sealed case, which two of three custodians can open together, without any link to the person",
    "the day it was sealed",
)
ARCHIVE_MINOR = Lifetime(
    "archive_minor",
    timedelta(days=30),
    "privacy.long.archive_minor",
    "the same of a minor",
    "the day it was sealed",
)
IDS = Lifetime(
    "ids",
    timedelta(hours=48),
    "privacy.long.ids",
    "numbers of messages in the person's chat, to hide it; language and switches go with the last one, or with the"
    " conversation",
    "the message",
)
VANISH = Lifetime(
    "vanish",
    timedelta(hours=24),
    "privacy.quiet.old",
    "messages in the chat itself, of who wants them deleted by themselves",
    "the message",
)
UPDATES = Lifetime(
    "updates",
    timedelta(hours=48),
    "privacy.rest.updates",
    "numbers of Telegram's updates, so that nothing happens twice",
    "the update",
)
LOG = Lifetime(
    "log",
    timedelta(days=14),
    "privacy.rest.log",
    "logs and the audit log, without identities and without words",
    "the line",
)
FORGOTTEN = Lifetime(
    "forgotten",
    timedelta(days=35),
    "privacy.rest.forgotten",
    "random numbers of what was erased by /forget, so that a backup (30 days) does not bring it back",
    "the erasure",
)
COUNTS = Lifetime(
    "counts",
    timedelta(days=30),
    "privacy.rest.counts",
    "the sums that a release is made of",
    "the release",
)
LIFETIMES: tuple[Lifetime, ...] = (
    CONVERSATION,
    CASE,
    REOPEN,
    ARCHIVE,
    ARCHIVE_MINOR,
    IDS,
    VANISH,
    UPDATES,
    LOG,
    FORGOTTEN,
    COUNTS,
)
"""All of them, in the order people read them."""


def facts(reopen: timedelta = REOPEN.age) -> Mapping[str, Fact]:
    """The lifetimes as facts that texts may name; `reopen` as the operator has set it.

    Where a case cannot be taken up again at all, nothing says how long it could be.
    """
    set_ = {lifetime.fact: _fact(lifetime, lifetime.age) for lifetime in LIFETIMES}
    return set_ | {REOPEN.fact: _fact(REOPEN, reopen)}


def _fact(lifetime: Lifetime, age: timedelta) -> Fact:
    hours = lifetime.hours
    return Fact(
        value=str(age // timedelta(hours=1) if hours else age.days),
        kind="hours" if hours else "days",
        confidence="verified" if age else "unverified",
        source="this program",
        source_date="that of the program",
        checked_on=READ,
        valid_until=date.max,
        owner="this program",
        note=f"{lifetime.what}; from {lifetime.since}. It stands in dialogs/lifetimes.py.",
    )
