"""The newest of what the bot uploaded, by the id of its file.

Law: the bytes kept are bounded; a message whose file was let go stays a message.
"""

from typing import Generic, Protocol, TypeVar

MOST_KEPT = 32 * 1024 * 1024
"""Bytes of all that is kept together."""


class Upload(Protocol):
    """What came with a request."""

    @property
    def data(self) -> bytes:
        """Its bytes."""
        ...


U = TypeVar("U", bound=Upload)


class Newest(Generic[U]):
    """Uploads of one sort."""

    def __init__(self) -> None:
        self._kept: dict[str, U] = {}

    def keep(self, file_id: str, upload: U) -> None:
        """Take one in, and let the oldest go until there is room."""
        self._kept[file_id] = upload
        while sum(len(one.data) for one in self._kept.values()) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]

    def find(self, file_id: str) -> U | None:
        """The upload, if it is still there."""
        return self._kept.get(file_id)
