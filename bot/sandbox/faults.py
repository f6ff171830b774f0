"""Faults on demand: what networks and servers do on a bad day.

Law: a fault strikes the next so many requests of its method (or of any), then is gone.
It will not: strike by chance.
"""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong."""

    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    SERVER_ERROR = "server_error"
    HTML = "html"
    DELAY = "delay"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble. `seconds` is for a delay; `code`, `description` and `retry_after` are for a refusal."""

    kind: FaultKind
    method: str | None = None
    times: int = 1
    chat_id: int | None = None
    seconds: float = 0.0
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None

    def strikes(self, method: str, chat_id: int | None) -> bool:
        """Whether this request is meant."""
        return (self.method is None or self.method.lower() == method.lower()) and (
            self.chat_id is None or self.chat_id == chat_id
        )


class Faults:
    """The faults still to come, oldest first."""

    def __init__(self) -> None:
        self._coming: list[tuple[Fault, int]] = []

    def expect(self, fault: Fault) -> None:
        """Let it strike `fault.times` matching requests."""
        self._coming.append((fault, fault.times))

    def clear(self) -> None:
        """The bad day is over."""
        self._coming.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this request, counted as used."""
        for index, (fault, left) in enumerate(self._coming):
            if fault.strikes(method, chat_id):
                self._coming[index : index + 1] = [(fault, left - 1)] if left > 1 else []
                return fault
        return None
