"""Two ways to count requests against a limit. Pure; times are seconds that only grow."""

from collections import deque
from dataclasses import dataclass, field
from typing import Protocol


class Meter(Protocol):
    """One limit on one chat."""

    def free_at(self, now: float) -> float:
        """When one more may go; `now` if it may at once."""

    def take(self, now: float) -> None:
        """Count one more."""

    def put_back(self) -> None:
        """Uncount the last one."""

    def idle(self, now: float) -> bool:
        """Whether the meter limits no more than a new one would."""


@dataclass(slots=True)
class Bucket:
    """One every `interval` seconds on average, `burst` at once."""

    interval: float
    burst: int
    full_at: float = float("-inf")

    def free_at(self, now: float) -> float:
        """See Meter."""
        return max(now, self.full_at - (self.burst - 1) * self.interval)

    def take(self, now: float) -> None:
        """See Meter."""
        self.full_at = max(self.full_at, now) + self.interval

    def put_back(self) -> None:
        """See Meter."""
        self.full_at -= self.interval

    def idle(self, now: float) -> bool:
        """See Meter."""
        return self.full_at <= now


@dataclass(slots=True)
class Window:
    """At most `most` in any `seconds`, however they fall."""

    most: int
    seconds: float
    taken: deque[float] = field(default_factory=deque)

    def free_at(self, now: float) -> float:
        """See Meter."""
        self._drop(now)
        return now if len(self.taken) < self.most else self.taken[0] + self.seconds

    def take(self, now: float) -> None:
        """See Meter."""
        self.taken.append(now)

    def put_back(self) -> None:
        """See Meter."""
        self.taken.pop()

    def idle(self, now: float) -> bool:
        """See Meter."""
        self._drop(now)
        return not self.taken

    def _drop(self, now: float) -> None:
        while self.taken and self.taken[0] + self.seconds <= now:
            self.taken.popleft()
