"""How well job ads are read, field by field: `python -m tests.ads.measure`.

Facets: right value, right whether it is said at all, and wrong (said where it is not, missed where it is, or another
value). Answers: of those given, how many are right (precision); of those there are, how many are given (recall).
Behind each share stands its 95 % interval: these sets are small.
"""

import sys
from collections import Counter
from dataclasses import dataclass

from tests.ads import corpus
from tests.phrases.measure import Share

FACETS = ("pay", "place", "employer", "contract", "hours", "documents", "fees", "housing", "contacts")
ANSWERS = (
    "country", "work", "fee", "visa", "debt", "passport", "hours", "contract", "pressure", "hurry", "promise", "now",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facet:
    value: Share
    said: Share
    wrong: int


@dataclass(frozen=True, slots=True)
class Answer:
    precision: Share
    recall: Share


def ads(name):
    return [row for row in corpus.rows(name) if row.is_ad]


def facet(name, field):
    pairs = [(row.said.get(field), corpus.read(row.text).said.get(field)) for row in ads(name)]
    right = sum(want == got for want, got in pairs)
    said = sum((want is None) == (got is None) for want, got in pairs)
    return Facet(Share(right, len(pairs)), Share(said, len(pairs)), len(pairs) - right)


def answer(name, *fields):
    found = Counter()
    for row in ads(name):
        got = corpus.read(row.text).answers
        for field in fields or {*row.answers, *got}:
            found["given"] += field in got
            found["there"] += field in row.answers
            found["right"] += field in got and got[field] == row.answers.get(field)
    return Answer(Share(found["right"], found["given"]), Share(found["right"], found["there"]))


def looks(name):
    """Ads taken for ads, and other texts taken for ads."""
    kinds = {True: [], False: []}
    for row in corpus.rows(name):
        kinds[row.is_ad].append(corpus.looks(row.text))
    return Share(sum(kinds[True]), len(kinds[True])), Share(sum(kinds[False]), len(kinds[False]))


def misses(name):
    """Every field that differs, as a list to work from; of the fresh set nobody shall work from one."""
    for row in ads(name):
        got = corpus.read(row.text)
        for kind, wanted, given in (("said", row.said, got.said), ("answers", row.answers, got.answers)):
            for field in sorted({*wanted, *given}):
                if wanted.get(field) != given.get(field):
                    yield f"{name:8}{row.id:36}{kind}.{field}: {given.get(field)} for {wanted.get(field)}"


def table(names):
    yield line("set", "facet", "right value", "right said or not", "wrong")
    for name in names:
        for field in FACETS:
            found = facet(name, field)
            yield line(name, field, found.value, found.said, found.wrong)
    yield line("set", "answer", "precision", "recall")
    for name in names:
        for field in ANSWERS:
            found = answer(name, field)
            yield line(name, field, found.precision, found.recall)
        every = answer(name)
        yield line(name, "all", every.precision, every.recall)
    yield line("set", "", "ads taken for ads", "others taken for ads")
    for name in names:
        yield line(name, "", *looks(name))
    if "tuned" in names:
        yield from misses("tuned")


def line(name, field, *shares):
    return f"{name:8}{field:12}{''.join(f'{share!s:26}' for share in shares)}".rstrip()


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(sys.argv[1:] or corpus.SETS)) + "\n")
