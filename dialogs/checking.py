"""The self-check in a conversation: what was answered, which question is next, what it comes to.

Law: nothing is asked whose answer is known; a critical answer ends the walk at once; a worse answer never spares a
question, because only answers that weigh nothing decide what is asked (the reviewer holds the book to it). Answers are
kept as ids, and one is replaced by giving another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.assess import SKIP, UNKNOWN, UNSURE, Verdict, assess
from dialogs.book import Book
from dialogs.model import Condition, Question, When
from dialogs.state import Place, State

ALWAYS = (UNKNOWN, SKIP)
"""Answers to every question, in a row of their own at the same place."""
MORE = "more"
"""What a choice notes (`note: {more: yes}`) to ask for the further questions; no question has this name."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The way that answers a question."""

    question: Place
    answer: str


def ways(book: Book, place: Place) -> dict[str, Answered]:
    """The answers a question offers, by choice id."""
    asked = question(book, place)
    return {answer: Answered(place, answer) for answer in (*asked.answers, *ALWAYS)} if asked else {}


def question(book: Book, place: Place) -> Question | None:
    """The question that stands at a place, if any."""
    node = book.node(place)
    return node.question if node else None


def given(state: State, script: str) -> dict[str, str]:
    """The answers given in a script, by question, the latest last."""
    return {place: answer for place, answer in state.answers if place.startswith(f"{script}.")}


def noted(state: State, script: str, answers: Mapping[str, str]) -> State:
    """The same conversation with these answers to questions of a script, in place of what was answered there."""
    new = {f"{script}.{name}": answer for name, answer in answers.items()}
    kept = tuple(pair for pair in state.answers if pair[0] not in new)
    return replace(state, answers=(*kept, *new.items()))


def filled(book: Book, state: State, script: str, answers: Mapping[str, str]) -> State:
    """The same conversation with what an ad answers, where that replaces nothing the person said.

    After a verdict it is a new offer, but not after a critical answer: that stays whatever is read. An ad for another
    country or other work than the person spoke of answers nothing.
    """
    if is_critical(book, verdict(book, state, script)):
        return state
    begun = without(state, script) if is_done(book, state, script) else state
    known = given(begun, script)
    named = {f"{script}.{name}": answer for name, answer in answers.items()}
    if any(known.get(name, answer) != answer for name, answer in named.items() if name not in book.rules.by_question):
        return begun
    whole = {f"{script}.{MORE}": "yes", **named, **known}
    new = [Place.parse(name) for name in named if name not in known]
    return noted(begun, script, {p.node: named[str(p)] for p in new if is_asked(book, whole, p)})


def undone(state: State, place: Place | None) -> State:
    """The same conversation without the answer to the question at a place: it is asked again."""
    return replace(state, answers=tuple(pair for pair in state.answers if pair[0] != str(place)))


def without(state: State, script: str) -> State:
    """The same conversation with nothing answered in a script, nor by an ad."""
    kept = tuple(pair for pair in state.answers if not pair[0].startswith(f"{script}."))
    return replace(state, answers=kept, ad=(), counted=state.counted - {script})


def subject(book: Book, state: State, place: Place) -> str | None:
    """The walk a place speaks of: its own script's, else the one the person comes from, else the one answered last.

    A job ad that answers nothing speaks of the walk that ads belong to.
    """
    behind = (each.script for each in (place, *reversed(state.trail), *reversed(state.stack)))
    near = next((name for name in behind if name in book.scripts and book.scripts[name].verdicts), None)
    read = book.frame.ads.answers if book.frame.ads and state.ad else None
    return near or latest(book, state) or (read if read in book.scripts else None)


def latest(book: Book, state: State) -> str | None:
    """The script of the latest answer, among those that still ask."""
    answered = (Place.parse(place).script for place, _ in reversed(state.answers))
    return next((name for name in answered if name in book.scripts and book.scripts[name].verdicts), None)


def verdict(book: Book, state: State, script: str) -> Verdict:
    """What the answers in a script come to, so far."""
    return assess(given(state, script), book.rules)


def onward(book: Book, state: State, script: str) -> Place:
    """Where the walk of a script goes on: the next open question, or where its verdict leads."""
    ahead = _open(book, state, script)
    if ahead:
        return ahead[0]
    target = book.scripts[script].verdicts.get(verdict(book, state, script).band, book.frame.menu)
    return book.target(target, Place(script, ""))


def is_done(book: Book, state: State, script: str) -> bool:
    """Whether a walk has come to its verdict; further questions come after it."""
    return bool(given(state, script)) and not _open(book, noted(state, script, {MORE: "no"}), script)


def applies(book: Book, state: State, place: Place, when: When) -> bool:
    """Whether a choice of a place that is there only `when` is there now."""
    if when == "listed":
        return book.register is not None
    if when == "answered":
        return latest(book, state) is not None
    return when in _standing(book, state, subject(book, state, place))


def _standing(book: Book, state: State, script: str | None) -> frozenset[When]:
    """How far a walk has come, in the words a choice may be bound to."""
    if script is None or not given(state, script):
        return frozenset({"fresh"})
    if not is_done(book, state, script):
        return frozenset({"started", "begun"})
    found: set[When] = {"started", "done"}
    if _open(book, noted(state, script, {MORE: "yes"}), script):
        found.add("more")
    if not is_critical(book, verdict(book, state, script)):
        found.add("weighed")
    return frozenset(found)


def steps(book: Book, state: State, place: Place) -> tuple[int, int]:
    """Which of how many questions of its walk stands at a place. Further questions come on top when asked for."""
    answers, asked = given(state, place.script), questions(book, place.script)
    answered = [each for each in asked if str(each) in answers and each != place]
    ahead = [each for each in asked if str(each) not in answers and each != place and is_asked(book, answers, each)]
    return len(answered) + 1, len(answered) + 1 + len(ahead)


def questions(book: Book, script: str) -> tuple[Place, ...]:
    """Every question of a script, in the order it would be asked."""
    return tuple(Place(script, name) for name, node in book.scripts[script].nodes.items() if node.question)


def is_asked(book: Book, answers: Mapping[str, str], place: Place) -> bool:
    """Whether the answers so far call for the question at a place."""
    asked = question(book, place)
    if asked is None:
        return False
    wanted = not asked.only or any(_holds(place.script, each, answers) for each in asked.only)
    return wanted and not any(_holds(place.script, each, answers) for each in asked.unless)


def is_critical(book: Book, found: Verdict) -> bool:
    """Whether one sign decides by itself."""
    return any(book.rules.signs[name].critical for name in found.signs)


def _open(book: Book, state: State, script: str) -> tuple[Place, ...]:
    """Questions still to be asked; none after a critical answer."""
    answers = given(state, script)
    if is_critical(book, assess(answers, book.rules)):
        return ()
    return tuple(each for each in questions(book, script) if str(each) not in answers and is_asked(book, answers, each))


def _holds(script: str, condition: Condition, answers: Mapping[str, str]) -> bool:
    return all(answers.get(f"{script}.{name}", UNKNOWN) in wanted for name, wanted in condition.items())


def is_unsure(answers: Mapping[str, str], place: Place) -> bool:
    """Whether a question has no answer yet, or one that says nothing."""
    return answers.get(str(place), UNKNOWN) in UNSURE
