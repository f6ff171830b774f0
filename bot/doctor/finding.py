"""What the doctor found, one line each: mark, name, what is so, what to do.

Law: no id, no token, no key and no word of a person is in a line; a place on the disk may be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Mark(IntEnum):
    """How bad it is; also the exit code."""

    GREEN = 0
    WARN = 1
    RED = 2


SIGNS = {Mark.RED: "✗ RED ", Mark.WARN: "! WARN", Mark.GREEN: "✓ ok  "}
WIDTH = 16


@dataclass(frozen=True, slots=True)
class Finding:
    """One of them. `says` and `advice` are sentences; what is well needs no advice."""

    mark: Mark
    name: str
    says: str
    advice: str = ""

    def line(self) -> str:
        """As it is printed."""
        return f"{SIGNS[self.mark]}  {self.name:<{WIDTH}}  {self.says} {self.advice}".rstrip()


def green(name: str, says: str) -> Finding:
    """All is well."""
    return Finding(Mark.GREEN, name, says)


def warn(name: str, says: str, advice: str) -> Finding:
    """Works, and should be better."""
    return Finding(Mark.WARN, name, says, advice)


def red(name: str, says: str, advice: str) -> Finding:
    """A promise is broken, or will be."""
    return Finding(Mark.RED, name, says, advice)


def worst(findings: Iterable[Finding]) -> Mark:
    """The mark of the whole."""
    return max((finding.mark for finding in findings), default=Mark.GREEN)


def sorted_lines(findings: Iterable[Finding]) -> list[str]:
    """All lines, the worst first, else in the order they were found."""
    return [finding.line() for finding in sorted(findings, key=lambda finding: -finding.mark)]
