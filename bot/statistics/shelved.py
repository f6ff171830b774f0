"""What is kept of a frozen release beside its bytes: the release itself, and the names and hashes of its files.

Law: plain frozen values with a stored form, the body of the release's record.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.statistics.published import Release


@dataclass(frozen=True, slots=True)
class Shelved:
    """A frozen release. `files` are the SHA-256 of each file by its name, `sha256` is that of all of them packed.

    No `files`: it was published, and nobody has its bytes any more.
    """

    release: Release
    files: Mapping[str, str]
    sha256: str

    @property
    def is_gone(self) -> bool:
        """Whether only its numbers are known."""
        return not self.files

    def to_json(self) -> str:
        """The stored form."""
        return _SHELVED.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> "Shelved":
        """Read the stored form. Raises ValueError."""
        return _SHELVED.validate_json(text)


_SHELVED = TypeAdapter(Shelved)
