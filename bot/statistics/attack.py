"""The attack on a release before anybody else makes it: what can be worked out from everything that is published.

Law: it reads a release and nothing that was not published. Whoever attacks knows the method and how many consultations
there were, exactly: the figures of daily work and the published total together may say so much. A number that is not
shown stands when, whatever that total, there are eight steps or more between the least and the most that it may be;
and of what is never crossed nobody knows that there are ten: it may always be fewer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import GzaError
from bot.statistics.knowing import ALL, APART, FREE, Knowledge, Link, Place
from bot.statistics.periods import Length, Period
from bot.statistics.program import Program
from bot.statistics.published import Release, Section
from bot.statistics.rule import THRESHOLD, WIDE
from bot.statistics.tables import Unit

Seen = dict[Place, tuple[int, int]]


class Exposed(GzaError):
    """A number that is not shown could be worked out: nothing is published, nothing is lost. Says what to do."""


@dataclass(frozen=True, slots=True)
class Narrow:
    """A hidden number that must lie from `least` to `most`, and the places whose limits make it so."""

    place: Place
    least: int
    most: int
    holding: frozenset[Place]


class Attacker:
    """Works out what can be worked out of one section.

    `_seen` are, for each total that may be known, the least and the most of hidden numbers in the worlds found so far:
    they stay possible when less is shown.
    """

    def __init__(self, section: Section, links: Sequence[Link]) -> None:
        self._links = links
        known = Knowledge.of(section, links)
        self._program = Program(known)
        self._total = known.limits[ALL]
        self._hidden = known.hidden
        self._seen: dict[int, Seen] = {}

    def learn(self, section: Section) -> None:
        """Read the section again, now that less of it is shown."""
        known = Knowledge.of(section, self._links)
        self._program.limit({place: known.limits.get(place, FREE) for place in self._program.places})
        self._total = known.limits[ALL]
        self._hidden = known.hidden

    def narrow(self) -> Narrow | None:
        """A hidden number that can be worked out too closely. Raises ValueError where no numbers fit at all.

        It is enough to know the total exactly, and to try its ends: in between no number has less room.
        """
        for total in self._ends():
            self._program.limit({ALL: (total, total)})
            seen = self._seen.setdefault(total, {})
            left = self._together(seen)
            while left:
                place, holding = left[0], set[Place]()
                for most in (False, True):
                    if place in left and not (most and _has_room(*seen[place])):
                        left = self._ask(seen, left, [place], most=most)
                        holding |= self._program.holding()
                if place in left:
                    return Narrow(place, *seen[place], frozenset(holding))
        return None

    def _ends(self) -> list[int]:
        """The least and the most that the total may be."""
        self._program.limit({ALL: self._total})
        return sorted({self._program.world([ALL], most=most)[ALL] for most in (False, True)})

    def _together(self, seen: Seen) -> list[Place]:
        """Ask about many at once, as long as that answers questions; which are left to be asked one by one."""
        left = self._ask(seen, self._hidden, self._hidden, most=False)
        before = 0
        while len(left) != before:
            before = len(left)
            for half in (left[::2], left[1::2]):
                left = self._ask(seen, left, half, most=True)
        return left

    def _ask(self, seen: Seen, left: Collection[Place], places: Collection[Place], *, most: bool) -> list[Place]:
        """How small or large these can be together; of those that are left, the ones that still have no room."""
        world = self._program.world(places, most=most) if left else {}
        for place in left:
            number = world[place]
            least, largest = seen.get(place, (number, number))
            seen[place] = min(least, number), max(largest, number)
        return [place for place in left if _is_narrow(place, *seen[place])]


def _is_narrow(place: Place, least: int, most: int) -> bool:
    return not _has_room(least, most) or (APART in place and least >= THRESHOLD)


def _has_room(least: int, most: int) -> bool:
    return most - least >= WIDE


def verify(release: Release, past: Sequence[Release], links: Mapping[Unit, Sequence[Link]]) -> None:
    """Attack a finished release, knowing how its tables are linked. Raises Exposed.

    Sections that never cover the same days have no number in common, so each is attacked alone: of `past`, which are
    all earlier releases, only the days are looked at.
    """
    for section in release.sections:
        if section.total is not None:
            _alone(release, section, past)
            _hidden(section, links[section.unit])


def _alone(release: Release, section: Section, past: Sequence[Release]) -> None:
    """A second number about the same days would tell of those who are in only one of the two."""
    for earlier in past:
        if earlier.last >= _since(release, section).first and earlier.section(section.unit).total is not None:
            raise Exposed(
                f"{release.period} would tell again of days that {earlier.period} has told of; nothing was published. "
                f"Keep {earlier.period} as it is: corrections go into the next release."
            )


def _hidden(section: Section, links: Sequence[Link]) -> None:
    try:
        found = Attacker(section, links).narrow()
    except ValueError:
        raise Exposed(
            f"The numbers of the {section.unit}s contradict each other; nothing was published and nothing is lost. "
            "Run `gza doctor`, and send this sentence to whoever looks after the program."
        ) from None
    if found:
        value = " and ".join(word or "all that is never crossed" for word in found.place[1:])
        raise Exposed(
            f"In the table {found.place[0]} the number of {value} is not shown, but it could be worked out: it is from "
            f"{found.least} to {found.most}; nothing was published and nothing is lost. "
            "Send this sentence to whoever looks after the program; the counts wait for the next try."
        )


def period_of(release: Release) -> Period:
    """The period that names a release."""
    months = (release.last.year - release.first.year) * 12 + release.last.month - release.first.month + 1
    return Period.of(release.first, Length(months))


def _since(release: Release, section: Section) -> Period:
    """The first period that a section covers."""
    return Period.parse(section.since, period_of(release).length)
