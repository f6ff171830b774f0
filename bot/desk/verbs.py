"""What staff can ask of the desk: each command and each button with who may use it, where, and about which case.

Law: a verb without its rule cannot be made, and the rule is checked here before the verb is done, in one place; so
what one may do is read from this table and tested whole against it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from bot.arrivals import Arrival
from bot.desk.cases import Case, Phase
from bot.desk.desk import Scene, Upshot
from bot.desk.staff import Staff


class Need(Enum):
    """What one must be to a verb's case, or in the house."""

    STAFF = "staff"
    MANAGER = "manager"
    OWNER = "owner"
    """Has the case, and it is not closed."""
    WAITING = "waiting"
    """Anybody of the staff, while nobody has the case."""
    OFFERED = "offered"
    """The case was offered to them."""


class Where(StrEnum):
    """Where a verb may be used."""

    PRIVATE = "private"
    ROOM = "room"
    """The topic of a case, or the main topic, in one's own forum group."""
    DESK = "desk"
    ELSEWHERE = "elsewhere"
    """A group that is nothing to the desk yet."""


AT_WORK = frozenset({Where.PRIVATE, Where.ROOM})
ANYWHERE = frozenset(Where)


@dataclass(frozen=True, slots=True)
class Call:
    """A verb, used: by what arrived, about which case, with the rest of its name and the words after it."""

    arrival: Arrival
    case: Case | None = None
    argument: str = ""
    text: str = ""


Act = Callable[[Scene, Staff, Call], Upshot]


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that staff can do. `prefix`: its button's name goes on, and the rest is the argument."""

    name: str
    need: Need
    act: Act
    where: frozenset[Where] = AT_WORK
    prefix: bool = False

    @property
    def about_case(self) -> bool:
        """Whether it needs a case."""
        return self.need in (Need.OWNER, Need.WAITING, Need.OFFERED)


def may(verb: Verb, one: Staff, case: Case | None) -> bool:
    """Whether somebody may do this about this case."""
    match verb.need:
        case Need.STAFF:
            return True
        case Need.MANAGER:
            return one.is_manager
        case Need.OWNER:
            return case is not None and case.is_open and case.owner == one.person
        case Need.WAITING:
            return case is not None and case.phase is Phase.WAITING
        case Need.OFFERED:
            return case is not None and case.is_open and case.offered_to == one.person


def found(verbs: Iterable[Verb], name: str) -> tuple[Verb, str] | None:
    """The verb of this name and its argument."""
    for verb in verbs:
        if verb.name == name and not verb.prefix:
            return verb, ""
        if verb.prefix and name.startswith(f"{verb.name}_"):
            return verb, name.removeprefix(f"{verb.name}_")
    return None
