"""Some dozens of people who come at the same hour, and the consultants who are there for those who ask for one.

Everybody does one thing at a time, and what all do at the same time is one batch.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from bot.demo.people import Ending, Visitor
from bot.demo.stage import Stage
from bot.demo.tally import Tally
from bot.demo.visiting import REPLY, Lost, Visit, answers, cancels
from dialogs.assess import UNKNOWN
from dialogs.desk import CANCELLED
from dialogs.events import Chose, Event, Wrote

TOGETHER = 80
"""So many are in the book at the same time."""
CANNED = "saynow_story"
"""The button of the one canned reply that everybody gets."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A case that somebody has: whose it is, who has it, and by which number buttons name it."""

    visit: Visit
    ending: Ending
    consultant: int
    token: int


async def sit(stage: Stage, visits: Sequence[Visit], consultants: Sequence[int], tally: Tally) -> list[Visitor]:
    """All of it, to the last case; those are given back whose case nobody takes."""
    await _walk(stage, visits)
    for visit in visits:
        tally.talked(visit.one, stage.now)
    asked = [(visit, ending) for visit in visits if (ending := visit.one.coded) is not None]
    await stage.take([(visit, cancels()) for visit, ending in asked if ending.outcome == CANCELLED])
    talks = [*await _talks(stage, [(visit, ending) for visit, ending in asked if ending.answered], consultants)]
    await _talk(stage, talks)
    await _close(stage, talks)
    left = [visit.one for visit, ending in asked if not ending.answered and ending.outcome != CANCELLED]
    for visit, ending in asked:
        if visit.one not in left:
            tally.closed(visit.one, ending, stage.now)
    return left


async def _walk(stage: Stage, visits: Sequence[Visit]) -> None:
    """Everybody in the book, until each has come to an end of it; whoever goes makes room for the next."""
    coming = iter(visits)
    walking: list[Visit] = []
    while walking := [*walking, *islice(coming, TOGETHER - len(walking))]:
        deeds = [(visit, event) for visit in walking if (event := visit.does(stage.book)) is not None]
        await stage.take(deeds)
        walking = [visit for visit, _ in deeds]


async def _talks(stage: Stage, asked: Iterable[tuple[Visit, Ending]], consultants: Sequence[int]) -> Iterator[Talk]:
    cases = (await stage.desk()).cases
    missing = [visit.one.interest for visit, _ in asked if visit.one.number not in cases]
    if missing:
        raise Lost(f"What is played does not fit the book: nobody waits who came for {missing[0]}.")
    return (
        Talk(visit, ending, consultants[number % len(consultants)], cases[visit.one.number].token)
        for number, (visit, ending) in enumerate(asked)
    )


async def _talk(stage: Stage, talks: Sequence[Talk]) -> None:
    """A consultant takes each case and says something; most people answer; some are asked whether to be referred."""
    await _press(stage, talks, lambda _: "claim")
    await _press(stage, talks, lambda _: CANNED)
    replying = [talk for talk in talks if talk.ending.outcome != "no_reply"]
    await stage.take([(talk.visit, Wrote(REPLY)) for talk in replying])
    referred = [talk for talk in talks if talk.ending.referral is not None]
    await _press(stage, referred, lambda ending: f"refer_{ending.referral}")
    await stage.take([(talk.visit, answers(agrees=talk.ending.agrees)) for talk in referred])


async def _close(stage: Stage, talks: Sequence[Talk]) -> None:
    """Each case is closed and coded, by the buttons that ask for it."""
    await _press(stage, talks, lambda _: "close")
    await _press(stage, talks, lambda ending: f"out_{ending.outcome}")
    for place in range(max((len(talk.ending.categories) for talk in talks), default=0)):
        coded = [talk for talk in talks if place < len(talk.ending.categories)]
        await _press(stage, coded, partial(_category, place))
    aged = [talk for talk in talks if talk.ending.age != UNKNOWN and not talk.visit.one.is_minor]
    await _press(stage, aged, lambda ending: f"age_{ending.age}")
    told = [talk for talk in talks if talk.ending.gender != UNKNOWN]
    await _press(stage, told, lambda ending: f"gender_{ending.gender}")
    await _press(stage, talks, lambda _: "shut")


def _category(place: int, ending: Ending) -> str:
    return f"cat_{ending.categories[place]}"


async def _press(stage: Stage, talks: Sequence[Talk], button: Callable[[Ending], str]) -> None:
    """Each consultant presses a button of each of these cases."""
    deeds: list[tuple[int, Event]] = [(talk.consultant, Chose(button(talk.ending), talk.token)) for talk in talks]
    await stage.staff_do(deeds)
