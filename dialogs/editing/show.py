"""Print a script as an editor reads it: every node with its real words and its buttons, or as a flowchart.

What is printed is what is written, not what one person would see: paragraphs hidden for want of a confirmed fact are
shown and say so.
"""

import html
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from dialogs.book import Book
from dialogs.checking import ALWAYS
from dialogs.editing.flowchart import flowchart
from dialogs.model import Choice, Condition, Listing, Node, Question
from dialogs.rendering import UNTICKED, paragraph
from dialogs.review.limits import bare
from dialogs.rules import Sign
from dialogs.speaking import words_of
from dialogs.state import Place
from dialogs.texts import placeholders

LISTED: Mapping[Listing, str] = {
    "signs": "the warning signs in the answers, the gravest first, each with why it matters",
    "gaps": "what is still unclear",
    "asks": "what to ask about it",
    "card": "the points to check",
    "answers": "every question that was answered, with the answer",
    "said": "what the job ad says",
    "worries": "the warning signs in the job ad itself",
    "unsaid": "what the job ad does not say",
}
"""What stands under the words of a node with a list."""


def run(book: Book, script: str | None, language: str, write: Callable[[str], None], *, mermaid: bool = False) -> int:
    """Print one script, or all of them; 1 when there is no such script or language."""
    if script is not None and script not in book.scripts:
        write(f"There is no script {script}; there are {', '.join(book.scripts)}.")
        return 1
    if language not in book.frame.languages:
        write(f"The book has no {language}; it has {', '.join(book.frame.languages)}.")
        return 1
    places = [place for place in book.places() if script in {None, place.script}]
    lines = flowchart(book, places, language) if mermaid else reading(book, places, language)
    for line in lines:
        write(line)
    return 0


def reading(book: Book, places: list[Place], language: str) -> Iterator[str]:
    """The nodes one after the other: heading, bubble, answers, buttons with where they lead."""
    for script, its_places in groupby(places, key=lambda place: place.script):
        yield from _verdicts(book, script)
        for place in its_places:
            node = book.node(place)
            if node:
                yield f"=== {place}"
                yield from _bubble(book, place, language)
                yield from _checklist(book, place, language)
                yield from _question(book, place, node.question, language) if node.question else ()
                yield from _onward(book, place, node, language)
                yield ""


def _verdicts(book: Book, script: str) -> Iterator[str]:
    """Where each verdict of a self-check leads."""
    verdicts = book.scripts[script].verdicts
    if verdicts:
        yield f"--- {script}: the verdicts"
        yield from (f"{band} -> {target}" for band, target in verdicts.items())
        yield ""


def _bubble(book: Book, place: Place, language: str) -> Iterator[str]:
    for index, text in enumerate(book.paragraphs(place)):
        if index:
            yield ""
        written = words_of(book, text, language)
        words = paragraph(book, text, language, _worked_out(book, written))
        yield (
            html.unescape(bare(words)) if words is not None else f"{bare(written)}\n  (hidden: a fact is not confirmed)"
        )


def _worked_out(book: Book, words: str) -> dict[str, str]:
    """What is no fact but known in the chat alone stands as it is written."""
    return {name: f"{{{name}}}" for name in placeholders(words) - book.facts.keys()}


def _checklist(book: Book, place: Place, language: str) -> Iterator[str]:
    for line in book.lines(place):
        yield f"{UNTICKED} {bare(words_of(book, line, language))} [{words_of(book, f'{line}.short', language)}]"


def _question(book: Book, place: Place, asked: Question, language: str) -> Iterator[str]:
    """When it is asked, what it is called in a list, and its answers with the sign each of them says."""
    yield f"  (in lists: {words_of(book, f'{place}.short', language)})"
    if asked.topic:
        yield f"  (unclear without an answer: {asked.topic})"
    if asked.only:
        yield f"  (asked only if {_conditions(asked.only)})"
    if asked.unless:
        yield f"  (not asked if {_conditions(asked.unless)})"
    for answer in asked.answers:
        yield f"* {words_of(book, book.label(place, answer), language)}{_sign(book, place, answer)}"
    yield f"* {' | '.join(words_of(book, book.label(place, answer), language) for answer in ALWAYS)}"


def _conditions(conditions: tuple[Condition, ...]) -> str:
    return "; or ".join(
        " and ".join(f"{name} is {' or '.join(answers)}" for name, answers in condition.items())
        for condition in conditions
    )


def _sign(book: Book, place: Place, answer: str) -> str:
    name = book.rules.by_answer.get((str(place), answer))
    return f"  [{', '.join((name, *_weighs(book.rules.signs[name])))}]" if name else ""


def _weighs(sign: Sign) -> Iterator[str]:
    if sign.dimension and sign.weight:
        yield from (sign.dimension, sign.weight)
    if sign.critical:
        yield f"decides: {sign.critical}"


def _onward(book: Book, place: Place, node: Node, language: str) -> Iterator[str]:
    if node.list:
        yield f"  (listed here: {LISTED[node.list]}{', also sent as a picture' if node.picture else ''})"
    if node.info:
        yield f"  (source of {', '.join(node.info)})"
    for name, choice in (node.choose or {}).items():
        yield f"* {words_of(book, book.label(place, name), language)} -> {_where(choice)}{_remarks(choice)}"
    ways = {"->": node.goto, "-> call": node.call, "-> return": node.returns or None, "(end)": node.end or None}
    for sign, target in ways.items():
        if target is not None:
            yield f"{sign} {target}" if isinstance(target, str) else sign
    if node.walk:
        yield "-> (the next question, or the verdict)"


def _remarks(choice: Choice) -> str:
    """When a choice is there, and what it does on its way."""
    said = (
        f"when {choice.when}" if choice.when else "",
        f"by the answer to {choice.by}" if choice.by else "",
        *(f"notes {question}: {answer}" for question, answer in choice.note.items()),
        "forgets the answers" if choice.clear else "",
    )
    told = ", ".join(filter(None, said))
    return f"  ({told})" if told else ""


def _where(choice: Choice) -> str:
    if choice.returns:
        return "return"
    if choice.do:
        return choice.do
    target = choice.goto or f"call {choice.call}"
    return f"{target}, in {choice.language}" if choice.language else target
