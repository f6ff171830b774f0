"""What a bubble lists under its words: signs, what is unclear, what to ask, all answers, what an ad says. Moves nobody.

Law: every line is a text of the catalogues, chosen by what the person answered or by what their ad said; no line holds
words that were typed. A list may be empty.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, assert_never

from dialogs import checking
from dialogs.assess import UNSURE, assess
from dialogs.book import Book
from dialogs.effects import Line
from dialogs.model import Listing
from dialogs.state import Place, State

TOPICS = (
    "employer",
    "place",
    "contacts",
    "pay",
    "hours",
    "housing",
    "contract",
    "visa",
    "documents",
    "fees",
    "certificate",
    "insurance",
)
"""What an offer should make clear, in the order people read it."""
MOST = 6
"""More points nobody reads, and no recruiter answers."""
FACETS = frozenset({"pay", "place", "employer", "contract", "hours", "documents", "fees", "housing", "contacts"})
"""Those of them that are looked for in a job ad."""


def lines(book: Book, state: State, place: Place) -> tuple[Line, ...]:
    """The lines of the checklist or the list at a place."""
    node = book.node(place)
    if node and node.list:
        return tuple(_listed(book, state, checking.subject(book, state, place), node.list))
    return tuple(Line(text, ticked=text in state.marks) for text in book.lines(place))


def numbers(book: Book, state: State, place: Place) -> tuple[tuple[str, int], ...]:
    """How much there is to be said at a place: the step of a question, or how many signs and open points."""
    if checking.question(book, place):
        step, steps = checking.steps(book, state, place)
        return (("step", step), ("steps", steps))
    node, script = book.node(place), checking.subject(book, state, place)
    if node and node.list == "worries":
        return (("signs", len(_worries(book, state))),)
    if script is None or not checking.questions(book, script):
        return ()
    signs = len(checking.verdict(book, state, script).signs)
    _, steps = checking.steps(book, state, checking.questions(book, script)[0])
    return (("signs", signs), ("gaps", len(_gaps(book, state, script))), ("steps", steps))


def answer_lines(book: Book, state: State, script: str) -> Iterable[Line]:
    """Every question that was answered, with its answer."""
    for name, answer in checking.given(state, script).items():
        place = Place.parse(name)
        if checking.question(book, place):
            yield Line(f"{name}.short", more=book.label(place, answer))


def sign_lines(book: Book, state: State, script: str) -> Iterable[Line]:
    """The signs in the answers, gravest first, each with why it matters."""
    return (_sign_line(name) for name in checking.verdict(book, state, script).signs)


def _listed(book: Book, state: State, script: str | None, listing: Listing) -> Iterable[Line]:
    if listing == "said":
        return (Line(f"ad.{facet}", value=said) for facet, said in _in_order(dict(state.ad)))
    if listing == "unsaid":
        return _topic_lines("gap", FACETS - dict(state.ad).keys())
    if listing == "worries":
        return (_sign_line(name) for name in _worries(book, state))
    return _of_walk(book, state, script, listing) if script else ()


def _of_walk(
    book: Book, state: State, script: str, listing: Literal["signs", "answers", "gaps", "asks", "card"]
) -> Iterable[Line]:
    match listing:
        case "signs":
            return sign_lines(book, state, script)
        case "answers":
            return answer_lines(book, state, script)
        case "gaps":
            return _topic_lines("gap", _gaps(book, state, script))
        case "asks":
            return _topic_lines("ask", _worth_asking(book, state, script))
        case "card":
            return _topic_lines("gap", _worth_asking(book, state, script))
        case _:
            assert_never(listing)


def _sign_line(name: str) -> Line:
    return Line(f"sign.{name}", more=f"why.{name}")


def _worries(book: Book, state: State) -> tuple[str, ...]:
    """The signs in the last job ad alone, whatever else was answered."""
    return assess(dict(state.ad), book.rules).signs


def _topic_lines(prefix: str, topics: Iterable[str]) -> Iterable[Line]:
    wanted = set(topics)
    return (Line(f"{prefix}.{topic}") for topic in TOPICS if topic in wanted)


def _in_order(said: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ((topic, said[topic]) for topic in TOPICS if topic in said)


def _gaps(book: Book, state: State, script: str) -> set[str]:
    """Topics nobody knows enough of: asked without an answer. After a critical answer there are other things to do."""
    answers = checking.given(state, script)
    if checking.is_critical(book, checking.verdict(book, state, script)):
        return set()
    return {topic for topic, name in _topics(book, script) if answers.get(name) in UNSURE}


def _worth_asking(book: Book, state: State, script: str) -> list[str]:
    """What to ask or check first: what has a sign or no answer, then what an ad kept silent about, then the rest."""
    answers = checking.given(state, script)
    risky = [topic for topic, name in _topics(book, script) if (name, answers.get(name, "")) in book.rules.by_answer]
    unsure = [topic for topic, name in _topics(book, script) if answers.get(name) in UNSURE]
    silent = [topic for topic in TOPICS if topic in FACETS - dict(state.ad).keys()] if state.ad else []
    unasked = [topic for topic, name in _topics(book, script) if name not in answers]
    return list(dict.fromkeys((*risky, *unsure, *silent, *unasked)))[:MOST]


def _topics(book: Book, script: str) -> Iterable[tuple[str, str]]:
    for place in checking.questions(book, script):
        asked = checking.question(book, place)
        if asked and asked.topic:
            yield asked.topic, str(place)
