"""Rules about the self-check: what the rules name is there, nothing worse spares a question, no walk is too long."""

from collections.abc import Iterable, Iterator
from itertools import product

from dialogs import checking
from dialogs.assess import UNKNOWN
from dialogs.book import Book
from dialogs.inventory import node_path
from dialogs.listing import TOPICS
from dialogs.model import Condition, Question
from dialogs.review.manuscript import Manuscript, Remark
from dialogs.state import Place, State

MOST_QUESTIONS = 12
"""Questions of an ordinary walk (design §4)."""


def unknown_answer(manuscript: Manuscript) -> Iterator[Remark]:
    """A rule names a question, or an answer, that is not in the book."""
    book = manuscript.book
    for name, sign in book.rules.signs.items():
        for question, answers in sign.when.items():
            asked = checking.question(book, Place.parse(question))
            for answer in answers:
                if asked is None or answer not in asked.answers:
                    yield Remark(("rules", "signs", name, "when", question), f"{name}: {question} has no {answer}")


def unknown_condition(manuscript: Manuscript) -> Iterator[Remark]:
    """A question is asked by an answer that is not there, or by one that says a sign."""
    for place, asked in _questions(manuscript.book):
        for name, answers in _conditions(asked):
            here = Place(place.script, name)
            found = checking.question(manuscript.book, here)
            offered = {*found.answers, *checking.ALWAYS} if found else set[str]()
            if name != checking.MORE and not offered.issuperset(answers):
                yield Remark((*node_path(place), "question"), f"{place}: {here} has not all of {', '.join(answers)}")
            if str(here) in manuscript.book.rules.by_question:
                yield Remark((*node_path(place), "question"), f"{place}: {here} has signs and may not decide")


def unknown_topic(manuscript: Manuscript) -> Iterator[Remark]:
    """A question has a topic nobody knows."""
    for place, asked in _questions(manuscript.book):
        if asked.topic and asked.topic not in TOPICS:
            yield Remark((*node_path(place), "question"), f"{place}: {asked.topic} is none of {', '.join(TOPICS)}")


def unknown_by(manuscript: Manuscript) -> Iterator[Remark]:
    """A choice goes by the answer to a question that is not there, or writes one down."""
    for place, node in manuscript.nodes:
        for name, choice in (node.choose or {}).items():
            named = [*([choice.by] if choice.by else []), *(choice.note.keys() - {checking.MORE})]
            for question in named:
                if checking.question(manuscript.book, Place(place.script, question)) is None:
                    yield Remark((*node_path(place), "choose", name), f"{name}: there is no question {question}")


def ads_answer_nothing(manuscript: Manuscript) -> Iterator[Remark]:
    """Job ads answer the questions of a script that has none."""
    ads = manuscript.book.frame.ads
    if ads and not (ads.answers in manuscript.book.scripts and checking.questions(manuscript.book, ads.answers)):
        yield Remark(("frame", "ads"), f"ads: {ads.answers} asks nothing")


def long_walk(manuscript: Manuscript) -> Iterator[Remark]:
    """An ordinary walk asks more questions than a tired person answers."""
    for script in manuscript.book.scripts:
        longest = max(_lengths(manuscript.book, script), default=0)
        if longest > MOST_QUESTIONS:
            where = ("scripts", script, "verdicts")
            yield Remark(where, f"{script}: asks up to {longest} questions, at most {MOST_QUESTIONS}")


def _lengths(book: Book, script: str) -> Iterator[int]:
    """How many questions a walk asks, for every way to answer those that decide what is asked."""
    asked = checking.questions(book, script)
    deciding = {name for place in asked for name, _ in _conditions(checking.question(book, place))} - {checking.MORE}
    ways = {name: checking.question(book, Place(script, name)) for name in sorted(deciding)}
    for answers in product(*((*found.answers, UNKNOWN) for found in ways.values() if found)):
        noted = checking.noted(State(nonce=0), script, dict(zip(ways, answers, strict=False)))
        yield sum(checking.is_asked(book, checking.given(noted, script), place) for place in asked)


def _questions(book: Book) -> Iterator[tuple[Place, Question]]:
    for place in book.places():
        asked = checking.question(book, place)
        if asked:
            yield place, asked


def _conditions(asked: Question | None) -> Iterable[tuple[str, tuple[str, ...]]]:
    every: tuple[Condition, ...] = (*asked.only, *asked.unless) if asked else ()
    return [pair for condition in every for pair in condition.items()]
