"""What of the store a batch must look up before the desk can be computed in memory.

Law: looked up is what somebody in the batch may need, set-wise; nobody's conversation is opened for a case that is not
theirs, their own consultant's, or asked for by a button.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.arrivals import Arrival, Barrier, Incoming, Joined, Moved
from bot.desk.cases import Case, Phase
from bot.desk.desk import Desk
from bot.desk.staff import Staff
from dialogs.events import Chose, Wrote

Place = tuple[int, int]
ROWS = ("again", "arrived")
"""Buttons whose number is a row of the outbox."""
REMOVED = "removed_"
LONGEST_LABEL = 64
"""Signs: no button of the book says more."""
BINDS = "/desk"
"""What is typed to make a group the desk group."""
STATS = ("stats_", "statsfile_", "statsfrom_")
"""What the buttons about releases begin with."""
NUMBERS = "/stats"
"""What is typed to see the numbers."""


@dataclass(slots=True)
class Needs:
    """People whose conversations are needed; those of them whose lines, or whole transcripts, are too.

    `releases`: somebody who may asks for the frozen releases.
    """

    people: set[int] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)
    transcripts: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    releases: bool = False


def places(desk: Desk, arrivals: Iterable[Incoming]) -> set[Place]:
    """Messages that arrivals speak of: replied to, edited, or the topic they stand in."""
    return {place for arrival in arrivals if isinstance(arrival, Arrival) for place in _places(desk, arrival)}


def _places(desk: Desk, arrival: Arrival) -> Iterator[Place]:
    if arrival.person not in desk.staff and arrival.person not in desk.cases:
        return
    chat = arrival.chat or arrival.person
    messages = (arrival.reply.message if arrival.reply else None, arrival.thread)
    yield from ((chat, message) for message in messages if message is not None)
    if arrival.edited and arrival.below is not None:
        yield (chat, arrival.below)


def needs(desk: Desk, arrivals: Iterable[Incoming], placed: dict[Place, int]) -> Needs:
    """What must be at hand; `placed` says whose line lies at a place."""
    found = Needs()
    for arrival in arrivals:
        if isinstance(arrival, Arrival) and arrival.person in desk.staff:
            _of_staff(desk, desk.staff[arrival.person], arrival, placed, found)
        elif isinstance(arrival, Joined):
            _of_group(desk, arrival, found)
        elif isinstance(arrival, Moved):
            found.people |= _carded(desk)
        elif isinstance(arrival, Barrier) and arrival.person in desk.staff:
            found.people |= {arrival.person, *(case.person for case in desk.owned(arrival.person))}
        elif isinstance(arrival, Arrival | Barrier) and not getattr(arrival, "chat", 0):
            _of_person(desk, arrival, found)
    return found


def _of_group(desk: Desk, change: Joined, found: Needs) -> None:
    """Whoever let the bot in is answered; whoever lost a room by it reads their cases elsewhere."""
    moving = {one.person for one in desk.staff.values() if one.room == change.chat and not change.inside}
    cases = {case.person for person in moving for case in desk.owned(person)}
    is_desk = desk.group is not None and desk.group.chat == change.chat and not change.inside
    told = {one.person for one in desk.managers()} if is_desk else set()
    found.people |= ({change.by} & desk.staff.keys()) | moving | cases | told
    found.transcripts |= cases


def _of_person(desk: Desk, arrival: Arrival | Barrier, found: Needs) -> None:
    found.people.add(arrival.person)
    case = desk.cases.get(arrival.person)
    if case is None:
        return
    if case.owner is not None:
        found.people.add(case.owner)
    over = case.phase is Phase.CLOSED or case.told_end
    if isinstance(arrival, Arrival) and (over or _looks_back(arrival) or _is_a_button(case, arrival)):
        found.lines.add(arrival.person)
        found.transcripts.add(arrival.person)


def _looks_back(arrival: Arrival) -> bool:
    """Whether it is about what was said before. After a talk everything is: buttons can be typed too."""
    return arrival.edited or isinstance(arrival.event, Chose)


def _is_a_button(case: Case, arrival: Arrival) -> bool:
    """Whether somebody who waits may have typed what stands on a button of the book, to be forgotten say."""
    typed = arrival.event.text if isinstance(arrival.event, Wrote) else None
    return case.phase is Phase.WAITING and typed is not None and len(typed) <= LONGEST_LABEL


def _carded(desk: Desk) -> set[int]:
    """Whose cards come anew when the desk group is another one."""
    return {case.person for case in desk.cases.values() if case.is_open}


def _of_staff(desk: Desk, one: Staff, arrival: Arrival, placed: dict[Place, int], found: Needs) -> None:
    about = {placed[place] for place in _places(desk, arrival) if place in placed}
    about |= {case.person for case in desk.owned(one.person)}
    match arrival.event:
        case Chose(choice, number):
            about |= _tapped(desk, choice, number, found)
        case Wrote(text) if text.startswith("/") and not text.startswith("//"):
            found.transcripts |= about
            found.people |= _carded(desk) if text.lower().startswith(BINDS) else set()
    found.people |= {one.person} | about
    found.releases |= one.is_manager and _asks_for_releases(arrival)
    if arrival.edited or isinstance(arrival.event, Chose):
        found.lines |= about


def _asks_for_releases(arrival: Arrival) -> bool:
    match arrival.event:
        case Chose(choice, _):
            return choice.startswith(STATS)
        case Wrote(text):
            return text.strip().lower().startswith(NUMBERS)
    return False


def _tapped(desk: Desk, choice: str, number: int, found: Needs) -> set[int]:
    if choice in ROWS:
        found.rows.add(number)
    other = desk.by_tag(choice.removeprefix(REMOVED)) if choice.startswith(REMOVED) else None
    case = desk.by_token(number)
    about = {each.person for each in desk.touched_by(other.person)} if other else set()
    about |= {case.person} if case else set()
    found.transcripts |= about
    return about
