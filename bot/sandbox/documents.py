"""Documents the bot uploads: what Telegram says of them, and the way to get one back.

Law: a document comes back as the bytes that were sent, under its own name.
Source: core.telegram.org/bots/api#getfile; td MimeType.
"""

from dataclasses import dataclass
from pathlib import PurePath

from bot.sandbox.refusals import bad_request

MOST_DOWNLOADED = 20 * 1024 * 1024
"""Bytes of a file that a bot can get back."""
NAMELESS = "file"
TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ANY_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Document:
    """An upload that is shown as a file."""

    name: str
    data: bytes

    @property
    def mime(self) -> str:
        """What it is, by its name."""
        return TYPES.get(PurePath(self.name).suffix.lower(), ANY_TYPE)


def path_of(kind: str, file_id: str, name: str, size: int) -> str:
    """Where a bot gets the file back. Raises a refusal for one that is too big for that."""
    if size > MOST_DOWNLOADED:
        raise bad_request("file is too big")
    return f"{kind}s/{file_id}{PurePath(name).suffix}"


def id_in(path: str) -> str:
    """The id of the file that lies there."""
    return PurePath(path).stem
