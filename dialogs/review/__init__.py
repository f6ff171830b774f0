"""Judge a whole book before people meet it: numbered findings, each with a line and advice.

Law: a rule reads and reports; it changes nothing, and it knows no other rule. What is of the wrong form never gets
here: the loader refuses it. It does not judge whether a fact is true or a sentence kind; people do that.
"""

from collections.abc import Collection

from dialogs.book import Book
from dialogs.finding import Finding
from dialogs.review.manuscript import Manuscript
from dialogs.review.table import RULES, Rule
from dialogs.sources import Sources


def review(book: Book, sources: Sources, published: Collection[str]) -> list[Finding]:
    """Everything wrong with the book, by file and line. `published` are the `script.node` names people may stand on."""
    manuscript = Manuscript(book, sources, frozenset(published))
    return sorted({finding for rule in RULES for finding in _found(rule, manuscript)})


def _found(rule: Rule, manuscript: Manuscript) -> list[Finding]:
    return [
        Finding(spot.file, spot.line, rule.code, remark.message, rule.advice)
        for remark in rule.check(manuscript)
        for spot in [manuscript.sources.spot(remark.where)]
    ]
