"""The self-check in the words of the page: when a question is asked, when a button is there, what an answer weighs."""

from collections.abc import Iterable, Iterator

from dialogs import checking
from dialogs.editing.printed.edition import Edition
from dialogs.model import Choice, Condition, Question
from dialogs.rules import Sign
from dialogs.state import Place


def asked_when(edition: Edition, place: Place, asked: Question) -> Iterator[str]:
    """What must have been answered for a question to be asked, and what not."""
    words = edition.words.check
    if asked.only:
        yield f"{words.only} {_conditions(edition, place.script, asked.only)}"
    if asked.unless:
        yield f"{words.unless} {_conditions(edition, place.script, asked.unless)}"


def remarks(edition: Edition, choice: Choice, script: str) -> Iterator[str]:
    """When a choice is there, and what it does on its way."""
    words = edition.words.check
    if choice.when:
        yield words.when[choice.when]
    if choice.by:
        yield f"{words.by} {called(edition, Place(script, choice.by))}"
    yield from (f"{words.notes} {_answered(edition, script, name, (said,))}" for name, said in choice.note.items())
    if choice.clear:
        yield words.clears


def weighs(edition: Edition, sign: Sign) -> str:
    """What a sign weighs in which dimension, and what it decides by itself."""
    words = edition.words.check
    weighed = [words.dimensions.get(sign.dimension or "", sign.dimension), sign.weight and words.weights[sign.weight]]
    decided = f"{words.decides} {edition.label(f'band.{sign.critical}')}" if sign.critical else None
    return ", ".join(filter(None, (*weighed, decided)))


def called(edition: Edition, place: Place) -> str:
    """What a question is called in a list of answers."""
    return edition.label(f"{place}.short").rstrip(":")


def _conditions(edition: Edition, script: str, conditions: Iterable[Condition]) -> str:
    words = edition.words.check
    each = (
        f" {words.and_} ".join(_answered(edition, script, name, answers) for name, answers in condition.items())
        for condition in conditions
    )
    return f"; {words.or_} ".join(each)


def _answered(edition: Edition, script: str, name: str, answers: Iterable[str]) -> str:
    """A question by its short name with some of its answers: "Country: Germany, Poland"."""
    if name == checking.MORE:
        return edition.words.check.more
    labels = (edition.label(edition.book.label(Place(script, name), answer)) for answer in answers)
    return f"{called(edition, Place(script, name))}: {', '.join(labels)}"
