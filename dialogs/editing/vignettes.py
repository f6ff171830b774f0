"""Judge the stories of `tests/vignettes` by the rules: whether every offer gets the band it was given by hand.

`gza assess` runs it for an editor; with two files of rules it shows what a change does. Law: a band is set by people,
with their reasons, before any rule is run; where the rules say otherwise, the story says so itself (`rules`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dialogs.assess import assess
from dialogs.complaints import build
from dialogs.finding import BookBroken, Finding, shown_path
from dialogs.loader import BOOK, read_rules
from dialogs.model import Band, Name, Part
from dialogs.reading import read_document
from dialogs.rules import Rules

CASES = BOOK.parent.parent / "tests" / "vignettes"
"""Where the stories of this repository lie."""
RULES = BOOK / "rules.yaml"


class Vignette(Part):
    """One story, the band an experienced person gives it, and why.

    `branch` is the walk the answers belong to. `confirmed` names the organisation's consultant who agrees, and when.
    `rules` is what the rules say where they are known to differ, and `because` why that is accepted.
    """

    branch: Name
    story: str
    source: str
    band: Band
    reasoning: str
    confirmed: str
    answers: dict[Name, Name]
    rules: Band | None = None
    because: str = ""

    def judged(self, rules: Rules) -> Band:
        """The band by these rules."""
        return assess({f"{self.branch}.{name}": answer for name, answer in self.answers.items()}, rules).band


@dataclass(frozen=True, slots=True)
class Case:
    """A vignette and the name of its file, which says the story."""

    name: str
    vignette: Vignette


def read_cases(directory: Path = CASES) -> tuple[Case, ...]:
    """Every story in a directory. Raises BookBroken, also where there is none."""
    found = tuple(_case(path) for path in sorted(directory.glob("*.yaml")))
    if not found:
        advice = "run gza assess in the repository, where the stories are"
        raise BookBroken((Finding(shown_path(directory), 1, "D001", "there are no stories here", advice),))
    return found


def run(write: Callable[[str], None], compare: tuple[Path, Path] | None = None, directory: Path = CASES) -> int:
    """Print how the stories are judged: 1 where one gets another band than it says, else 0.

    With `compare`, an old and a new file of rules, print which stories change their band; that is no fault.
    """
    cases, rules = read_cases(directory), read_rules(RULES)
    for line in _changes(cases, *compare) if compare else _judgements(cases, rules):
        write(line)
    return int(compare is None and any(_surprises(case, rules) for case in cases))


def _case(path: Path) -> Case:
    document = read_document(path)
    return Case(path.stem, build(Vignette, document, document.tree))


def _judgements(cases: tuple[Case, ...], rules: Rules) -> Iterator[str]:
    width = max(len(case.name) for case in cases)
    for case in cases:
        said = case.vignette.judged(rules)
        differs = "" if said == case.vignette.band else f"   the rules say {said}"
        known = " (known)" if differs and said == case.vignette.rules else ""
        yield f"{case.name:<{width}}  {case.vignette.band}{differs}{known}"
    agree = f"{_agreeing(cases, rules)} get the band that was set by hand"
    yield f"{len(cases)} stories by version {rules.version}: {agree}."


def _changes(cases: tuple[Case, ...], old: Path, new: Path) -> Iterator[str]:
    before, after = read_rules(old), read_rules(new)
    changed = 0
    for case in cases:
        was, is_now = case.vignette.judged(before), case.vignette.judged(after)
        if was != is_now:
            changed += 1
            yield f"{case.name}: {was} → {is_now} (set by hand: {case.vignette.band})"
    agree = f"{_agreeing(cases, before)} → {_agreeing(cases, after)} of {len(cases)} get the band set by hand"
    yield f"{changed} of {len(cases)} stories change from version {before.version} to version {after.version}; {agree}."


def _agreeing(cases: tuple[Case, ...], rules: Rules) -> int:
    return sum(case.vignette.judged(rules) == case.vignette.band for case in cases)


def _surprises(case: Case, rules: Rules) -> bool:
    return case.vignette.judged(rules) not in {case.vignette.band, case.vignette.rules}
