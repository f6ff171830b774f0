"""Tell what a sum of an ad is for: the work, the job itself, or something else.

A sum belongs to what its own clause speaks of; a clause that speaks of nothing goes on with what its line said last,
and a line with the one above when that one announces something. A sum nothing is said of is pay: ads name little else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import get_args

from dialogs.ads.amounts import Amount, Tokens, amounts
from dialogs.ads.model import Topic
from dialogs.ads.reader import Reader
from dialogs.ads.tokens import ends_sentence, tokens_of

_ENDS = frozenset(";!?|•()+")
_STOPS = frozenset(".!?|•")
"""What a sentence ends with: the next one speaks of something else."""
_TOPICS: tuple[Topic, ...] = get_args(Topic)
_FEES = frozenset({"fee", "service"})
_PAYS = frozenset({"pay", "paid", None})
_MOST = 24
"""Sums of one ad that are looked at: no ad has more."""
_NUMBERS = 48
"""Numbers of one ad that are looked at."""
_HEADING = 4
"""A line of so many tokens without a sum announces what follows, like one that ends with a colon."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money and what it is for; None is what nothing was said of."""

    amount: Amount
    topic: Topic | None

    @property
    def is_fee(self) -> bool:
        """Whether it is asked for the job."""
        return self.topic in _FEES

    @property
    def is_pay(self) -> bool:
        """Whether it is paid for the work."""
        return self.topic in _PAYS

    def __str__(self) -> str:
        return " ".join(filter(None, (self.amount.span, self.amount.currency, self.amount.unit)))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an ad with its tokens and amounts."""

    text: str
    tokens: Tokens
    amounts: tuple[Amount, ...]


def read_lines(reader: Reader, typed: Iterable[str]) -> tuple[Line, ...]:
    """Read the amounts of every line, of so many numbers as an ad may have."""
    return tuple(_lines(reader, typed))


def _lines(reader: Reader, typed: Iterable[str]) -> Iterator[Line]:
    left = _NUMBERS
    for text in typed:
        tokens = tokens_of(reader, text, left)
        found = amounts(tokens, left)
        left -= len(found)
        yield Line(text, tokens, found)


def sums(reader: Reader, lines: Iterable[Line]) -> tuple[Sum, ...]:
    """The sums of money in the order written."""
    return tuple(islice(_sums(reader, lines), _MOST))


def _sums(reader: Reader, lines: Iterable[Line]) -> Iterator[Sum]:
    topic: Topic | None = None
    for line in lines:
        money = [amount for amount in line.amounts if amount.currency]
        if not money:
            topic = _announced(reader, line)
            continue
        for start, end in _clauses(line.tokens):
            if start and line.tokens[start - 1].text in _STOPS:
                topic = None
            inside = [amount for amount in money if start <= amount.first < end]
            said = tuple(_topics(reader, line, start, end, inside))
            yield from (
                Sum(_timed(line, amount, start), own or topic) for amount, own in zip(inside, said, strict=False)
            )
            topic = next(filter(None, reversed(said)), topic)
        topic = None


def _announced(reader: Reader, line: Line) -> Topic | None:
    heading = len(line.tokens) <= _HEADING or line.text.rstrip().endswith(":")
    return _topic(reader, line.text) if heading else None


def _topics(reader: Reader, line: Line, start: int, end: int, inside: list[Amount]) -> Iterator[Topic | None]:
    """What each sum of a clause is for, by the words between them; for a clause without sums, what it speaks of."""
    edges = [start, *(edge for amount in inside for edge in (amount.first, amount.after)), end]
    said = [_topic(reader, _text(line, left, right)) for left, right in zip(edges[::2], edges[1::2], strict=True)]
    if not inside:
        yield said[0]
    # "1500 € the pay, 100 € the room" is told after the sums, "the pay 1500 €, the room 100 €" before them.
    behind = said[0] is None and said[-1] is not None
    for before, after in pairwise(said) if inside else ():
        yield _nearer(after, before) if behind else _nearer(before, after)


def _nearer(first: Topic | None, second: Topic | None) -> Topic | None:
    """What counts of the words on both sides; who pays may be told on either."""
    return "theirs" if "theirs" in {first, second} else first or second


def _topic(reader: Reader, text: str) -> Topic | None:
    said = reader.topics(text) if text.strip() else ()
    return next((topic for topic in _TOPICS if topic in said), None)


def _text(line: Line, start: int, end: int) -> str:
    return line.text[line.tokens[start].start : line.tokens[end - 1].end] if start < end else ""


def _timed(line: Line, amount: Amount, start: int) -> Amount:
    """The sum with the period named before it, where none stands behind: "a month we pay 1500"."""
    if amount.unit:
        return amount
    taken = {at for other in line.amounts if not other.currency for at in range(other.first, other.after)}
    before = (line.tokens[at].among("units") for at in range(amount.first - 1, start - 1, -1) if at not in taken)
    return replace(amount, unit=next(filter(None, before), None))


def _clauses(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """From and up to which token each clause of a line goes."""
    start = 0
    for at in range(len(tokens)):
        if _ends(tokens, at):
            yield start, at
            start = at + 1
    yield start, len(tokens)


def _ends(tokens: Tokens, at: int) -> bool:
    token = tokens[at]
    if token.text == ".":
        return ends_sentence(tokens, at)
    if token.text == ",":
        return at + 1 == len(tokens) or tokens[at + 1].start > token.end
    return token.text in _ENDS or token.is_("beside.plus")
