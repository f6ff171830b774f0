"""What the bot asked for, for tests to look at.

Law: kept in memory only, the newest few thousand; never written anywhere.
"""

from collections import deque
from dataclasses import dataclass
from http import HTTPStatus

from bot.sandbox.shapes import Json

KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One request and how it ended: `code` is 200 or the error's code, 0 when the connection was dropped."""

    method: str
    chat_id: int | None
    at: float
    code: int
    description: str = ""
    parameters: Json | None = None

    @property
    def ok(self) -> bool:
        """Whether the bot was told yes."""
        return self.code == HTTPStatus.OK

    def to_json(self) -> Json:
        """For the control plane: without what was said."""
        return {
            "method": self.method,
            "chat": self.chat_id,
            "time": self.at,
            "code": self.code,
            "description": self.description,
        }


class Calls(deque[Call]):
    """The calls in order; `of` picks those of one method."""

    def __init__(self) -> None:
        super().__init__(maxlen=KEPT)

    def of(self, method: str) -> list[Call]:
        """The calls of this method."""
        return [call for call in self if call.method.lower() == method.lower()]
