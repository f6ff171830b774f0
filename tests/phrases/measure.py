"""How well the phrase list does on each corpus, by script: `python -m tests.phrases.measure`.

Recall: grave texts met with an alarm (level A or B), whichever. Right: texts with an intent, understood as that one.
False: benign texts met with an alarm. Behind each share stands its 95 % interval (Wilson): these corpora are small.
"""

import sys
from dataclasses import dataclass
from math import sqrt

from tests.phrases import corpus
from tests.phrases.corpus import SCRIPTS

Z = 1.96
CORPORA = ("tuned", "fresh")


@dataclass(frozen=True, slots=True)
class Share:
    hits: int
    of: int

    @property
    def value(self):
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self):
        """Wilson's 95 % interval, which is honest for few rows and for none or all of them."""
        if not self.of:
            return 0.0, 1.0
        middle = self.value + Z**2 / (2 * self.of)
        reach = Z * sqrt(self.value * (1 - self.value) / self.of + Z**2 / (4 * self.of**2))
        return tuple(max(0.0, min(1.0, end / (1 + Z**2 / self.of))) for end in (middle - reach, middle + reach))

    def __str__(self):
        low, high = self.interval
        return f"{self.hits}/{self.of} {self.value:.0%} ({low:.0%}-{high:.0%})" if self.of else "-"


@dataclass(frozen=True, slots=True)
class Tally:
    rows: int
    recall: Share
    right: Share
    false: Share


def share(rows, found):
    return Share(sum(map(found, rows)), len(rows))


def tally(rows):
    meaning = [row for row in rows if not row.benign]
    return Tally(
        rows=len(rows),
        recall=share([row for row in rows if row.grave], corpus.alarms),
        right=share(meaning, lambda row: corpus.intent(row) == row.intent),
        false=share([row for row in rows if row.benign], corpus.alarms),
    )


def tallies(name):
    """By script, and for all scripts together."""
    rows = corpus.rows(name)
    apart = {script: tally([row for row in rows if row.script == script]) for script in SCRIPTS}
    return apart | {"all": tally(rows)}


def table(names):
    yield line("corpus", "script", "rows", "recall of alarms", "right intent", "false alarms")
    for name in names:
        for script, found in tallies(name).items():
            yield line(name, script, found.rows, found.recall, found.right, found.false)


def line(name, script, rows, *shares):
    return f"{name:8}{script:10}{rows:>5}  {''.join(f'{share!s:24}' for share in shares)}".rstrip()


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(sys.argv[1:] or CORPORA)) + "\n")
